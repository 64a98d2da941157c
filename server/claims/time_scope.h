// Time scope: when the figure holds ("on Monday", "since January", "as of Friday").
//
// Tested by tests/claims/time_scope_test.cc.
#pragma once

#include "server/claims/claim.h"
#include "server/claims/draft.h"

namespace claimwatch {

TimeScope ReadTimeScope(const Passage& passage, const Draft& draft);

}  // namespace claimwatch
