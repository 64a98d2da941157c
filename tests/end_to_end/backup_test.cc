// A backup that is made while articles come in can be restored and started from; a data directory
// can be checked.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "absl/strings/str_cat.h"
#include "tests/end_to_end/daemon_process.h"
#include "tests/end_to_end/wire_client.h"
#include "tests/fakes/temporary_directory.h"

namespace claimwatch {
namespace {

std::vector<v1::Article> Reports(int count) {
  std::vector<v1::Article> reports;
  for (int i = 0; i < count; ++i) {
    reports.push_back(FloodReport(absl::StrCat("a", i), "river-post.example", 10 + i, 20 * i));
  }
  return reports;
}

class BackupEndToEnd : public testing::Test {
 protected:
  const std::string& Path() const { return folder_.path(); }
  // The exit code of claimwatchd with these flags.
  static int Run(const std::string& data_dir, std::vector<std::string> flags) {
    return DaemonProcess(data_dir, std::move(flags)).Wait();
  }

  TemporaryDirectory folder_;
};

TEST_F(BackupEndToEnd, MadeUnderLoadCheckedAndRestored) {
  std::filesystem::create_directory(Path() + "/backups");
  v1::BackUpResponse backup;
  std::string epoch;
  {
    DaemonProcess daemon(Path() + "/data", {"--backup_dir=" + Path() + "/backups"});
    WireClient client(daemon.address());
    ASSERT_TRUE(client.Ingest(Reports(50)).status.ok());
    std::thread sender([&] { EXPECT_TRUE(client.Ingest(Reports(400)).status.ok()); });
    v1::BackUpRequest request;
    request.set_name("daily.db");
    const grpc::Status made = client.admin->BackUp(Context().get(), request, &backup);
    sender.join();
    ASSERT_TRUE(made.ok()) << made.error_message();
    EXPECT_EQ(Run(Path() + "/data", {"--check"}), 1);  // A daemon holds it.
    EXPECT_EQ(daemon.Kill(), -SIGKILL);
  }
  EXPECT_GE(backup.head_sequence(), 50);
  EXPECT_EQ(Run(Path() + "/data", {"--check"}), 0);  // Though it was killed.
  EXPECT_EQ(Run(backup.path(), {"--check"}), 0);

  const std::string restored = Path() + "/restored";
  ASSERT_EQ(Run(restored, {"--restore=" + backup.path()}), 0);
  EXPECT_EQ(Run(restored, {"--restore=" + backup.path()}), 1);  // Not empty any more.
  DaemonProcess again(restored);
  WireClient client(again.address());
  v1::GetStatusResponse status;
  ASSERT_TRUE(client.admin->GetStatus(Context().get(), {}, &status).ok());
  EXPECT_GE(status.head_sequence(), backup.head_sequence());
  EXPECT_NE(status.epoch(), backup.epoch());
  // What the backup has is known, what came after it is taken: nothing twice, nothing missing.
  const auto told = client.Ingest(Reports(400));
  ASSERT_EQ(told.receipts.size(), 400u);
  EXPECT_TRUE(told.receipts[0].duplicate());
  ASSERT_TRUE(client.admin->GetStatus(Context().get(), {}, &status).ok());
  EXPECT_EQ(status.head_sequence(), 400);
}

TEST_F(BackupEndToEnd, DamageIsToldByTheCheckAndRefusedAtTheStart) {
  {
    DaemonProcess daemon(Path() + "/data");
    WireClient client(daemon.address());
    ASSERT_TRUE(client.Ingest(Reports(30)).status.ok());
    daemon.Send(SIGTERM);
    ASSERT_EQ(daemon.Wait(), 0);
  }
  const std::string file = Path() + "/data/claimwatch.db";
  std::fstream out(file, std::ios::in | std::ios::out | std::ios::binary);
  out.seekp(20);  // The header: bytes of each page that are set aside.
  out.put('\0');
  out.close();
  EXPECT_EQ(Run(Path() + "/data", {"--check"}), 3);
  EXPECT_EQ(DaemonProcess(Path() + "/data").Wait(), 1);
}

}  // namespace
}  // namespace claimwatch
