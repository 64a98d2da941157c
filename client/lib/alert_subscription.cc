#include "client/lib/alert_subscription.h"

#include <grpcpp/client_context.h>

#include <utility>

#include "client/lib/status.h"

namespace claimwatch::client {

namespace pb = ::claimwatch::v1;

struct AlertSubscription::Stream {
  std::shared_ptr<grpc::Channel> channel;  // Shared with the connection.
  std::unique_ptr<pb::AlertService::Stub> stub;
  grpc::ClientContext context;
  std::unique_ptr<grpc::ClientReader<pb::SubscribeAlertsResponse>> reader;
};

AlertSubscription::AlertSubscription(Connection& connection, AlertSubscriptionOptions options)
    : connection_(connection),
      options_(std::move(options)),
      patience_(connection.options().retry, connection.world()) {
  if (options_.request.client_id().empty()) {
    options_.request.set_client_id(connection.options().client_id);
  }
}

AlertSubscription::~AlertSubscription() {
  if (stream_ == nullptr) return;
  stream_->context.TryCancel();
  stream_->reader->Finish();
  absl::MutexLock lock(&mu_);
  context_ = nullptr;
}

void AlertSubscription::Cancel() {
  absl::MutexLock lock(&mu_);
  if (!cancelled_.HasBeenNotified()) cancelled_.Notify();
  if (context_ != nullptr) context_->TryCancel();
}

absl::StatusOr<FeedUpdate> AlertSubscription::Next() {
  while (pending_.empty()) {
    if (cancelled_.HasBeenNotified()) return absl::CancelledError("interrupted");
    if (!end_.ok()) return end_;
    if (stream_ == nullptr) {
      if (connection_.world().Wait(std::exchange(wait_, absl::ZeroDuration()), cancelled_))
        continue;
      Open();
    }
    pb::SubscribeAlertsResponse message;
    if (stream_->reader->Read(&message)) {
      Take(std::move(message));
    } else {
      CloseStream();
    }
  }
  FeedUpdate update = std::move(pending_.front());
  pending_.pop_front();
  return update;
}

void AlertSubscription::Open() {
  stream_ = std::make_unique<Stream>();
  stream_->channel = connection_.Channel();
  stream_->stub = pb::AlertService::NewStub(stream_->channel);
  announced_retry_after_.reset();
  connection_.Sign(stream_->context);
  {
    absl::MutexLock lock(&mu_);
    context_ = &stream_->context;
    if (cancelled_.HasBeenNotified()) context_->TryCancel();
  }
  if (!token_.empty()) options_.request.set_resume_token(token_);
  stream_->reader = stream_->stub->SubscribeAlerts(&stream_->context, options_.request);
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
    announced_retry_after_ = ToDuration(message.end().retry_after());
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

void AlertSubscription::CloseStream() {
  absl::Status status = ToStatus(stream_->reader->Finish());
  if (IsNoConnection(status)) connection_.Drop(stream_->channel);
  {
    absl::MutexLock lock(&mu_);
    context_ = nullptr;
  }
  stream_ = nullptr;
  if (cancelled_.HasBeenNotified()) return;
  if (status.ok()) status = absl::UnavailableError("the daemon ended the stream early");
  if (absl::IsOutOfRange(status)) return HandleGap(status);
  if (!MayTryAgain(status)) {
    end_ = status;
    return;
  }
  const std::optional<absl::Duration> told =
      announced_retry_after_ ? announced_retry_after_ : DetailsOf(status).retry_after;
  const std::optional<absl::Duration> delay =
      patience_.AfterFailure(told.value_or(absl::ZeroDuration()));
  if (!delay.has_value()) {
    end_ = status;
    return;
  }
  // A reader that took nothing hears of it by the status alone: no message fits behind the others.
  const bool too_slow = DetailsOf(status).reason == "READER_TOO_SLOW";
  if (too_slow && !announced_retry_after_) Push(FeedUpdate::Kind::kBehind);
  wait_ = *delay;
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
  wait_ = *delay;
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
