#include "server/rpc/activity.h"

#include <gtest/gtest.h>

#include <thread>

namespace claimwatch {
namespace {

TEST(Activity, IsIdleWhenAllThatBeganHasEnded) {
  Activity activity;
  EXPECT_TRUE(activity.AwaitIdle(absl::ZeroDuration()));
  activity.Begin();
  std::shared_ptr<void> token = activity.BeginUntilReleased();
  std::shared_ptr<void> copy = token;
  EXPECT_FALSE(activity.AwaitIdle(absl::ZeroDuration()));
  activity.End();
  token = nullptr;
  EXPECT_FALSE(activity.AwaitIdle(absl::Milliseconds(1)));
  std::thread other([&] { copy = nullptr; });
  EXPECT_TRUE(activity.AwaitIdle(absl::Seconds(30)));
  other.join();
}

}  // namespace
}  // namespace claimwatch
