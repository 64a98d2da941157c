// RpcCalls: the daemon's own services, called by name over its in-process channel.
//
// So a call from a browser meets exactly what one over gRPC meets: credentials, limits, errors.
// Credentials and trace travel as metadata. Owned by the front; thread-safe.
// Tested by tests/web/rpc_calls_test.cc and tests/web/http_calls_test.cc.
#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/generic/generic_stub.h>

#include <functional>
#include <memory>
#include <string>

#include "absl/time/time.h"
#include "server/rpc/activity.h"
#include "server/web/rpc_result.h"

namespace claimwatch {

struct RpcRequest {
  std::string path;
  std::string message;  // Serialised.
  HttpFields metadata;
  absl::Duration timeout = absl::InfiniteDuration();
};

// What of a request's header goes on to the service.
HttpFields ForwardedMetadata(const HttpRequest& request);

// Puts metadata and deadline of the request into the context of its call.
void Prepare(grpc::ClientContext& context, const RpcRequest& request);
// Of a call that has ended, without its message.
RpcResult ResultOf(const grpc::ClientContext& context, grpc::Status status);

class RpcCalls {
 public:
  using Done = std::function<void(RpcResult)>;
  using Cancel = std::function<void()>;  // May be called at any time, also after the end.

  explicit RpcCalls(std::shared_ptr<grpc::Channel> channel) : stub_(std::move(channel)) {}

  // `done` is called on one of gRPC's threads: it must not wait.
  Cancel CallUnary(const RpcRequest& request, Done done);

  grpc::GenericStub& stub() { return stub_; }
  std::shared_ptr<void> Begin() { return active_.BeginUntilReleased(); }

  // False: some call is still under way after `at_most`. True: none of them holds the channel.
  bool AwaitIdle(absl::Duration at_most) { return active_.AwaitIdle(at_most); }

 private:
  grpc::GenericStub stub_;
  Activity active_;
};

}  // namespace claimwatch
