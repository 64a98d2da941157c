// AdminService: what the daemon is doing, and backups.
//
// Tested by tests/rpc/admin_service_test.cc.
#pragma once

#include <atomic>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "claimwatch/v1/admin.grpc.pb.h"
#include "server/rpc/rooms.h"

namespace claimwatch {

// How many alerts are open: counted once, then kept up to date by the events since. Thread-safe.
class OpenAlerts {
 public:
  absl::StatusOr<std::int64_t> Count(const ClaimStore& store);

 private:
  absl::Status CountAllLocked(const ClaimStore& store) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  absl::Mutex mu_;  // Held while the store is read: one caller counts, the others wait for it.
  std::int64_t count_ ABSL_GUARDED_BY(mu_) = 0;
  std::int64_t position_ ABSL_GUARDED_BY(mu_) = -1;  // Of the last event counted in; -1: none yet.
};

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
  OpenAlerts open_alerts_;
  std::atomic<bool> backing_up_{false};
};

}  // namespace claimwatch
