#include "server/store/backup_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "server/store/sqlite_store.h"
#include "tests/fakes/temporary_directory.h"
#include "tests/store/histories.h"

namespace claimwatch {
namespace {

using testing::HasSubstr;

class BackupFileTest : public testing::Test {
 protected:
  void SetUp() override {
    auto store = SqliteStore::Open(directory_.path() + "/claimwatch.db");
    ASSERT_TRUE(store.ok()) << store.status();
    for (int n = 1; n <= 5; ++n) ASSERT_EQ((*store)->Commit(HistoryBatch(n)), absl::OkStatus());
    ASSERT_EQ((*store)->BackUp(backup_), absl::OkStatus());
    ASSERT_EQ((*store)->Commit(HistoryBatch(6)), absl::OkStatus());
    epoch_ = (*store)->ReadState()->epoch;
  }

  TemporaryDirectory directory_;
  const std::string backup_ = directory_.path() + "/daily.db";
  const std::string target_ = directory_.path() + "/new/data";
  std::string epoch_;
};

TEST_F(BackupFileTest, RestoresTheMomentOfTheBackupAsANewHistory) {
  ASSERT_EQ(RestoreBackup(backup_, target_), absl::OkStatus());
  const auto store = SqliteStore::Open(target_ + "/claimwatch.db");
  ASSERT_TRUE(store.ok()) << store.status();
  ASSERT_NO_FATAL_FAILURE(ExpectHistory(**store, 5));
  EXPECT_NE((*store)->ReadState()->epoch, epoch_);  // Tokens of the old one are refused.
  EXPECT_EQ((*store)->Commit(HistoryBatch(6)), absl::OkStatus());
}

TEST_F(BackupFileTest, NeverOverAStoreThatIsThere) {
  ASSERT_EQ(RestoreBackup(backup_, target_), absl::OkStatus());
  EXPECT_EQ(RestoreBackup(backup_, target_).code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(BackupFileTest, ADamagedBackupIsRefused) {
  EXPECT_EQ(VerifyChecksum(backup_), absl::OkStatus());
  std::fstream file(backup_, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(40'000);
  file.put('\x55');
  file.close();
  EXPECT_EQ(VerifyChecksum(backup_).code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(RestoreBackup(backup_, target_).code(), absl::StatusCode::kDataLoss);
  // Also by its content, where the checksum did not travel with it.
  std::filesystem::remove(ChecksumFileOf(backup_));
  const absl::Status refused = RestoreBackup(backup_, target_);
  EXPECT_EQ(refused.code(), absl::StatusCode::kDataLoss) << refused;
  EXPECT_FALSE(std::filesystem::exists(target_ + "/claimwatch.db"));
}

TEST_F(BackupFileTest, TheChecksumIsWhatSha256sumWrites) {
  std::ifstream in(ChecksumFileOf(backup_));
  std::string sum, name;
  ASSERT_TRUE(in >> sum >> name);
  EXPECT_EQ(sum.size(), 64u);
  EXPECT_EQ(name, "daily.db");
  EXPECT_EQ(RestoreBackup(directory_.path() + "/none.db", target_).code(),
            absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace claimwatch
