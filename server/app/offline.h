// What claimwatchd does to a data directory without serving: check it, restore a backup into it.
//
// Both write what they found to standard output and give the exit code.
// Tested by tests/end_to_end/backup_test.cc.
#pragma once

#include <string>

#include "absl/status/statusor.h"

namespace claimwatch {

inline constexpr int kExitDamaged = 3;

// `path`: a data directory that no daemon holds, or one database file. 0, or kExitDamaged.
absl::StatusOr<int> CheckData(const std::string& path);
absl::StatusOr<int> RestoreData(const std::string& backup, const std::string& data_dir);

}  // namespace claimwatch
