// What a verb, alone or with a word near it, makes of its subject or object.
//
// The verbs stand in data/verbs.tsv and data/phrases.tsv. Tested by tests/claims/measure_test.cc.
#pragma once

#include <cstdint>

#include "server/claims/passage.h"

namespace claimwatch {

// How the counted is classed: decides between "people burned" and "houses burned".
enum class CountedClass : std::uint8_t { kUnknown, kPerson, kThing };

// The measure that a verb gives its object or subject, for this class; kNone when it has none.
inline MeasureId ObjectMeasure(const WordSense& sense, CountedClass counted) {
  if (counted == CountedClass::kThing) return sense.object_thing;
  if (sense.object != MeasureId::kNone) return sense.object;
  return counted == CountedClass::kPerson ? MeasureId::kNone : sense.object_thing;
}
inline MeasureId SubjectMeasure(const WordSense& sense, CountedClass counted) {
  if (counted == CountedClass::kThing) return sense.subject_thing;
  if (sense.subject != MeasureId::kNone) return sense.subject;
  return counted == CountedClass::kPerson ? MeasureId::kNone : sense.subject_thing;
}
// The phrase of data/phrases.tsv that begins with the verb at `verb` and whose word stands within
// `reach` tokens from `from`; null when there is none.
const PhraseSense* FindPhrase(const Passage& passage, std::uint32_t verb, std::uint32_t from,
                              std::uint32_t reach, bool object);

// What the word at `i` says, which gives `measure`, together with one joined to it: "killed or
// wounded", "dead and injured" are casualties.
MeasureId JointMeasure(const Passage& p, CountedClass counted, std::uint32_t i, MeasureId measure);
// "the candidate['s] bodyguard": no short "is".
bool IsPossessive(const Passage& p, std::uint32_t i);

}  // namespace claimwatch
