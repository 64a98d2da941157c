#include "server/web/rpc_calls.h"

#include <grpcpp/support/byte_buffer.h>

#include <chrono>
#include <utility>

#include "server/rpc/guard.h"
#include "server/rpc/wire_buffer.h"

namespace claimwatch {
namespace {

// The context holds the channel, and whoever lets go of a channel last must not be one of its own
// threads: it would wait for itself. So a call is active for as long as its context lives.
struct PendingCall {
  std::shared_ptr<void> active;  // First, so that it ends last.
  grpc::ClientContext context;
  grpc::ByteBuffer request;
  grpc::ByteBuffer response;
};

HttpFields OwnMetadata(const std::multimap<grpc::string_ref, grpc::string_ref>& metadata) {
  HttpFields fields;
  for (const auto& [name, value] : metadata) {
    std::string key(name.data(), name.size());
    if (key.starts_with("grpc-") || key.starts_with(":") || key == "content-type") continue;
    fields.emplace_back(std::move(key), std::string(value.data(), value.size()));
  }
  return fields;
}

}  // namespace

HttpFields ForwardedMetadata(const HttpRequest& request) {
  HttpFields forwarded;
  for (const char* name : {"authorization", "traceparent", "tracestate", "x-request-id"}) {
    const std::string_view value = request.Field(name);
    if (!value.empty()) forwarded.emplace_back(name, std::string(value));
  }
  forwarded.emplace_back(kForwardedKey, ForwardingKey());
  forwarded.emplace_back(kForwardedPeer, request.peer);
  for (const std::string& name : request.certificates) {
    forwarded.emplace_back(kForwardedCertificate, name);
  }
  return forwarded;
}

void Prepare(grpc::ClientContext& context, const RpcRequest& request) {
  for (const auto& [name, value] : request.metadata) context.AddMetadata(name, value);
  if (request.timeout == absl::InfiniteDuration()) return;
  context.set_deadline(std::chrono::system_clock::now() +
                       absl::ToChronoMicroseconds(request.timeout));
}

RpcResult ResultOf(const grpc::ClientContext& context, grpc::Status status) {
  return {.status = std::move(status),
          .leading = OwnMetadata(context.GetServerInitialMetadata()),
          .trailing = OwnMetadata(context.GetServerTrailingMetadata())};
}

RpcCalls::Cancel RpcCalls::CallUnary(const RpcRequest& request, Done done) {
  const auto call = std::make_shared<PendingCall>();
  call->active = active_.BeginUntilReleased();
  Prepare(call->context, request);
  call->request = ToBuffer(request.message);
  stub_.UnaryCall(&call->context, request.path, {}, &call->request, &call->response,
                  [call, done = std::move(done)](grpc::Status status) {
                    RpcResult result = ResultOf(call->context, std::move(status));
                    if (result.status.ok()) result.message = ToBytes(call->response);
                    done(std::move(result));
                  });
  return [weak = std::weak_ptr<PendingCall>(call)] {
    if (const auto held = weak.lock()) held->context.TryCancel();
  };
}

}  // namespace claimwatch
