// Tolls: figures that a noun tells over a verb of change or a "to".
//
// "the death toll rose to 12", "arrests climbed to 45", "brings to 45 the number of dead". Bounded
// looks to either side of the number. Tested by tests/claims/measure_test.cc.
#pragma once

#include <cstdint>

#include "server/claims/predicate.h"

namespace claimwatch {

// The toll told left of the number, whose last word before it stands at `i`: "the toll rose [to]".
Finding ReadTollTo(const Passage& passage, const Number& number, const NounPhrase& np,
                   CountedClass counted, std::uint32_t i);

// The tally told right of the number: "brings to 45 the number of dead".
Finding ReadTallyAfter(const Passage& passage, const Number& number, const NounPhrase& np);

}  // namespace claimwatch
