// Starting that cannot work says why, and stopping is in order.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <fstream>

#include "tests/end_to_end/daemon_process.h"
#include "tests/end_to_end/wire_client.h"
#include "tests/fakes/temporary_directory.h"

namespace claimwatch {
namespace {

using testing::HasSubstr;

TEST(Start, APortInUseIsNamed) {
  TemporaryDirectory folder;
  DaemonProcess first(folder.path() + "/one");
  ASSERT_FALSE(first.address().empty());
  DaemonProcess second(folder.path() + "/two", {"--listen=" + first.address()});
  EXPECT_EQ(second.Wait(), 1);
  EXPECT_THAT(second.Log(), HasSubstr("cannot listen on " + first.address()));
}

TEST(Start, ADataDirectoryIsOneDaemons) {
  TemporaryDirectory folder;
  DaemonProcess first(folder.path() + "/data");
  ASSERT_FALSE(first.address().empty());
  DaemonProcess second(folder.path() + "/data");
  EXPECT_EQ(second.Wait(), 1);
  EXPECT_THAT(second.Log(), HasSubstr(folder.path() + "/data"));
}

TEST(Start, AFolderOfSomebodyElseIsLeftAlone) {
  TemporaryDirectory folder;
  std::filesystem::create_directory(folder.path() + "/photos");
  std::ofstream(folder.path() + "/photos/holiday.jpg") << "not ours";
  DaemonProcess daemon(folder.path() + "/photos");
  EXPECT_EQ(daemon.Wait(), 1);
  EXPECT_THAT(daemon.Log(), HasSubstr(folder.path() + "/photos"));
}

TEST(Start, WrongOptionsHaveTheirOwnExitCode) {
  TemporaryDirectory folder;
  DaemonProcess daemon(folder.path() + "/data", {"--log_levle=debug"});
  EXPECT_EQ(daemon.Wait(), 2);
  EXPECT_THAT(daemon.Log(), HasSubstr("did you mean \"log_level\"?"));
}

TEST(Stop, InOrderOnSigterm) {
  TemporaryDirectory folder;
  const std::string port_file = folder.path() + "/port";
  DaemonProcess daemon(folder.path() + "/data", {"--port_file=" + port_file});
  std::string address;
  ASSERT_FALSE(daemon.address().empty());
  std::ifstream(port_file) >> address;
  EXPECT_EQ(address, daemon.address());
  WireClient client(daemon.address());
  // A stream of articles that is open and idle does not hold the stop up.
  const auto context = Context();
  const auto stream = client.articles->IngestArticles(context.get());
  v1::IngestArticlesResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_TRUE(response.has_started());
  daemon.Send(SIGTERM);
  ASSERT_TRUE(stream->Read(&response));
  ASSERT_TRUE(response.has_end());
  EXPECT_EQ(response.end().reason(), v1::IngestEnd::REASON_DRAINING);
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(daemon.Wait(), 0) << daemon.Log();
  EXPECT_FALSE(std::filesystem::exists(port_file));
}

// The second one ends at once, if the first has not; what was acknowledged is there in any case.
TEST(Stop, TwiceLosesNothing) {
  TemporaryDirectory folder;
  {
    DaemonProcess daemon(folder.path() + "/data");
    ASSERT_FALSE(daemon.address().empty()) << daemon.Log();
    WireClient client(daemon.address());
    ASSERT_EQ(client.Ingest({FloodReport("a1", "wire.example", 12, 0)}).receipts.size(), 1u);
    daemon.Send(SIGTERM);
    daemon.Send(SIGTERM);
    const int code = daemon.Wait();
    EXPECT_TRUE(code == 0 || code == 1) << code << daemon.Log();
  }
  DaemonProcess again(folder.path() + "/data");
  ASSERT_FALSE(again.address().empty()) << again.Log();
  WireClient client(again.address());
  const auto told = client.Ingest({FloodReport("a1", "wire.example", 12, 0)});
  ASSERT_EQ(told.receipts.size(), 1u);
  EXPECT_TRUE(told.receipts[0].duplicate());
}

// Twice during the start, at any moment of it.
TEST(Stop, TwiceDuringTheStart) {
  TemporaryDirectory folder;
  for (int times = 0; times < 3; ++times) {
    DaemonProcess daemon(folder.path() + "/data");
    for (int wait = 0; wait < times * 1000; ++wait) sched_yield();
    daemon.Send(SIGTERM);
    daemon.Send(SIGTERM);
    const int code = daemon.Wait();
    EXPECT_TRUE(code == 0 || code == 1 || code == -SIGTERM) << code << daemon.Log();
  }
  DaemonProcess again(folder.path() + "/data");
  EXPECT_FALSE(again.address().empty()) << again.Log();
}

// Whenever it comes: before the daemon listens for signals it ends by it, afterwards in order.
TEST(Stop, DuringTheStart) {
  TemporaryDirectory folder;
  DaemonProcess daemon(folder.path() + "/data");
  daemon.Send(SIGTERM);
  const int code = daemon.Wait();
  EXPECT_TRUE(code == 0 || code == -SIGTERM) << code << daemon.Log();
  DaemonProcess again(folder.path() + "/data");
  EXPECT_FALSE(again.address().empty()) << again.Log();
}

}  // namespace
}  // namespace claimwatch
