#include "server/auth/credentials_watch.h"

#include <sys/stat.h>

#include <utility>

#include "server/base/log.h"

namespace claimwatch {

CredentialsWatch::CredentialsWatch(std::string path, Authorizer& authorizer, absl::Duration every)
    : path_(std::move(path)),
      authorizer_(authorizer),
      every_(every),
      seen_(Look(path_)),
      thread_([this] { Loop(); }) {}

CredentialsWatch::~CredentialsWatch() {
  {
    absl::MutexLock lock(&mu_);
    stopped_ = true;
  }
  thread_.join();
}

CredentialsWatch::Stamp CredentialsWatch::Look(const std::string& path) {
  struct stat found {};
  if (stat(path.c_str(), &found) != 0) return {};
  return {found.st_mtim.tv_sec * 1'000'000'000 + found.st_mtim.tv_nsec, found.st_size,
          found.st_ino};
}

void CredentialsWatch::Loop() {
  while (true) {
    {
      absl::MutexLock lock(&mu_);
      if (mu_.AwaitWithTimeout(absl::Condition(&stopped_), every_)) return;
    }
    const Stamp now = Look(path_);
    if (now == seen_) continue;
    seen_ = now;
    absl::StatusOr<Credentials> read = Credentials::ReadFile(path_);
    if (read.ok()) {
      Log()->info("credentials read again: {} of them", read->size());
      authorizer_.Replace(*std::move(read));
      ++reloads_;
    } else {
      ++failures_;
      Log()->error("the credentials in force stay: {}",
                   LogSafe(std::string(read.status().message())));
    }
  }
}

}  // namespace claimwatch
