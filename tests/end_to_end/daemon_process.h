// DaemonProcess: the real claimwatchd in a process of its own, started and ended by a test.
//
// Everything that is waited for has a deadline, and what the daemon wrote is shown when one passes.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "absl/time/time.h"

namespace claimwatch {

class DaemonProcess {
 public:
  // Starts it on `data_dir`, on a free port of the loopback, unless `flags` ("--name=value") say
  // otherwise. Does not wait until it serves.
  explicit DaemonProcess(const std::string& data_dir, std::vector<std::string> flags = {});
  DaemonProcess(const DaemonProcess&) = delete;
  DaemonProcess& operator=(const DaemonProcess&) = delete;
  ~DaemonProcess();  // SIGKILL, if it still runs.

  // Waits for "listening on"; empty when the daemon ended instead.
  const std::string& address();
  pid_t pid() const { return pid_; }
  void Send(int signal);
  // Its exit code, or minus the signal that ended it. Aborts the test when it does not end.
  int Wait(absl::Duration at_most = absl::Seconds(60));
  int Kill();  // SIGKILL and Wait().
  // Standard error so far.
  std::string Log() const;

 private:
  bool ReadLine(std::string& line);

  pid_t pid_ = -1;
  int out_ = -1;  // Its standard output.
  std::string log_path_;
  std::string buffered_;
  std::string address_;
};

}  // namespace claimwatch
