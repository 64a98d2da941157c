// Traffic: cuts connections that send much of which nothing becomes a call.
//
// gRPC 1.51 keeps the headers of a call until they end and bounds each of their frames, not their
// number; so a peer that never ends them has as much memory as it sends. Nobody but gRPC sees the
// frames where there is TLS, but the kernel counts what came on each socket, and the guard counts
// what became a call. The difference is what gRPC holds for the peer (or has thrown away). A
// connection that is over kConnectionLostBytesMax, and the worst ones while all together are over
// kLostBytesMax, are shut down. A little is forgiven each second: frames and keepalive are traffic,
// too. Owned by Acceptor. Thread-safe. Tested by tests/rpc/traffic_test.cc and
// tests/end_to_end/abuse_test.cc.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace claimwatch {

// Bytes of one connection that became no call, before it is cut; and of all of them together. Far
// above what requests under way hold: an article is at most 1 MiB.
inline constexpr std::int64_t kConnectionLostBytesMax = 64 << 20;
inline constexpr std::int64_t kLostBytesMax = 256 << 20;

class Traffic {
 public:
  // A connection, before gRPC has it. `peer`: HOST:PORT; of a socket whose traffic nobody counts
  // (unix) anything else.
  void Opened(int socket, const std::string& peer);
  // Bytes that became a call, or a message of one. `peer` as gRPC writes it: "ipv4:HOST:PORT",
  // "ipv6:%5BHOST%5D:PORT". Others are not known and passed over.
  void Received(std::string_view peer, std::size_t bytes);
  // Shuts down what is still open: what was written is sent, and nothing more comes. For the end.
  void EndAll();
  // Looks at all connections; to be called a few times a second. `now`: of a monotonic clock.
  void Sweep(absl::Duration now);

  // Connections that were shut down, since the start.
  std::int64_t cut() const { return cut_; }

 private:
  struct Connection {
    std::string peer;
    ino_t inode = 0;             // Whether the descriptor is still this socket.
    bool counted = true;         // By the kernel.
    std::uint64_t came = 0;      // As the kernel counted at the last look.
    std::uint64_t received = 0;  // As calls, since then.
    std::int64_t lost = 0;       // What is in between, since the beginning.
  };
  void CutLocked(int socket, const Connection& connection) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void CutWorstLocked() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  std::atomic<std::int64_t> cut_{0};
  absl::Mutex mu_;  // A leaf.
  absl::Duration last_sweep_ ABSL_GUARDED_BY(mu_) = -absl::InfiniteDuration();
  absl::flat_hash_map<int, Connection> connections_ ABSL_GUARDED_BY(mu_);  // By descriptor.
  absl::flat_hash_map<std::string, int> by_peer_ ABSL_GUARDED_BY(mu_);
};

}  // namespace claimwatch
