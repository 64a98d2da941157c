#include "server/rpc/subscription.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "server/base/log.h"
#include "server/rpc/convert.h"
#include "server/rpc/filters.h"
#include "server/rpc/limits.h"
#include "server/rpc/wire_buffer.h"

namespace claimwatch {
namespace {

constexpr absl::Duration kHeartbeatMin = absl::Seconds(1);
constexpr absl::Duration kHeartbeatMax = absl::Hours(1);
constexpr int kSnapshotPage = 256;
constexpr absl::Duration kComeBack = absl::Seconds(1);

// The oldest token that can be resumed from: all that is held comes after it.
std::int64_t OldestStart(const AlertFeed& feed) {
  return std::max<std::int64_t>(feed.oldest() - 1, 0);
}

}  // namespace

Error TokenOutOfRange(std::string reason, std::string message, const AlertFeed& feed) {
  return {.code = absl::StatusCode::kOutOfRange,
          .reason = std::move(reason),
          .message = std::move(message),
          .metadata = {{"epoch", feed.epoch()},
                       {"oldestPosition", absl::StrCat(feed.oldest())},
                       {"headPosition", absl::StrCat(feed.head())},
                       {"oldestToken", EncodeToken({feed.epoch(), OldestStart(feed)})}}};
}

namespace {

Outcome ReadToken(const std::string& token, const AlertFeed& feed, std::int64_t& start) {
  const absl::StatusOr<ResumePoint> point = DecodeToken(token);
  if (!point.ok()) {
    return Error{.code = absl::StatusCode::kInvalidArgument,
                 .reason = "TOKEN_INVALID",
                 .message = "resume_token is not one that this daemon gave out"};
  }
  if (point->epoch != feed.epoch()) {
    return TokenOutOfRange("TOKEN_OTHER_EPOCH",
                           "resume_token belongs to another store; start with a snapshot", feed);
  }
  if (point->position > feed.head()) {
    return TokenOutOfRange("TOKEN_FROM_FUTURE",
                           absl::StrCat("resume_token is of position ", point->position,
                                        ", but the newest is ", feed.head()),
                           feed);
  }
  if (point->position < OldestStart(feed)) {
    return TokenOutOfRange("TOKEN_TOO_OLD",
                           absl::StrCat("events after position ", point->position,
                                        " are gone; the oldest held is ", feed.oldest()),
                           feed);
  }
  start = point->position;
  return std::nullopt;
}

Outcome ReadStart(const v1::SubscribeAlertsRequest& request, const AlertFeed& feed,
                  SubscriptionPlan& plan) {
  if (request.start_case() == v1::SubscribeAlertsRequest::kResumeToken) {
    return ReadToken(request.resume_token(), feed, plan.start);
  }
  switch (request.start_point()) {
    case v1::SubscribeAlertsRequest::START_POINT_UNSPECIFIED:
    case v1::SubscribeAlertsRequest::START_POINT_NOW:
      plan.start = feed.head();
      return std::nullopt;
    case v1::SubscribeAlertsRequest::START_POINT_BEGINNING:
      plan.start = OldestStart(feed);
      return std::nullopt;
    case v1::SubscribeAlertsRequest::START_POINT_SNAPSHOT:
      plan.start = feed.head();
      plan.snapshot = true;
      return std::nullopt;
    default:
      return InvalidField("start_point", "is no place to start from", "UNKNOWN_VALUE");
  }
}

bool IsPrintable(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

}  // namespace

Outcome ReadClientId(const std::string& text, std::string& client_id) {
  if (text.size() > kClientIdBytesMax || !IsPrintable(text)) {
    return InvalidField("client_id", "must be at most 128 bytes of printable ASCII", "MALFORMED");
  }
  client_id = LogSafe(text);
  return std::nullopt;
}

Outcome ReadHeartbeat(const google::protobuf::Duration& asked, const Rooms& rooms,
                      absl::Duration& interval) {
  interval = FromProto(asked);
  if (interval < absl::ZeroDuration()) {
    return InvalidField("heartbeat_interval", "must not be negative", "OUT_OF_RANGE");
  }
  interval = interval == absl::ZeroDuration() ? rooms.options.heartbeat_interval
                                              : std::clamp(interval, kHeartbeatMin, kHeartbeatMax);
  return std::nullopt;
}

Outcome ReadSelection(const v1::AlertSelector& message, const std::string& filter, Rooms& rooms,
                      SelectorPtr& selection) {
  Selector selector;
  FilterPtr compiled;
  if (Outcome bad = ReadSelector(message, "selector", selector)) return bad;
  if (Outcome bad = ReadFilter(filter, "filter", rooms.filters.alerts, compiled)) return bad;
  AddFilter(std::move(compiled), rooms.filters.history, selector);
  AddFilter(rooms.options.alert_filter, rooms.filters.history, selector);
  selection = rooms.selectors.Get(std::move(selector));
  return std::nullopt;
}

Outcome PlanSubscription(const v1::SubscribeAlertsRequest& request, Rooms& rooms,
                         SubscriptionPlan& plan) {
  if (Outcome bad = ReadSelection(request.selector(), request.filter(), rooms, plan.selector)) {
    return bad;
  }
  if (Outcome bad = ReadClientId(request.client_id(), plan.client_id)) return bad;
  if (Outcome bad = ReadHeartbeat(request.heartbeat_interval(), rooms, plan.heartbeat_interval)) {
    return bad;
  }
  return ReadStart(request, rooms.feed, plan);
}

Subscription::Subscription(SubscriptionPlan plan, const Rooms& rooms, EventBatches& batches,
                           absl::Duration now, absl::Duration age_max)
    : plan_(std::move(plan)),
      rooms_(rooms),
      batches_(batches),
      heartbeat_interval_(plan_.heartbeat_interval),
      recycle_at_(now + age_max),
      position_(plan_.start),
      head_at_start_(rooms.feed.head()),
      last_message_(now),
      touched_up_to_(plan_.start) {}

bool Subscription::IsSlow() const {
  if (!started_) return plan_.snapshot;
  return !snapshot_.empty() || batches_.IsFarBehind(position_);
}

bool Subscription::HasNews(absl::Duration now) const {
  if (ended_) return false;
  return !started_ || !caught_up_ || !snapshot_.empty() || position_ < rooms_.feed.head() ||
         rooms_.feed.closed() || now >= last_message_ + heartbeat_interval_ || now >= recycle_at_ ||
         !StillAdmitted(rooms_, plan_.pass.grant);
}

std::optional<Subscription::Message> Subscription::Next(absl::Duration now) {
  if (ended_) return std::nullopt;
  std::optional<Message> message;
  if (!started_) {
    message = Start();
  } else if (!failed_.ok()) {
    message = Failed(failed_);
  } else if (!StillAdmitted(rooms_, plan_.pass.grant)) {
    message = End(v1::SubscriptionEnd::REASON_CREDENTIALS, CredentialsRevoked());
  } else if (!snapshot_.empty()) {
    message = NextOfSnapshot();
  } else if (std::optional<Message> events = NextEvents()) {
    message = std::move(events);
  } else if (!caught_up_ && position_ >= head_at_start_) {
    message = CaughtUp();
  } else if (rooms_.feed.closed()) {
    message = End(v1::SubscriptionEnd::REASON_DRAINING, Draining(kComeBack));
  } else if (now >= recycle_at_) {
    message = End(v1::SubscriptionEnd::REASON_RECYCLED,
                  {.code = absl::StatusCode::kUnavailable,
                   .reason = "STREAM_RECYCLED",
                   .message = "the stream reached its greatest age; resume at once",
                   .retry_after = absl::ZeroDuration()});
  } else if (now >= last_message_ + heartbeat_interval_) {
    message = Heartbeat();
  }
  if (message.has_value()) last_message_ = now;
  return message;
}

Subscription::Message Subscription::Start() {
  started_ = true;
  if (plan_.snapshot) failed_ = ListOpenAlerts();  // Told after `started`, which comes in any case.
  snapshot_told_ = failed_.ok() && snapshot_.empty();
  v1::SubscribeAlertsResponse response;
  v1::SubscriptionStarted& started = *response.mutable_started();
  started.set_epoch(rooms_.feed.epoch());
  started.set_start_position(plan_.start);
  started.set_head_position(head_at_start_);
  started.set_oldest_position(head_at_start_ == 0 ? 0 : rooms_.feed.oldest());
  started.set_snapshot_alert_count(static_cast<std::int64_t>(snapshot_.size()));
  *started.mutable_server_time() = ToProto(rooms_.clock.Now());
  *started.mutable_heartbeat_interval() = ToProto(heartbeat_interval_);
  *started.mutable_limits() = rooms_.Limits();
  SetPlace(response);
  return {ToBuffer(response)};
}

// Newest first, as the store lists them; told from the back.
absl::Status Subscription::ListOpenAlerts() {
  AlertQuery query;
  query.state = AlertState::kOpen;
  query.limit = kPageSizeMax;
  for (;;) {
    absl::StatusOr<std::vector<Alert>> page = rooms_.store.ListAlerts(query);
    if (!page.ok()) return page.status();
    for (const Alert& alert : *page) snapshot_.push_back(alert.id);
    if (page->empty()) break;
    query.before = page->back().id;
  }
  if (absl::Status noted = NoteTouched(); !noted.ok()) return noted;
  std::erase_if(snapshot_, [&](AlertId id) { return touched_.contains(id); });
  return absl::OkStatus();
}

// Straight from the store, which may be ahead of the feed.
absl::Status Subscription::NoteTouched() {
  for (;;) {
    absl::StatusOr<std::vector<AlertEvent>> events =
        rooms_.store.ReadEvents(touched_up_to_, kPageSizeMax);
    if (!events.ok()) return events.status();
    if (events->empty()) return absl::OkStatus();
    for (const AlertEvent& event : *events) touched_.insert(event.alert.id);
    touched_up_to_ = events->back().position;
  }
}

Subscription::Message Subscription::NextOfSnapshot() {
  std::vector<Alert> alerts;
  while (!snapshot_.empty() && alerts.size() < kSnapshotPage) {
    absl::StatusOr<Alert> alert = rooms_.store.ReadAlert(snapshot_.back());
    if (!alert.ok()) return Failed(alert.status());
    snapshot_.pop_back();
    alerts.push_back(*std::move(alert));
  }
  // After reading: whatever changed them is noted now.
  if (absl::Status noted = NoteTouched(); !noted.ok()) return Failed(noted);
  v1::SubscribeAlertsResponse response;
  for (const Alert& alert : alerts) {
    if (touched_.contains(alert.id) || !plan_.selector->Matches(alert)) continue;
    v1::AlertEvent& event = *response.add_events();
    event.set_change(v1::AlertEvent::CHANGE_SNAPSHOT);
    ToProto(alert, *event.mutable_alert());
  }
  snapshot_told_ = snapshot_.empty();
  if (snapshot_told_) touched_.clear();
  SetPlace(response);
  return {ToBuffer(response), std::nullopt, response.events_size()};
}

// Runs on past events that the selector keeps back: they move the position and cost no write.
std::optional<Subscription::Message> Subscription::NextEvents() {
  while (position_ < rooms_.feed.head()) {
    absl::StatusOr<EventBatches::BatchPtr> batch = batches_.After(position_, *plan_.selector);
    if (!batch.ok()) return Failed(batch.status());
    if ((*batch)->position <= position_) break;
    position_ = (*batch)->position;
    if ((*batch)->events > 0)
      return Message{(*batch)->bytes, std::nullopt, (*batch)->events, (*batch)->committed};
    if (IsSlow()) break;  // The rest of a long way back is for the next turn.
  }
  return std::nullopt;
}

Subscription::Message Subscription::CaughtUp() {
  caught_up_ = true;
  v1::SubscribeAlertsResponse response;
  response.mutable_caught_up();
  SetPlace(response);
  return {ToBuffer(response)};
}

Subscription::Message Subscription::Heartbeat() {
  v1::SubscribeAlertsResponse response;
  *response.mutable_heartbeat_time() = ToProto(rooms_.clock.Now());
  SetPlace(response);
  return {ToBuffer(response)};
}

Subscription::Message Subscription::End(v1::SubscriptionEnd::Reason reason, Error error) {
  ended_ = true;
  v1::SubscribeAlertsResponse response;
  SetPlace(response);
  FillEnd(reason, error, *response.mutable_end());
  return {ToBuffer(response), std::move(error)};
}

Subscription::Message Subscription::Failed(const absl::Status& status) {
  if (absl::IsOutOfRange(status)) {
    return End(
        v1::SubscriptionEnd::REASON_OVERTAKEN,
        TokenOutOfRange("TOKEN_TOO_OLD", "retention has overtaken this reader", rooms_.feed));
  }
  Log()->warn("subscription of \"{}\" ends: {}", plan_.client_id, LogSafe(status.ToString()));
  return End(v1::SubscriptionEnd::REASON_STORE_UNAVAILABLE,
             FromStatus(absl::UnavailableError(status.message())));
}

// Until a snapshot is complete there is no place to resume from.
void Subscription::SetPlace(v1::SubscribeAlertsResponse& message) const {
  if (!snapshot_told_) return;
  message.set_resume_token(EncodeToken({rooms_.feed.epoch(), position_}));
  message.set_position(position_);
}

}  // namespace claimwatch
