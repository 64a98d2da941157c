// What only a store on disk can get wrong: foreign and newer files, damage, death, a full disk.
#include "server/store/sqlite_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "server/store/codec.h"
#include "server/store/store_check.h"
#include "tests/fakes/records.h"
#include "tests/fakes/temporary_directory.h"
#include "tests/store/histories.h"

namespace claimwatch {
namespace {

using ::testing::HasSubstr;

class SqliteStoreTest : public testing::Test {
 protected:
  std::string File() const { return absl::StrCat(directory_.path(), "/claimwatch.db"); }
  std::unique_ptr<SqliteStore> Open() const {
    auto store = SqliteStore::Open(File());
    EXPECT_TRUE(store.ok()) << store.status();
    return store.ok() ? *std::move(store) : nullptr;
  }
  // Runs SQL on the file behind the store's back.
  void Tamper(const std::string& sql) const {
    auto connection = SqliteConnection::Open(File(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    ASSERT_TRUE(connection.ok());
    ASSERT_EQ((*connection)->Execute(sql.c_str()), absl::OkStatus());
  }
  void Fill() const {
    const auto store = Open();
    ASSERT_EQ(store->Commit(FirstBatch()), absl::OkStatus());
    ASSERT_EQ(store->Commit(SecondBatch()), absl::OkStatus());
  }

  TemporaryDirectory directory_;
};

// Batch number `n` (from 1): one more article of story 1, with no new figures.
Batch NextBatch(int n) {
  Batch batch = FirstBatch();
  batch.articles[0] = MakeArticle(n, StoryId{1}, FigureId{1});
  batch.stories[0] = MakeStory(StoryId{1}, n, n);
  if (n > 1) {
    batch.figures.clear();
    batch.figure_stories.clear();
  }
  return batch;
}

TEST_F(SqliteStoreTest, RefusesWhatIsNotAStore) {
  std::ofstream(File()) << std::string(10'000, 'x');
  const absl::Status text = SqliteStore::Open(File()).status();
  EXPECT_EQ(text.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(text.message()), HasSubstr("not a Claimwatch store"));
}

TEST_F(SqliteStoreTest, RefusesAnotherProgramsDatabase) {
  Tamper("CREATE TABLE recipes (name TEXT)");
  EXPECT_EQ(SqliteStore::Open(File()).status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(SqliteStoreTest, RefusesANewerRelease) {
  Fill();
  Tamper("PRAGMA user_version = 99");
  const absl::Status status = SqliteStore::Open(File()).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(status.message()), HasSubstr("schema version is 99"));
}

TEST_F(SqliteStoreTest, BringsAnOlderFileToThisRelease) {
  Fill();
  const std::string epoch = Open()->ReadState()->epoch;
  Tamper(
      "ALTER TABLE state DROP COLUMN commits; ALTER TABLE state DROP COLUMN pages_checked;"
      "ALTER TABLE event DROP COLUMN sequence; DROP TABLE subscription; DROP TABLE parked;"
      "PRAGMA user_version = 1");
  std::filesystem::remove(MarkOf(File()));  // That release made none.
  const auto store = Open();
  const auto state = store->ReadState();
  ASSERT_TRUE(state.ok()) << state.status();
  EXPECT_EQ(state->articles, 3);
  EXPECT_NE(state->epoch, epoch);
  EXPECT_TRUE(store->ReadLedger(StoryId{1}).ok());
  Batch next = SecondBatch();
  next.articles = {MakeArticle(4, StoryId{1}, FigureId{1})};
  next.stories = {MakeStory(StoryId{1}, 4, 3)};
  next.figures.clear();
  next.figure_stories.clear();
  next.events.clear();
  EXPECT_EQ(store->Commit(next), absl::OkStatus());
}

// A directory of the first version is brought to this one, and keeps what it had.
TEST_F(SqliteStoreTest, BringsTheFirstVersionToThisOne) {
  std::ifstream schema(CLAIMWATCH_SOURCE_DIR "/tests/store/schema_v1.sql");
  std::stringstream script;
  script << "PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; BEGIN; " << schema.rdbuf()
         << "INSERT INTO state VALUES (1, 'old', 4, 1, 1, 1, 0, 0, 0, 1);"
         << "PRAGMA application_id = " << kStoreApplicationId
         << "; PRAGMA user_version = 1; COMMIT";
  Tamper(script.str());
  const AlertEvent event = SecondBatch().events[0];
  const std::string record = absl::BytesToHexString(EncodeAlert(event.alert));
  Tamper(absl::StrCat("INSERT INTO event VALUES (1, 0, x'", record, "')"));
  for (int opened = 0; opened < 2; ++opened) {  // The second time there is nothing to do.
    const auto store = Open();
    ASSERT_NE(store, nullptr);
    EXPECT_THAT(*store->ReadEvents(0, 10), testing::ElementsAre(event));
    EXPECT_THAT(*store->ReadSubscriptions(), testing::SizeIs(opened));
    Batch batch;
    batch.ids = store->ReadState()->ids;
    batch.subscriptions.kept.resize(1);
    batch.subscriptions.kept[0].id = "desk";
    EXPECT_EQ(store->Commit(batch), absl::OkStatus());
  }
}

TEST_F(SqliteStoreTest, DoesNotServeADamagedRecord) {
  Fill();
  Tamper("UPDATE article SET content = zeroblob(length(content)) WHERE sequence = 1");
  Tamper("UPDATE alert SET record = substr(record, 1, length(record) - 1)");
  const auto store = Open();
  const absl::Status damaged = store->ReadArticle(Sequence{1}).status();
  EXPECT_EQ(damaged.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(damaged.message()), HasSubstr("article 1"));
  EXPECT_EQ(store->ReadLedger(StoryId{1}).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(store->ReadAlert(AlertId{1}).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_TRUE(store->ReadArticle(Sequence{3}).ok());  // What is whole is served.
  EXPECT_TRUE(store->ReadLedger(StoryId{2}).ok());
}

TEST_F(SqliteStoreTest, EveryHistoryHasItsOwnEpoch) {
  Fill();
  const std::string epoch = Open()->ReadState()->epoch;
  std::filesystem::remove(File());
  std::filesystem::remove(MarkOf(File()));
  EXPECT_NE(Open()->ReadState()->epoch, epoch);
}

// A child writes and dies without a word, at every point of its work in turn: in the middle of a
// transaction (a reader's snapshot of the file would show it) or right after a commit.
TEST_F(SqliteStoreTest, WhatWasCommittedOutlivesTheProcess) {
  for (int committed = 1; committed <= 8; ++committed) {
    int told[2];
    ASSERT_EQ(pipe(told), 0);
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      auto store = SqliteStore::Open(File());
      if (!store.ok() || !(*store)->Commit(NextBatch(committed)).ok()) _exit(1);
      const char byte = 'c';
      if (write(told[1], &byte, 1) != 1) _exit(1);
      if (committed % 2 == 0) Keep(**store);
      // The next one may or may not get there before the parent kills.
      _exit((*store)->Commit(NextBatch(committed + 1)).ok() ? 0 : 1);
    }
    char byte = 0;
    ASSERT_EQ(read(told[0], &byte, 1), 1);
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    close(told[0]);
    close(told[1]);

    const auto store = Open();
    const auto state = store->ReadState();
    ASSERT_TRUE(state.ok()) << state.status();
    const auto last = static_cast<int>(state->last_sequence);
    EXPECT_GE(last, committed);  // What was told is there,
    EXPECT_LE(last, committed + 1);
    EXPECT_EQ(state->articles, last);  // and nothing is there by half.
    EXPECT_EQ(state->claims, 2 * last);
    EXPECT_EQ(*store->ReadArticle(Sequence{last}), NextBatch(last).articles[0]);
    EXPECT_EQ(store->ReadStory(StoryId{1})->articles, last);
    committed = last;
  }
}

TEST_F(SqliteStoreTest, AFullDiskKeepsNothingAndPasses) {
  signal(SIGXFSZ, SIG_IGN);  // Writing past the limit gives an error instead.
  const auto store = Open();
  ASSERT_EQ(store->Commit(NextBatch(1)), absl::OkStatus());
  rlimit unlimited = {};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &unlimited), 0);
  rlimit full = unlimited;
  full.rlim_cur = std::filesystem::file_size(absl::StrCat(File(), "-wal")) + 1000;
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &full), 0);
  const absl::Status refused = store->Commit(NextBatch(2));
  const auto article = store->ReadArticle(Sequence{1});  // Reading goes on.
  const auto missing = store->ReadArticle(Sequence{2});
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &unlimited), 0);
  EXPECT_EQ(refused.code(), absl::StatusCode::kUnavailable) << refused;
  EXPECT_TRUE(article.ok()) << article.status();
  EXPECT_EQ(missing.status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(store->Commit(NextBatch(2)), absl::OkStatus());
  EXPECT_EQ(*store->ReadArticle(Sequence{2}), NextBatch(2).articles[0]);
}

TEST_F(SqliteStoreTest, CheckpointsKeepTheLogShort) {
  const auto store = Open();
  const auto log = [&] { return std::filesystem::file_size(absl::StrCat(File(), "-wal")); };
  Batch large = NextBatch(1);
  std::uint32_t noise = 1;
  for (int n = 1; n <= 60; ++n) {  // A megabyte that does not compress each time.
    large = NextBatch(n);
    for (int i = 0; i < 1 << 20; ++i) {
      noise = noise * 1664525 + 1013904223;
      large.articles[0].article.body.push_back(static_cast<char>(noise >> 24));
    }
    ASSERT_EQ(store->Commit(large), absl::OkStatus());
    Keep(*store);
  }
  EXPECT_LT(log(), (kLogSteps + 1u) * kCheckpointPages * kPageBytes);
  EXPECT_EQ(*store->ReadArticle(Sequence{60}), large.articles[0]);
}

// The log is copied by another thread while the writer goes on, and begins anew all the same.
TEST_F(SqliteStoreTest, CheckpointsRunBesideTheWriter) {
  constexpr int kSmall = 8, kCommits = 600;
  auto opened = SqliteStore::Open(File(), {.checkpoint_pages = kSmall});
  ASSERT_TRUE(opened.ok()) << opened.status();
  SqliteStore& store = **opened;
  std::atomic<bool> due = false, done = false;
  std::atomic<int> aside = 0;
  std::thread keeper([&] {
    while (!done) {
      due.wait(false);
      due = false;
      store.MaintainAside();
      ++aside;
    }
  });
  std::uintmax_t log = 0;
  for (int n = 1; n <= kCommits; ++n) {
    ASSERT_EQ(store.Commit(HistoryBatch(n)), absl::OkStatus());
    if (store.Maintain()) {
      due = true;
      due.notify_one();
    }
    log = std::max(log, std::filesystem::file_size(absl::StrCat(File(), "-wal")));
  }
  done = true;
  due = true;
  due.notify_one();
  keeper.join();
  EXPECT_GT(aside, kCommits / 60);
  // A commit of some ten pages each; without a new log it would be some 6,000 pages. How much less
  // depends on when the other thread gets a processor.
  EXPECT_LT(log, 4000u * kPageBytes);
  ExpectHistory(store, kCommits);
  opened->reset();
  const auto report = CheckStoreFile(File());
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->problem_count, 0) << Verdict(*report);
}

TEST_F(SqliteStoreTest, BacksUpWhileItIsWrittenTo) {
  const auto store = Open();
  ASSERT_EQ(store->Commit(NextBatch(1)), absl::OkStatus());
  std::thread writer([&] {
    for (int n = 2; n <= 30; ++n) EXPECT_EQ(store->Commit(NextBatch(n)), absl::OkStatus());
  });
  const std::string copy = absl::StrCat(directory_.path(), "/copy.db");
  const absl::Status backed_up = store->BackUp(copy);
  writer.join();
  ASSERT_EQ(backed_up, absl::OkStatus());
  EXPECT_EQ(store->BackUp(copy).code(), absl::StatusCode::kAlreadyExists);
  const auto second = SqliteStore::Open(copy);
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(*(*second)->ReadArticle(Sequence{1}), NextBatch(1).articles[0]);
  EXPECT_NE((*second)->ReadState()->epoch, store->ReadState()->epoch);  // Histories part here.

  const std::string folder = absl::StrCat(directory_.path(), "/folder");
  std::filesystem::create_directory(folder);
  EXPECT_EQ(store->BackUp(folder), absl::OkStatus());
  EXPECT_TRUE(SqliteStore::Open(absl::StrCat(folder, "/claimwatch.db")).ok());
}

TEST_F(SqliteStoreTest, ReadersGoOnWhileTheWriterCommits) {
  const auto store = Open();
  ASSERT_EQ(store->Commit(NextBatch(1)), absl::OkStatus());
  const auto read = [&] {
    int last = 0;
    while (last < 40) {
      const auto state = store->ReadState();
      ASSERT_TRUE(state.ok()) << state.status();
      ASSERT_GE(static_cast<int>(state->last_sequence), last);
      last = static_cast<int>(state->last_sequence);
      ASSERT_EQ(store->ReadArticle(Sequence{last})->sequence, Sequence{last});
    }
  };
  std::thread first(read), second(read);
  for (int n = 2; n <= 40; ++n) {
    ASSERT_EQ(store->Commit(NextBatch(n)), absl::OkStatus());
    Keep(*store);
  }
  first.join();
  second.join();
}

}  // namespace
}  // namespace claimwatch
