// Time comes in by the door: whoever needs the hour is given a Clock, and tests hold a fake one.
//
// Tested through tests/fakes/fake_clock.h by every test that steps time.
#pragma once

#include "absl/time/time.h"

namespace claimwatch {

// Tells the time of day. Implementations are thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() const = 0;
};

// The machine's clock. Lives as long as the process.
const Clock& SystemClock();

}  // namespace claimwatch
