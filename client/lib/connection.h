// Connection: where the daemon is and how to reach it.
//
// A channel is thrown away when it fails and made anew at the next try, so that the delays between
// tries are ours (retry.h) and not those of gRPC's own reconnecting on top of them. Tested by
// tests/client/client_test.cc.
#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <functional>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "client/lib/retry.h"
#include "client/lib/world.h"

namespace claimwatch::client {

// Where a daemon listens that was told nothing else.
inline constexpr char kDefaultTarget[] = "127.0.0.1:7411";

struct ConnectionOptions {
  std::string target = kDefaultTarget;  // HOST:PORT, or any target that gRPC knows

  // TLS. `tls_ca`: PEM of the authorities to trust; empty: the system's.
  bool tls = false;
  std::string tls_ca;
  // Who we are, for daemons that ask: a certificate with its key (PEM), or an API token. A token is
  // sent in the clear where there is no TLS: leave that to addresses of this machine.
  std::string tls_cert;
  std::string tls_key;
  std::string token;

  absl::Duration connect_timeout = absl::Seconds(5);
  absl::Duration call_timeout = absl::Seconds(30);  // of one try of a unary call
  absl::Duration keepalive_interval = absl::Seconds(30);
  absl::Duration keepalive_timeout = absl::Seconds(20);

  RetryPolicy retry;
  std::string client_id;  // In the daemon's logs: printable ASCII, at most 128 bytes.
};

// Thread-safe. Outlives whatever is built on it.
class Connection {
 public:
  using ChannelFactory = std::function<std::shared_ptr<grpc::Channel>()>;

  explicit Connection(ConnectionOptions options, World& world = SystemWorld());
  // For tests and for channels of one's own.
  Connection(ConnectionOptions options, ChannelFactory factory, World& world = SystemWorld());

  // The channel in use, made when there is none. Does not wait for the daemon.
  std::shared_ptr<grpc::Channel> Channel();

  // Makes a call ours: its context carries the token.
  void Sign(grpc::ClientContext& context) const;

  // The channel did not reach the daemon: the next Channel() is a new one.
  void Drop(const std::shared_ptr<grpc::Channel>& channel);

  const ConnectionOptions& options() const { return options_; }
  World& world() const { return world_; }

 private:
  const ConnectionOptions options_;
  const ChannelFactory factory_;
  World& world_;  // Borrowed; outlives us.

  absl::Mutex mu_;
  std::shared_ptr<grpc::Channel> channel_ ABSL_GUARDED_BY(mu_);  // Shared with calls under way.
};

}  // namespace claimwatch::client
