#include "client/cli/interrupt.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "client/cli/exit_code.h"
#include "server/base/check.h"

namespace claimwatch::cli {
namespace {

struct State {
  absl::Mutex mu;
  std::function<void()> stop ABSL_GUARDED_BY(mu);
  int pipe[2] = {-1, -1};  // Fixed once the process watches.
};

State& TheState() {
  static State& state = *new State;
  return state;
}

void Watch(sigset_t signals) {
  State& state = TheState();
  for (int count = 1;; ++count) {
    int signal = 0;
    if (sigwait(&signals, &signal) != 0) continue;
    absl::MutexLock lock(&state.mu);
    if (count > 1 || !state.stop) _exit(kInterrupted);
    const char byte = 'x';
    if (::write(state.pipe[1], &byte, 1) != 1) _exit(kInterrupted);
    state.stop();
  }
}

}  // namespace

void WatchForInterrupts() {
  State& state = TheState();
  CW_CHECK(::pipe2(state.pipe, O_CLOEXEC) == 0);
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  CW_CHECK(pthread_sigmask(SIG_BLOCK, &signals, nullptr) == 0);
  std::thread(Watch, signals).detach();
}

OnInterrupt::OnInterrupt(std::function<void()> stop) {
  absl::MutexLock lock(&TheState().mu);
  TheState().stop = std::move(stop);
}

OnInterrupt::~OnInterrupt() {
  absl::MutexLock lock(&TheState().mu);
  TheState().stop = nullptr;
}

int InterruptFd() { return TheState().pipe[0]; }

}  // namespace claimwatch::cli
