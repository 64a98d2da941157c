// Default measure: what a count measures that neither a verb nor another figure decided.
//
// The noun's own measure, that of persons who are there, of the sentence before, else a plain
// count; and what turns out to be no claim after all ("one of them", "ten years"). The last step of
// ReadMeasures. Tested by tests/claims/measure_test.cc.
#pragma once

#include <vector>

#include "server/claims/draft.h"

namespace claimwatch {

// Settles drafts[k]; those before it are settled, those after it are not. `before`: what the
// sentence before told.
void SettleMeasure(const Passage& passage, const Antecedent& before, std::size_t k,
                   std::vector<Draft>* drafts);

}  // namespace claimwatch
