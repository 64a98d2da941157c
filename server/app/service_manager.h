// What a service manager (systemd, Type=notify) wants to hear: ready, stopping, and still alive.
//
// Written on the protocol itself, a datagram of a few words to the socket that NOTIFY_SOCKET names,
// since that is all there is to it and a library would be one more thing to install. Alive means
// that the listener answers: a connection is made to our own address and must be answered within
// the time, because this gRPC can stop accepting while all else goes on (CVE-2023-4785). Without
// NOTIFY_SOCKET nothing happens. Tested by tests/deploy/service_test.py.
#pragma once

#include <string>
#include <thread>

#include "absl/synchronization/notification.h"
#include "absl/time/time.h"

namespace claimwatch {

// Owned by main; one a process. After the constructor READY has been said; the destructor says
// STOPPING and ends the watching.
class ServiceManager {
 public:
  // `address`: HOST:PORT of the listener to probe, as the server told it.
  explicit ServiceManager(const std::string& address);
  ~ServiceManager();
  ServiceManager(const ServiceManager&) = delete;
  ServiceManager& operator=(const ServiceManager&) = delete;

 private:
  void Watch(const std::string& address, absl::Duration interval);

  absl::Notification stop_;
  std::thread watcher_;  // Runs where a watchdog is asked for.
};

// True: something at `address` accepts connections and answers within `timeout`: a gRPC server
// speaks first, a TLS server hangs up on what is not TLS.
bool ListenerAnswers(const std::string& address, absl::Duration timeout);

}  // namespace claimwatch
