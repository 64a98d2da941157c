// Ctrl-C and SIGTERM: a thread waits for them, so that whatever is under way is told in plain code
// and not inside a signal handler.
//
// Where nothing is under way that wants to end in order, the process ends at once with
// kInterrupted; so it does at the second signal. Tested by tests/client/cli_test.py.
#pragma once

#include <functional>

namespace claimwatch::cli {

// Call once, before any other thread starts.
void WatchForInterrupts();

// While it lives, an interrupt calls `stop` (once, on another thread) and not the exit.
class OnInterrupt {
 public:
  explicit OnInterrupt(std::function<void()> stop);
  ~OnInterrupt();
  OnInterrupt(const OnInterrupt&) = delete;
  OnInterrupt& operator=(const OnInterrupt&) = delete;
};

// Readable once there was an interrupt; for poll().
int InterruptFd();

}  // namespace claimwatch::cli
