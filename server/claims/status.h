// Status: stated, projected, denied, or told of an earlier event.
//
// Tested by tests/claims/status_test.cc.
#pragma once

#include <vector>

#include "server/claims/background.h"
#include "server/claims/draft.h"

namespace claimwatch {

// `carried`: the earlier event's year that the sentence before spoke of, 0 for none; updated.
void ReadStatuses(const Passage& passage, const Background& background, int* carried,
                  std::vector<Draft>* drafts);

}  // namespace claimwatch
