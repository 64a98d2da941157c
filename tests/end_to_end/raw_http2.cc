#include "tests/end_to_end/raw_http2.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>

namespace claimwatch {
namespace {

constexpr int kSendMillisecondsMax = 2000;
constexpr std::string_view kPreface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

void AppendString(std::string_view text, std::string& out) {
  if (text.size() < 127) {
    out.push_back(static_cast<char>(text.size()));
  } else {  // An integer with a 7-bit prefix.
    out.push_back(127);
    std::size_t rest = text.size() - 127;
    for (; rest >= 128; rest /= 128) out.push_back(static_cast<char>(rest % 128 + 128));
    out.push_back(static_cast<char>(rest));
  }
  out.append(text);
}

std::string Literals(char kind, const HeaderList& headers) {
  std::string block;
  for (const auto& [name, value] : headers) {
    block.push_back(kind);
    AppendString(name, block);
    AppendString(value, block);
  }
  return block;
}

int MillisecondsUntil(std::chrono::steady_clock::time_point deadline) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
      deadline - std::chrono::steady_clock::now());
  return left.count() < 0 ? 0 : static_cast<int>(left.count());
}

}  // namespace

std::string BigEndian32(std::uint32_t value) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(value >> shift));
  return bytes;
}

std::string Frame(FrameType type, std::uint8_t flags, std::uint32_t stream,
                  std::string_view payload) {
  std::string frame = BigEndian32(static_cast<std::uint32_t>(payload.size())).substr(1);
  frame.push_back(static_cast<char>(type));
  frame.push_back(static_cast<char>(flags));
  frame += BigEndian32(stream);
  frame += payload;
  return frame;
}

std::string Hpack(const HeaderList& headers) { return Literals(0, headers); }

std::string EnteringHpack(const HeaderList& headers) { return Literals(0x40, headers); }

std::string RepeatedHpack(std::size_t count) {
  constexpr std::size_t kTableBegin = 62;  // Of the peer's own entries; the last comes first.
  std::string block;
  for (std::size_t i = count; i-- > 0;) block.push_back(static_cast<char>(0x80 + kTableBegin + i));
  return block;
}

HeaderList CallHeaders(std::string_view path) {
  return {{":method", "POST"},         {":scheme", "http"}, {":path", std::string(path)},
          {":authority", "localhost"}, {"te", "trailers"},  {"content-type", "application/grpc"}};
}

RawHttp2::RawHttp2(const std::string& address) {
  sockaddr_in to = {};
  to.sin_family = AF_INET;
  to.sin_port =
      htons(static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socket_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket_ < 0) return;
  if (connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof(to)) != 0) Close();
}

RawHttp2::~RawHttp2() { Close(); }

void RawHttp2::Close() {
  if (socket_ >= 0) close(socket_);
  socket_ = -1;
}

bool RawHttp2::Greet() {
  if (!Send(std::string(kPreface) + Frame(FrameType::kSettings, 0, 0, ""))) return false;
  return !Receive(kSendMillisecondsMax).empty();
}

bool RawHttp2::Send(std::string_view bytes) {
  while (!bytes.empty() && is_open()) {
    const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
      continue;
    }
    pollfd room{socket_, POLLOUT, 0};
    if (sent == 0 || errno != EAGAIN || poll(&room, 1, kSendMillisecondsMax) != 1) return false;
  }
  return bytes.empty();
}

std::string RawHttp2::Receive(int milliseconds) {
  pollfd ready{socket_, POLLIN, 0};
  if (!is_open() || poll(&ready, 1, milliseconds) != 1) return "";
  std::string bytes(1 << 16, '\0');
  const ssize_t got = recv(socket_, bytes.data(), bytes.size(), MSG_DONTWAIT);
  bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return bytes;
}

bool RawHttp2::IsClosedWithin(int milliseconds) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
  while (is_open()) {
    pollfd ready{socket_, POLLIN, 0};
    if (poll(&ready, 1, MillisecondsUntil(deadline)) != 1) return false;
    char bytes[4096];
    if (recv(socket_, bytes, sizeof(bytes), MSG_DONTWAIT) <= 0) return true;
  }
  return true;
}

}  // namespace claimwatch
