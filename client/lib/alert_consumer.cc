#include "client/lib/alert_consumer.h"

#include <grpcpp/client_context.h>

#include <utility>

#include "client/lib/status.h"

namespace claimwatch::client {

struct AlertConsumer::Stream {
  std::shared_ptr<grpc::Channel> channel;  // Shared with the connection.
  std::unique_ptr<pb::AlertService::Stub> stub;
  grpc::ClientContext context;
  std::unique_ptr<grpc::ClientReader<pb::ConsumeAlertsResponse>> reader;
};

AlertConsumer::AlertConsumer(Connection& connection, pb::ConsumeAlertsRequest request)
    : connection_(connection),
      client_(connection),
      request_(std::move(request)),
      patience_(connection.options().retry, connection.world()) {
  if (request_.client_id().empty()) request_.set_client_id(connection.options().client_id);
}

AlertConsumer::~AlertConsumer() {
  if (stream_ == nullptr) return;
  stream_->context.TryCancel();
  stream_->reader->Finish();
  absl::MutexLock lock(&mu_);
  context_ = nullptr;
}

void AlertConsumer::Cancel() {
  absl::MutexLock lock(&mu_);
  if (!cancelled_.HasBeenNotified()) cancelled_.Notify();
  if (context_ != nullptr) context_->TryCancel();
}

absl::StatusOr<ConsumerUpdate> AlertConsumer::Next() {
  while (pending_.empty()) {
    if (cancelled_.HasBeenNotified()) return absl::CancelledError("interrupted");
    if (!end_.ok()) return end_;
    if (stream_ == nullptr) {
      if (connection_.world().Wait(std::exchange(wait_, absl::ZeroDuration()), cancelled_))
        continue;
      Open();
    }
    pb::ConsumeAlertsResponse message;
    if (!stream_->reader->Read(&message)) {
      CloseStream();
      continue;
    }
    patience_.Progress();
    if (message.has_end()) announced_retry_after_ = ToDuration(message.end().retry_after());
    if (message.has_started()) pending_.emplace_back().started = message.started();
    for (pb::Delivery& delivery : *message.mutable_deliveries()) {
      pending_.emplace_back().delivery = std::move(delivery);
    }
  }
  ConsumerUpdate update = std::move(pending_.front());
  pending_.pop_front();
  return update;
}

absl::Status AlertConsumer::Settle(pb::SettleAlertsRequest request) {
  request.set_subscription_id(request_.subscription_id());
  Patience patience(connection_.options().retry, connection_.world());
  patience.Contact();  // The deliveries came from there: this is an outage, if it is one.
  while (true) {
    const absl::Status settled = client_.SettleAlerts(request).status();
    if (settled.ok() || !MayTryAgain(settled)) return settled;
    const std::optional<absl::Duration> delay = patience.AfterFailure();
    if (!delay.has_value()) return settled;
    if (connection_.world().Wait(*delay, cancelled_)) return absl::CancelledError("interrupted");
  }
}

void AlertConsumer::Open() {
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
  stream_->reader = stream_->stub->ConsumeAlerts(&stream_->context, request_);
}

void AlertConsumer::CloseStream() {
  absl::Status status = ToStatus(stream_->reader->Finish());
  if (IsNoConnection(status)) connection_.Drop(stream_->channel);
  {
    absl::MutexLock lock(&mu_);
    context_ = nullptr;
  }
  stream_ = nullptr;
  if (cancelled_.HasBeenNotified()) return;
  if (status.ok()) status = absl::UnavailableError("the daemon ended the stream early");
  const std::optional<absl::Duration> told =
      announced_retry_after_ ? announced_retry_after_ : DetailsOf(status).retry_after;
  const std::optional<absl::Duration> delay =
      patience_.AfterFailure(told.value_or(absl::ZeroDuration()));
  if (!MayTryAgain(status) || absl::IsOutOfRange(status) || !delay.has_value()) {
    end_ = status;
    return;
  }
  wait_ = *delay;
  ConsumerUpdate& update = pending_.emplace_back();
  update.lost = status;
  update.retry_in = *delay;
}

}  // namespace claimwatch::client
