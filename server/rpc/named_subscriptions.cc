#include "server/rpc/named_subscriptions.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/base/log.h"
#include "server/rpc/limits.h"
#include "server/rpc/subscription.h"

namespace claimwatch {
namespace {

constexpr absl::Duration kLeaseDefault = absl::Seconds(60);
constexpr absl::Duration kLeaseMin = absl::Seconds(1);
constexpr absl::Duration kLeaseMax = absl::Hours(1);
constexpr int kDeliveriesDefault = 5;
constexpr int kOutstandingDefault = 100;
constexpr int kReplayMax = 1000;

Outcome CheckId(const std::string& id) {
  if (id.empty()) return InvalidField("subscription_id", "is empty", "REQUIRED");
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789-_.";
  if (id.size() <= kSubscriptionIdBytesMax && id.find_first_not_of(kAllowed) == std::string::npos) {
    return std::nullopt;
  }
  return InvalidField("subscription_id", "must be 1 to 64 of a-z, 0-9, \"-\", \"_\" and \".\"",
                      "MALFORMED");
}

// 0 is the default.
Outcome ReadCount(int asked, int usual, int most, const char* field, int& count) {
  count = asked == 0 ? usual : asked;
  if (count >= 1 && count <= most) return std::nullopt;
  return InvalidField(field, absl::StrCat("must be from 1 to ", most), "OUT_OF_RANGE");
}

Outcome ReadSettings(const v1::SubscriptionSettings& settings, SubscriptionRecord& record) {
  record.selector = settings.selector().SerializeAsString();
  record.filter = settings.filter();
  const absl::Duration lease = FromProto(settings.lease());
  if (lease < absl::ZeroDuration()) {
    return InvalidField("settings.lease", "must not be negative", "OUT_OF_RANGE");
  }
  record.lease =
      lease == absl::ZeroDuration() ? kLeaseDefault : std::clamp(lease, kLeaseMin, kLeaseMax);
  if (Outcome bad = ReadCount(settings.deliveries_max(), kDeliveriesDefault, kDeliveriesMax,
                              "settings.deliveries_max", record.deliveries_max)) {
    return bad;
  }
  return ReadCount(settings.outstanding_max(), kOutstandingDefault, kOutstandingMax,
                   "settings.outstanding_max", record.outstanding_max);
}

// Where to begin, and what to select, as SubscribeAlerts reads them.
template <typename Request>
Outcome ReadPlan(const Request& request, const v1::SubscriptionSettings& settings, Rooms& rooms,
                 SubscriptionPlan& plan) {
  v1::SubscribeAlertsRequest subscribe;
  *subscribe.mutable_selector() = settings.selector();
  subscribe.set_filter(settings.filter());
  if (request.start_case() == Request::kResumeToken) {
    subscribe.set_resume_token(request.resume_token());
  } else {
    subscribe.set_start_point(request.start_point());
  }
  if (Outcome bad = PlanSubscription(subscribe, rooms, plan)) return bad;
  if (!plan.snapshot) return std::nullopt;
  return InvalidField("start_point", "must not be a snapshot: it is no place in the feed",
                      "OUT_OF_RANGE");
}

bool SameSettings(const SubscriptionRecord& a, const SubscriptionRecord& b) {
  return a.selector == b.selector && a.filter == b.filter && a.lease == b.lease &&
         a.deliveries_max == b.deliveries_max && a.outstanding_max == b.outstanding_max;
}

Error Exists(const std::string& id) {
  return {.code = absl::StatusCode::kAlreadyExists,
          .reason = "SUBSCRIPTION_EXISTS",
          .message = absl::StrCat("subscription \"", id, "\" exists with other settings"),
          .metadata = {{"subscriptionId", id}},
          .resource_type = "claimwatch.v1.Subscription",
          .resource_name = id};
}

Error Full(std::string reason, std::string message) {
  return {.code = absl::StatusCode::kResourceExhausted,
          .reason = std::move(reason),
          .message = std::move(message)};
}

Outcome ReadSettlement(const v1::SettleAlertsRequest& request, Settlement& settlement) {
  const int named = request.ack_positions_size() + request.retry_positions_size() +
                    request.park_positions_size() + request.extend_positions_size();
  if (named > kOutstandingMax) {
    return InvalidField("ack_positions",
                        absl::StrCat("and its neighbours name ", named, " positions; the limit is ",
                                     kOutstandingMax),
                        "TOO_LARGE");
  }
  if (request.note().size() > kReasonBytesMax) {
    return InvalidField("note", absl::StrCat("is longer than ", kReasonBytesMax, " bytes"),
                        "TOO_LARGE");
  }
  settlement.ack.assign(request.ack_positions().begin(), request.ack_positions().end());
  settlement.ack_up_to = request.ack_up_to_position();
  settlement.retry.assign(request.retry_positions().begin(), request.retry_positions().end());
  settlement.park.assign(request.park_positions().begin(), request.park_positions().end());
  settlement.extend.assign(request.extend_positions().begin(), request.extend_positions().end());
  settlement.note = request.note();
  return std::nullopt;
}

}  // namespace

absl::Status NamedSubscriptions::Load() {
  absl::StatusOr<std::vector<SubscriptionRecord>> records = rooms_.store.ReadSubscriptions();
  if (!records.ok()) return records.status();
  absl::MutexLock lock(&mu_);
  for (SubscriptionRecord& record : *records) {
    v1::AlertSelector selector;
    SelectorPtr selection;
    const bool read = selector.ParseFromString(record.selector);
    if (Outcome bad = ReadSelection(selector, record.filter, rooms_, selection); bad || !read) {
      // Rather told too much than nothing.
      Log()->error("subscription \"{}\" delivers everything: its selection cannot be read: {}",
                   LogSafe(record.id), bad ? LogSafe(bad->message) : "");
      selection = rooms_.selectors.Get(Selector());
    }
    const std::string id = record.id;
    by_id_[id] = std::make_shared<NamedSubscription>(std::move(record), rooms_.feed, selection);
  }
  return absl::OkStatus();
}

void NamedSubscriptions::Create(const v1::CreateSubscriptionRequest& request,
                                v1::CreateSubscriptionResponse& response, Done done) {
  SubscriptionRecord record;
  SubscriptionPlan plan;
  record.id = request.subscription_id();
  if (Outcome bad = CheckId(record.id)) return done(bad);
  if (Outcome bad = ReadSettings(request.settings(), record)) return done(bad);
  if (Outcome bad = ReadPlan(request, request.settings(), rooms_, plan)) return done(bad);
  record.create_time = absl::FromUnixMicros(absl::ToUnixMicros(rooms_.clock.Now()));
  record.scanned = plan.start;
  const auto made = std::make_shared<NamedSubscription>(record, rooms_.feed, plan.selector);
  NamedPtr known;
  Outcome full;
  {
    absl::MutexLock lock(&mu_);
    if (const auto found = by_id_.find(record.id); found != by_id_.end()) {
      known = found->second;
    } else if (static_cast<int>(by_id_.size()) >= kSubscriptionsMax) {
      full = Full("TOO_MANY_SUBSCRIPTIONS",
                  absl::StrCat("there are ", kSubscriptionsMax, ", which is the limit"));
    } else {
      by_id_.emplace(record.id, made);
    }
  }
  if (full.has_value()) return done(full);  // Not under the lock, which is a leaf.
  if (known != nullptr) {
    bool same = false;
    {
      absl::MutexLock lock(&known->mu);
      same = SameSettings(known->cursor.record(), record);
    }
    if (same) Show(*known, *response.mutable_subscription());
    return done(same ? Outcome() : Exists(record.id));
  }
  Save(made, [this, made, &response, done = std::move(done)](const Outcome& saved) {
    if (saved.has_value()) Forget(made->id);
    if (!saved.has_value()) Show(*made, *response.mutable_subscription());
    done(saved);
  });
}

Outcome NamedSubscriptions::Find(const std::string& id, NamedPtr& named) const {
  if (Outcome bad = CheckId(id)) return bad;
  absl::MutexLock lock(&mu_);
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) return NotFound("Subscription", id);
  named = found->second;
  return std::nullopt;
}

