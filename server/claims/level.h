// Whether a measurement tells a level or pace of which the article has said what it measures.
//
// Tested by tests/claims/scope_test.cc.
#pragma once

#include "server/claims/draft.h"

namespace claimwatch {

// "the estimate was 12 barrels", "revised to 12 barrels"
Level LevelOf(const Passage& p, const Draft& draft);

}  // namespace claimwatch
