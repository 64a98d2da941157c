// WebFront: what the daemon says over HTTP/1.1, from the port to the threads.
//
//   /claimwatch.v1.<Service>/<Method>   the services: gRPC-Web, Connect, plain JSON (rpc_handler.h)
//   /v1/alerts/stream                   alerts as server-sent events
//   /healthz /readyz /metrics           for those who run it
//   everything else                     the dashboard's files
//
// A few threads with a loop each; a connection stays with one of them, so nothing in it is locked,
// and nothing on them waits. Why calls go through gRPC and subscriptions do not is in
// server/decisions/0010-http-front.md. Owned by App. Start() listens; then, in this order: Drain()
// (/readyz says 503, connections close after their answers), the owner closes the feed, Stop().
// Tested by tests/web/connection_test.cc.
#pragma once

#include <grpcpp/channel.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "server/rpc/alert_streams.h"
#include "server/web/limits.h"

namespace claimwatch {

struct WebOptions {
  std::string listen;  // HOST:PORT; port 0: any free one
  TlsFiles tls = {};
  std::string web_root = {};
  std::vector<std::string> origins = {};  // Of pages that others serve.
  int threads = 2;
  std::size_t stream_bytes_max = kHttpStreamBytesMax;
};

class WebFront {
 public:
  struct Parts {
    std::shared_ptr<grpc::Channel> services;  // In-process.
    absl::Span<const char* const> names;      // Of the services, in full.
    AlertHub& hub;                            // Borrowed, as what follows; outlives the front.
    const RpcMetrics& metrics;
  };

  // UNAVAILABLE names an address that cannot be listened on; INVALID_ARGUMENT an origin, a root or
  // a file of TLS.
  static absl::StatusOr<std::unique_ptr<WebFront>> Start(const WebOptions& options, Parts parts);
  ~WebFront();  // Stops at once what is not stopped.

  // HOST:PORT, with the port that was chosen for port 0.
  const std::string& address() const;
  // The same with http:// or https:// before it.
  std::string url() const;

  void Drain();
  // Waits for answers and streams for at most `grace`, then cuts them. Idempotent.
  void Stop(absl::Duration grace);

 private:
  struct Impl;
  explicit WebFront(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace claimwatch
