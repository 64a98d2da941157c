#include "server/app/offline.h"

#include <cstdio>
#include <filesystem>
#include <memory>

#include "absl/strings/str_cat.h"
#include "server/store/backup_file.h"
#include "server/store/data_directory.h"
#include "server/store/store_check.h"

namespace claimwatch {

absl::StatusOr<int> CheckData(const std::string& path) {
  std::string file = path;
  std::unique_ptr<DataDirectory> directory;
  if (!std::filesystem::is_regular_file(path)) {
    if (!std::filesystem::exists(path)) {
      return absl::NotFoundError(absl::StrCat("there is no ", path));
    }
    absl::StatusOr<std::unique_ptr<DataDirectory>> opened = DataDirectory::Open(path);
    if (!opened.ok()) return opened.status();
    directory = *std::move(opened);  // Held: no daemon may run there meanwhile.
    file = directory->StoreFile();
  }
  const absl::StatusOr<StoreReport> report = CheckStoreFile(file);
  if (absl::IsDataLoss(report.status())) {
    std::printf("DAMAGED: %s\n", std::string(report.status().message()).c_str());
    return kExitDamaged;
  }
  if (!report.ok()) return report.status();
  std::fputs(Verdict(*report).c_str(), stdout);
  return report->problem_count == 0 ? 0 : kExitDamaged;
}

absl::StatusOr<int> RestoreData(const std::string& backup, const std::string& data_dir) {
  const absl::Status restored = RestoreBackup(backup, data_dir);
  if (absl::IsDataLoss(restored)) {
    std::printf("DAMAGED: %s\n", std::string(restored.message()).c_str());
    return kExitDamaged;
  }
  if (!restored.ok()) return restored;
  std::printf("restored %s into %s\n", backup.c_str(), data_dir.c_str());
  return 0;
}

}  // namespace claimwatch
