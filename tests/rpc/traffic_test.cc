// Real sockets of the loopback, because the kernel's counters are what counts; time is stepped.
#include "server/rpc/traffic.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <vector>

namespace claimwatch {
namespace {

constexpr std::size_t kMiB = 1 << 20;

// Two ends of one connection.
class Pair {
 public:
  Pair() {
    sockaddr_in at = {};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(at);
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bind(listener, reinterpret_cast<const sockaddr*>(&at), size);
    listen(listener, 1);
    getsockname(listener, reinterpret_cast<sockaddr*>(&at), &size);
    client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    connect(client, reinterpret_cast<const sockaddr*>(&at), size);
    server = accept(listener, reinterpret_cast<sockaddr*>(&at), &size);
    port = ntohs(at.sin_port);
    close(listener);
  }
  ~Pair() {
    close(client);
    close(server);
  }
  // Through the connection and away.
  void Pass(std::size_t bytes) const {
    const std::string piece(kMiB / 16, 'x');
    std::string taken(piece.size(), '\0');
    for (std::size_t sent = 0; sent < bytes; sent += piece.size()) {
      ASSERT_EQ(send(client, piece.data(), piece.size(), 0), static_cast<ssize_t>(piece.size()));
      ASSERT_EQ(recv(server, taken.data(), taken.size(), MSG_WAITALL),
                static_cast<ssize_t>(taken.size()));
    }
  }
  bool IsCut() const {
    pollfd peer{client, POLLIN, 0};
    return poll(&peer, 1, 0) == 1;
  }
  std::string peer() const { return "127.0.0.1:" + std::to_string(port); }

  int client = -1, server = -1, port = 0;
};

TEST(Traffic, TheEndIsForAllConnectionsAndLosesNothingWritten) {
  const Pair one, other;
  int unix_ends[2];
  ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, unix_ends), 0);
  Traffic traffic;
  traffic.Opened(one.server, one.peer());
  traffic.Opened(other.server, other.peer());
  traffic.Opened(unix_ends[0], "unix#1");
  traffic.Sweep(absl::Seconds(1));
  ASSERT_EQ(send(one.server, "bye", 3, 0), 3);
  traffic.EndAll();
  char said[8];
  EXPECT_EQ(recv(one.client, said, sizeof(said), MSG_WAITALL), 3);
  EXPECT_EQ(recv(other.client, said, sizeof(said), 0), 0);
  EXPECT_EQ(recv(unix_ends[1], said, sizeof(said), 0), 0);
  for (const int end : unix_ends) close(end);
}

TEST(Traffic, WhatBecomesCallsIsNotCounted) {
  Traffic traffic;
  Pair pair;
  traffic.Opened(pair.server, pair.peer());
  for (int second = 0; second < 80; ++second) {
    pair.Pass(9 * kMiB);  // With what frames and TLS take.
    traffic.Received("ipv4:" + pair.peer(), 8 * kMiB);
    traffic.Sweep(absl::Seconds(second));
  }
  EXPECT_EQ(traffic.cut(), 0);
  EXPECT_FALSE(pair.IsCut());
}

TEST(Traffic, WhatBecomesNothingIsCutAtTheBound) {
  Traffic traffic;
  Pair pair, innocent;
  traffic.Opened(pair.server, pair.peer());
  traffic.Opened(innocent.server, innocent.peer());
  std::size_t passed = 0;
  for (int tick = 0; tick < 100 && traffic.cut() == 0; ++tick) {
    pair.Pass(4 * kMiB);
    passed += 4 * kMiB;
    traffic.Received("ipv4:" + innocent.peer(), 100 * kMiB);  // Credit of another.
    traffic.Sweep(absl::Milliseconds(250 * tick));
  }
  EXPECT_GE(passed, static_cast<std::size_t>(kConnectionLostBytesMax));
  EXPECT_LE(passed, static_cast<std::size_t>(kConnectionLostBytesMax) + 16 * kMiB);
  EXPECT_EQ(traffic.cut(), 1);
  EXPECT_TRUE(pair.IsCut());
  EXPECT_FALSE(innocent.IsCut());
}

// A credit for more than came (headers that HPACK repeats for a byte) is not saved up.
TEST(Traffic, CreditIsNotSavedUp) {
  Traffic traffic;
  Pair pair;
  traffic.Opened(pair.server, pair.peer());
  pair.Pass(kMiB);
  traffic.Received("ipv4:" + pair.peer(), 1000 * kMiB);
  traffic.Sweep(absl::Seconds(1));
  pair.Pass(kConnectionLostBytesMax + 2 * kMiB);
  traffic.Sweep(absl::Seconds(2));
  EXPECT_EQ(traffic.cut(), 1);
}

TEST(Traffic, AllTogetherHaveABound) {
  Traffic traffic;
  std::vector<std::unique_ptr<Pair>> pairs;
  for (int i = 0; i < 6; ++i) {
    pairs.push_back(std::make_unique<Pair>());
    traffic.Opened(pairs.back()->server, pairs.back()->peer());
    pairs.back()->Pass((40 + 4 * i) * kMiB);  // Each below its own bound.
  }
  traffic.Sweep(absl::Seconds(1));
  traffic.Sweep(absl::Seconds(2));
  EXPECT_EQ(traffic.cut(), 1);
  EXPECT_TRUE(pairs.back()->IsCut());  // The worst.
}

TEST(Traffic, ADescriptorThatIsAnothersNowIsLeftAlone) {
  Traffic traffic;
  auto gone = std::make_unique<Pair>();
  traffic.Opened(gone->server, gone->peer());
  gone->Pass(kMiB);
  traffic.Sweep(absl::Seconds(1));
  const int descriptor = gone->server;
  Pair other;
  other.Pass(kConnectionLostBytesMax + 2 * kMiB);
  dup2(other.server, descriptor);  // Closed, and given to another socket.
  traffic.Sweep(absl::Seconds(2));
  EXPECT_EQ(traffic.cut(), 0);
  EXPECT_FALSE(other.IsCut());
}

}  // namespace
}  // namespace claimwatch
