// AlertService: alerts followed, listed, shown and acknowledged.
//
// Tested by tests/rpc/alert_service_test.cc.
#pragma once

#include "claimwatch/v1/alert.grpc.pb.h"
#include "server/rpc/alert_streams.h"
#include "server/rpc/rooms.h"

namespace claimwatch {

// SubscribeAlerts is raw (bytes): one message is made for many streams.
using AlertServiceBase = v1::AlertService::WithRawCallbackMethod_SubscribeAlerts<
    v1::AlertService::WithCallbackMethod_ListAlerts<v1::AlertService::WithCallbackMethod_GetAlert<
        v1::AlertService::WithCallbackMethod_AcknowledgeAlert<v1::AlertService::Service>>>>;

// Owned by RpcServer; outlives the gRPC server. Thread-safe.
class AlertService final : public AlertServiceBase {
 public:
  AlertService(Rooms& rooms, AlertHub& hub) : rooms_(rooms), hub_(hub) {}

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

 private:
  Rooms& rooms_;
  AlertHub& hub_;
};

}  // namespace claimwatch
