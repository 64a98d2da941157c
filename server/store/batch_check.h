// What both stores share: whether a batch is sound, and whether an alert passes a query.
//
// Internal to store/. Tested by tests/store/conformance_test.cc.
#pragma once

#include "server/store/claim_store.h"

namespace claimwatch {

// Before anything is touched: sequences and positions follow on, parallel parts have one length.
// INTERNAL says which does not: a bug of the sequencer.
absl::Status CheckBatch(const Batch& batch, const StoreState& before);

// True when the alert passes the query (limit and `before` apart).
bool Matches(const Alert& alert, const AlertQuery& query);

}  // namespace claimwatch
