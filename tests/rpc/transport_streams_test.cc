#include "server/rpc/transport_streams.h"

#include <gtest/gtest.h>

#include "server/rpc/limits.h"
#include "tests/rpc/test_server.h"

namespace claimwatch {
namespace {

static_assert(kHeldStreamsMax >= 4 * kConnectionStreamsMax,
              "who keeps to what it was told is never in its way");

TEST(HeldStreams, LessIsAllowedAsTheRoomFills) {
  const struct {
    std::int64_t all, all_max, allowed;
  } kCases[] = {
      {0, 1000, kHeldStreamsMax},
      {500, 1000, kHeldStreamsMax},
      {750, 1000, kHeldStreamsMax / 2},
      {1000, 1000, 1},
      {5000, 1000, 1},
      {0, 1, kHeldStreamsMax},
      {1, 1, kHeldStreamsMax},
      {2, 1, 1},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(HeldStreamsAllowed(c.all, c.all_max), c.allowed) << c.all << " of " << c.all_max;
  }
}

// The names are those of the gRPC that this is built for.
TEST(TransportStreams, AreBounded) { EXPECT_TRUE(TransportStreamsAreBounded()); }

// Both ends of a call are in this process.
TEST(TransportStreams, AreCountedUntilTheyAreOver) {
  const std::int64_t before = TransportStreams();
  {
    TestServer server;
    const auto one = Context(), two = Context();
    const auto first = server.alerts->SubscribeAlerts(one.get(), v1::SubscribeAlertsRequest());
    const auto second = server.alerts->SubscribeAlerts(two.get(), v1::SubscribeAlertsRequest());
    v1::SubscribeAlertsResponse started;
    ASSERT_TRUE(first->Read(&started));
    ASSERT_TRUE(second->Read(&started));
    EXPECT_GE(TransportStreams(), before + 4);
    one->TryCancel();
    two->TryCancel();
    first->Finish();
    second->Finish();
  }
  EXPECT_EQ(TransportStreams(), before);
  EXPECT_EQ(CrowdedConnections(), 0);
}

}  // namespace
}  // namespace claimwatch
