#include "tests/bench/suite/web_audience.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "server/base/check.h"
#include "tests/bench/suite/byte_stream.h"
#include "tests/bench/suite/process_meter.h"

namespace claimwatch {
namespace {

using namespace std::string_view_literals;  // NOLINT

constexpr std::string_view kSubscribe =
    "POST /claimwatch.v1.AlertService/SubscribeAlerts HTTP/1.1\r\nHost: localhost\r\n"
    "Content-Type: application/grpc-web+proto\r\nContent-Length: 5\r\n\r\n\0\0\0\0\0"sv;
constexpr std::size_t kFrameHeader = 5;
constexpr int kEventsField = 1;  // SubscribeAlertsResponse.events

sockaddr_in Loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

}  // namespace

int FreePort() {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = Loopback(0);
  socklen_t size = sizeof(address);
  CW_CHECK(bind(fd, reinterpret_cast<sockaddr*>(&address), size) == 0);
  CW_CHECK(getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  close(fd);
  return ntohs(address.sin_port);
}

WebAudience::WebAudience(int port, int subscribers) : poll_(epoll_create1(0)) {
  const sockaddr_in address = Loopback(port);
  for (int i = 0; i < subscribers; ++i) {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    CW_CHECK(connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0);
    CW_CHECK(send(fd, kSubscribe.data(), kSubscribe.size(), 0) > 0);
    by_socket_[fd].place = i;
    epoll_event event{.events = EPOLLIN, .data = {.fd = fd}};
    epoll_ctl(poll_, EPOLL_CTL_ADD, fd, &event);
  }
  const auto waits = [](const auto& entry) { return !entry.second.started; };
  while (std::any_of(by_socket_.begin(), by_socket_.end(), waits)) Poll();
}

WebAudience::~WebAudience() {
  for (const auto& [fd, subscriber] : by_socket_) close(fd);
  close(poll_);
}

std::vector<const WebAudience::Subscriber*> WebAudience::Poll() {
  std::vector<const Subscriber*> heard;
  epoll_event ready[64];
  const int count = epoll_wait(poll_, ready, 64, 1);
  for (int i = 0; i < count; ++i) {
    Subscriber& subscriber = by_socket_[ready[i].data.fd];
    char bytes[65536];
    const ssize_t got = recv(ready[i].data.fd, bytes, sizeof(bytes), MSG_DONTWAIT);
    CW_CHECK(got > 0);  // The daemon ends no stream here.
    subscriber.in.append(bytes, static_cast<std::size_t>(got));
    TakeApart(subscriber);
    heard.push_back(&subscriber);
  }
  return heard;
}

// HTTP's chunks, then frames; a head is what ends with an empty line.
void WebAudience::TakeApart(Subscriber& subscriber) {
  std::string& in = subscriber.in;
  if (in.starts_with("HTTP/")) {
    const std::size_t end = in.find("\r\n\r\n");
    if (end == std::string::npos) return;
    in.erase(0, end + 4);
  }
  for (;;) {
    const std::size_t line = in.find("\r\n");
    if (line == std::string::npos) break;
    const std::size_t size = std::strtoul(in.c_str(), nullptr, 16);
    if (in.size() < line + size + 4) break;
    subscriber.frames.append(in, line + 2, size);
    in.erase(0, line + size + 4);
  }
  std::string& frames = subscriber.frames;
  while (frames.size() >= kFrameHeader) {
    std::size_t size = 0;
    for (std::size_t i = 1; i < kFrameHeader; ++i) {
      size = size << 8 | static_cast<unsigned char>(frames[i]);
    }
    if (frames.size() < kFrameHeader + size) return;
    subscriber.started = true;
    subscriber.events += CountField(ToBytes(frames.substr(kFrameHeader, size)), kEventsField);
    frames.erase(0, kFrameHeader + size);
  }
}

std::vector<double> WebAudience::WaitForEvents(std::int64_t events) {
  awaited_ += events;
  std::vector<double> when(by_socket_.size(), 0);
  for (std::size_t left = when.size(); left > 0;) {
    for (const Subscriber* subscriber : Poll()) {
      double& at = when[static_cast<std::size_t>(subscriber->place)];
      if (at != 0 || subscriber->events < awaited_) continue;
      at = Now();
      --left;
    }
  }
  return when;
}

}  // namespace claimwatch
