// The disk refuses: every write and sync in turn fails, the disk is full, files are damaged. What
// was acknowledged stays, what is damaged is not served, and the store says what is wrong.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "server/store/sqlite_store.h"
#include "server/store/store_check.h"
#include "tests/fakes/records.h"
#include "tests/fakes/temporary_directory.h"
#include "tests/store/faulty_disk.h"
#include "tests/store/histories.h"

namespace claimwatch {
namespace {

using testing::HasSubstr;
using Kind = FaultyDisk::Operation::Kind;

class DiskFaultTest : public testing::Test {
 protected:
  ~DiskFaultTest() override { disk_.Mend(); }

  std::string File() const { return absl::StrCat(directory_.path(), "/claimwatch.db"); }
  std::unique_ptr<SqliteStore> Open() {
    auto store = SqliteStore::Open(File(), {.checkpoint_pages = 12});
    EXPECT_TRUE(store.ok()) << store.status();
    return store.ok() ? *std::move(store) : nullptr;
  }
  void Empty() {
    for (const auto& entry : std::filesystem::directory_iterator(directory_.path())) {
      std::filesystem::remove_all(entry.path());
    }
  }
  // Commits `from`..`to` of the history, each followed by housekeeping; how many were acknowledged.
  static int CommitUpTo(SqliteStore& store, int from, int to) {
    for (int n = from; n <= to; ++n) {
      if (!store.Commit(HistoryBatch(n)).ok()) return n - 1;
      Keep(store);
    }
    return to;
  }
  void ExpectWhole() {
    const auto report = CheckStoreFile(File());
    ASSERT_TRUE(report.ok()) << report.status();
    EXPECT_EQ(report->problem_count, 0) << Verdict(*report);
  }

