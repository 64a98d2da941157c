// When to try again, and when to stop trying.
//
// Delays grow by doubling and are spread by chance, so that a thousand clients of a restarted
// daemon do not come back in one instant; where the daemon said when to come back, that is the
// least. A client that never reached anything gives up soon, since the address is probably wrong;
// one that did is patient. Tested by tests/client/retry_test.cc.
#pragma once

#include <optional>

#include "absl/time/time.h"
#include "client/lib/world.h"

namespace claimwatch::client {

struct RetryPolicy {
  // The first delay is about `delay_min`, each next one about twice as long, up to `delay_max`.
  absl::Duration delay_min = absl::Milliseconds(100);
  absl::Duration delay_max = absl::Seconds(30);

  // How long to go on without having reached the daemon even once.
  absl::Duration first_contact_max = absl::Seconds(10);

  // How long an outage may last after that.
  absl::Duration outage_max = absl::InfiniteDuration();
};

// Follows one conversation with the daemon through its outages. Not thread-safe.
class Patience {
 public:
  Patience(const RetryPolicy& policy, World& world) : policy_(policy), world_(world) {}

  // The daemon answered something.
  void Contact() { contacted_ = true; }

  // The conversation got on: an outage, if there was one, is over.
  void Progress();

  // How long to wait before the next try; at least `least`. Nothing: give up.
  std::optional<absl::Duration> AfterFailure(absl::Duration least = absl::ZeroDuration());

 private:
  const RetryPolicy policy_;
  World& world_;  // Borrowed; outlives us.
  bool contacted_ = false;
  int failures_ = 0;  // since the last progress
  absl::Time outage_since_ = absl::InfinitePast();
};

}  // namespace claimwatch::client
