#include "server/base/clock.h"

#include "absl/time/clock.h"

namespace claimwatch {
namespace {

class MachineClock final : public Clock {
 public:
  absl::Time Now() const override { return absl::Now(); }
};

}  // namespace

const Clock& SystemClock() {
  static const MachineClock clock;
  return clock;
}

}  // namespace claimwatch