Outcome NamedSubscriptions::Get(const std::string& id, v1::Subscription& out) const {
  NamedPtr named;
  if (Outcome bad = Find(id, named)) return bad;
  Show(*named, out);
  return std::nullopt;
}

void NamedSubscriptions::List(v1::ListSubscriptionsResponse& response) const {
  std::vector<NamedPtr> all;
  {
    absl::MutexLock lock(&mu_);
    for (const auto& [id, named] : by_id_) all.push_back(named);
  }
  for (const NamedPtr& named : all) Show(*named, *response.add_subscriptions());
}

void NamedSubscriptions::Show(NamedSubscription& named, v1::Subscription& out) const {
  absl::MutexLock lock(&named.mu);
  const SubscriptionRecord& record = named.cursor.record();
  out.set_subscription_id(record.id);
  v1::SubscriptionSettings& settings = *out.mutable_settings();
  settings.mutable_selector()->ParseFromString(record.selector);
  settings.set_filter(record.filter);
  *settings.mutable_lease() = ToProto(record.lease);
  settings.set_deliveries_max(record.deliveries_max);
  settings.set_outstanding_max(record.outstanding_max);
  *out.mutable_create_time() = ToProto(record.create_time);
  const std::int64_t head = rooms_.feed.head();
  out.set_settled_position(named.cursor.settled());
  out.set_scanned_position(record.scanned);
  out.set_head_position(head);
  out.set_lag(std::max<std::int64_t>(head - named.cursor.settled(), 0));
  out.set_outstanding_count(named.cursor.outstanding());
  out.set_parked_count(static_cast<std::int32_t>(record.parked));
  out.set_consumer_count(named.consumers);
  const absl::Time oldest = named.cursor.OldestUnsettled();
  if (oldest != absl::InfinitePast()) {
    *out.mutable_oldest_unsettled_age() =
        ToProto(std::max(rooms_.clock.Now() - oldest, absl::ZeroDuration()));
  }
  if (record.last_settle_time != absl::InfinitePast()) {
    *out.mutable_last_settle_time() = ToProto(record.last_settle_time);
  }
  out.set_overtaken(named.cursor.overtaken() || named.cursor.settled() + 1 < rooms_.feed.oldest());
}

