// Named subscriptions as the store keeps them: what to deliver, how far it is, what is outstanding,
// and what was parked.
//
// Values; server/feed/durable_cursor.h gives them their meaning. Tested by
// tests/store/conformance_test.cc.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "server/ledger/alert.h"

namespace claimwatch {

// Delivered and not settled; how long its lease runs is not kept.
struct PendingEvent {
  std::int64_t position = 0;
  int deliveries = 0;
  friend bool operator==(const PendingEvent&, const PendingEvent&) = default;
};

struct SubscriptionRecord {
  std::string id;
  std::string selector;  // As its owner writes it; the store does not look inside.
  std::string filter;
  absl::Duration lease;
  int deliveries_max = 0;
  int outstanding_max = 0;
  absl::Time create_time = absl::InfinitePast();
  absl::Time last_settle_time = absl::InfinitePast();  // InfinitePast: never.
  std::int64_t scanned = 0;           // All events up to here are settled or in `pending`.
  std::vector<PendingEvent> pending;  // Ascending.
  std::int64_t parked = 0;            // Counted when it is read; not written.
  friend bool operator==(const SubscriptionRecord&, const SubscriptionRecord&) = default;
};

struct ParkedRecord {
  std::string subscription;
  AlertEvent event;  // Whole: it outlives retention.
  int deliveries = 0;
  absl::Time park_time = absl::InfinitePast();
  std::string note;
  friend bool operator==(const ParkedRecord&, const ParkedRecord&) = default;
};

// Applied in this order.
struct SubscriptionChanges {
  std::vector<std::string> deleted;                            // With all that they parked.
  std::vector<SubscriptionRecord> kept;                        // New or changed, whole.
  std::vector<std::pair<std::string, std::int64_t>> unparked;  // Subscription and position.
  std::vector<ParkedRecord> parked;
};

}  // namespace claimwatch
