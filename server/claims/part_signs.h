// Part signs: words beside a figure that make it one day's, one month's or one place's.
//
// "54 deaths on Saturday alone", "in the past 24 hours", "in March". Bounded looks around the
// figure. Tested by tests/claims/scope_test.cc.
#pragma once

#include "server/claims/draft.h"

namespace claimwatch {

// "54 deaths were recorded on Saturday alone"
bool AloneAfter(const Passage& passage, const Draft& draft);
// "the toll in the area alone"
bool Alone(const Passage& passage, const Draft& draft);
// "in the past 24 hours", "over the last three days", "in the past week"
bool InWindow(const Passage& passage, const Draft& draft);
// "12 died in March"
bool InMonth(const Passage& passage, const Draft& draft);
// In an outbreak: the cases and deaths of a whole country, as `draft` may tell them.
bool IsCountrysOwn(const Passage& passage, const std::vector<Draft>& drafts, const Draft& draft);

}  // namespace claimwatch
