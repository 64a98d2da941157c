// Count measure: what a plain count ("12", "four men") measures, by the words of its own clause.
//
// Chooses between what stands left of it and what follows, then looks at who is counted and what
// became of them. What is still open afterwards other figures of the sentence may lend
// (ShareMeasures) and default_measure.h fills. Tested by tests/claims/measure_test.cc.
#pragma once

#include <vector>

#include "server/claims/draft.h"

namespace claimwatch {

// Fills noun phrase, class, finding and measure of `draft`, or rejects it with a reason. `before`:
// the drafts of the sentence's numbers before it, in order.
void ReadCountMeasure(const Passage& passage, const std::vector<Draft>& before, Draft* draft);

}  // namespace claimwatch
