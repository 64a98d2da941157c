// SQLite gets no memory: its allocations in turn fail, once or from then on, while a store is
// opened, written and read. What was acknowledged stays, nothing else is told, and the store goes
// on when there is memory again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "server/base/check.h"
#include "server/store/sqlite_store.h"
#include "server/store/store_check.h"
#include "tests/fakes/sanitized.h"
#include "tests/fakes/temporary_directory.h"
#include "tests/store/histories.h"

namespace claimwatch {
namespace {

using testing::HasSubstr;

// What SQLite allocates from: its own, until a test says which allocation fails.
class Memory {
 public:
  // Before SQLite is used at all. Without its store of small pieces, which would hide most of them.
  static void Install() {
    CW_CHECK(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real_) == SQLITE_OK);
    sqlite3_mem_methods ours = real_;
    ours.xMalloc = [](int size) { return Fails() ? nullptr : real_.xMalloc(size); };
    ours.xRealloc = [](void* at, int size) { return Fails() ? nullptr : real_.xRealloc(at, size); };
    CW_CHECK(sqlite3_config(SQLITE_CONFIG_MALLOC, &ours) == SQLITE_OK);
    CW_CHECK(sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0) == SQLITE_OK);
  }
  // After `skip` more allocations one fails, or all do.
  static void Break(int skip, bool for_good) {
    left_ = skip;
    for_good_ = for_good;
    failed_ = 0;
  }
  // How many failed.
  static int Mend() {
    left_ = kNone;
    return failed_;
  }

 private:
  static constexpr int kNone = -1;

  static bool Fails() {
    if (left_ == kNone) return false;
    if (left_ > 0) {
      --left_;
      return false;
    }
    if (!for_good_) left_ = kNone;
    ++failed_;
    return true;
  }

  static inline sqlite3_mem_methods real_;
  static inline std::atomic<int> left_ = kNone;  // The store reads on threads of its own, too.
  static inline std::atomic<int> failed_ = 0;
  static inline std::atomic<bool> for_good_ = false;
};

// The disk is not what is tried here, and its syncs would take most of the time.
bool InstallAll() {
  Memory::Install();
  if (std::filesystem::is_directory("/dev/shm")) setenv("TMPDIR", "/dev/shm", 1);
  return true;
}

const bool installed = InstallAll();

class MemoryFaultTest : public testing::Test {
 protected:
  static constexpr int kBefore = 3;   // Commits before memory runs out,
  static constexpr int kCommits = 7;  // and when all is well again.

  MemoryFaultTest() {
    std::filesystem::create_directory(Original());
    auto store = Open(Original());
    CW_CHECK(store.ok() && CommitUpTo(**store, 1, kBefore) == kBefore);
  }

  std::string Original() const { return absl::StrCat(directory_.path(), "/original"); }
  std::string Folder() const { return absl::StrCat(directory_.path(), "/tried"); }
  static std::string FileIn(const std::string& folder) { return folder + "/claimwatch.db"; }
  static absl::StatusOr<std::unique_ptr<SqliteStore>> Open(const std::string& folder) {
    return SqliteStore::Open(FileIn(folder), {.checkpoint_pages = 12});
  }
  void PutBack() const {
    std::filesystem::remove_all(Folder());
    std::filesystem::copy(Original(), Folder());
  }
  static int CommitUpTo(SqliteStore& store, int from, int to) {
    for (int n = from; n <= to; ++n) {
      if (!store.Commit(HistoryBatch(n)).ok()) return n - 1;
      Keep(store);
    }
    return to;
  }
  // The rest of the history goes in, and all of it is there.
  void ExpectGoesOn(std::unique_ptr<SqliteStore> store, int acknowledged) const {
    ASSERT_NO_FATAL_FAILURE(ExpectHistory(*store, acknowledged));
    ASSERT_EQ(CommitUpTo(*store, acknowledged + 1, kCommits), kCommits);
    EXPECT_FALSE(store->Health().read_only);
    store.reset();
    const auto again = Open(Folder());
    ASSERT_TRUE(again.ok()) << again.status();
    ASSERT_NO_FATAL_FAILURE(ExpectHistory(**again, kCommits));
    const auto report = CheckStoreFile(FileIn(Folder()));
    ASSERT_TRUE(report.ok()) << report.status();
    EXPECT_EQ(report->problem_count, 0) << Verdict(*report);
  }
  // What failed is not taken for a duplicate when it is sent again.
  static void ExpectUnknown(const SqliteStore& store, int commit) {
    for (const ArticleRecord& article : HistoryBatch(commit).articles) {
      const auto versions = store.FindVersionsToCommit({article.article.id});
      if (versions.ok()) {
        EXPECT_THAT((*versions)[0], testing::IsEmpty());
      }
    }
  }
  // All of them take half a minute.
  static int Step() {
    if (std::getenv("CLAIMWATCH_TEST_ALL") != nullptr) return 1;
    return kSanitized ? 37 : 5;
  }
  // Tries `with` at the allocations in turn, until it needs no more; how many failed.
  template <typename Trial>
  int AtEach(Trial with) {
    int tried = 0;
    for (const bool for_good : {false, true}) {
      for (int skip = for_good ? Step() / 2 : 0;; skip += Step()) {
        SCOPED_TRACE(absl::StrCat("after ", skip, " allocations", for_good ? ", for good" : ""));
        PutBack();
        const bool met = with(skip, for_good);
        if (!met || HasFailure()) break;
        ++tried;
      }
    }
    return tried;
  }

