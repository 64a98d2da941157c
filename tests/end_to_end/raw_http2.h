// RawHttp2: a peer that writes what frames it likes, for tests of what the daemon survives.
//
// Blocking, with a deadline on everything. Headers are HPACK literals, so that what is sent is what
// the test says. Used by abuse_test.cc and connections_test.cc.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace claimwatch {

enum class FrameType : std::uint8_t {
  kData = 0,
  kHeaders = 1,
  kPriority = 2,
  kRstStream = 3,
  kSettings = 4,
  kPing = 6,
  kGoAway = 7,
  kWindowUpdate = 8,
  kContinuation = 9,
};
inline constexpr std::uint8_t kEndStream = 1, kAck = 1, kEndHeaders = 4;

// "\0\0\4" and so on: one frame as it goes on the wire.
std::string Frame(FrameType type, std::uint8_t flags, std::uint32_t stream,
                  std::string_view payload);
std::string BigEndian32(std::uint32_t value);

using HeaderList = std::vector<std::pair<std::string, std::string>>;
// As HPACK literals that enter no table.
std::string Hpack(const HeaderList& headers);
// As literals that do; then RepeatedHpack(count) tells the first `count` (<= 60) entries again, a
// byte each.
std::string EnteringHpack(const HeaderList& headers);
std::string RepeatedHpack(std::size_t count);
// Those of a call: POST, te: trailers and so on.
HeaderList CallHeaders(std::string_view path);

class RawHttp2 {
 public:
  // Connects to HOST:PORT; is_open() says whether that went well. Nothing is sent yet.
  explicit RawHttp2(const std::string& address);
  RawHttp2(const RawHttp2&) = delete;
  RawHttp2(RawHttp2&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}
  ~RawHttp2();

  bool is_open() const { return socket_ >= 0; }
  // Preface and empty settings; true: the daemon's own settings came.
  bool Greet();
  // False: the peer closed, or took nothing for two seconds.
  bool Send(std::string_view bytes);
  // What is there now or within `milliseconds`; empty: nothing, or closed.
  std::string Receive(int milliseconds);
  // Whether the peer closes within that time; what it says until then is thrown away.
  bool IsClosedWithin(int milliseconds);
  void Close();

 private:
  int socket_ = -1;
};

}  // namespace claimwatch
