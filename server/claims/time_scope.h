// Time scope: when the figure holds ("on Monday", "since January", "as of Friday").
//
// Tested by tests/claims/time_scope_test.cc.
#pragma once

#include "absl/time/time.h"
#include "server/claims/claim.h"
#include "server/claims/draft.h"

namespace claimwatch {

// `attribution`: the claim's; `published`: the article's time, or InfinitePast; days are days of
// UTC.
TimeScope ReadTimeScope(const Passage& passage, const Draft& draft, const Phrase& attribution,
                        absl::Time published);

}  // namespace claimwatch
