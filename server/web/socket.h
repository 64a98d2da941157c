// Socket: the bytes of one connection, plain or under TLS.
//
// A read under way costs no buffer: plain sockets wait until there is something and read it into
// one buffer of their thread, so that thousands of quiet subscribers are cheap. All calls and all
// completions are on one thread. Tested through tests/web/connection_test.cc and,
// under TLS (tls_socket.h), tests/web/https_test.py.
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace claimwatch {

class Socket {
 public:
  using Error = boost::system::error_code;
  using WhenRead = std::function<void(Error, std::string_view)>;  // The bytes: during the call.
  using WhenWritten = std::function<void(Error)>;

  virtual ~Socket() = default;
  // Calls back when bytes may be exchanged.
  virtual void Open(std::function<void(Error)> when_open) = 0;
  // One at a time of each. Buffers must live until the callback.
  virtual void Read(WhenRead when_read) = 0;
  virtual void Write(const std::vector<boost::asio::const_buffer>& buffers,
                     WhenWritten when_written) = 0;
  // Nothing more will be written; the peer may still be read from.
  virtual void EndWriting() = 0;
  virtual void Close() = 0;
  // Names in the certificate that the peer showed and TLS verified; empty: there was none.
  virtual std::vector<std::string> PeerNames() const { return {}; }
  virtual boost::asio::ip::tcp::socket& tcp() = 0;
};

std::unique_ptr<Socket> MakePlainSocket(boost::asio::ip::tcp::socket socket);

}  // namespace claimwatch
