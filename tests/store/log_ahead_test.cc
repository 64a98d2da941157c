// Zeros behind the log's end: how many, when, and that nothing which is used is touched.
#include "server/store/log_ahead.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "server/store/sqlite_store.h"
#include "tests/fakes/temporary_directory.h"
#include "tests/store/histories.h"

namespace claimwatch {
namespace {

constexpr std::int64_t kUsed = 300'000;
constexpr std::int64_t kMost = 2'000'000;

class LogAheadTest : public testing::Test {
 protected:
  void WriteLog(std::int64_t bytes) {
    std::ofstream(database_) << "";
    std::ofstream(log_, std::ios::binary) << std::string(static_cast<std::size_t>(bytes), 'x');
  }
  std::string ReadLog() const {
    std::ifstream in(log_, std::ios::binary);
    std::ostringstream content;
    content << in.rdbuf();
    return content.str();
  }

  TemporaryDirectory directory_;
  const std::string database_ = directory_.path() + "/claimwatch.db";  // SQLite looks for it.
  const std::string log_ = database_ + "-wal";
};

TEST_F(LogAheadTest, IsShortWhereTheZerosRunOut) {
  WriteLog(kUsed);
  LogAhead ahead(log_, kUsed, kMost);
  EXPECT_FALSE(ahead.IsShort(kUsed - 1));  // A small log is left alone.
  ASSERT_TRUE(ahead.IsShort(kUsed));
  while (!ahead.IsEnough(kUsed)) ASSERT_EQ(ahead.Step(kUsed), absl::OkStatus());
  EXPECT_EQ(ahead.Sync(), absl::OkStatus());
  EXPECT_FALSE(ahead.IsShort(kUsed));
  EXPECT_TRUE(ahead.IsShort(2 * kUsed));  // Used up.
}

TEST_F(LogAheadTest, WritesZerosBehindTheEndAndNowhereElse) {
  WriteLog(kUsed + 1000);  // What lies behind the end is of no use.
  LogAhead ahead(log_, 0, kMost);
  while (!ahead.IsEnough(kUsed)) ASSERT_EQ(ahead.Step(kUsed), absl::OkStatus());
  const std::string log = ReadLog();
  ASSERT_GE(static_cast<std::int64_t>(log.size()), 2 * kUsed);
  EXPECT_EQ(std::count(log.begin(), log.begin() + kUsed, 'x'), kUsed);
  EXPECT_EQ(std::count(log.begin() + kUsed, log.end(), '\0'),
            static_cast<std::ptrdiff_t>(log.size()) - kUsed);
}

TEST_F(LogAheadTest, GoesOnBehindACommitThatCameBetween) {
  WriteLog(kUsed);
  LogAhead ahead(log_, 0, kMost);
  ASSERT_EQ(ahead.Step(kUsed), absl::OkStatus());
  const std::int64_t longer = 1'500'000;
  WriteLog(longer);  // Further than the zeros were.
  ASSERT_EQ(ahead.Step(longer), absl::OkStatus());
  const std::string log = ReadLog();
  EXPECT_EQ(std::count(log.begin(), log.end(), 'x'), longer);
}

TEST_F(LogAheadTest, StopsAtItsBound) {
  WriteLog(kMost);
  LogAhead ahead(log_, 0, kMost);
  EXPECT_TRUE(ahead.IsShort(kMost - 10));
  ASSERT_EQ(ahead.Step(kMost - 10), absl::OkStatus());
  EXPECT_FALSE(ahead.IsShort(kMost - 10));
  EXPECT_FALSE(ahead.IsShort(2 * kMost));
  EXPECT_EQ(std::filesystem::file_size(log_), static_cast<std::uintmax_t>(kMost));
}

TEST_F(LogAheadTest, GivesUpAfterAnError) {
  LogAhead ahead(log_, 0, kMost);  // There is no such file.
  ASSERT_TRUE(ahead.IsShort(kUsed));
  EXPECT_EQ(ahead.Step(kUsed).code(), absl::StatusCode::kUnavailable);
  EXPECT_FALSE(ahead.IsShort(kUsed));
  EXPECT_TRUE(ahead.IsEnough(kUsed));
}

TEST_F(LogAheadTest, CommitsOverwriteWhatIsThere) {
  auto store = SqliteStore::Open(database_, {.log_ahead_from = 1});
  ASSERT_TRUE(store.ok()) << store.status();
  int n = 0;
  for (; n < 3; ++n) ASSERT_EQ((*store)->Commit(HistoryBatch(n + 1)), absl::OkStatus());
  const std::uintmax_t before = std::filesystem::file_size(log_);
  Keep(**store);
  const std::uintmax_t size = std::filesystem::file_size(log_);
  EXPECT_GT(size, before);
  ASSERT_EQ((*store)->Commit(HistoryBatch(++n)), absl::OkStatus());
  EXPECT_EQ(std::filesystem::file_size(log_), size);

  // The same as after a crash: the zeros end the log.
  const std::string after = directory_.path() + "/after.db";
  for (const char* part : {"", "-wal"}) std::filesystem::copy_file(database_ + part, after + part);
  const auto again = SqliteStore::Open(after, {.log_ahead_from = 1});
  ASSERT_TRUE(again.ok()) << again.status();
  Keep(**again);  // Nobody knows yet where its log ends.
  ExpectHistory(**again, n);
}

}  // namespace
}  // namespace claimwatch
