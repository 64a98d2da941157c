// A figure as it is shown: its claims in order with what came of each, and its distinct values.
//
// Works on what the ledger holds; a claim's verdict is worked out anew against what was told when
// it was committed (ledger/history.h). Tested by tests/rpc/figure_history_test.cc.
#pragma once

#include <vector>

#include "absl/time/time.h"
#include "claimwatch/v1/story.pb.h"
#include "server/claims/catalogue.h"
#include "server/ledger/ledger.h"
#include "server/store/claim_store.h"

namespace claimwatch {

// When the article of a withdrawn claim was corrected or retracted, as far as the store or one of
// the story's alerts tells; InfinitePast: neither does.
absl::Time WithdrawalOf(const KnownClaim& claim, const ClaimStore& store,
                        const std::vector<Alert>& alerts);

// `alerts` are the story's.
void ShowFigure(const Figure& figure, StoryId story, const std::vector<Alert>& alerts,
                const Catalogue& catalogue, v1::GetFigureResponse& response);

}  // namespace claimwatch
