// What a client needs of the world: the hour, waiting, and chance. They come in by the door, so
// that a test can let an outage of an hour pass at once and know every jittered delay.
//
// Tested through tests/client/fake_world.h by every test of reconnecting.
#pragma once

#include "absl/synchronization/notification.h"
#include "absl/time/time.h"
#include "server/base/clock.h"

namespace claimwatch::client {

// Implementations are thread-safe.
class World : public Clock {
 public:
  // Waits for `duration`, or until `stop`. True: stopped.
  virtual bool Wait(absl::Duration duration, const absl::Notification& stop) = 0;

  // A number from [0, 1), evenly spread.
  virtual double Chance() = 0;
};

// The machine's clock, real waiting, real chance. Lives as long as the process.
World& SystemWorld();

}  // namespace claimwatch::client
