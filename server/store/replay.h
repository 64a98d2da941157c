// Replay: a story's ledger out of what was stored, by the same Apply() that made the live one.
//
// Claims come article by article in the order of the sequence, withdrawals after them, open alerts
// last; Apply() keeps figures and alerts in an order of its own, so the outcome equals the live
// ledger. Tested by tests/store/conformance_test.cc.
#pragma once

#include <vector>

#include "server/store/claim_store.h"

namespace claimwatch {

// `articles`: of the story, all versions, ascending. `open_alerts`: ascending.
StoryLedger ReplayLedger(StoryId story, std::vector<Figure> figures,
                         std::vector<ArticleRecord> articles, std::vector<Alert> open_alerts);

}  // namespace claimwatch