  TemporaryDirectory directory_;
};

TEST_F(MemoryFaultTest, WhileItOpens) {
  const int tried = AtEach([&](int skip, bool for_good) {
    Memory::Break(skip, for_good);
    auto store = Open(Folder());
    const bool met = Memory::Mend() > 0;
    if (!store.ok()) {
      EXPECT_THAT(std::string(store.status().message()), HasSubstr("memory"));
      store = Open(Folder());
    }
    EXPECT_TRUE(store.ok()) << store.status();
    if (store.ok()) ExpectGoesOn(*std::move(store), kBefore);
    return met;
  });
  std::printf("%d allocations refused while opening\n", tried);
  EXPECT_GT(tried, 20);
}

TEST_F(MemoryFaultTest, WhileItCommits) {
  const int tried = AtEach([&](int skip, bool for_good) {
    auto store = Open(Folder());
    EXPECT_TRUE(store.ok()) << store.status();
    Memory::Break(skip, for_good);
    const int acknowledged = CommitUpTo(**store, kBefore + 1, kCommits);
    const StoreHealth health = (*store)->Health();
    ExpectUnknown(**store, acknowledged + 1);
    const bool met = Memory::Mend() > 0;
    ExpectUnknown(**store, acknowledged + 1);
    if (acknowledged < kCommits) {
      EXPECT_TRUE(health.read_only);
      EXPECT_FALSE(health.until_restart) << health.reason;
      EXPECT_THAT(health.reason, HasSubstr("memory"));
    }
    ExpectGoesOn(*std::move(store), acknowledged);
    return met;
  });
  std::printf("%d allocations refused while committing\n", tried);
  EXPECT_GT(tried, 20);
}

// Every answer is the right one or an error.
TEST_F(MemoryFaultTest, WhileItIsRead) {
  const int tried = AtEach([&](int skip, bool for_good) {
    auto store = Open(Folder());
    EXPECT_TRUE(store.ok()) << store.status();
    Memory::Break(skip, for_good);
    const absl::StatusOr<StoreState> state = (*store)->ReadState();
    const absl::StatusOr<ArticleRecord> article = (*store)->ReadArticle(Sequence{1});
    const absl::StatusOr<Alert> alert = (*store)->ReadAlert(AlertId{1});
    const bool met = Memory::Mend() > 0;
    if (state.ok()) {
      EXPECT_EQ(state->articles, kBefore + 1);
    }
    if (article.ok()) {
      EXPECT_EQ(article->article, HistoryBatch(1).articles[0].article);
    }
    if (alert.ok()) {
      EXPECT_EQ(alert->id, AlertId{1});
    }
    EXPECT_FALSE(met && state.ok() && article.ok() && alert.ok() && for_good);
    ExpectHistory(**store, kBefore);
    return met;
  });
  std::printf("%d allocations refused while reading\n", tried);
  EXPECT_GT(tried, 5);
}

}  // namespace
}  // namespace claimwatch
