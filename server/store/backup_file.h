// Backup files: a copy of the database with its SHA-256 beside it, as sha256sum writes and reads
// it.
//
// Tested by tests/store/backup_file_test.cc.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace claimwatch {

// "daily.db" has "daily.db.sha256".
std::string ChecksumFileOf(const std::string& backup);
// 64 hexadecimal digits.
absl::StatusOr<std::string> Sha256OfFile(const std::string& path);
// Writes the checksum of `file` as that of `backup`, which is the name it will get.
absl::Status WriteChecksum(const std::string& file, const std::string& backup);
// DATA_LOSS: the file is not what was written. NOT_FOUND: no checksum is beside it.
absl::Status VerifyChecksum(const std::string& backup);

// Verifies the backup, with its checksum where there is one, and puts it into `folder`, which is
// made if it is missing and must hold no store. Whole or not at all. DATA_LOSS, NOT_FOUND,
// FAILED_PRECONDITION (the folder holds a store); others as the system says.
absl::Status RestoreBackup(const std::string& backup, const std::string& folder);

}  // namespace claimwatch
