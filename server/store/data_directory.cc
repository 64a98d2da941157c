#include "server/store/data_directory.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"

namespace claimwatch {
namespace {

constexpr char kLockName[] = "LOCK";
constexpr char kStoreName[] = "claimwatch.db";
constexpr mode_t kFolderMode = 0700;
constexpr mode_t kFileMode = 0600;

absl::Status FolderError(const std::string& path, const char* doing) {
  return absl::ErrnoToStatus(errno, absl::StrCat("data directory ", path, ": ", doing));
}

// Ours: it holds a store or at least our lock. Empty (but for what a file system puts there): free.
absl::Status CheckOwner(const std::string& path) {
  std::error_code error;
  std::string foreign;
  for (const auto& entry : std::filesystem::directory_iterator(path, error)) {
    const std::string name = entry.path().filename().string();
    if (name == kLockName || name == kStoreName) return absl::OkStatus();
    if (name != "lost+found") foreign = name;
  }
  if (error) {
    return absl::PermissionDeniedError(
        absl::StrCat("data directory ", path, ": ", error.message()));
  }
  if (foreign.empty()) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat("data directory ", path,
                                                    " is neither empty nor Claimwatch's (it holds ",
                                                    foreign, "); give an empty or a new one"));
}

absl::StatusOr<int> TakeLock(const std::string& path) {
  const std::string file = absl::StrCat(path, "/", kLockName);
  const int lock = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kFileMode);
  if (lock < 0) return FolderError(path, "opening LOCK");
  if (flock(lock, LOCK_EX | LOCK_NB) == 0) return lock;
  const bool held = errno == EWOULDBLOCK;
  absl::Status status = FolderError(path, "locking");
  close(lock);
  if (!held) return status;
  return absl::UnavailableError(
      absl::StrCat("data directory ", path, " is held by another claimwatchd that is running"));
}

}  // namespace

absl::StatusOr<std::unique_ptr<DataDirectory>> DataDirectory::Open(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), error);
  const bool made = mkdir(path.c_str(), kFolderMode) == 0;
  if (!made && errno != EEXIST) return FolderError(path, "making it");
  if (!std::filesystem::is_directory(path, error)) {
    return absl::FailedPreconditionError(
        absl::StrCat("data directory ", path, " is not a directory"));
  }
  if (absl::Status status = CheckOwner(path); !status.ok()) return status;
  const absl::StatusOr<int> lock = TakeLock(path);
  if (!lock.ok()) return lock.status();
  return std::unique_ptr<DataDirectory>(new DataDirectory(path, *lock));
}

DataDirectory::~DataDirectory() { close(lock_); }

std::string DataDirectory::StoreFile() const { return absl::StrCat(path_, "/", kStoreName); }

}  // namespace claimwatch
