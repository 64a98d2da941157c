// AdminService: what the daemon is doing, and backups.
//
// Tested by tests/rpc/admin_service_test.cc.
#pragma once

#include <atomic>

#include "claimwatch/v1/admin.grpc.pb.h"
#include "server/rpc/rooms.h"

namespace claimwatch {

// Owned by RpcServer; outlives the gRPC server. Thread-safe.
class AdminService final : public v1::AdminService::CallbackService {
 public:
  explicit AdminService(Rooms& rooms) : rooms_(rooms) {}

  grpc::ServerUnaryReactor* GetStatus(grpc::CallbackServerContext* context,
                                      const v1::GetStatusRequest* request,
                                      v1::GetStatusResponse* response) override;
  grpc::ServerUnaryReactor* BackUp(grpc::CallbackServerContext* context,
                                   const v1::BackUpRequest* request,
                                   v1::BackUpResponse* response) override;

 private:
  Rooms& rooms_;
  std::atomic<bool> backing_up_{false};
};

}  // namespace claimwatch
