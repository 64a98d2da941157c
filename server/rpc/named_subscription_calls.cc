// The calls of AlertService about named subscriptions: translated and handed on.
#include "server/rpc/alert_service.h"
#include "server/rpc/convert.h"
#include "server/rpc/page_token.h"
#include "server/rpc/unary.h"

namespace claimwatch {
namespace {

using Tell = std::function<void(const Outcome&)>;

Outcome ListParked(const Rooms& rooms, const NamedSubscriptions& subscriptions,
                   const v1::ListParkedAlertsRequest& request,
                   v1::ListParkedAlertsResponse& response) {
  NamedSubscriptions::NamedPtr named;
  Page page;
  if (Outcome bad = subscriptions.Find(request.subscription_id(), named)) return bad;
  if (Outcome bad = ReadPage(request, page)) return bad;
  const absl::StatusOr<std::vector<ParkedRecord>> parked =
      rooms.store.ListParked(named->id, page.place, page.size + 1);
  if (!parked.ok()) return FromStatus(parked.status());
  for (const ParkedRecord& record : *parked) {
    if (response.parked_size() == page.size) {
      const auto& last = response.parked(page.size - 1);
      response.set_next_page_token(page.TokenAt(last.event().position()));
      break;
    }
    v1::ParkedAlert& out = *response.add_parked();
    ToProto(record.event, *out.mutable_event());
    out.set_delivery_count(record.deliveries);
    *out.mutable_park_time() = ToProto(record.park_time);
    out.set_note(record.note);
  }
  return std::nullopt;
}

}  // namespace

grpc::ServerUnaryReactor* AlertService::CreateSubscription(
    grpc::CallbackServerContext* context, const v1::CreateSubscriptionRequest* request,
    v1::CreateSubscriptionResponse* response) {
  return AnswerLater(context, rooms_, "/claimwatch.v1.AlertService/CreateSubscription", *request,
                     [this, request, response](Tell told) {
                       subscriptions_.Create(*request, *response, std::move(told));
                     });
}

grpc::ServerUnaryReactor* AlertService::GetSubscription(grpc::CallbackServerContext* context,
                                                        const v1::GetSubscriptionRequest* request,
                                                        v1::GetSubscriptionResponse* response) {
  return Answer(context, rooms_, "/claimwatch.v1.AlertService/GetSubscription", *request,
                [this, request, response] {
                  return subscriptions_.Get(request->subscription_id(),
                                            *response->mutable_subscription());
                });
}

grpc::ServerUnaryReactor* AlertService::ListSubscriptions(
    grpc::CallbackServerContext* context, const v1::ListSubscriptionsRequest* request,
    v1::ListSubscriptionsResponse* response) {
  return Answer(context, rooms_, "/claimwatch.v1.AlertService/ListSubscriptions", *request,
                [this, response] {
                  subscriptions_.List(*response);
                  return Outcome();
                });
}

grpc::ServerUnaryReactor* AlertService::DeleteSubscription(
    grpc::CallbackServerContext* context, const v1::DeleteSubscriptionRequest* request,
    v1::DeleteSubscriptionResponse*) {
  return AnswerLater(context, rooms_, "/claimwatch.v1.AlertService/DeleteSubscription", *request,
                     [this, request](Tell told) {
                       subscriptions_.Delete(request->subscription_id(), std::move(told));
                     });
}

grpc::ServerUnaryReactor* AlertService::SeekSubscription(grpc::CallbackServerContext* context,
                                                         const v1::SeekSubscriptionRequest* request,
                                                         v1::SeekSubscriptionResponse* response) {
  return AnswerLater(context, rooms_, "/claimwatch.v1.AlertService/SeekSubscription", *request,
                     [this, request, response](Tell told) {
                       subscriptions_.Seek(*request, *response, std::move(told));
                     });
}

grpc::ServerWriteReactor<grpc::ByteBuffer>* AlertService::ConsumeAlerts(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request) {
  return hub_.Consume(context, *request);
}

grpc::ServerUnaryReactor* AlertService::SettleAlerts(grpc::CallbackServerContext* context,
                                                     const v1::SettleAlertsRequest* request,
                                                     v1::SettleAlertsResponse* response) {
  return AnswerLater(context, rooms_, "/claimwatch.v1.AlertService/SettleAlerts", *request,
                     [this, request, response](Tell told) {
                       subscriptions_.Settle(*request, *response, std::move(told));
                     });
}

grpc::ServerUnaryReactor* AlertService::ListParkedAlerts(grpc::CallbackServerContext* context,
                                                         const v1::ListParkedAlertsRequest* request,
                                                         v1::ListParkedAlertsResponse* response) {
  return Answer(context, rooms_, "/claimwatch.v1.AlertService/ListParkedAlerts", *request,
                [this, request, response] {
                  return ListParked(rooms_, subscriptions_, *request, *response);
                });
}

grpc::ServerUnaryReactor* AlertService::ReplayParkedAlerts(
    grpc::CallbackServerContext* context, const v1::ReplayParkedAlertsRequest* request,
    v1::ReplayParkedAlertsResponse* response) {
  return AnswerLater(context, rooms_, "/claimwatch.v1.AlertService/ReplayParkedAlerts", *request,
                     [this, request, response](Tell told) {
                       subscriptions_.Replay(*request, *response, std::move(told));
                     });
}

}  // namespace claimwatch
