#include "client/lib/alert_consumer.h"

#include <utility>

#include "client/lib/status.h"

namespace claimwatch::client {

AlertConsumer::AlertConsumer(Connection& connection, pb::ConsumeAlertsRequest request)
    : connection_(connection),
      client_(connection),
      request_(std::move(request)),
      stream_(connection),
      patience_(connection.options().retry, connection.world()) {
  if (request_.client_id().empty()) request_.set_client_id(connection.options().client_id);
}

void AlertConsumer::Cancel() { stream_.Cancel(); }

absl::StatusOr<ConsumerUpdate> AlertConsumer::Next() {
  while (pending_.empty()) {
    if (stream_.cancelled()) return absl::CancelledError("interrupted");
    if (!end_.ok()) return end_;
    const auto begin = [this](Stub& stub, grpc::ClientContext* context) {
      return stub.ConsumeAlerts(context, request_);
    };
    if (!stream_.is_open() && !stream_.Open(begin)) continue;
    pb::ConsumeAlertsResponse message;
    if (!stream_.Read(&message)) {
      HandleEnd(stream_.Close());
      continue;
    }
    patience_.Progress();
    if (message.has_end()) stream_.Announce(ToDuration(message.end().retry_after()));
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
    absl::Status settled = client_.SettleAlerts(request).status();
    if (settled.ok() || !MayTryAgain(settled)) return settled;
    const std::optional<absl::Duration> delay = patience.AfterFailure();
    if (!delay.has_value()) return settled;
    if (connection_.world().Wait(*delay, stream_.cancellation())) {
      return absl::CancelledError("interrupted");
    }
  }
}

void AlertConsumer::HandleEnd(const absl::Status& status) {
  if (stream_.cancelled()) return;
  const std::optional<absl::Duration> delay = stream_.DelayAfter(status, patience_);
  if (!MayTryAgain(status) || absl::IsOutOfRange(status) || !delay.has_value()) {
    end_ = status;
    return;
  }
  stream_.WaitBeforeNext(*delay);
  ConsumerUpdate& update = pending_.emplace_back();
  update.lost = status;
  update.retry_in = *delay;
}

}  // namespace claimwatch::client
