#include "server/rpc/acceptor.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "server/base/check.h"
#include "server/base/log.h"
#include "server/rpc/limits.h"

namespace claimwatch {
namespace {

constexpr int kQueue = 1024;  // Connections that the system keeps until they are accepted.
constexpr int kNoRoomMilliseconds = 50;           // How long to let others close something.
constexpr int kUserTimeoutMilliseconds = 60'000;  // For what was sent and not taken.
constexpr std::size_t kPeersMax = 4096;           // Whose rate is known; beyond: begun anew.

std::int64_t Second() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

int OpenReserve() { return open("/dev/null", O_RDONLY | O_CLOEXEC); }

bool IsForWantOfRoom(int error) {
  return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}

absl::Status CannotListen(const std::string& address, const char* why) {
  return absl::UnavailableError(
      absl::StrCat("cannot listen on ", address, ": ", why,
                   "; is another daemon there, or is it not an address of this machine?"));
}

// The address without its port: whoever connects often does so from many ports.
std::string HostOf(const sockaddr_storage& peer) {
  char text[NI_MAXHOST] = "";
  getnameinfo(reinterpret_cast<const sockaddr*>(&peer), sizeof(peer), text, sizeof(text), nullptr,
              0, NI_NUMERICHOST);
  return text;
}

int PortOf(const sockaddr_storage& address) {
  const bool six = address.ss_family == AF_INET6;
  return ntohs(six ? reinterpret_cast<const sockaddr_in6&>(address).sin6_port
                   : reinterpret_cast<const sockaddr_in&>(address).sin_port);
}

int PortOf(int socket) {
  sockaddr_storage own = {};
  socklen_t size = sizeof(own);
  getsockname(socket, reinterpret_cast<sockaddr*>(&own), &size);
  return PortOf(own);
}

void SetOption(int socket, int level, int name, int value) {
  setsockopt(socket, level, name, &value, sizeof(value));
}

}  // namespace

Acceptor::Acceptor() : wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), reserve_(OpenReserve()) {
  CW_CHECK(wake_ >= 0);
}

absl::StatusOr<std::unique_ptr<Acceptor>> Acceptor::Bind(
    const std::vector<std::string>& addresses) {
  std::unique_ptr<Acceptor> acceptor(new Acceptor());
  for (const std::string& address : addresses) {
    if (absl::Status bound = acceptor->BindOne(address); !bound.ok()) return bound;
  }
  return acceptor;
}

absl::Status Acceptor::BindOne(const std::string& address) {
  absl::string_view path = address;
  if (absl::ConsumePrefix(&path, "unix:")) {
    sockaddr_un name = {};
    name.sun_family = AF_UNIX;
    if (path.size() >= sizeof(name.sun_path)) return CannotListen(address, "the path is too long");
    memcpy(name.sun_path, path.data(), path.size());
    const int made = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (made < 0) return CannotListen(address, strerror(errno));
    listeners_.push_back(made);
    if (bind(made, reinterpret_cast<const sockaddr*>(&name), sizeof(name)) != 0 ||
        listen(made, kQueue) != 0) {
      return CannotListen(address, strerror(errno));
    }
    paths_.emplace_back(path);
    addresses_.push_back(address);
    return absl::OkStatus();
  }
  const auto colon = address.rfind(':');
  std::string host = address.substr(0, colon);
  const std::string port = address.substr(colon + 1);
  const std::string bare(absl::StripSuffix(absl::StripPrefix(host, "["), "]"));
  addrinfo wanted = {};
  wanted.ai_family = AF_UNSPEC;
  wanted.ai_socktype = SOCK_STREAM;
  wanted.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (const int error = getaddrinfo(bare.c_str(), port.c_str(), &wanted, &found); error != 0) {
    return CannotListen(address, gai_strerror(error));
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> all(found, &freeaddrinfo);
  const int made =
      socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, found->ai_protocol);
  if (made < 0) return CannotListen(address, strerror(errno));
  listeners_.push_back(made);
  SetOption(made, SOL_SOCKET, SO_REUSEADDR, 1);  // Not REUSEPORT: two daemons must not share.
  SetOption(made, IPPROTO_TCP, TCP_NODELAY, 1);  // What is accepted inherits these.
  SetOption(made, IPPROTO_TCP, TCP_USER_TIMEOUT, kUserTimeoutMilliseconds);
  if (bind(made, found->ai_addr, found->ai_addrlen) != 0 || listen(made, kQueue) != 0) {
    return CannotListen(address, strerror(errno));
  }
  addresses_.push_back(absl::StrCat(host, ":", PortOf(made)));
  return absl::OkStatus();
}

