// StopSignals: SIGTERM and SIGINT as something to wait for. The first one asks for an orderly stop,
// also while the daemon still starts; the second one ends the process at once.
//
// Make one before any thread is started, because threads inherit that the signals are blocked. One
// a process. Tested by tests/end_to_end/stop_test.cc.
#pragma once

namespace claimwatch {

class StopSignals {
 public:
  StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  // Returns when the first signal has come; at once if it came before.
  void Wait();
};

}  // namespace claimwatch
