// Acceptor: takes connections off the listening sockets and hands them to gRPC.
//
// gRPC 1.51 accepts by itself, but never again after it once ran out of file descriptors
// (CVE-2023-4785). So the sockets are ours: one thread accepts; when no descriptor is left it gives
// up one that it holds in reserve, takes the connection and closes it at once, so that the peer
// hears that it is refused and nobody waits in the queue for ever; and it goes on when there is
// room. An address that opens connections faster than kConnectionsPerSecondMax has the rest closed.
// Owned by RpcServer. Tested by tests/rpc/acceptor_test.cc.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/rpc/traffic.h"

namespace claimwatch {

class Acceptor {
 public:
  // Gets each connection, not blocking, and closes it one day.
  using Take = std::function<void(int socket)>;

  // Binds HOST:PORT (port 0: any) or unix:PATH. UNAVAILABLE names an address that cannot be had.
  static absl::StatusOr<std::unique_ptr<Acceptor>> Bind(const std::vector<std::string>& addresses);
  Acceptor(const Acceptor&) = delete;
  Acceptor& operator=(const Acceptor&) = delete;
  ~Acceptor();  // Stops.

  // HOST:PORT with the port that was chosen.
  const std::vector<std::string>& addresses() const { return addresses_; }
  void Start(Take take);
  // No more connections; those that wait in the queue are refused by the system. Idempotent.
  void Stop();

  // What came over the connections; synchronizes itself.
  Traffic& traffic() const { return *traffic_; }
  std::int64_t accepted() const { return accepted_; }
  std::int64_t refused_for_files() const { return refused_for_files_; }
  std::int64_t refused_for_rate() const { return refused_for_rate_; }

 private:
  // What one address (of a client) has opened in the second of now.
  struct Opened {
    std::int64_t second = 0;
    int count = 0;
  };

  Acceptor();
  absl::Status BindOne(const std::string& address);
  absl::Status Listen(int socket, const std::string& address, const std::string& host);
  void Loop();
  // False: nothing waits there any more.
  bool AcceptOne(int listener);
  void RefuseOne(int listener);
  bool IsTooFast(const std::string& peer);

  std::vector<std::string> addresses_;
  std::vector<int> listeners_;
  std::vector<std::string> paths_;  // Of unix sockets, removed at the end.
  int wake_ = -1;                   // An eventfd: readable when the loop is to end.
  int reserve_ = -1;                // A descriptor to give up.
  Take take_;
  const std::unique_ptr<Traffic> traffic_ = std::make_unique<Traffic>();
  absl::flat_hash_map<std::string, Opened> opened_;  // The thread's.
  std::atomic<std::int64_t> accepted_{0};
  std::atomic<std::int64_t> refused_for_files_{0};
  std::atomic<std::int64_t> refused_for_rate_{0};
  std::thread thread_;
};

}  // namespace claimwatch
