// Roundup: does an article sum up several incidents ("weekend shootings across the city")?
//
// Its figures are sums over events that have articles of their own, and must never be set against
// the figures of one of them. Told by the headline and the first sentences: several incidents of
// one kind, counted, or "separate", or spread over a city or a weekend. Kinds of war and disaster
// ("bombings", "wildfires") are left out: there many incidents are one event.
// Tested by tests/story/roundup_test.cc.
#pragma once

#include <vector>

#include "server/text/document.h"

namespace claimwatch {

// `furniture`: by sentence of the body, what is not the article's.
bool IsRoundup(const Document& title, const Document& body, const std::vector<bool>& furniture);

}  // namespace claimwatch
