#include "server/store/store_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "server/store/sqlite_store.h"
#include "tests/fakes/temporary_directory.h"
#include "tests/store/histories.h"

namespace claimwatch {
namespace {

using testing::HasSubstr;

class StoreCheckTest : public testing::Test {
 protected:
  void SetUp() override {
    auto store = SqliteStore::Open(file_);
    ASSERT_TRUE(store.ok()) << store.status();
    for (int n = 1; n <= 5; ++n) ASSERT_EQ((*store)->Commit(HistoryBatch(n)), absl::OkStatus());
  }
  // The verdict after `sql` was done to the file behind the store's back.
  std::string After(const std::string& sql) {
    auto connection = SqliteConnection::Open(file_, SQLITE_OPEN_READWRITE);
    EXPECT_EQ((*connection)->Execute(sql.c_str()), absl::OkStatus()) << sql;
    connection->reset();
    const auto report = CheckStoreFile(file_);
    return report.ok() ? Verdict(*report) : std::string(report.status().message());
  }

  TemporaryDirectory directory_;
  const std::string file_ = directory_.path() + "/claimwatch.db";
};

TEST_F(StoreCheckTest, SaysThatAllIsThere) {
  EXPECT_THAT(After("SELECT 1"),
              HasSubstr("whole: 6 articles with 12 claims, 2 stories, 4 alerts"));
  EXPECT_FALSE(std::filesystem::exists(file_ + "-wal"));  // Nothing is left behind.
}

TEST_F(StoreCheckTest, NamesEveryKindOfDamage) {
  const std::pair<const char*, const char*> kCases[] = {
      {"DELETE FROM article WHERE sequence = 3", "article 3 is missing"},
      {"DELETE FROM article_key WHERE sequence = 2", "article 2: it cannot be found by its id"},
      {"DELETE FROM link WHERE sequence = 2", "without what linking needs"},
      {"DELETE FROM story_article WHERE sequence = 2", "that their stories do not list"},
      {"UPDATE article SET state = 9 WHERE sequence = 2", "in no state that there is"},
      {"UPDATE article SET claims = 7 WHERE sequence = 2", "its count of claims is wrong"},
      {"DELETE FROM story WHERE id = 2", "articles of no story"},
      {"DELETE FROM figures WHERE first = 1", "figures 1 to 2 are missing"},
      {"DELETE FROM story_figures WHERE first = 1", "figures that no story lists"},
      {"DELETE FROM alert WHERE id = 2", "alerts: 3 where 4 are due"},
      {"UPDATE alert SET state = 2 WHERE id = 1", "alert 1: its record is of another one"},
      {"DELETE FROM event WHERE position = 3", "alert events 3 to 3 are missing"},
      {"INSERT INTO withdrawn VALUES (999999)", "withdrawn claims of no article"},
      {"UPDATE state SET commits = 4", "5 commits were acknowledged, 4 are here"},
      {"UPDATE state SET articles = 99", "articles: 6 where 99 are due"},
      {"UPDATE article SET content = zeroblob(9) WHERE sequence = 1",
       "article 1: article: a record"},
      {"PRAGMA user_version = 77", "no Claimwatch store of this release"},
  };
  const std::string spare = directory_.path() + "/spare";
  std::filesystem::copy_file(file_, spare);
  for (const auto& [sql, verdict] : kCases) {
    std::filesystem::remove(file_ + "-wal");
    std::filesystem::remove(file_ + "-shm");
    std::filesystem::copy_file(spare, file_, std::filesystem::copy_options::overwrite_existing);
    EXPECT_THAT(After(sql), HasSubstr(verdict)) << sql;
  }
}

}  // namespace
}  // namespace claimwatch
