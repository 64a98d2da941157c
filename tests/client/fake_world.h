// A World whose time passes only by waiting, and whose chance is a constant.
#pragma once

#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "client/lib/world.h"

namespace claimwatch::client {

class FakeWorld final : public World {
 public:
  // `chance` 1 takes every delay in full.
  explicit FakeWorld(double chance = 1) : chance_(chance) {}

  absl::Time Now() const override {
    absl::MutexLock lock(&mu_);
    return now_;
  }

  bool Wait(absl::Duration duration, const absl::Notification& stop) override {
    absl::MutexLock lock(&mu_);
    now_ += duration;
    if (duration > absl::ZeroDuration()) waits_.push_back(duration);
    return stop.HasBeenNotified();
  }

  double Chance() override { return chance_; }

  std::vector<absl::Duration> waits() const {
    absl::MutexLock lock(&mu_);
    return waits_;
  }

 private:
  const double chance_;
  mutable absl::Mutex mu_;
  absl::Time now_ ABSL_GUARDED_BY(mu_) = absl::FromUnixSeconds(1'600'000'000);
  std::vector<absl::Duration> waits_ ABSL_GUARDED_BY(mu_);
};

}  // namespace claimwatch::client
