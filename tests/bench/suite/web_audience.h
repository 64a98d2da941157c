// WebAudience: many subscribers over HTTP (gRPC-Web), held by one thread: a socket and a count of
// events each.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace claimwatch {

class WebAudience {
 public:
  // Subscribes from now on, and returns when all have begun. `port`: of the loopback.
  WebAudience(int port, int subscribers);
  WebAudience(const WebAudience&) = delete;
  WebAudience& operator=(const WebAudience&) = delete;
  ~WebAudience();

  // Waits until each has `events` more than at the last wait, and returns when each had.
  std::vector<double> WaitForEvents(std::int64_t events);

 private:
  struct Subscriber {
    int place = 0;
    std::string in;      // Of HTTP, not taken apart yet.
    std::string frames;  // Of gRPC-Web, likewise.
    bool started = false;
    std::int64_t events = 0;
  };

  // Who heard something.
  std::vector<const Subscriber*> Poll();
  static void TakeApart(Subscriber& subscriber);

  int poll_;
  std::unordered_map<int, Subscriber> by_socket_;
  std::int64_t awaited_ = 0;
};

// A port of the loopback that nobody listens on now.
int FreePort();

}  // namespace claimwatch