void NamedSubscriptions::Delete(const std::string& id, Done done) {
  NamedPtr named;
  if (Outcome bad = Find(id, named)) return done(bad);
  {
    absl::MutexLock lock(&named->mu);
    named->deleted = true;
  }
  Save(named, [this, named, done = std::move(done)](const Outcome& saved) {
    if (saved.has_value()) {
      absl::MutexLock lock(&named->mu);
      named->deleted = false;
    } else {
      Forget(named->id);
    }
    done(saved);
  });
}

void NamedSubscriptions::Forget(const std::string& id) {
  absl::MutexLock lock(&mu_);
  by_id_.erase(id);
}

void NamedSubscriptions::Settle(const v1::SettleAlertsRequest& request,
                                v1::SettleAlertsResponse& response, Done done) {
  NamedPtr named;
  Settlement settlement;
  if (Outcome bad = Find(request.subscription_id(), named)) return done(bad);
  if (Outcome bad = ReadSettlement(request, settlement)) return done(bad);
  {
    absl::MutexLock lock(&named->mu);
    if (!settlement.park.empty() && named->cursor.WouldOverfill(settlement)) {
      return done(Full("PARKED_FULL", absl::StrCat("no more than ", kParkedMax,
                                                   " are parked for one subscription")));
    }
    const int settled = named->cursor.Settle(settlement, rooms_.clock.Now());
    const std::size_t asked = settlement.ack.size() + settlement.retry.size() +
                              settlement.park.size() + settlement.extend.size();
    response.set_settled_count(settled);
    response.set_passed_over_count(std::max(static_cast<int>(asked) - settled, 0));
  }
  Save(named, std::move(done));
}

