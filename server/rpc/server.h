// RpcServer: the gRPC server with all services, from the port to the pools.
//
// Channel arguments, health, reflection and the order of stopping are here, so that app/ need not
// know gRPC. Owned by App. Start() listens; then, in this order: Drain() (health says NOT_SERVING,
// no new work, streams of articles end when they are answered), the owner drains the ingestor and
// closes the feed, Stop() (subscribers have heard `end`; stragglers are cut at the deadline).
// Tested by tests/rpc/server_test.cc.
#pragma once

#include <grpcpp/channel.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "server/rpc/rooms.h"

namespace claimwatch {

class AlertHub;
class RpcMetrics;

class RpcServer {
 public:
  // What the services are for; all borrowed, and outlive the server.
  struct Parts {
    const Clock& clock;
    const Catalogue& catalogue;
    const ClaimStore& store;
    AlertFeed& feed;
    Ingestor& ingestor;
    const Authorizer* authorizer = nullptr;  // Null: everybody may do everything.
  };

  // UNAVAILABLE names an address that cannot be listened on.
  static absl::StatusOr<std::unique_ptr<RpcServer>> Start(RpcOptions options, const Parts& parts);
  ~RpcServer();  // Stops at once what is not stopped.

  // HOST:PORT of each address, with the port that was chosen for port 0.
  const std::vector<std::string>& addresses() const;

  // Where other fronts than gRPC attach their subscribers (alert_streams.h). They are shut down
  // before Stop().
  AlertHub& alert_hub();
  const RpcMetrics& metrics() const;

  // The same services within the process, for other fronts; and their full names.
  std::shared_ptr<grpc::Channel> InProcessChannel();
  static absl::Span<const char* const> ServiceNames();

  void Drain();
  // Waits for calls and streams for at most `grace`, then cuts them.
  void Stop(absl::Duration grace);

 private:
  struct Impl;
  explicit RpcServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace claimwatch
