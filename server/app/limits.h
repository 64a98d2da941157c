// What must hold between the bounds of the rooms, and the bounds of options.
//
// A bound is defined in the room that keeps it (its limits.h); server/LIMITS.md lists all of them
// with what happens there, and is compared with the code by tests/app/limits_table.py. Tested by
// tests/app/limits_test.cc, which compares with what a client is told.
#pragma once

#include <cstdint>

#include "server/claims/reader.h"
#include "server/feed/alert_feed.h"
#include "server/ingest/limits.h"
#include "server/rpc/limits.h"
#include "server/web/limits.h"

namespace claimwatch {

inline constexpr std::int64_t kMiB = 1024 * 1024;

// --heartbeat_interval, in seconds; what a subscriber may ask for is within the same.
inline constexpr double kHeartbeatSecondsMin = 1;
inline constexpr double kHeartbeatSecondsMax = 3600;

static_assert(kMessageBytesMax >= 4 * (kBodyBytesMax + kTitleBytesMax),
              "an article that is too large must get through to be refused by itself");
static_assert(kStreamArticlesInFlightMax >= kBatchArticlesMax, "one batch must fit into a stream");
static_assert(kArticlesInFlightMax >= kBatchArticlesMax, "and into the daemon");
static_assert(kEventsKept >= kWriteEventsHardMax, "a write must not need the store");
static_assert(kEventsKept >= 2 * kArticleClaimsMax, "one article's events must fit in memory");

}  // namespace claimwatch