void NamedSubscriptions::Replay(const v1::ReplayParkedAlertsRequest& request,
                                v1::ReplayParkedAlertsResponse& response, Done done) {
  NamedPtr named;
  if (Outcome bad = Find(request.subscription_id(), named)) return done(bad);
  if (request.positions_size() > kReplayMax) {
    return done(InvalidField("positions", absl::StrCat("has more than ", kReplayMax), "TOO_LARGE"));
  }
  std::vector<ParkedRecord> parked;
  for (const std::int64_t position : request.positions()) {
    absl::StatusOr<std::vector<ParkedRecord>> one =
        rooms_.store.ListParked(named->id, position - 1, 1);
    if (!one.ok()) return done(FromStatus(one.status()));
    if (!one->empty() && one->front().event.position == position) parked.push_back(one->front());
  }
  if (request.positions().empty()) {
    absl::StatusOr<std::vector<ParkedRecord>> oldest =
        rooms_.store.ListParked(named->id, 0, kReplayMax);
    if (!oldest.ok()) return done(FromStatus(oldest.status()));
    parked = *std::move(oldest);
  }
  {
    absl::MutexLock lock(&named->mu);
    named->cursor.Replay(parked);
    response.set_replayed_count(static_cast<std::int32_t>(parked.size()));
    response.set_parked_count(static_cast<std::int32_t>(named->cursor.record().parked));
  }
  Save(named, std::move(done));
}

void NamedSubscriptions::Seek(const v1::SeekSubscriptionRequest& request,
                              v1::SeekSubscriptionResponse& response, Done done) {
  NamedPtr named;
  SubscriptionPlan plan;
  if (Outcome bad = Find(request.subscription_id(), named)) return done(bad);
  if (Outcome bad = ReadPlan(request, v1::SubscriptionSettings(), rooms_, plan)) return done(bad);
  {
    absl::MutexLock lock(&named->mu);
    named->cursor.Seek(plan.start);
  }
  Save(named, [this, named, &response, done = std::move(done)](const Outcome& saved) {
    Show(*named, *response.mutable_subscription());
    done(saved);
  });
}

void NamedSubscriptions::Save(const NamedPtr& named, Done done) {
  {
    absl::MutexLock lock(&named->mu);
    named->waiting.push_back(std::move(done));
    if (named->saving) return;
    named->saving = true;
  }
  SaveNext(named);
}

void NamedSubscriptions::SaveNext(const NamedPtr& named) {
  const auto changes = std::make_shared<SubscriptionChanges>();
  std::vector<Done> waiters;
  {
    absl::MutexLock lock(&named->mu);
    waiters.swap(named->waiting);
    if (named->deleted) {
      changes->deleted = {named->id};
    } else {
      *changes = named->cursor.Unsaved();
    }
  }
  rooms_.ingestor.Keep(*changes, [this, named, changes, waiters](const absl::Status& status) {
    Saved(named, status, std::move(*changes), waiters);
  });
}

void NamedSubscriptions::Saved(const NamedPtr& named, const absl::Status& status,
                               SubscriptionChanges changes, const std::vector<Done>& waiters) {
  bool more = false;
  {
    absl::MutexLock lock(&named->mu);
    if (!status.ok()) named->cursor.Restore(std::move(changes));
    more = !named->waiting.empty();
    named->saving = more;
  }
  rooms_.pool.Run([waiters, outcome = status.ok() ? Outcome() : Outcome(FromStatus(status))] {
    for (const Done& done : waiters) done(outcome);
  });
  if (more) SaveNext(named);
}

}  // namespace claimwatch
