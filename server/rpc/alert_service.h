// AlertService: alerts followed, listed, shown and acknowledged.
//
// Tested by tests/rpc/alert_service_test.cc.
#pragma once

#include "claimwatch/v1/alert.grpc.pb.h"
#include "server/rpc/alert_streams.h"
#include "server/rpc/rooms.h"

namespace claimwatch {

// SubscribeAlerts is raw (bytes): one message is made for many streams; ConsumeAlerts shares its
// way of writing.
using AlertFeedBase = v1::AlertService::WithRawCallbackMethod_SubscribeAlerts<
    v1::AlertService::WithCallbackMethod_ListAlerts<v1::AlertService::WithCallbackMethod_GetAlert<
        v1::AlertService::WithCallbackMethod_AcknowledgeAlert<v1::AlertService::Service>>>>;
using NamedSubscriptionBase = v1::AlertService::WithCallbackMethod_CreateSubscription<
    v1::AlertService::WithCallbackMethod_GetSubscription<
        v1::AlertService::WithCallbackMethod_ListSubscriptions<
            v1::AlertService::WithCallbackMethod_DeleteSubscription<
                v1::AlertService::WithCallbackMethod_SeekSubscription<AlertFeedBase>>>>>;
using AlertServiceBase = v1::AlertService::WithRawCallbackMethod_ConsumeAlerts<
    v1::AlertService::WithCallbackMethod_SettleAlerts<
        v1::AlertService::WithCallbackMethod_ListParkedAlerts<
            v1::AlertService::WithCallbackMethod_ReplayParkedAlerts<NamedSubscriptionBase>>>>;

// Owned by RpcServer; outlives the gRPC server. Thread-safe.
class AlertService final : public AlertServiceBase {
 public:
  AlertService(Rooms& rooms, AlertHub& hub, NamedSubscriptions& subscriptions)
      : rooms_(rooms), hub_(hub), subscriptions_(subscriptions) {}

  grpc::ServerWriteReactor<grpc::ByteBuffer>* SubscribeAlerts(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request) override;
  grpc::ServerUnaryReactor* ListAlerts(grpc::CallbackServerContext* context,
                                       const v1::ListAlertsRequest* request,
                                       v1::ListAlertsResponse* response) override;
  grpc::ServerUnaryReactor* GetAlert(grpc::CallbackServerContext* context,
                                     const v1::GetAlertRequest* request,
                                     v1::GetAlertResponse* response) override;
  grpc::ServerUnaryReactor* AcknowledgeAlert(grpc::CallbackServerContext* context,
                                             const v1::AcknowledgeAlertRequest* request,
                                             v1::AcknowledgeAlertResponse* response) override;

  // Named subscriptions: named_subscription_calls.cc.
  grpc::ServerUnaryReactor* CreateSubscription(grpc::CallbackServerContext* context,
                                               const v1::CreateSubscriptionRequest* request,
                                               v1::CreateSubscriptionResponse* response) override;
  grpc::ServerUnaryReactor* GetSubscription(grpc::CallbackServerContext* context,
                                            const v1::GetSubscriptionRequest* request,
                                            v1::GetSubscriptionResponse* response) override;
  grpc::ServerUnaryReactor* ListSubscriptions(grpc::CallbackServerContext* context,
                                              const v1::ListSubscriptionsRequest* request,
                                              v1::ListSubscriptionsResponse* response) override;
  grpc::ServerUnaryReactor* DeleteSubscription(grpc::CallbackServerContext* context,
                                               const v1::DeleteSubscriptionRequest* request,
                                               v1::DeleteSubscriptionResponse* response) override;
  grpc::ServerUnaryReactor* SeekSubscription(grpc::CallbackServerContext* context,
                                             const v1::SeekSubscriptionRequest* request,
                                             v1::SeekSubscriptionResponse* response) override;
  grpc::ServerWriteReactor<grpc::ByteBuffer>* ConsumeAlerts(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request) override;
  grpc::ServerUnaryReactor* SettleAlerts(grpc::CallbackServerContext* context,
                                         const v1::SettleAlertsRequest* request,
                                         v1::SettleAlertsResponse* response) override;
  grpc::ServerUnaryReactor* ListParkedAlerts(grpc::CallbackServerContext* context,
                                             const v1::ListParkedAlertsRequest* request,
                                             v1::ListParkedAlertsResponse* response) override;
  grpc::ServerUnaryReactor* ReplayParkedAlerts(grpc::CallbackServerContext* context,
                                               const v1::ReplayParkedAlertsRequest* request,
                                               v1::ReplayParkedAlertsResponse* response) override;

 private:
  Rooms& rooms_;
  AlertHub& hub_;
  NamedSubscriptions& subscriptions_;
};

}  // namespace claimwatch
