// Connection: one client's HTTP/1.1, request after request.
//
// It reads a request whole within its bounds, hands it to the handler as an Exchange and writes
// what comes back. While an answer is under way it keeps a read under way too, and so notices at
// once when the client goes. Belongs to one thread, which also calls Tick() now and then: whatever
// takes longer than limits.h allows is ended there. Held by its loop until it is closed.
// Tested by tests/web/connection_test.cc.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "server/web/exchange.h"
#include "server/web/socket.h"

namespace claimwatch {

// What all connections share; outlives them.
struct HttpShared {
  std::function<void(std::shared_ptr<Exchange>)> handle;
  std::function<absl::Duration()> steady;  // Monotonic.
  std::atomic<std::size_t> body_bytes{0};  // Of requests that are read or answered.
  std::atomic<bool> draining{false};
};

class Connection final : public std::enable_shared_from_this<Connection> {
 public:
  // `closed` is called once, last.
  Connection(boost::asio::io_context& loop, std::unique_ptr<Socket> socket, HttpShared& shared,
             std::function<void(Connection*)> closed);
  ~Connection();

  void Start();
  void Tick(absl::Duration now);  // Ends what is late.
  void CloseIfIdle();             // For draining.
  void Close();

 private:
  class Turn;
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;

  void Read();
  void WhenRead(Socket::Error error, std::string_view bytes);
  void Parse();
  bool WithinBounds(Socket::Error error);
  void TakeBodyBytes();
  void Dispatch();
  void Refuse(int status, std::string why);  // And closes.
  void Send(std::vector<boost::asio::const_buffer> buffers, std::size_t size, bool last);
  void WhenSent(Socket::Error error, bool last);
  void NextRequest();
  void Linger();
  void AllowFor(absl::Duration time) { due_ = shared_.steady() + time; }

  boost::asio::io_context& loop_;
  const std::unique_ptr<Socket> socket_;
  HttpShared& shared_;
  std::function<void(Connection*)> closed_;

  std::string in_;  // Read and not yet parsed.
  std::unique_ptr<Parser> parser_;
  std::shared_ptr<Turn> turn_;  // The request that is being answered.
  std::size_t body_bytes_ = 0;  // Our part of shared_.body_bytes.
  absl::Duration due_;          // When patience ends.
  std::function<void()> send_next_;
  bool reading_ = false;
  bool sending_ = false;
  bool lingers_ = false;
  bool is_closed_ = false;
};

}  // namespace claimwatch
