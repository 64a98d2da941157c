// Time scope: when the figure holds ("on Monday", "since January", "as of Friday").
//
// Tested by tests/claims/time_scope_test.cc.
#pragma once

#include <vector>

#include "absl/time/time.h"
#include "server/claims/claim.h"
#include "server/claims/draft.h"
#include "server/claims/time_phrase.h"

namespace claimwatch {

// `phrases`: those of the sentence, as ReadTimePhrases gives them; `attribution`: the claim's.
TimeScope ReadTimeScope(const Passage& passage, const Draft& draft, const Phrase& attribution,
                        const std::vector<TimePhrase>& phrases);

}  // namespace claimwatch
