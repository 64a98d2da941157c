// 10,000 connections at once, each with a subscription of its own: the daemon's memory is bounded,
// everybody hears, others are answered, and all of it is given back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "tests/end_to_end/daemon_process.h"
#include "tests/end_to_end/raw_http2.h"
#include "tests/end_to_end/wire_client.h"
#include "tests/fakes/sanitized.h"
#include "tests/fakes/temporary_directory.h"

namespace claimwatch {
namespace {

// Under a sanitizer it takes minutes to open so many.
constexpr int kConnections = kSanitized ? 1'000 : 10'000;
constexpr std::int64_t kConnectionBytesMax = (64 << 10) * kMemoryFactor;  // Of memory, each.

std::int64_t ResidentBytes(pid_t pid) {
  std::ifstream in(absl::StrCat("/proc/", pid, "/statm"));
  std::int64_t total = 0, resident = 0;
  in >> total >> resident;
  return resident * 4096;
}

std::ptrdiff_t OpenFiles(pid_t pid) {
  return std::distance(std::filesystem::directory_iterator(absl::StrCat("/proc/", pid, "/fd")), {});
}

// As many as the system grants; false: fewer than the test needs.
bool RaiseFileLimit() {
  rlimit limit = {};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  return setrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur >= kConnections + 1000;
}

// An address may open so many a second: those that are closed at once are tried again.
RawHttp2 Subscriber(const std::string& address) {
  for (int tries = 0; tries < 1000; ++tries) {
    RawHttp2 peer(address);
    const std::string call =
        Frame(FrameType::kHeaders, kEndHeaders, 1,
              Hpack(CallHeaders("/claimwatch.v1.AlertService/SubscribeAlerts"))) +
        Frame(FrameType::kData, kEndStream, 1, std::string(5, '\0'));
    if (peer.Greet() && peer.Send(call)) return peer;
  }
  ADD_FAILURE() << "the daemon takes no more connections";
  return RawHttp2(address);
}

TEST(Connections, TenThousandAtOnce) {
  if (!RaiseFileLimit()) {
    GTEST_SKIP() << "NOT TESTED: this needs 11,000 open files (ulimit -n), and may not have them";
  }
  TemporaryDirectory folder;
  DaemonProcess daemon(folder.path() + "/data",
                       {"--http_listen=", "--log_level=warning", "--subscribers_max=20000",
                        "--address_streams_max=0"});
  WireClient client(daemon.address());
  v1::GetStatusResponse status;
  ASSERT_TRUE(client.admin->GetStatus(Context().get(), {}, &status).ok());
  const std::int64_t before = ResidentBytes(daemon.pid());

  std::vector<RawHttp2> all;
  for (int i = 0; i < kConnections; ++i) all.push_back(Subscriber(daemon.address()));
  do {  // Every one of them is a subscriber, not just a socket.
    ASSERT_TRUE(client.admin->GetStatus(Context().get(), {}, &status).ok());
  } while (status.subscriber_count() < kConnections && !testing::Test::HasFailure());
  const std::int64_t held = ResidentBytes(daemon.pid()) - before;
  std::printf("%d connections with a subscription: %lld KiB each\n", kConnections,
              static_cast<long long>(held / kConnections / 1024));
  EXPECT_LT(held, kConnections * kConnectionBytesMax);

  WireSubscriber subscriber(client, FromBeginning());
  const auto ingested = client.Ingest({FloodReport("a1", "river-post.example", 12, 0),
                                       FloodReport("a2", "valley-times.example", 31, 30)});
  EXPECT_TRUE(ingested.status.ok()) << ingested.status.error_message();
  EXPECT_EQ(subscriber.ReadEvents(1).size(), 1u);
  for (int i = 0; i < kConnections; i += 97) EXPECT_FALSE(all[i].Receive(2000).empty()) << i;

  all.clear();
  do {
    ASSERT_TRUE(client.admin->GetStatus(Context().get(), {}, &status).ok());
  } while (status.subscriber_count() > 1 || OpenFiles(daemon.pid()) > 200);
  daemon.Send(SIGTERM);
  EXPECT_EQ(daemon.Wait(), 0);
}

}  // namespace
}  // namespace claimwatch
