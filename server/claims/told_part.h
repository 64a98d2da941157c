// Told part: words of a figure's own clause that make a toll a part of the event's.
//
// "23 people were detained there", "in Kelo, where 12 were hurt", "the toll in the port alone",
// "the clinic has treated 50", "12 are in intensive care": nothing beside the figure says "of
// them", and yet it is never the figure of the whole. Each rule is a bounded look at the clause.
// Tested by tests/claims/scope_test.cc.
#pragma once

#include "server/claims/background.h"
#include "server/claims/draft.h"
#include "server/claims/passage.h"

namespace claimwatch {

// For counts of persons and ruined things.
bool IsToldPart(const Passage& passage, const Background& background, const Draft& draft);

// "43 passengers and four crew": two kinds of those aboard, whom nobody summed up here.
bool AreAboardTogether(const Passage& passage, const Draft& left, const Draft& right);

}  // namespace claimwatch
