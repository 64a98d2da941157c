// ClaimService: what would be read in a text, what was read, and why two claims were compared or
// not.
//
// Tested by tests/rpc/claim_service_test.cc.
#pragma once

#include "claimwatch/v1/claim.grpc.pb.h"
#include "server/rpc/rooms.h"

namespace claimwatch {

// Owned by RpcServer; outlives the gRPC server. Thread-safe.
class ClaimService final : public v1::ClaimService::CallbackService {
 public:
  explicit ClaimService(Rooms& rooms) : rooms_(rooms) {}

  grpc::ServerUnaryReactor* ExtractClaims(grpc::CallbackServerContext* context,
                                          const v1::ExtractClaimsRequest* request,
                                          v1::ExtractClaimsResponse* response) override;
  grpc::ServerUnaryReactor* ListClaims(grpc::CallbackServerContext* context,
                                       const v1::ListClaimsRequest* request,
                                       v1::ListClaimsResponse* response) override;
  grpc::ServerUnaryReactor* CompareClaims(grpc::CallbackServerContext* context,
                                          const v1::CompareClaimsRequest* request,
                                          v1::CompareClaimsResponse* response) override;

 private:
  Rooms& rooms_;
};

}  // namespace claimwatch
