#include "server/rpc/consumption.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "server/base/log.h"
#include "server/rpc/limits.h"
#include "server/rpc/subscription.h"
#include "server/rpc/wire_buffer.h"

namespace claimwatch {
namespace {

constexpr int kDeliveriesAtOnce = 64;
constexpr absl::Duration kComeBack = absl::Seconds(1);

}  // namespace

Outcome PlanConsumption(const v1::ConsumeAlertsRequest& request, const Rooms& rooms,
                        const NamedSubscriptions& subscriptions, ConsumptionPlan& plan) {
  if (Outcome bad = subscriptions.Find(request.subscription_id(), plan.named)) return bad;
  if (Outcome bad = ReadClientId(request.client_id(), plan.client_id)) return bad;
  return ReadHeartbeat(request.heartbeat_interval(), rooms, plan.heartbeat_interval);
}

Consumption::Consumption(ConsumptionPlan plan, const Rooms& rooms,
                         NamedSubscriptions& subscriptions, absl::Duration now,
                         absl::Duration age_max)
    : plan_(std::move(plan)),
      rooms_(rooms),
      subscriptions_(subscriptions),
      recycle_at_(now + age_max),
      last_message_(now) {
  absl::MutexLock lock(&plan_.named->mu);
  ++plan_.named->consumers;
}

Consumption::~Consumption() {
  absl::MutexLock lock(&plan_.named->mu);
  --plan_.named->consumers;
}

bool Consumption::IsSlow() const {
  if (!plan_.named->mu.TryLock()) return true;
  const std::int64_t behind = rooms_.feed.head() - plan_.named->cursor.record().scanned;
  plan_.named->mu.Unlock();
  return behind > static_cast<std::int64_t>(kEventsKept);
}

// Whoever holds the lock is at work on the same subscription: the next round asks again.
bool Consumption::HasNews(absl::Duration now) const {
  if (ended_) return false;
  if (!started_ || rooms_.feed.closed() || now >= recycle_at_ ||
      now >= last_message_ + plan_.heartbeat_interval || !StillAdmitted(rooms_, plan_.pass.grant)) {
    return true;
  }
  if (!plan_.named->mu.TryLock()) return false;
  const bool due = plan_.named->deleted || plan_.named->cursor.IsDue(rooms_.clock.Now());
  plan_.named->mu.Unlock();
  return due;
}

std::optional<StreamMessage> Consumption::Next(absl::Duration now) {
  if (ended_) return std::nullopt;
  std::optional<StreamMessage> message;
  if (!started_) {
    started_ = true;
    v1::ConsumeAlertsResponse response;
    subscriptions_.Show(*plan_.named, *response.mutable_started());
    message = StreamMessage{ToBuffer(response)};
  } else if (!StillAdmitted(rooms_, plan_.pass.grant)) {
    message = End(v1::SubscriptionEnd::REASON_CREDENTIALS, CredentialsRevoked());
  } else if (rooms_.feed.closed()) {  // What is not delivered yet is kept.
    message = End(v1::SubscriptionEnd::REASON_DRAINING, Draining(kComeBack));
  } else if (now >= recycle_at_) {
    message = End(v1::SubscriptionEnd::REASON_RECYCLED,
                  {.code = absl::StatusCode::kUnavailable,
                   .reason = "STREAM_RECYCLED",
                   .message = "the stream reached its greatest age; come back at once",
                   .retry_after = absl::ZeroDuration()});
  } else if (std::optional<StreamMessage> delivered = Deliver()) {
    message = std::move(delivered);
  } else if (now >= last_message_ + plan_.heartbeat_interval) {
    v1::ConsumeAlertsResponse response;
    *response.mutable_heartbeat_time() = ToProto(rooms_.clock.Now());
    message = StreamMessage{ToBuffer(response)};
  }
  if (message.has_value()) last_message_ = now;
  return message;
}

std::optional<StreamMessage> Consumption::Deliver() {
  absl::StatusOr<std::vector<Leased>> leased = std::vector<Leased>();
  bool unsaved = false;
  bool deleted = false;
  {
    absl::MutexLock lock(&plan_.named->mu);
    deleted = plan_.named->deleted;
    if (!deleted) leased = plan_.named->cursor.Take(rooms_.clock.Now(), kDeliveriesAtOnce);
    unsaved = plan_.named->cursor.HasUnsaved();
  }
  if (deleted) {
    return End(v1::SubscriptionEnd::REASON_DELETED, NotFound("Subscription", plan_.named->id));
  }
  if (unsaved) subscriptions_.Save(plan_.named, [](const Outcome&) {});
  if (!leased.ok()) return Failed(leased.status());
  if (leased->empty()) return std::nullopt;
  v1::ConsumeAlertsResponse response;
  for (const Leased& one : *leased) {
    v1::Delivery& delivery = *response.add_deliveries();
    ToProto(one.event->event, *delivery.mutable_event());
    delivery.set_delivery_count(one.deliveries);
    *delivery.mutable_lease_end_time() = ToProto(one.lease_end);
  }
  return StreamMessage{ToBuffer(response), std::nullopt, response.deliveries_size()};
}

StreamMessage Consumption::End(v1::SubscriptionEnd::Reason reason, Error error) {
  ended_ = true;
  v1::ConsumeAlertsResponse response;
  FillEnd(reason, error, *response.mutable_end());
  return {ToBuffer(response), std::move(error)};
}

StreamMessage Consumption::Failed(const absl::Status& status) {
  if (absl::IsOutOfRange(status)) {
    Error gone = TokenOutOfRange("SUBSCRIPTION_OVERTAKEN",
                                 "retention removed events that were not delivered; "
                                 "SeekSubscription goes on behind them",
                                 rooms_.feed);
    return End(v1::SubscriptionEnd::REASON_OVERTAKEN, std::move(gone));
  }
  Log()->warn("consumer \"{}\" of \"{}\" ends: {}", plan_.client_id, plan_.named->id,
              LogSafe(status.ToString()));
  return End(v1::SubscriptionEnd::REASON_STORE_UNAVAILABLE,
             FromStatus(absl::UnavailableError(status.message())));
}

}  // namespace claimwatch
