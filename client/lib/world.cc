#include "client/lib/world.h"

#include "absl/random/random.h"
#include "absl/synchronization/mutex.h"

namespace claimwatch::client {
namespace {

class MachineWorld final : public World {
 public:
  absl::Time Now() const override { return SystemClock().Now(); }

  bool Wait(absl::Duration duration, const absl::Notification& stop) override {
    return stop.WaitForNotificationWithTimeout(duration);
  }

  double Chance() override {
    absl::MutexLock lock(&mu_);
    return absl::Uniform(random_, 0.0, 1.0);
  }

 private:
  absl::Mutex mu_;
  absl::BitGen random_ ABSL_GUARDED_BY(mu_);
};

}  // namespace

World& SystemWorld() {
  static MachineWorld& world = *new MachineWorld;
  return world;
}

}  // namespace claimwatch::client
