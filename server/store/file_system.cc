#include "server/store/file_system.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <filesystem>

#include "absl/strings/str_cat.h"

namespace claimwatch {
namespace {

constexpr mode_t kFileMode = 0600;

}  // namespace

absl::Status SystemError(const std::string& path, const char* doing) {
  return absl::ErrnoToStatus(errno, absl::StrCat(path, ": ", doing));
}

absl::Status SyncFolderOf(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const int opened = open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_CLOEXEC);
  if (opened < 0) return SystemError(path, "opening its folder");
  absl::Status status =
      fsync(opened) == 0 ? absl::OkStatus() : SystemError(path, "syncing its folder");
  close(opened);
  return status;
}

absl::Status SyncFile(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return SystemError(path, "opening");
  absl::Status status = fsync(file) == 0 ? absl::OkStatus() : SystemError(path, "syncing");
  close(file);
  return status;
}

absl::Status WriteFileForSure(const std::string& path, const std::string& text) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kFileMode);
  if (file < 0) return SystemError(path, "opening");
  absl::Status status;
  if (write(file, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
    status = SystemError(path, "writing");
  } else if (fsync(file) != 0) {
    status = SystemError(path, "syncing");
  }
  close(file);
  return status.ok() ? SyncFolderOf(path) : status;
}

}  // namespace claimwatch
