// Look-alikes: made-up streams of local reports on incidents that are easily mistaken for each
// other, as many as one likes.
//
// The incidents of a trade (house fires, road crashes, shootings, small quakes, storms) are told by
// a few outlets, each in words of its own that hardly change from one incident to the next: what
// tells them apart are places, addresses, days, names and ages. Some reports are reprinted, some
// are followed up days later, when the toll may have risen. A stream is a function of (trade, seed,
// incidents) alone. Checked by tests/story/look_alikes_test.cc.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/text/article.h"

namespace claimwatch {

enum class Trade { kHouseFires, kRoadCrashes, kShootings, kSmallQuakes, kStorms };
inline constexpr int kTrades = 5;
const char* Name(Trade trade);

struct LookAlike {
  Article article;
  int incident = 0;
};

// In order of publication.
std::vector<LookAlike> TellLookAlikes(Trade trade, std::uint32_t seed, int incidents);

}  // namespace claimwatch
