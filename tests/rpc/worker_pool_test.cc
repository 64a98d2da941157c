#include "server/rpc/worker_pool.h"

#include <gtest/gtest.h>

#include <atomic>

#include "absl/synchronization/notification.h"

namespace claimwatch {
namespace {

TEST(WorkerPool, RefusesBeyondItsBoundButTakesCompletions) {
  WorkerPool pool(1, 2);
  absl::Notification started, go_on;
  std::atomic<int> done = 0;
  ASSERT_TRUE(pool.TryRun([&] {
    started.Notify();
    go_on.WaitForNotification();
  }));
  started.WaitForNotification();
  EXPECT_TRUE(pool.TryRun([&] { ++done; }));
  EXPECT_TRUE(pool.TryRun([&] { ++done; }));
  EXPECT_FALSE(pool.TryRun([&] { done += 100; }));
  pool.Run([&] { ++done; });
  go_on.Notify();
  pool.Stop();
  EXPECT_EQ(done, 3) << "stopping runs what waits";
}

TEST(WorkerPool, AfterStoppingCompletionsRunOnTheCallersThread) {
  WorkerPool pool(2, 2);
  pool.Stop();
  int done = 0;
  EXPECT_FALSE(pool.TryRun([&] { done += 100; }));
  pool.Run([&] { ++done; });
  EXPECT_EQ(done, 1);
}

}  // namespace
}  // namespace claimwatch
