// DataDirectory: the folder that holds all a daemon knows, and the lock that keeps it to one
// daemon.
//
// Made if it is missing (for its owner only). A folder that holds other things than ours is
// refused: a mistyped --data_dir must not become a database. The lock is the operating system's
// (flock on LOCK), so it goes with the process, however that ends. Local file systems only. Owned
// by App; outlives the store. Tested by tests/store/data_directory_test.cc.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"

namespace claimwatch {

class DataDirectory {
 public:
  // FAILED_PRECONDITION: not a folder, or not empty and not ours. UNAVAILABLE: another claimwatchd
  // holds it. PERMISSION_DENIED and others as the system says; all name the folder.
  static absl::StatusOr<std::unique_ptr<DataDirectory>> Open(const std::string& path);

  DataDirectory(const DataDirectory&) = delete;
  DataDirectory& operator=(const DataDirectory&) = delete;
  ~DataDirectory();  // Lets the lock go.

  const std::string& path() const { return path_; }
  std::string StoreFile() const;  // path()/claimwatch.db

 private:
  DataDirectory(std::string path, int lock) : path_(std::move(path)), lock_(lock) {}

  const std::string path_;
  const int lock_;  // File descriptor.
};

}  // namespace claimwatch
