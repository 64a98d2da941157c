#include "client/lib/alert_subscription.h"

#include <utility>

#include "client/lib/status.h"

namespace claimwatch::client {

namespace pb = ::claimwatch::v1;

AlertSubscription::AlertSubscription(Connection& connection, AlertSubscriptionOptions options)
    : options_(std::move(options)),
      stream_(connection),
      patience_(connection.options().retry, connection.world()) {
  if (options_.request.client_id().empty()) {
    options_.request.set_client_id(connection.options().client_id);
  }
}

void AlertSubscription::Cancel() { stream_.Cancel(); }

absl::StatusOr<FeedUpdate> AlertSubscription::Next() {
  while (pending_.empty()) {
    if (stream_.cancelled()) return absl::CancelledError("interrupted");
    if (!end_.ok()) return end_;
    if (!stream_.is_open() && !Open()) continue;
    pb::SubscribeAlertsResponse message;
    if (stream_.Read(&message)) {
      Take(std::move(message));
    } else {
      HandleEnd(stream_.Close());
    }
  }
  FeedUpdate update = std::move(pending_.front());
  pending_.pop_front();
  return update;
}

bool AlertSubscription::Open() {
  if (!token_.empty()) options_.request.set_resume_token(token_);
  return stream_.Open([this](pb::AlertService::Stub& stub, grpc::ClientContext* context) {
    return stub.SubscribeAlerts(context, options_.request);
  });
}

void AlertSubscription::Push(FeedUpdate::Kind kind, pb::SubscribeAlertsResponse message) {
  FeedUpdate update;
  update.kind = kind;
  update.token = message.resume_token();
  update.message = std::move(message);
  pending_.push_back(std::move(update));
}

// One message can carry several things; they are told in the order of the contract, except that
// `started` goes first.
void AlertSubscription::Take(pb::SubscribeAlertsResponse message) {
  patience_.Contact();
  if (message.has_started()) TakeStarted(message);
  DropKnownEvents(message);
  if (!message.resume_token().empty()) token_ = message.resume_token();
  if (message.has_end()) {
    stream_.Announce(ToDuration(message.end().retry_after()));
    if (message.end().reason() == pb::SubscriptionEnd::REASON_TOO_SLOW) {
      Push(FeedUpdate::Kind::kBehind, message);
    }
  }
  const bool caught_up = message.has_caught_up();
  if (!message.has_started() || !message.events().empty()) patience_.Progress();
  if (!message.events().empty()) {
    Push(FeedUpdate::Kind::kEvents, std::move(message));
    if (caught_up) Push(FeedUpdate::Kind::kCaughtUp);
  } else {
    Push(caught_up ? FeedUpdate::Kind::kCaughtUp : FeedUpdate::Kind::kHeartbeat,
         std::move(message));
  }
}

void AlertSubscription::TakeStarted(const pb::SubscribeAlertsResponse& message) {
  if (message.started().epoch() != epoch_) told_position_ = 0;
  epoch_ = message.started().epoch();
  pb::SubscribeAlertsResponse started;
  *started.mutable_started() = message.started();
  Push(was_lost_ ? FeedUpdate::Kind::kResumed : FeedUpdate::Kind::kConnected, std::move(started));
  was_lost_ = false;
}

// A stream that broke between two messages of one article is resumed before that article.
void AlertSubscription::DropKnownEvents(pb::SubscribeAlertsResponse& message) {
  auto& events = *message.mutable_events();
  for (int i = 0; i < events.size();) {
    if (events[i].change() == pb::AlertEvent::CHANGE_SNAPSHOT) {
      ++i;
    } else if (events[i].position() <= told_position_) {
      events.DeleteSubrange(i, 1);
    } else {
      told_position_ = events[i++].position();
    }
  }
}

void AlertSubscription::HandleEnd(const absl::Status& status) {
  if (stream_.cancelled()) return;
  if (absl::IsOutOfRange(status)) return HandleGap(status);
  if (!MayTryAgain(status)) {
    end_ = status;
    return;
  }
  const std::optional<absl::Duration> delay = stream_.DelayAfter(status, patience_);
  if (!delay.has_value()) {
    end_ = status;
    return;
  }
  // A reader that took nothing hears of it by the status alone: no message fits behind the others.
  const bool too_slow = DetailsOf(status).reason == "READER_TOO_SLOW";
  if (too_slow && !stream_.announced()) Push(FeedUpdate::Kind::kBehind);
  stream_.WaitBeforeNext(*delay);
  was_lost_ = true;
  Push(FeedUpdate::Kind::kLost);
  pending_.back().why = status;
  pending_.back().retry_in = *delay;
}

void AlertSubscription::HandleGap(const absl::Status& status) {
  const auto metadata = DetailsOf(status).metadata;
  const auto oldest = metadata.find("oldestToken");
  const bool can_go_on = options_.on_gap == OnGap::kSnapshot ||
                         (options_.on_gap == OnGap::kOldest && oldest != metadata.end());
  // Without progress in between, the way out did not lead out: stop rather than go in circles.
  const std::optional<absl::Duration> delay = patience_.AfterFailure();
  if (!can_go_on || !delay.has_value()) {
    end_ = status;
    return;
  }
  stream_.WaitBeforeNext(*delay);
  told_position_ = 0;
  token_.clear();
  if (options_.on_gap == OnGap::kSnapshot) {
    options_.request.set_start_point(pb::SubscribeAlertsRequest::START_POINT_SNAPSHOT);
  } else {
    options_.request.set_resume_token(oldest->second);
  }
  Push(FeedUpdate::Kind::kGap);
  pending_.back().why = status;
}

}  // namespace claimwatch::client
