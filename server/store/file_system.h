// The few things of the file system that the store needs beside SQLite, as Status.
//
// Tested through tests/store/backup_file_test.cc.
#pragma once

#include <string>

#include "absl/status/status.h"

namespace claimwatch {

// errno, with the path and what was being done.
absl::Status SystemError(const std::string& path, const char* doing);
// Makes a name that was made, changed or removed in the folder of `path` outlive a power loss.
absl::Status SyncFolderOf(const std::string& path);
absl::Status SyncFile(const std::string& path);
// `text` as the whole file, on disk when it returns.
absl::Status WriteFileForSure(const std::string& path, const std::string& text);

}  // namespace claimwatch
