// Loss: whether a sum of money is what the event cost those whom it hit.
//
// "$12 million in damage", "is costing the country $12 million", "insurers put the bill at $12
// million"; other sums (aid, fines, prices) are plain money. Looks a few words to either side.
// Tested by tests/claims/measure_test.cc.
#pragma once

#include "server/claims/passage.h"

namespace claimwatch {

bool TellsLoss(const Passage& passage, const Number& number);

}  // namespace claimwatch
