// DurableCursor: the place of a named subscription in the feed, kept by the daemon.
//
// Behind `scanned` every event is settled, parked or pending. A pending event is one that was
// delivered: under a lease until somebody settles it; when the lease ends it is delivered again,
// and after `deliveries_max` times it is parked instead. Nothing else makes an event go: so each is
// delivered at least once and ends acknowledged or parked. All that must outlive the process is in
// the record; leases are not, so a restart delivers what is pending again at once.
//
// Changes gather until Unsaved() hands them to whoever commits them; what could not be committed is
// given back by Restore(). Time is handed in. Not thread-safe.
// Tested by tests/feed/durable_cursor_test.cc.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "server/feed/alert_feed.h"
#include "server/store/subscription_record.h"

namespace claimwatch {

// Bounds of named subscriptions; what a subscription may set is within them.
inline constexpr int kSubscriptionsMax = 1000;
inline constexpr int kOutstandingMax = 1000;
inline constexpr int kDeliveriesMax = 100;
inline constexpr std::int64_t kParkedMax = 10'000;
// Events looked at in one Take(); the rest is for the next.
inline constexpr int kScanEventsMax = 1024;

// One delivery.
struct Leased {
  AlertFeed::FeedEventPtr event;
  int deliveries = 1;
  absl::Time lease_end;
};

// What a consumer says of what it was delivered.
struct Settlement {
  std::vector<std::int64_t> ack;
  std::int64_t ack_up_to = 0;
  std::vector<std::int64_t> retry;
  std::vector<std::int64_t> park;
  std::vector<std::int64_t> extend;
  std::string note;
};

class DurableCursor {
 public:
  using Matches = std::function<bool(const AlertEvent&)>;

  // `feed` is borrowed.
  DurableCursor(SubscriptionRecord record, const AlertFeed& feed, Matches matches);

  // What is due at `now`, oldest first, at most `limit`; parks what has been delivered often
  // enough. OUT_OF_RANGE: retention removed what was not settled; so it stays until Seek().
  absl::StatusOr<std::vector<Leased>> Take(absl::Time now, int limit);
  // Whether Take() would do something; cheap.
  bool IsDue(absl::Time now) const;

  // How many positions were outstanding; the rest was passed over.
  int Settle(const Settlement& settlement, absl::Time now);
  // Whether Settle() would park more than fits.
  bool WouldOverfill(const Settlement& settlement) const;
  // What was parked is pending again, its deliveries forgotten.
  void Replay(const std::vector<ParkedRecord>& parked);
  void Seek(std::int64_t position);

  // Everything that is not committed yet, and takes it as committed.
  bool HasUnsaved() const { return dirty_ || !parked_.empty() || !unparked_.empty(); }
  SubscriptionChanges Unsaved();
  void Restore(SubscriptionChanges changes);

  const SubscriptionRecord& record() const { return record_; }  // `pending` is not filled.
  std::int64_t settled() const;  // Every event up to here is settled.
  int outstanding() const { return static_cast<int>(pending_.size()); }
  bool overtaken() const { return overtaken_; }
  // When the oldest event that is not settled was committed; InfinitePast: all is settled.
  absl::Time OldestUnsettled() const;

 private:
  struct Pending {
    int deliveries = 0;
    absl::Time lease_end = absl::InfinitePast();  // InfinitePast: due now.
    AlertFeed::FeedEventPtr event;                // Null after a restart, until it is read.
  };

  absl::Status Redeliver(absl::Time now, int limit, std::vector<Leased>& leased);
  absl::Status Scan(absl::Time now, int limit, std::vector<Leased>& leased);
  absl::Status Load(std::int64_t position, Pending& pending) const;
  void Park(std::int64_t position, const Pending& pending, absl::Time now, std::string note);
  Leased Lease(Pending& pending, absl::Time now) const;

  SubscriptionRecord record_;
  const AlertFeed& feed_;
  const Matches matches_;
  std::map<std::int64_t, Pending> pending_;
  std::int64_t saved_scanned_ = 0;
  bool dirty_ = false;
  bool overtaken_ = false;
  std::vector<ParkedRecord> parked_;    // Not committed yet.
  std::vector<std::int64_t> unparked_;  // Likewise.
};

}  // namespace claimwatch
