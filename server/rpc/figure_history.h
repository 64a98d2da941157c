// A figure as it is shown: its claims in order with what came of each, and its distinct values.
//
// Works on what the ledger holds; a claim's verdict is worked out anew against what was believed
// when it was committed. Pure. Tested by tests/rpc/figure_history_test.cc.
#pragma once

#include <vector>

#include "absl/time/time.h"
#include "claimwatch/v1/story.pb.h"
#include "server/claims/catalogue.h"
#include "server/ledger/ledger.h"

namespace claimwatch {

// The figure as it could be known at `when`: later published claims are gone.
Figure AsKnownAt(const Figure& figure, absl::Time when);

// `alerts` are the story's.
void ShowFigure(const Figure& figure, StoryId story, const std::vector<Alert>& alerts,
                const Catalogue& catalogue, v1::GetFigureResponse& response);

}  // namespace claimwatch
