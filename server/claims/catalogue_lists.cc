// The data lines of word lists, conditions and the calendar: catalogue_builder.h.
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "server/base/check.h"
#include "server/claims/catalogue_builder.h"

namespace claimwatch {
namespace {

absl::string_view Absl(std::string_view text) { return {text.data(), text.size()}; }

absl::Status Unknown(std::string_view what, std::string_view name, std::string_view instead) {
  return absl::InvalidArgumentError(
      absl::StrCat("unknown ", Absl(what), " '", Absl(name), "'; use ", Absl(instead)));
}

// "first:second", cut.
absl::StatusOr<std::pair<std::string, std::string>> PairOf(std::string_view entry) {
  const std::size_t colon = entry.find(':');
  if (colon == 0 || colon == std::string_view::npos || colon + 1 == entry.size()) {
    return absl::InvalidArgumentError(
        absl::StrCat("'", Absl(entry), "' is no pair: write first:second"));
  }
  return std::make_pair(std::string(entry.substr(0, colon)), std::string(entry.substr(colon + 1)));
}

ListSense InList(WordList list) {
  ListSense sense;
  sense.lists.set(static_cast<std::size_t>(list));
  return sense;
}

}  // namespace

bool Senses::ArePair(const Word* first, const Word* second, WordList list) const {
  if (first == nullptr || second == nullptr) return false;
  for (const PairSense& pair : pairs) {
    if (pair.first == first->id && pair.second == second->id && pair.list == list) return true;
  }
  return false;
}

absl::Status CatalogueBuilder::AddList(const CatalogueLine& line) {
  const std::optional<WordList> list = WordListOf(line.key);
  if (!list || *list == WordList::kConditions) {
    return Unknown("list", line.key, "one of server/claims/data/lists.tsv, as \"law\"");
  }
  for (const std::string_view entry : WordsOf(line)) {
    if (line.role == "pair") {
      const auto pair = PairOf(entry);
      if (!pair.ok()) return pair.status();
      lexicon_.Add(pair->first, 0).Add(pair->second, 0);
      lists_.push_back({{pair->first}, InList(*list)});
      pairs_.push_back({*list, pair->first, pair->second});
      continue;
    }
    if (line.role == "name") {
      names_.push_back({*list, std::string(entry)});
      continue;
    }
    const bool person = line.role == "person";
    if (line.role != "word" && line.role != "noun" && line.role != "verb" && !person) {
      return Unknown("role", line.role, "word, noun, person, verb, name or pair");
    }
    if (line.role == "word") {
      lexicon_.Add(entry, 0);
      lists_.push_back({{std::string(entry)}, InList(*list)});
      continue;
    }
    const absl::string_view tags = person ? "noun person" : Absl(line.role);
    absl::Status status = lexicon_.AddWordLines(absl::StrCat(tags, "\t", Absl(entry)));
    if (!status.ok()) return status;
    lists_.push_back({line.role == "verb" ? VerbForms(entry) : NounForms(entry), InList(*list)});
  }
  return absl::OkStatus();
}

absl::Status CatalogueBuilder::AddCondition(const CatalogueLine& line, MeasureId measure) {
  if (line.role != "any" && line.role != "person" && line.role != "state") {
    return Unknown("role", line.role, "any, person or state");
  }
  for (const std::string_view entry : WordsOf(line)) {
    const auto pair = PairOf(entry);
    if (!pair.ok()) return pair.status();
    PendingCondition condition{pair->first, "", pair->second, {}};
    const std::size_t cut = condition.word.find('_');
    if (cut != std::string::npos) {  // "in:the_field"
      condition.before = condition.word.substr(0, cut);
      condition.word.erase(0, cut + 1);
    }
    condition.sense.measure = measure;
    condition.sense.persons = line.role != "any";
    condition.sense.state = line.role == "state";
    lexicon_.Add(condition.preposition, 0).Add(condition.before, 0).Add(condition.word, 0);
    lists_.push_back({{condition.word}, InList(WordList::kConditions)});
    conditions_.push_back(std::move(condition));
  }
  return absl::OkStatus();
}

absl::Status CatalogueBuilder::AddCalendar(const CatalogueLine& line) {
  const bool month = line.key == "month";
  if (!month && line.key != "weekday") return Unknown("calendar", line.key, "month or weekday");
  int place = 0;
  if (!absl::SimpleAtoi(Absl(line.role), &place) || place < 1 || place > (month ? 12 : 7)) {
    return Unknown("place", line.role, month ? "1 to 12" : "1 (Sunday) to 7");
  }
  ListSense sense;
  (month ? sense.month : sense.weekday) = static_cast<std::uint8_t>(place);
  for (const std::string_view entry : WordsOf(line)) {
    lexicon_.Add(entry, month ? kMonth : kWeekday);
    lists_.push_back({{std::string(entry)}, sense});
  }
  return absl::OkStatus();
}

void CatalogueBuilder::BuildLists(const Lexicon& lexicon, Senses* senses) const {
  std::vector<ListSense> of_word(lexicon.size() + 1);
  for (const PendingList& pending : lists_) {
    for (const std::string& form : pending.forms) {
      const Word* word = lexicon.Find(form);
      if (word == nullptr) continue;
      ListSense& sense = of_word[static_cast<std::size_t>(word->id)];
      sense.lists |= pending.sense.lists;
      if (sense.month == 0) sense.month = pending.sense.month;
      if (sense.weekday == 0) sense.weekday = pending.sense.weekday;
    }
  }
  senses->lists.resize(1);  // Few words are in a list, and most of those in the same ones.
  for (std::size_t id = 0; id < of_word.size(); ++id) {
    std::size_t k = 0;
    while (k < senses->lists.size() && !(senses->lists[k] == of_word[id])) ++k;
    if (k == senses->lists.size()) senses->lists.push_back(of_word[id]);
    senses->words[id].lists = static_cast<std::uint16_t>(k);
  }
  CW_CHECK(senses->lists.size() <= 65536);
  const auto id = [&lexicon](const std::string& form) {
    const Word* word = lexicon.Find(form);
    return word == nullptr ? WordId::kNone : word->id;
  };
  for (const PendingPair& pair : pairs_) {
    senses->pairs.push_back({pair.list, id(pair.first), id(pair.second)});
  }
  senses->names = names_;
  for (const PendingCondition& pending : conditions_) {
    ConditionSense sense = pending.sense;
    sense.preposition = id(pending.preposition);
    sense.before = id(pending.before);
    sense.word = id(pending.word);
    senses->conditions.push_back(sense);
  }
}

}  // namespace claimwatch
