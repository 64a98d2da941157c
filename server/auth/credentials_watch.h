// CredentialsWatch: reads the credentials file again when it has changed.
//
// Looks once a second at the file's time, size and number, because an editor may replace it as well
// as write it. A file that does not parse is told in the log and the credentials in force stay.
// Owned by App; one thread. Tested by tests/auth/credentials_watch_test.cc.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>

#include "absl/synchronization/mutex.h"
#include "server/auth/authorizer.h"

namespace claimwatch {

inline constexpr absl::Duration kCredentialsLookEvery = absl::Seconds(1);

class CredentialsWatch {
 public:
  // `authorizer` is borrowed. The file has been read already; what changes from now on counts.
  CredentialsWatch(std::string path, Authorizer& authorizer,
                   absl::Duration every = kCredentialsLookEvery);
  CredentialsWatch(const CredentialsWatch&) = delete;
  CredentialsWatch& operator=(const CredentialsWatch&) = delete;
  ~CredentialsWatch();

  std::int64_t reloads() const { return reloads_; }
  std::int64_t failures() const { return failures_; }

 private:
  struct Stamp {
    std::int64_t modified = 0;  // Nanoseconds.
    std::int64_t size = -1;
    std::uint64_t number = 0;
    friend bool operator==(const Stamp&, const Stamp&) = default;
  };
  static Stamp Look(const std::string& path);
  void Loop();

  const std::string path_;
  Authorizer& authorizer_;
  const absl::Duration every_;
  Stamp seen_;  // The thread's, once it runs.
  std::atomic<std::int64_t> reloads_{0};
  std::atomic<std::int64_t> failures_{0};
  absl::Mutex mu_;  // A leaf.
  bool stopped_ ABSL_GUARDED_BY(mu_) = false;
  std::thread thread_;
};

}  // namespace claimwatch
