// Listener: accepts connections and keeps them, each on one of a few threads.
//
// A failure to accept (no more files) is counted and tried again soon; what is beyond
// kHttpConnectionsMax is told so and closed. Owned by WebFront; its methods are called from
// outside of its threads. Tested by tests/web/connection_test.cc.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/rpc/activity.h"
#include "server/web/connection.h"
#include "server/web/counters.h"
#include "server/web/tls_socket.h"

namespace claimwatch {

class Listener {
 public:
  // `shared`, `counters` and `tls` (null: plain) are borrowed. The error says why the address
  // cannot be listened on.
  static absl::StatusOr<std::unique_ptr<Listener>> Start(
      const boost::asio::ip::tcp::endpoint& endpoint, int threads, HttpShared& shared,
      HttpCounters& counters, TlsFilesWatch* tls);
  ~Listener();

  int port() const { return port_; }

  // No more connections; those that wait for a request are closed, others after their answer.
  void CloseIdle();
  void CloseAll();
  // False: some connection is left after `at_most`.
  bool AwaitNone(absl::Duration at_most) { return open_.AwaitIdle(at_most); }
  // Ends the threads. Nothing may be posted to a connection any more.
  void Stop();

 private:
  class Loop;
  explicit Listener(HttpCounters& counters);

  void Accept();
  void WhenAccepted(Loop& loop, boost::asio::ip::tcp::socket socket);

  HttpCounters& counters_;
  Activity open_;
  std::vector<std::unique_ptr<Loop>> loops_;
  std::unique_ptr<boost::asio::ip::tcp::acceptor> acceptor_;  // The first loop's.
  std::size_t next_ = 0;                                      // Likewise.
  int port_ = 0;
};

}  // namespace claimwatch
