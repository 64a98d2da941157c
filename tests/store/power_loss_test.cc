// The power goes at every moment of a store's life, and takes with it what was not synced.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "server/store/sqlite_store.h"
#include "server/store/store_check.h"
#include "tests/fakes/records.h"
#include "tests/fakes/temporary_directory.h"
#include "tests/store/faulty_disk.h"
#include "tests/store/histories.h"

namespace claimwatch {
namespace {

using Loss = FaultyDisk::Loss;

constexpr int kCommits = 10;

struct Acknowledged {
  std::size_t operations = 0;  // Of the disk, when the commit was acknowledged; [0]: opened.
  std::string mark;            // The mark's file at that moment.
};

std::string ReadAll(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream content;
  content << in.rdbuf();
  return content.str();
}

class PowerLossTest : public testing::Test {
 protected:
  std::string File(const std::string& folder) const {
    return absl::StrCat(directory_.path(), "/", folder, "/claimwatch.db");
  }

  // A store is made, committed to and checkpointed; every operation of the disk is written down.
  void Live() {
    FaultyDisk& disk = FaultyDisk::Get();
    std::filesystem::create_directory(absl::StrCat(directory_.path(), "/life"));
    disk.Record();
    auto store = SqliteStore::Open(File("life"), {.checkpoint_pages = 12, .log_ahead_from = 1});
    ASSERT_TRUE(store.ok()) << store.status();
    acknowledged_.push_back({disk.operations().size(), ReadAll(MarkOf(File("life")))});
    for (int n = 1; n <= kCommits; ++n) {
      ASSERT_EQ((*store)->Commit(HistoryBatch(n)), absl::OkStatus());
      acknowledged_.push_back({disk.operations().size(), ReadAll(MarkOf(File("life")))});
      Keep(**store);
    }
    store->reset();  // The log goes into the file.
    disk.StopRecording();
    operations_ = disk.operations();
  }

  // The disk as it may be after `count` operations; what was acknowledged by then must be there.
  void Wake(std::size_t count, Loss loss, std::uint64_t seed) {
    SCOPED_TRACE(absl::StrCat("after operation ", count, " of ", operations_.size(), ", loss ",
                              static_cast<int>(loss), ", seed ", seed));
    FaultyDisk::WriteImage(operations_, count, loss, seed, directory_.path() + "/after");
    int acknowledged = 0;  // 0: the store was open, -1: not even that.
    while (acknowledged <= kCommits && acknowledged_[acknowledged].operations <= count) {
      ++acknowledged;
    }
    if (--acknowledged >= 0) {
      std::ofstream(MarkOf(File("after")), std::ios::binary) << acknowledged_[acknowledged].mark;
    }
    {
      const auto store = SqliteStore::Open(File("after"));
      ASSERT_TRUE(store.ok()) << store.status();
      const absl::StatusOr<StoreState> state = (*store)->ReadState();
      ASSERT_TRUE(state.ok()) << state.status();
      ASSERT_GE(state->commits, acknowledged);
      ASSERT_LE(state->commits, acknowledged + 1);
      ExpectHistory(**store, static_cast<int>(state->commits));
    }
    const auto report = CheckStoreFile(File("after"));
    ASSERT_TRUE(report.ok()) << report.status();
    EXPECT_EQ(report->problem_count, 0) << Verdict(*report);
    ++images_;
  }

  TemporaryDirectory directory_;
  std::vector<FaultyDisk::Operation> operations_;
  std::vector<Acknowledged> acknowledged_;
  int images_ = 0;
};

TEST_F(PowerLossTest, NothingAcknowledgedIsLostAtAnyMoment) {
  ASSERT_NO_FATAL_FAILURE(Live());
  for (std::size_t count = 0; count <= operations_.size(); ++count) {
    // Between two syncs of nothing, an image is that of the operation before.
    for (const Loss loss : {Loss::kNothing, Loss::kEverything, Loss::kTorn512, Loss::kTorn4096}) {
      ASSERT_NO_FATAL_FAILURE(Wake(count, loss, count));
    }
    for (std::uint64_t seed = 0; seed < 3; ++seed) {
      ASSERT_NO_FATAL_FAILURE(Wake(count, Loss::kSome, 1000 * count + seed));
    }
    if (HasFailure()) break;
  }
  RecordProperty("images", images_);
  std::printf("%d images of the disk after %zu operations: nothing lost\n", images_,
              operations_.size());
}

}  // namespace
}  // namespace claimwatch
