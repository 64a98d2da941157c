#include "server/feed/durable_cursor.h"

#include <algorithm>
#include <utility>

namespace claimwatch {
namespace {

constexpr char kUsedUp[] = "its deliveries are used up";
// How far scanning may run ahead of what is committed where nothing is let through.
constexpr std::int64_t kScanUnsavedMax = 4096;

}  // namespace

DurableCursor::DurableCursor(SubscriptionRecord record, const AlertFeed& feed, Matches matches)
    : record_(std::move(record)), feed_(feed), matches_(std::move(matches)) {
  for (const PendingEvent& pending : record_.pending) {
    pending_[pending.position].deliveries = pending.deliveries;
  }
  record_.pending.clear();
  saved_scanned_ = record_.scanned;
}

absl::StatusOr<std::vector<Leased>> DurableCursor::Take(absl::Time now, int limit) {
  std::vector<Leased> leased;
  absl::Status status = Redeliver(now, limit, leased);
  if (status.ok()) status = Scan(now, limit, leased);
  if (absl::IsOutOfRange(status)) overtaken_ = true;
  if (!status.ok() && leased.empty()) return status;  // What is leased already is told first.
  return leased;
}

bool DurableCursor::IsDue(absl::Time now) const {
  if (overtaken_) return true;
  if (outstanding() < record_.outstanding_max && record_.scanned < feed_.head()) return true;
  return std::any_of(pending_.begin(), pending_.end(),
                     [&](const auto& entry) { return entry.second.lease_end <= now; });
}

absl::Status DurableCursor::Redeliver(absl::Time now, int limit, std::vector<Leased>& leased) {
  for (auto at = pending_.begin();
       at != pending_.end() && static_cast<int>(leased.size()) < limit;) {
    Pending& pending = at->second;
    if (pending.lease_end > now) {
      ++at;
      continue;
    }
    if (absl::Status loaded = Load(at->first, pending); !loaded.ok()) return loaded;
    if (pending.deliveries >= record_.deliveries_max && record_.parked < kParkedMax) {
      Park(at->first, pending, now, kUsedUp);
      at = pending_.erase(at);
      continue;
    }
    leased.push_back(Lease(pending, now));
    ++at;
  }
  return absl::OkStatus();
}

absl::Status DurableCursor::Scan(absl::Time now, int limit, std::vector<Leased>& leased) {
  if (record_.scanned >= feed_.head() || static_cast<int>(leased.size()) >= limit ||
      outstanding() >= record_.outstanding_max) {
    return absl::OkStatus();
  }
  const absl::StatusOr<std::vector<AlertFeed::FeedEventPtr>> events =
      feed_.Read(record_.scanned, kScanEventsMax);
  if (!events.ok()) return events.status();
  for (const AlertFeed::FeedEventPtr& event : *events) {
    if (static_cast<int>(leased.size()) >= limit || outstanding() >= record_.outstanding_max) break;
    record_.scanned = event->event.position;
    if (!matches_(event->event)) continue;
    Pending& pending = pending_[record_.scanned];
    pending.event = event;
    leased.push_back(Lease(pending, now));
  }
  dirty_ |= record_.scanned - saved_scanned_ >= kScanUnsavedMax;
  return absl::OkStatus();
}

absl::Status DurableCursor::Load(std::int64_t position, Pending& pending) const {
  if (pending.event != nullptr) return absl::OkStatus();
  const absl::StatusOr<std::vector<AlertFeed::FeedEventPtr>> events = feed_.Read(position - 1, 1);
  if (!events.ok()) return events.status();
  if (events->empty()) return absl::OutOfRangeError("a pending event is not in the feed");
  pending.event = events->front();
  return absl::OkStatus();
}

Leased DurableCursor::Lease(Pending& pending, absl::Time now) const {
  pending.lease_end = now + record_.lease;
  ++pending.deliveries;
  return {pending.event, pending.deliveries, pending.lease_end};
}

void DurableCursor::Park(std::int64_t position, const Pending& pending, absl::Time now,
                         std::string note) {
  ParkedRecord parked;
  parked.subscription = record_.id;
  parked.event = pending.event->event;
  parked.deliveries = pending.deliveries;
  parked.park_time = now;
  parked.note = std::move(note);
  std::erase(unparked_, position);
  parked_.push_back(std::move(parked));
  ++record_.parked;
  dirty_ = true;
}

int DurableCursor::Settle(const Settlement& settlement, absl::Time now) {
  int settled = 0;
  for (const std::int64_t position : settlement.ack) {
    settled += static_cast<int>(pending_.erase(position));
  }
  if (settlement.ack_up_to > 0) {
    const auto end = pending_.upper_bound(settlement.ack_up_to);
    settled += static_cast<int>(std::distance(pending_.begin(), end));
    pending_.erase(pending_.begin(), end);
  }
  for (const std::int64_t position : settlement.retry) {
    const auto found = pending_.find(position);
    if (found == pending_.end()) continue;
    found->second.lease_end = absl::InfinitePast();
    ++settled;
  }
  for (const std::int64_t position : settlement.park) {
    const auto found = pending_.find(position);
    if (found == pending_.end() || !Load(position, found->second).ok()) continue;
    Park(position, found->second, now, settlement.note);
    pending_.erase(found);
    ++settled;
  }
  for (const std::int64_t position : settlement.extend) {
    const auto found = pending_.find(position);
    if (found == pending_.end()) continue;
    found->second.lease_end = now + record_.lease;
    ++settled;
  }
  if (settled > 0) {
    record_.last_settle_time = now;
    dirty_ = true;
  }
  return settled;
}

bool DurableCursor::WouldOverfill(const Settlement& settlement) const {
  return record_.parked + static_cast<std::int64_t>(settlement.park.size()) > kParkedMax;
}

void DurableCursor::Replay(const std::vector<ParkedRecord>& parked) {
  for (const ParkedRecord& record : parked) {
    const std::int64_t position = record.event.position;
    if (pending_.contains(position)) continue;  // Replayed already.
    Pending& pending = pending_[position];
    pending = Pending();
    pending.event = std::make_shared<const FeedEvent>(record.event);
    if (std::erase_if(parked_, [&](const ParkedRecord& fresh) {
          return fresh.event.position == position;
        }) == 0) {
      unparked_.push_back(position);
    }
    --record_.parked;
    dirty_ = true;
  }
}

void DurableCursor::Seek(std::int64_t position) {
  pending_.clear();
  record_.scanned = position;
  overtaken_ = false;
  dirty_ = true;
}

SubscriptionChanges DurableCursor::Unsaved() {
  SubscriptionChanges changes;
  changes.kept = {record_};
  for (const auto& [position, pending] : pending_) {
    changes.kept[0].pending.push_back({position, pending.deliveries});
  }
  for (const std::int64_t position : unparked_) changes.unparked.emplace_back(record_.id, position);
  changes.parked = std::move(parked_);
  parked_.clear();
  unparked_.clear();
  dirty_ = false;
  saved_scanned_ = record_.scanned;
  return changes;
}

void DurableCursor::Restore(SubscriptionChanges changes) {
  dirty_ = true;
  parked_.insert(parked_.begin(), std::make_move_iterator(changes.parked.begin()),
                 std::make_move_iterator(changes.parked.end()));
  for (const auto& [id, position] : changes.unparked) unparked_.push_back(position);
}

std::int64_t DurableCursor::settled() const {
  return pending_.empty() ? record_.scanned : pending_.begin()->first - 1;
}

absl::Time DurableCursor::OldestUnsettled() const {
  if (!pending_.empty() && pending_.begin()->second.event != nullptr) {
    return pending_.begin()->second.event->event.alert.update_time;
  }
  const absl::StatusOr<std::vector<AlertFeed::FeedEventPtr>> events = feed_.Read(settled(), 1);
  if (!events.ok() || events->empty()) return absl::InfinitePast();
  return events->front()->event.alert.update_time;
}

}  // namespace claimwatch
