#include "client/lib/retry.h"

#include <algorithm>
#include <cmath>

namespace claimwatch::client {

void Patience::Progress() {
  contacted_ = true;
  failures_ = 0;
}

std::optional<absl::Duration> Patience::AfterFailure(absl::Duration least) {
  const absl::Time now = world_.Now();
  if (failures_ == 0) outage_since_ = now;
  const int doublings = std::min(failures_++, 30);
  const absl::Duration full =
      std::min(policy_.delay_max, policy_.delay_min * std::pow(2.0, doublings));
  const absl::Duration delay = std::max(least, full * (0.5 + 0.5 * world_.Chance()));
  const absl::Duration longest = contacted_ ? policy_.outage_max : policy_.first_contact_max;
  if (now - outage_since_ + delay > longest) return std::nullopt;
  return delay;
}

}  // namespace claimwatch::client
