#include "server/app/stop_signals.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <thread>

#include "absl/synchronization/notification.h"
#include "server/base/log.h"

namespace claimwatch {
namespace {

absl::Notification& Asked() {
  static auto* const asked = new absl::Notification;  // Outlives the thread, which never ends.
  return *asked;
}

sigset_t Signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

void Listen() {
  const sigset_t signals = Signals();
  int signal = 0;
  sigwait(&signals, &signal);
  Log()->info("{}: stopping; a second signal ends at once", strsignal(signal));
  Asked().Notify();
  sigwait(&signals, &signal);
  Log()->warn("{} again: ending at once", strsignal(signal));
  _exit(1);
}

}  // namespace

StopSignals::StopSignals() {
  const sigset_t signals = Signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);  // A peer that is gone is an error of the call, not of the process.
  std::thread(Listen).detach();
}

void StopSignals::Wait() { Asked().WaitForNotification(); }

}  // namespace claimwatch
