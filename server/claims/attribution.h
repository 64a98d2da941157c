// Attribution: who says so ("according to the ministry", "X said", "the ministry added").
//
// Tested by tests/claims/attribution_test.cc.
#pragma once

#include "server/claims/claim.h"
#include "server/claims/draft.h"

namespace claimwatch {

Phrase ReadAttribution(const Passage& passage, const Draft& draft);

}  // namespace claimwatch
