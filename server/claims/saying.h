// Saying: whether a word tells what somebody says ("said", "put the toll at"), or only could ("a
// report", "claimed 60 lives").
//
// Looks at a few words around it. Tested by tests/claims/attribution_test.cc.
#pragma once

#include "server/claims/passage.h"

namespace claimwatch {

bool IsSaying(const Passage& passage, std::uint32_t i);

// "reported [trouble] as the flood drove out 300": what is said is a thing, and the figure at `at`
// is not told by the one who says it.
bool SaysAThing(const Passage& passage, std::uint32_t verb, std::uint32_t at);

}  // namespace claimwatch
