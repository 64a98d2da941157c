// CatalogueBuilder: reads the data lines of server/claims/data and makes lexicon and senses.
//
// A line is "kind TAB key TAB role TAB words TAB example"; '#' starts a comment line. Words are
// written as in server/text/data ("rise/rose/risen", "admit+", "child/children"). An operator's
// lines also add units ("unit"), plain words ("word") and number words ("number"):
// deploy/catalogue_extra.tsv shows all kinds. A sense that a word has already is kept: the first
// line wins, so an operator adds and never breaks. Not thread-safe; used once at start.
// Tested by tests/claims/catalogue_test.cc.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "server/claims/catalogue.h"
#include "server/claims/senses.h"
#include "server/text/lexicon_builder.h"

namespace claimwatch {

struct CatalogueParts {
  std::unique_ptr<const Lexicon> lexicon;
  std::vector<Measure> measures;  // By MeasureId; [0] is the empty measure.
  Senses senses;
};

// One line of data, cut at its tabs.
struct CatalogueLine {
  int number = 0;  // In its file, from 1.
  std::string_view kind, key, role, words, example;
};

// INVALID_ARGUMENT with the line's number and what is wrong.
absl::StatusOr<std::vector<CatalogueLine>> ReadCatalogueLines(std::string_view tsv);

// The entries of its words column.
std::vector<std::string_view> WordsOf(const CatalogueLine& line);
// All forms of "rise/rose/risen" as a verb (base, third, gerund, past, participle) or
// "child/children" as a noun (singular, plural).
std::vector<std::string> VerbForms(std::string_view entry);
std::vector<std::string> NounForms(std::string_view entry);
// The past and the past participle of a verb's entry.
std::string PastOf(std::string_view entry);
std::string ParticipleOf(std::string_view entry);

class CatalogueBuilder {
 public:
  CatalogueBuilder();

  // INVALID_ARGUMENT with the line's number, what is wrong and what could be there instead.
  absl::Status AddLines(std::string_view tsv);
  CatalogueParts Build() &&;

 private:
  // A sense of some forms, to be set when the lexicon is there.
  struct Pending {
    std::vector<std::string> forms;
    WordSense sense;
  };
  struct PendingList {
    std::vector<std::string> forms;
    ListSense sense;
  };
  struct PendingPair {
    WordList list;
    std::string first, second;
  };
  struct PendingCondition {
    std::string preposition, before, word;
    ConditionSense sense;
  };
  struct PendingPhrase {
    std::string verb, word;
    MeasureId measure;
    bool object;
  };

  absl::Status AddLine(const CatalogueLine& line);
  absl::Status AddMeasure(const CatalogueLine& line);
  absl::Status AddVerb(const CatalogueLine& line, MeasureId measure);
  absl::Status AddNoun(const CatalogueLine& line, MeasureId measure);
  absl::Status AddPhrase(const CatalogueLine& line, MeasureId measure);
  absl::Status AddGroup(const CatalogueLine& line);
  absl::Status AddThing(const CatalogueLine& line);
  absl::Status AddCue(const CatalogueLine& line);
  absl::Status AddList(const CatalogueLine& line);
  absl::Status AddCondition(const CatalogueLine& line, MeasureId measure);
  absl::Status AddCalendar(const CatalogueLine& line);
  void BuildLists(const Lexicon& lexicon, Senses* senses) const;
  absl::Status AddNumberWords(const CatalogueLine& line);
  MeasureId MeasureOf(std::string_view name) const;

  LexiconBuilder lexicon_;
  std::vector<Measure> measures_;
  std::vector<std::string> populations_;
  std::vector<Pending> pending_;
  std::vector<PendingPhrase> phrases_;
  std::vector<PendingList> lists_;
  std::vector<PendingPair> pairs_;
  std::vector<NameSense> names_;
  std::vector<PendingCondition> conditions_;
};

}  // namespace claimwatch
