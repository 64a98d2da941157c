#include "server/ledger/known_claim.h"

namespace claimwatch {

absl::Time AsOf(const KnownClaim& claim) {
  const absl::Time stated = claim.claim.time.as_of;
  return stated == absl::InfinitePast() ? claim.publish_time : stated;
}

}  // namespace claimwatch
