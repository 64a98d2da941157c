// What the words around a number say happened to the counted.
//
// To the right: "12 people [in the town] were killed", "12 dead", "12 people who fled".
// To the left: "killing 12", "a toll of 12", "the number of dead rose to 12", "a crew of 12".
// Both are bounded scans over tokens that step over what does not matter (adverbs, places, names,
// "were reported to have been"). Tested by tests/claims/measure_test.cc.
#pragma once

#include <cstdint>

#include "server/claims/noun_phrase.h"
#include "server/claims/passage.h"
#include "server/claims/verb_sense.h"

namespace claimwatch {

enum class Relation : std::uint8_t {
  kNone,
  kPredicate,  // To the right: the counted is its subject.
  kGovernor,   // To the left: the counted is its object.
  kToll,       // "the toll rose to 12"
  kHead,       // The noun itself: "12 deaths".
  kShared,     // From another number of the sentence.
};

struct Finding {
  MeasureId measure = MeasureId::kNone;
  Relation relation = Relation::kNone;
  std::uint32_t at = kNoToken;     // The word that says it.
  std::uint32_t begin = kNoToken;  // First token of its verb group.
  bool projected = false;          // could, feared
  bool negated = false;            // were not hurt
  bool perfect = false;            // have been killed: as counted up to now
  bool weak = false;               // aboard: only if nothing better is found
  bool finite = false;             // A whole verb group was read, with or without a measure.

  bool found() const { return measure != MeasureId::kNone; }
};

// Reads to the right from token `i`.
Finding ReadPredicate(const Passage& passage, std::uint32_t i, CountedClass counted);
// Reads to the left of the number; `np` is its own phrase.
Finding ReadGovernor(const Passage& passage, const Number& number, const NounPhrase& np,
                     CountedClass counted);

}  // namespace claimwatch
