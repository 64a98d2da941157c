#include "server/app/service_manager.h"

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "server/base/log.h"

namespace claimwatch {
namespace {

// A socket that is closed at the end.
class Socket {
 public:
  explicit Socket(int fd) : fd_(fd) {}
  ~Socket() {
    if (fd_ >= 0) ::close(fd_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  int fd() const { return fd_; }

 private:
  const int fd_;
};

void Notify(const std::string& words) {
  const char* name = std::getenv("NOTIFY_SOCKET");
  if (name == nullptr || *name == '\0') return;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::size_t size = std::strlen(name);
  if (size >= sizeof(address.sun_path)) return;
  std::memcpy(address.sun_path, name, size);
  if (name[0] == '@') address.sun_path[0] = '\0';  // An abstract one.
  const Socket socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + size);
  const auto* where = reinterpret_cast<const sockaddr*>(&address);
  if (::sendto(socket.fd(), words.data(), words.size(), MSG_NOSIGNAL, where, length) < 0) {
    Log()->warn("the service manager does not listen at NOTIFY_SOCKET");
  }
}

// Half of what the manager allows, so that one late word is no death. Zero: it does not watch.
absl::Duration WatchInterval() {
  const char* text = std::getenv("WATCHDOG_USEC");
  const char* process = std::getenv("WATCHDOG_PID");
  if (process != nullptr && absl::StrCat(::getpid()) != process) return absl::ZeroDuration();
  std::int64_t microseconds = 0;
  if (text == nullptr || !absl::SimpleAtoi(text, &microseconds)) return absl::ZeroDuration();
  return absl::Microseconds(std::max<std::int64_t>(microseconds, 0)) / 2;
}

bool WaitFor(const Socket& socket, short event, absl::Duration timeout) {
  pollfd waiting{socket.fd(), event, 0};
  return ::poll(&waiting, 1, static_cast<int>(absl::ToInt64Milliseconds(timeout))) == 1;
}

bool Answers(const addrinfo& where, absl::Duration timeout) {
  const Socket socket(
      ::socket(where.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_TCP));
  if (socket.fd() < 0) return false;
  if (::connect(socket.fd(), where.ai_addr, where.ai_addrlen) != 0 && errno != EINPROGRESS) {
    return false;
  }
  if (!WaitFor(socket, POLLOUT, timeout)) return false;
  constexpr char kNothingAnybodySpeaks[] = "\r\n\r\n";
  if (::send(socket.fd(), kNothingAnybodySpeaks, 4, MSG_NOSIGNAL) != 4) return false;
  return WaitFor(socket, POLLIN, timeout);  // Bytes or a hang-up: somebody accepted.
}

}  // namespace

bool ListenerAnswers(const std::string& address, absl::Duration timeout) {
  const std::size_t colon = address.rfind(':');
  if (colon == std::string::npos) return false;
  std::string host = address.substr(0, colon);
  if (host.size() > 1 && host.front() == '[') host = host.substr(1, host.size() - 2);
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICSERV;
  addrinfo* found = nullptr;
  // "0.0.0.0" and "::" are reached by connecting to them.
  if (::getaddrinfo(host.c_str(), address.c_str() + colon + 1, &hints, &found) != 0) return false;
  const bool answers = Answers(*found, timeout);
  ::freeaddrinfo(found);
  return answers;
}

ServiceManager::ServiceManager(const std::string& address) {
  Notify(absl::StrCat("READY=1\nSTATUS=serving on ", address));
  const absl::Duration interval = WatchInterval();
  if (interval > absl::ZeroDuration()) {
    watcher_ = std::thread([this, address, interval] { Watch(address, interval); });
  }
}

ServiceManager::~ServiceManager() {
  Notify("STOPPING=1\nSTATUS=telling subscribers to come back");
  stop_.Notify();
  if (watcher_.joinable()) watcher_.join();
}

void ServiceManager::Watch(const std::string& address, absl::Duration interval) {
  while (!stop_.HasBeenNotified()) {
    if (ListenerAnswers(address, interval / 2)) {
      Notify("WATCHDOG=1");
    } else {
      Log()->error("{} does not answer; the service manager is not told that we are alive",
                   address);
    }
    stop_.WaitForNotificationWithTimeout(interval / 2);
  }
}

}  // namespace claimwatch
