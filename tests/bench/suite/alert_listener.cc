#include "tests/bench/suite/alert_listener.h"

#include "claimwatch/v1/alert.pb.h"

namespace claimwatch {
namespace {

constexpr char kSubscribe[] = "/claimwatch.v1.AlertService/SubscribeAlerts";
constexpr int kEventsField = 1;  // SubscribeAlertsResponse.events

grpc::ByteBuffer FromNow() {
  v1::SubscribeAlertsRequest request;
  request.set_start_point(v1::SubscribeAlertsRequest::START_POINT_NOW);
  return ToBytes(request.SerializeAsString());
}

}  // namespace

AlertListener::AlertListener(const std::shared_ptr<grpc::Channel>& channel, OnOpened on_opened)
    : on_opened_(std::move(on_opened)),
      stream_(channel, kSubscribe, [this](const grpc::ByteBuffer& message) { Take(message); }) {
  stream_.Send(FromNow());
  stream_.HalfClose();
}

void AlertListener::Take(const grpc::ByteBuffer& message) {
  started_ = true;
  if (on_opened_ == nullptr) {
    events_ += CountField(message, kEventsField);
    return;
  }
  v1::SubscribeAlertsResponse response;
  if (!response.ParseFromString(Flatten(message))) return;
  for (const v1::AlertEvent& event : response.events()) {
    if (event.change() == v1::AlertEvent::CHANGE_OPENED) {
      on_opened_(event.alert().current().article_id());
    }
  }
  events_ += response.events_size();
}

}  // namespace claimwatch
