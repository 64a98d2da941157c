// App: builds the daemon's parts in their order and takes them down in the reverse one.
//
// The only place that knows all parts. Start() returns when the daemon serves; Stop() is its
// mirror, and what a failed Start() had begun goes the same way. Nothing is shared between two Apps
// of one process. Owned by main; Start and Stop belong to one thread. Tested by
// tests/app/app_test.cc.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "server/app/options.h"

namespace claimwatch {

class App {
 public:
  // INVALID_ARGUMENT: an option is wrong (exit code 2). Everything else names what is in the way:
  // the address in use, the folder that is another's, newer or locked.
  static absl::StatusOr<std::unique_ptr<App>> Start(const Options& options);
  ~App();  // Stops what is not stopped.

  // Where it serves: HOST:PORT, with the port chosen for port 0.
  const std::vector<std::string>& addresses() const;
  // Likewise for browsers; empty: not at all.
  std::string web_url() const;

  // In order, within drain_grace. Idempotent.
  void Stop();

 private:
  struct Parts;
  explicit App(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace claimwatch