  FaultyDisk& disk_ = FaultyDisk::Get();
  TemporaryDirectory directory_;
};

// The disk is full from the Nth write on, for every N of the history; then there is room again.
TEST_F(DiskFaultTest, FullAtEveryWriteInTurn) {
  constexpr int kCommits = 6;
  int met = 0;
  for (int skip = 0;; ++skip) {
    SCOPED_TRACE(absl::StrCat("full after ", skip, " writes"));
    Empty();
    auto store = Open();
    disk_.Break({.kind = Kind::kWrite,
                 .skip = skip,
                 .times = -1,
                 .code = SQLITE_FULL,
                 .half = skip % 2 == 1});
    const int acknowledged = CommitUpTo(*store, 1, kCommits);
    const bool fault_met = disk_.faults_met() > 0;
    ASSERT_NO_FATAL_FAILURE(ExpectHistory(*store, acknowledged));  // Reading goes on.
    if (acknowledged < kCommits) {
      ++met;
      const StoreHealth health = store->Health();
      EXPECT_TRUE(health.read_only);
      EXPECT_FALSE(health.until_restart);
      EXPECT_THAT(health.reason, HasSubstr("the disk is full"));
      EXPECT_GE(health.commits_failed, 1);
      EXPECT_TRUE(
          store->Commit(HistoryBatch(acknowledged + 1)).GetPayload(kReadOnlyPayload).has_value());
    }
    disk_.Mend();
    ASSERT_EQ(CommitUpTo(*store, acknowledged + 1, kCommits), kCommits);  // And goes on.
    EXPECT_FALSE(store->Health().read_only);
    store.reset();
    ASSERT_NO_FATAL_FAILURE(ExpectHistory(*Open(), kCommits));
    ExpectWhole();
    if (!fault_met || HasFailure()) break;  // The history has no more writes than that.
  }
  EXPECT_GT(met, 20);
}

// A sync that failed once may have dropped what it was to write (Linux forgets), so nothing more is
// acknowledged until a restart has read what is really there.
TEST_F(DiskFaultTest, EverySyncInTurnFails) {
  constexpr int kCommits = 6;
  int met = 0;
  for (int skip = 0;; ++skip) {
    SCOPED_TRACE(absl::StrCat("after ", skip, " syncs"));
    Empty();
    auto store = Open();
    disk_.Break({.kind = Kind::kSync, .skip = skip, .times = 1, .code = SQLITE_IOERR_FSYNC});
    const int acknowledged = CommitUpTo(*store, 1, kCommits);
    if (disk_.faults_met() == 0) break;
    ++met;
    EXPECT_TRUE(store->Health().until_restart);
    EXPECT_EQ(CommitUpTo(*store, acknowledged + 1, kCommits), acknowledged);  // Though it would go.
    ASSERT_NO_FATAL_FAILURE(ExpectHistory(*store, acknowledged));
    store.reset();
    store = Open();
    const absl::StatusOr<StoreState> state = store->ReadState();
    ASSERT_TRUE(state.ok()) << state.status();
    const auto found = static_cast<int>(state->commits);
    ASSERT_TRUE(found == acknowledged || found == acknowledged + 1) << found;
    ASSERT_EQ(CommitUpTo(*store, found + 1, kCommits), kCommits);
    ASSERT_NO_FATAL_FAILURE(ExpectHistory(*store, kCommits));
    disk_.Mend();
    store.reset();
    ExpectWhole();
    if (HasFailure()) break;
  }
  EXPECT_GE(met, 6);
}

TEST_F(DiskFaultTest, AnErrorOfOneWriteIsNotTheEnd) {
  auto store = Open();
  ASSERT_EQ(CommitUpTo(*store, 1, 3), 3);
  disk_.Break({.kind = Kind::kWrite, .times = 1, .code = SQLITE_IOERR_WRITE});
  EXPECT_EQ(store->Commit(HistoryBatch(4)).code(), absl::StatusCode::kUnavailable);
  EXPECT_TRUE(store->Health().read_only);
  EXPECT_EQ(CommitUpTo(*store, 4, 6), 6);
  EXPECT_FALSE(store->Health().read_only);
  ExpectHistory(*store, 6);
}

TEST_F(DiskFaultTest, AFileSystemThatTurnsReadOnlyIsRead) {
  auto store = Open();
  ASSERT_EQ(CommitUpTo(*store, 1, 3), 3);
  disk_.Break({.kind = Kind::kWrite, .times = -1, .code = SQLITE_READONLY});
  EXPECT_EQ(CommitUpTo(*store, 4, 6), 3);
  EXPECT_TRUE(store->Health().read_only);
  ExpectHistory(*store, 3);
}

TEST_F(DiskFaultTest, CommitsStopBeforeTheDiskIsFull) {
  auto refused = SqliteStore::Open(File(), {.disk_free_min = std::int64_t{1} << 60});
  ASSERT_TRUE(refused.ok()) << refused.status();
  EXPECT_EQ((*refused)->Commit(HistoryBatch(1)).code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT((*refused)->Health().reason, HasSubstr("nearly full"));
  refused->reset();
  EXPECT_EQ(CommitUpTo(*Open(), 1, 2), 2);
}

// What a store held for sure, or the word that it is damaged: never anything else.
enum class Found { kWhole, kRefused };

class DamageTest : public DiskFaultTest {
 protected:
  static constexpr int kCommits = 8;

  // `in_log`: the process was killed, so the log still holds commits.
  void Live(bool in_log) {
    auto store = Open();
    ASSERT_EQ(CommitUpTo(*store, 1, kCommits), kCommits);
    if (!in_log) store.reset();
    std::filesystem::copy(directory_.path(), spare_.path());
    std::filesystem::remove(spare_.path() + "/claimwatch.db-shm");  // Memory, not disk.
  }
  void PutBack() {
    Empty();
    std::filesystem::copy(spare_.path(), directory_.path());
  }
  std::int64_t SizeOf(const std::string& name) const {
    return static_cast<std::int64_t>(std::filesystem::file_size(spare_.path() + "/" + name));
  }
  void Flip(const std::string& name, std::int64_t at, int bit) const {
    std::fstream file(directory_.path() + "/" + name,
                      std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(at);
    const int byte = file.get();
    file.seekp(at);
    file.put(static_cast<char>(byte ^ (1 << bit)));
  }

  // Reads all there is; every answer is right or an error.
  Found ReadAll() {
    const auto store = SqliteStore::Open(File(), {.checkpoint_pages = 12});
    if (!store.ok()) return Found::kRefused;
    bool refused = false;
    const absl::StatusOr<StoreState> state = (*store)->ReadState();
    if (!state.ok()) return Found::kRefused;
    EXPECT_EQ(state->commits, kCommits);
    for (int n = 1; n <= kCommits; ++n) {
      for (const ArticleRecord& sent : HistoryBatch(n).articles) {
        const auto kept = (*store)->FindArticle(sent.article.id);
        refused |= !kept.ok();
        EXPECT_FALSE(absl::IsNotFound(kept.status())) << kept.status();
        if (kept.ok()) {
          EXPECT_EQ(kept->article, sent.article);
        }
      }
      for (const AlertEvent& told : HistoryBatch(n).events) {
        const auto kept = (*store)->ReadAlert(told.alert.id);
        refused |= !kept.ok();
        EXPECT_FALSE(absl::IsNotFound(kept.status())) << kept.status();
        if (kept.ok()) {
          EXPECT_EQ(*kept, told.alert);
        }
      }
    }
    refused |= !(*store)->ReadLedger(StoryId{1}).ok();
    refused |= !(*store)->ReadEvents(state->oldest_position - 1, 100).ok();
    return refused ? Found::kRefused : Found::kWhole;
  }
  // The check sees at least what a reader sees.
  bool CheckFinds() {
    const auto report = CheckStoreFile(File());
    return !report.ok() || report->problem_count > 0;
  }

  TemporaryDirectory spare_;
};

TEST_F(DamageTest, ABitAnywhereInTheDatabaseIsFound) {
  Live(false);
  const std::int64_t size = SizeOf("claimwatch.db");
  int flips = 0;
  for (std::int64_t at = 0; at < size; at += at < 128 ? 1 : 499) {
    SCOPED_TRACE(absl::StrCat("byte ", at, " of ", size));
    PutBack();
    Flip("claimwatch.db", at, static_cast<int>(at % 8));
    ++flips;
    EXPECT_TRUE(CheckFinds());
    ReadAll();
    if (HasFailure()) break;
  }
  std::printf("%d bits of the database flipped: all found\n", flips);
}

TEST_F(DamageTest, ABitAnywhereInTheLogIsFound) {
  Live(true);
  const std::int64_t size = SizeOf("claimwatch.db-wal");
  ASSERT_GT(size, 0);
  int flips = 0, refused = 0;
  for (std::int64_t at = 0; at < size; at += at < 128 ? 1 : 499) {
    SCOPED_TRACE(absl::StrCat("byte ", at, " of ", size));
    PutBack();
    Flip("claimwatch.db-wal", at, static_cast<int>(at % 8));
    ++flips;
    refused += ReadAll() == Found::kRefused ? 1 : 0;
    if (HasFailure()) break;
  }
  EXPECT_GT(refused, 0);  // What SQLite had taken for the end of the log.
  std::printf("%d bits of the log flipped: %d refused, the others harmless\n", flips, refused);
}

TEST_F(DamageTest, ACutAnywhereIsFound) {
  for (const bool in_log : {false, true}) {
    Empty();
    std::filesystem::remove_all(spare_.path());
    std::filesystem::create_directory(spare_.path());
    Live(in_log);
    const std::string name = in_log ? "claimwatch.db-wal" : "claimwatch.db";
    const std::int64_t size = SizeOf(name);
    for (std::int64_t left = 1; left < size; left += 1777) {
      SCOPED_TRACE(absl::StrCat(name, " cut to ", left, " of ", size));
      PutBack();
      std::filesystem::resize_file(directory_.path() + "/" + name,
                                   static_cast<std::uintmax_t>(left));
      const bool found = CheckFinds();
      const Found read = ReadAll();
      EXPECT_TRUE(found || read == Found::kWhole);
      EXPECT_TRUE(found || in_log);
      if (HasFailure()) return;
    }
  }
}

TEST_F(DamageTest, AnEmptiedDatabaseIsNotTakenForANewOne) {
  Live(false);
  PutBack();
  std::filesystem::resize_file(File(), 0);
  const auto store = SqliteStore::Open(File());
  EXPECT_EQ(store.status().code(), absl::StatusCode::kDataLoss) << store.status();
}

TEST_F(DamageTest, TheMarkIsDamaged) {
  Live(false);
  for (std::int64_t at = 0; at < SizeOf("claimwatch.mark"); at += 3) {
    PutBack();
    Flip("claimwatch.mark", at, static_cast<int>(at % 8));
    EXPECT_EQ(ReadAll(), Found::kWhole) << at;  // The other slot speaks for it.
  }
  PutBack();
  std::ofstream(MarkOf(File()), std::ios::trunc) << "nothing";
  EXPECT_EQ(SqliteStore::Open(File()).status().code(), absl::StatusCode::kDataLoss);
  PutBack();
  std::filesystem::remove(MarkOf(File()));
  const std::string before = CheckStoreFile(File())->state.epoch;
  EXPECT_NE(Open()->ReadState()->epoch, before);  // Goes on, as another history.
}

TEST_F(DamageTest, AnOlderCopyInItsPlaceIsRefused) {
  auto store = Open();
  ASSERT_EQ(CommitUpTo(*store, 1, 4), 4);
  const std::string copy = directory_.path() + "/older.db";
  ASSERT_EQ(store->BackUp(copy), absl::OkStatus());
  ASSERT_EQ(CommitUpTo(*store, 5, 6), 6);
  store.reset();
  std::filesystem::rename(copy, File());
  const absl::Status refused = SqliteStore::Open(File()).status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(refused.message()), HasSubstr("ends at commit 4, but 6"));
  EXPECT_TRUE(CheckFinds());
}

}  // namespace
}  // namespace claimwatch
