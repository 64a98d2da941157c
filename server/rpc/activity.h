// Activity: how many calls and streams are under way, so that a stop can wait for exactly them.
//
// gRPC's own shutdown waits for connections too, and an idle client may take seconds to notice that
// it should close one. Thread-safe. Tested by tests/rpc/activity_test.cc.
#pragma once

#include <memory>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace claimwatch {

class Activity {
 public:
  void Begin() {
    absl::MutexLock lock(&mu_);
    ++count_;
  }
  void End() {
    absl::MutexLock lock(&mu_);
    --count_;
  }
  // Begins now, and ends when the last copy of the token goes.
  std::shared_ptr<void> BeginUntilReleased() {
    Begin();
    return {nullptr, [this](void*) { End(); }};
  }

  // False: something is still under way after `at_most`.
  bool AwaitIdle(absl::Duration at_most) {
    const auto idle = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) { return count_ == 0; };
    absl::MutexLock lock(&mu_);
    return mu_.AwaitWithTimeout(absl::Condition(&idle), at_most);
  }

 private:
  absl::Mutex mu_;  // A leaf.
  int count_ ABSL_GUARDED_BY(mu_) = 0;
};

}  // namespace claimwatch
