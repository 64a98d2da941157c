// Senses: what a word means to a claim, by its WordId. The catalogue's inside.
//
// Later steps never compare strings: a token's word leads to one small record that says which
// measure it speaks of and in which part of the sentence. Made by Catalogue::Load, read-only after.
// Tested by tests/claims/catalogue_test.cc.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/claims/catalogue.h"
#include "server/claims/word_lists.h"

namespace claimwatch {

// Bits of WordSense::cues; the names stand in data/cues.tsv.
enum CueBits : std::uint32_t {
  kCueModal = 1u << 0,        // could, may
  kCueFuture = 1u << 1,       // will
  kCueProjected = 1u << 2,    // feared, expected
  kCueDenied = 1u << 3,       // denied, false
  kCueCrisis = 1u << 4,       // uprising, war: figures come in parts
  kCueIncluding = 1u << 5,    // including
  kCueRelative = 1u << 7,     // who, which
  kCueReport = 1u << 8,       // were *reported* killed
  kCueLeave = 1u << 9,        // *left* 12 dead
  kCueTally = 1u << 10,       // the *number* of dead
  kCueCollective = 1u << 11,  // a *group* of 12
  kCueRelease = 1u << 12,     // freed 12
  kCuePhrase = 1u << 13,      // a verb of data/phrases.tsv
  kCueBe = 1u << 14,          // was, been
  kCueHave = 1u << 15,        // has, had
  kCueWhole = 1u << 16,       // in the *violence*, nationwide: the figure of all of it
  kCueSeverity = 1u << 17,    // *seriously* injured: a part of the injured
  kCueCountry = 1u << 18,     // Chile
  kCueNarrow = 1u << 20,      // in the *village*: a part of the event's place
  kCueManner = 1u << 21,      // *shot* and killed
  kCueMilitary = 1u << 22,    // *naval* vessels: sent or used
  kCueGeneric = 1u << 23,     // *pieces* of equipment
  kCueCrime = 1u << 24,       // *set* by 3 youths: suspects
  kCueCare = 1u << 25,        // *hospital* officials tell of all the wounded
  kCueCourt = 1u << 26,       // *sentenced* 4 soldiers: they are not sent anywhere
  kCueCaptor = 1u << 27,      // *hostages*, pirates: who is held is a hostage
  kCueStir = 1u << 28,        // *march*, clash: alone they make no crisis
  kCueDisease = 1u << 6,      // *cholera*: its cases are persons
  kCueJustice = 1u << 29,     // *prosecutors*: cases are files
  kCueLevel = 1u << 19,       // the *estimate*, was *revised* to: a level, not a sum
};

enum class ThingClass : std::uint8_t { kNone, kBuilding, kVehicle, kAnimal, kOther };

struct WordSense {
  MeasureId object = MeasureId::kNone;        // Verb: its object is counted.
  MeasureId object_thing = MeasureId::kNone;  // Likewise where the object is a thing.
  MeasureId subject = MeasureId::kNone;       // Verb: its subject is counted.
  MeasureId subject_thing = MeasureId::kNone;
  MeasureId adjective = MeasureId::kNone;  // 12 dead
  MeasureId counts = MeasureId::kNone;     // 12 deaths
  MeasureId toll = MeasureId::kNone;       // the toll rose to 12
  MeasureId act = MeasureId::kNone;        // the evacuation of 12
  std::uint8_t population = 0;             // Index into Senses::populations; 0: no person.
  ThingClass thing = ThingClass::kNone;
  std::uint16_t lists = 0;  // Index into Senses::lists; 0: in no list.
  std::uint32_t cues = 0;

  bool Is(std::uint32_t any_of) const { return (cues & any_of) != 0; }
};

// verb:word of data/phrases.tsv.
struct PhraseSense {
  WordId verb = WordId::kNone;  // Lemma.
  WordId word = WordId::kNone;  // Lemma.
  MeasureId measure = MeasureId::kNone;
  bool object = false;
};

// first:second of data/lists.tsv.
struct PairSense {
  WordList list;
  WordId first = WordId::kNone, second = WordId::kNone;
};

// A name of data/lists.tsv that the lexicon does not know: "the FTSE 100" is a name because of it.
struct NameSense {
  WordList list;
  std::string name;
};

// A word behind a preposition, what it says of the counted, and when (condition.h).
struct ConditionSense {
  WordId preposition = WordId::kNone, word = WordId::kNone;
  WordId before = WordId::kNone;  // Must stand right before the word; kNone: nothing must.
  MeasureId measure = MeasureId::kNone;
  bool persons = false;  // Not said of things.
  bool state = false;    // Only right behind "was" or "listed".
};

// The lists of a word, and its place in the calendar.
struct ListSense {
  WordLists lists;
  std::uint8_t month = 0;    // 1..12
  std::uint8_t weekday = 0;  // 1 for Sunday .. 7; 0: none.
  friend bool operator==(const ListSense&, const ListSense&) = default;
};

// Measures that rules speak of by name.
struct KnownMeasures {
  MeasureId killed, injured, casualties, missing, arrested, displaced, evacuated, rescued, trapped,
      hostages, hospitalised, infected, affected, deployed, participants, suspects, damaged,
      equipment, loss, money, magnitude, measurement, percent, duration, count;
};

// Lemmas that rules speak of by name.
struct KnownWords {
  WordId get, become, go, remain;
};

struct Senses {
  std::vector<WordSense> words;      // By WordId; [0] is the empty sense.
  std::vector<PhraseSense> phrases;  // Sorted by verb.
  std::vector<ListSense> lists;      // By WordSense::lists; [0] is empty.
  std::vector<PairSense> pairs;
  std::vector<NameSense> names;
  std::vector<ConditionSense> conditions;
  std::vector<bool> people;              // By MeasureId: counts persons.
  std::vector<std::string> populations;  // [0] is empty.
  KnownMeasures known;
  KnownWords word;

  bool CountsPeople(MeasureId id) const { return people[static_cast<std::size_t>(id)]; }
  const ListSense& ListsOf(const Word* word) const { return lists[Of(word).lists]; }
  bool In(const Word* word, WordList list) const {
    return ListsOf(word).lists[static_cast<std::size_t>(list)];
  }
  // Whether the two words stand in `list` as a pair.
  bool ArePair(const Word* first, const Word* second, WordList list) const;
  const WordSense& Of(const Word* word) const {
    return words[word == nullptr ? 0 : static_cast<std::size_t>(word->id)];
  }
};

struct CatalogueParts;

struct CatalogueAccess {
  static const Senses& Get(const Catalogue& catalogue);
  // A catalogue of other lines than the embedded ones; for tests.
  static std::unique_ptr<const Catalogue> Make(CatalogueParts parts);
};

}  // namespace claimwatch
