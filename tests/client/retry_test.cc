#include "client/lib/retry.h"

#include <gtest/gtest.h>

#include "tests/client/fake_world.h"

namespace claimwatch::client {
namespace {

const absl::Notification kNever;

TEST(Patience, DelaysDoubleUpToTheGreatest) {
  FakeWorld world(/*chance=*/1);
  Patience patience({}, world);
  patience.Contact();
  std::vector<double> seconds;
  for (int i = 0; i < 11; ++i) seconds.push_back(absl::ToDoubleSeconds(*patience.AfterFailure()));
  EXPECT_EQ(seconds, (std::vector<double>{0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 30, 30}));
}

TEST(Patience, ChanceSpreadsDelaysOverTheUpperHalf) {
  FakeWorld world(/*chance=*/0);
  Patience patience({}, world);
  patience.Contact();
  EXPECT_EQ(patience.AfterFailure(), absl::Milliseconds(50));
  EXPECT_EQ(patience.AfterFailure(), absl::Milliseconds(100));
}

TEST(Patience, WhatTheDaemonAskedForIsTheLeast) {
  FakeWorld world;
  Patience patience({}, world);
  patience.Contact();
  EXPECT_EQ(patience.AfterFailure(absl::Seconds(7)), absl::Seconds(7));
}

TEST(Patience, ProgressBeginsAnew) {
  FakeWorld world;
  Patience patience({}, world);
  patience.Contact();
  patience.AfterFailure();
  patience.AfterFailure();
  patience.Progress();
  EXPECT_EQ(patience.AfterFailure(), absl::Milliseconds(100));
}

TEST(Patience, GivesUpSoonWithoutContactAndLateWithIt) {
  RetryPolicy policy;
  policy.first_contact_max = absl::Seconds(10);
  policy.outage_max = absl::Minutes(5);
  for (const bool contact : {false, true}) {
    FakeWorld world;
    Patience patience(policy, world);
    if (contact) patience.Contact();
    const absl::Time start = world.Now();
    while (const std::optional<absl::Duration> delay = patience.AfterFailure()) {
      world.Wait(*delay, kNever);
    }
    const absl::Duration tried = world.Now() - start;
    EXPECT_LE(tried, contact ? policy.outage_max : policy.first_contact_max);
    EXPECT_GT(tried, contact ? absl::Minutes(4) : absl::Seconds(5));
  }
}

TEST(Patience, WithoutTimeThereIsOneTry) {
  RetryPolicy policy;
  policy.first_contact_max = absl::ZeroDuration();
  FakeWorld world;
  EXPECT_EQ(Patience(policy, world).AfterFailure(), std::nullopt);
}

}  // namespace
}  // namespace claimwatch::client
