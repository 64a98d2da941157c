// Condition: what a prepositional phrase says of the counted.
//
// "were [in hospital]", "remain [without power]", "are [among the dead]", "was [on patrol]": the
// verb says nothing, the phrase all. Looks at a few words behind the preposition.
// Tested by tests/claims/measure_test.cc.
#pragma once

#include <cstdint>

#include "server/claims/passage.h"
#include "server/claims/predicate.h"

namespace claimwatch {

// The measure that the phrase opened by the preposition at `i` tells; kNone: none.
MeasureId ReadCondition(const Passage& passage, std::uint32_t i, CountedClass counted);

// "had no power": what one has to go without, the word at `i`; kNone: no need.
MeasureId ReadLack(const Passage& passage, std::uint32_t i);

// What a noun with a preposition makes of the figure behind it: "knocked out power to 1.3 million
// customers", "food for 12,000 people", "charges against 12 men"; `i` is the preposition.
MeasureId ByNoun(const Passage& passage, std::uint32_t i, CountedClass counted);
// "have not been found", "have yet to be traced" at the verb `i`: who is not found is missing.
bool IsNotFound(const Passage& passage, std::uint32_t i, CountedClass counted);

// "on board", "on the plane", "in a bus" at the preposition `i`.
bool IsOnBoard(const Passage& passage, std::uint32_t i);

// "helped keep", "helped to dig" at the verb `i`: who helps is not helped.
bool HelpsTo(const Passage& passage, std::uint32_t i);
// "in the yard when ...", "at the party at the time" from the preposition `i` on: who is there.
bool IsThereWhen(const Passage& passage, std::uint32_t i);

// "crossed into Chad", "have entered Chad"
bool EntersCountry(const Passage& passage, std::uint32_t i, CountedClass counted);
// The gerund at `i` tells what the counted were at "when" the event came.
bool IsBusyWhen(const Passage& passage, std::uint32_t i);
// Whether an object noun phrase starts at `i` ("killed [19 people]"), so that the verb before is
// active and transitive.
bool ObjectStarts(const Passage& passage, std::uint32_t i);
// "left the country", "had to leave" at the verb `i`.
bool LeavesCountry(const Passage& passage, std::uint32_t i, CountedClass counted);

}  // namespace claimwatch