void Acceptor::Start(Take take) {
  take_ = std::move(take);
  thread_ = std::thread([this] { Loop(); });
}

void Acceptor::Stop() {
  if (thread_.joinable()) {
    const std::uint64_t one = 1;
    CW_CHECK(write(wake_, &one, sizeof(one)) == sizeof(one));
    thread_.join();
  }
  for (const int listener : std::exchange(listeners_, {})) close(listener);
  for (const std::string& path : std::exchange(paths_, {})) unlink(path.c_str());
}

Acceptor::~Acceptor() {
  Stop();
  close(wake_);
  if (reserve_ >= 0) close(reserve_);
}

void Acceptor::Loop() {
  std::vector<pollfd> waiting;
  for (const int listener : listeners_) waiting.push_back({listener, POLLIN, 0});
  waiting.push_back({wake_, POLLIN, 0});
  while (true) {
    if (poll(waiting.data(), waiting.size(), -1) < 0 && errno != EINTR) return;
    if (waiting.back().revents != 0) return;
    for (pollfd& listener : waiting) {
      if (std::exchange(listener.revents, 0) == 0) continue;
      while (AcceptOne(listener.fd)) {
      }
    }
  }
}

bool Acceptor::AcceptOne(int listener) {
  sockaddr_storage peer = {};
  socklen_t size = sizeof(peer);
  const int made =
      accept4(listener, reinterpret_cast<sockaddr*>(&peer), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (made >= 0) {
    if (peer.ss_family != AF_UNIX && IsTooFast(HostOf(peer))) {
      close(made);
    } else {
      ++accepted_;
      traffic_->Opened(made, peer.ss_family == AF_UNIX
                                 ? absl::StrCat("unix#", accepted_.load())
                                 : absl::StrCat(HostOf(peer), ":", PortOf(peer)));
      take_(made);
    }
    return true;
  }
  if (IsForWantOfRoom(errno)) RefuseOne(listener);
  return errno == EINTR || errno == ECONNABORTED;
}

// The reserve makes room for one connection, which is closed at once.
void Acceptor::RefuseOne(int listener) {
  if (refused_for_files_++ == 0) {
    Log()->error("no file descriptors are left: connections are refused until some are closed");
  }
  if (reserve_ >= 0) close(reserve_);
  const int made = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
  if (made >= 0) close(made);
  reserve_ = OpenReserve();
  pollfd wake{wake_, POLLIN, 0};
  if (made < 0) poll(&wake, 1, kNoRoomMilliseconds);
  errno = EAGAIN;
}

bool Acceptor::IsTooFast(const std::string& peer) {
  if (opened_.size() >= kPeersMax) opened_.clear();
  Opened& opened = opened_[peer];
  if (const std::int64_t now = Second(); opened.second != now) opened = {now, 0};
  if (++opened.count <= kConnectionsPerSecondMax) return false;
  if (refused_for_rate_++ % 1000 == 0) {
    Log()->warn("{} opens more than {} connections a second: the rest are closed", LogSafe(peer),
                kConnectionsPerSecondMax);
  }
  return true;
}

}  // namespace claimwatch
