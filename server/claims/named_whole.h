// "Of the dead, 16 were children": parts of a whole that is named without its figure, and parts
// that are told by what they are.
//
// The opening ("Of the dead,", "Among those arrested were") says what was counted; the figures that
// follow are parts of it, and a figure without a noun takes the one that "were" gives it.
// Tested by tests/claims/scope_test.cc.
#pragma once

#include <vector>

#include "server/claims/draft.h"

namespace claimwatch {

void ReadNamedWhole(const Passage& passage, std::vector<Draft>* drafts);

}  // namespace claimwatch
