#include "server/store/backup_file.h"

#include <openssl/evp.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <memory>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "server/base/log.h"
#include "server/store/data_directory.h"
#include "server/store/file_system.h"
#include "server/store/sqlite_store.h"
#include "server/store/store_check.h"

namespace claimwatch {
namespace {

constexpr std::size_t kPieceBytes = 1 << 16;

absl::Status CopyFileForSure(const std::string& from, const std::string& to) {
  std::error_code failed;
  std::filesystem::copy_file(from, to, failed);
  if (failed) return absl::UnavailableError(absl::StrCat(to, ": ", failed.message()));
  return SyncFile(to);
}

}  // namespace

std::string ChecksumFileOf(const std::string& backup) { return backup + ".sha256"; }

absl::StatusOr<std::string> Sha256OfFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        &EVP_MD_CTX_free);
  EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
  std::array<char, kPieceBytes> piece;
  while (in.read(piece.data(), piece.size()) || in.gcount() > 0) {
    EVP_DigestUpdate(context.get(), piece.data(), static_cast<std::size_t>(in.gcount()));
  }
  if (in.bad()) return absl::UnavailableError(absl::StrCat("cannot read all of ", path));
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  EVP_DigestFinal_ex(context.get(), digest, &size);
  return absl::BytesToHexString(absl::string_view(reinterpret_cast<const char*>(digest), size));
}

absl::Status WriteChecksum(const std::string& file, const std::string& backup) {
  const absl::StatusOr<std::string> sum = Sha256OfFile(file);
  if (!sum.ok()) return sum.status();
  return WriteFileForSure(
      ChecksumFileOf(backup),
      absl::StrCat(*sum, "  ", std::filesystem::path(backup).filename().string(), "\n"));
}

absl::Status VerifyChecksum(const std::string& backup) {
  std::ifstream in(ChecksumFileOf(backup));
  std::string expected;
  if (!(in >> expected)) {
    return absl::NotFoundError(absl::StrCat("there is no ", ChecksumFileOf(backup)));
  }
  const absl::StatusOr<std::string> sum = Sha256OfFile(backup);
  if (!sum.ok()) return sum.status();
  if (*sum == expected) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat(backup, " is not what was backed up: its SHA-256 is ",
                                          *sum, ", not ", expected));
}

absl::Status RestoreBackup(const std::string& backup, const std::string& folder) {
  absl::Status sum = VerifyChecksum(backup);
  if (absl::IsNotFound(sum) && std::filesystem::exists(backup)) {
    Log()->warn("{}; its content is checked all the same", LogSafe(std::string(sum.message())));
  } else if (!sum.ok()) {
    return sum;
  }
  const absl::StatusOr<StoreReport> report = CheckStoreFile(backup);
  if (!report.ok()) return report.status();
  if (!report->problems.empty()) {
    return absl::DataLossError(absl::StrCat(backup, " is damaged: ", report->problems.front()));
  }
  absl::StatusOr<std::unique_ptr<DataDirectory>> directory = DataDirectory::Open(folder);
  if (!directory.ok()) return directory.status();
  const std::string file = (*directory)->StoreFile();
  for (const std::string& name : {file, file + "-wal", MarkOf(file)}) {
    if (!std::filesystem::exists(name)) continue;
    return absl::FailedPreconditionError(
        absl::StrCat(name, " is there already: restore into an empty folder"));
  }
  const std::string unfinished = file + ".unfinished";
  std::error_code ignored;
  std::filesystem::remove(unfinished, ignored);
  if (absl::Status copied = CopyFileForSure(backup, unfinished); !copied.ok()) return copied;
  std::filesystem::rename(unfinished, file, ignored);
  if (ignored) return absl::UnavailableError(absl::StrCat(file, ": ", ignored.message()));
  return SyncFolderOf(file);
}

}  // namespace claimwatch
