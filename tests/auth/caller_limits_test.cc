// Stories of callers, stepped by hand: each line of a table is what was asked and what came of it.
#include "server/auth/caller_limits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "server/auth/limits.h"
#include "tests/fakes/fake_clock.h"

namespace claimwatch {
namespace {

using Place = std::unique_ptr<CallerLimits::Place>;

// "OK", or "client_calls, 200ms".
std::string Dump(const std::optional<CallerLimits::Excess>& excess) {
  if (!excess.has_value()) return "OK";
  return absl::StrCat(std::string(NameOf(excess->bound)), ", ",
                      absl::FormatDuration(excess->retry_after));
}

class CallerLimitsTest : public testing::Test {
 protected:
  std::string Client(const std::string& name, std::int64_t bytes = 0) {
    return Dump(limits_.CallOfClient(name, bytes));
  }
  std::string Address(const std::string& address, std::int64_t bytes = 0) {
    return Dump(limits_.CallOfAddress(address, bytes));
  }
  std::string Open(const std::string& client, const std::string& address, Place& place) {
    return Dump(limits_.OpenStream(client, address, place));
  }

  FakeClock clock_;
  CallerLimits limits_{{.client = {.streams = 2, .calls_per_second = 5, .bytes_per_second = 1000},
                        .address = {.streams = 3, .calls_per_second = 8, .bytes_per_second = 4000},
                        .callers_kept_max = 4},
                       clock_};
};

TEST_F(CallerLimitsTest, ASecondsWorthAtOnceAndThenAtTheRate) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(Client("desk"), "OK") << i;
  EXPECT_EQ(Client("desk"), "client_calls, 200ms");
  EXPECT_EQ(Client("wire"), "OK");  // Another client pays for itself.
  clock_.Advance(absl::Milliseconds(150));
  EXPECT_EQ(Client("desk"), "client_calls, 50ms");
  clock_.Advance(absl::Milliseconds(50));
  EXPECT_EQ(Client("desk"), "OK");
  EXPECT_EQ(Client("desk"), "client_calls, 200ms");
  clock_.Advance(absl::Hours(1));  // No more than a second's worth is saved up.
  for (int i = 0; i < 5; ++i) EXPECT_EQ(Client("desk"), "OK") << i;
  EXPECT_EQ(Client("desk"), "client_calls, 200ms");
  EXPECT_EQ(limits_.refused(CallerBound::kClientCalls), 4);
  EXPECT_EQ(limits_.refused(CallerBound::kAddressCalls), 0);
}

TEST_F(CallerLimitsTest, BytesAreChargedAfterwards) {
  EXPECT_EQ(Client("desk", 3000), "OK");  // Nobody knew before it was here.
  EXPECT_EQ(Client("desk", 1), "client_bytes, 2s");
  clock_.Advance(absl::Milliseconds(1500));
  EXPECT_EQ(Client("desk"), "client_bytes, 500ms");
  clock_.Advance(absl::Milliseconds(500));
  EXPECT_EQ(Client("desk", 1), "OK");
}

TEST_F(CallerLimitsTest, StreamsAreHeldUntilTheyEnd) {
  Place one, two, three, four;
  EXPECT_EQ(Open("desk", "192.0.2.1", one), "OK");
  EXPECT_EQ(Open("desk", "192.0.2.1", two), "OK");
  EXPECT_EQ(Open("desk", "192.0.2.1", three), "client_streams, 5s");
  EXPECT_EQ(Open("wire", "192.0.2.1", three), "OK");
  EXPECT_EQ(Open("radio", "192.0.2.1", four), "address_streams, 5s");
  EXPECT_EQ(limits_.Dump(true, "radio"), "streams 0, calls 5, bytes 1000");  // Nothing is kept.
  two = nullptr;
  EXPECT_EQ(Open("radio", "192.0.2.1", four), "OK");
  four = nullptr;
  EXPECT_EQ(Open("desk", "192.0.2.1", four), "OK");
  EXPECT_EQ(limits_.Dump(false, "192.0.2.1"), "streams 3, calls 8, bytes 4000");
}

TEST_F(CallerLimitsTest, AStreamInDebtWaitsAndIsNotRefused) {
  Place stream;
  ASSERT_EQ(Open("desk", "192.0.2.1", stream), "OK");
  EXPECT_EQ(stream->Receive(600), absl::ZeroDuration());
  EXPECT_EQ(stream->Receive(900), absl::Milliseconds(500));
  EXPECT_EQ(stream->Receive(4000), absl::Milliseconds(4500));
  clock_.Advance(absl::Seconds(10));
  EXPECT_EQ(stream->Receive(1000), absl::ZeroDuration());
  EXPECT_EQ(limits_.refused(CallerBound::kClientBytes), 2);
  EXPECT_EQ(limits_.refused(CallerBound::kAddressBytes), 1);
}

TEST_F(CallerLimitsTest, AClockThatGoesBackLocksNobodyOut) {
  for (int i = 0; i < 5; ++i) ASSERT_EQ(Client("desk"), "OK");
  clock_.Advance(-absl::Hours(1));
  EXPECT_EQ(Client("desk"), "client_calls, 200ms");
  clock_.Advance(absl::Milliseconds(200));
  EXPECT_EQ(Client("desk"), "OK");
}

TEST_F(CallerLimitsTest, TheTableIsBounded) {
  Place held;
  ASSERT_EQ(Open("desk", "", held), "OK");
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(Address(absl::StrCat("192.0.2.", i)), "OK") << i;
    clock_.Advance(absl::Milliseconds(125));  // The bucket is full again: the account may go.
  }
  EXPECT_EQ(limits_.accounts(), 4u);
  EXPECT_EQ(limits_.Dump(true, "desk"), "streams 1, calls 5, bytes 1000");  // It may not.
}

TEST_F(CallerLimitsTest, WhereAllAreBusyNewcomersShare) {
  for (int i = 0; i < 4; ++i) EXPECT_EQ(Address(absl::StrCat("192.0.2.", i)), "OK");
  int taken = 0;
  for (int i = 4; i < 100; ++i) taken += Address(absl::StrCat("192.0.2.", i)) == "OK" ? 1 : 0;
  EXPECT_EQ(taken, 8);
  EXPECT_EQ(limits_.accounts(), 4u);
  for (int i = 0; i < 7; ++i) EXPECT_EQ(Address("192.0.2.0"), "OK");  // Those there keep theirs.
  EXPECT_EQ(Address("192.0.2.0"), "address_calls, 125ms");
}

TEST_F(CallerLimitsTest, NoKeyIsNotCharged) {
  for (int i = 0; i < 100; ++i) EXPECT_EQ(Client("", 1 << 20), "OK");
  Place place;
  EXPECT_EQ(Open("", "", place), "OK");
  EXPECT_EQ(place->Receive(1 << 30), absl::ZeroDuration());
  EXPECT_EQ(limits_.accounts(), 0u);
}

TEST(CallerLimits, WithoutBoundsNothingIsKept) {
  FakeClock clock;
  CallerLimits limits({}, clock);
  for (int i = 0; i < 1000; ++i) EXPECT_FALSE(limits.CallOfAddress("192.0.2.1", 1 << 20));
  EXPECT_EQ(limits.accounts(), 0u);
}

// One bound alone: the accounts of the others are never short, and never in the way of leaving.
TEST(CallerLimits, OneBoundAlone) {
  FakeClock clock;
  CallerLimits limits({.client = {.streams = 1}, .callers_kept_max = 1}, clock);
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(limits.CallOfClient("desk", 1 << 20));
  Place place, second;
  EXPECT_FALSE(limits.OpenStream("wire", "", place));
  EXPECT_EQ(limits.Dump(true, "desk"), "");
  EXPECT_EQ(Dump(limits.OpenStream("wire", "", second)), "client_streams, 5s");
}

TEST(CallerLimits, ManyThreadsTakeNoMoreThanThereIs) {
  FakeClock clock;
  CallerLimits limits({.client = {.calls_per_second = 1000}}, clock);
  std::atomic<int> taken{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 1000; ++i) taken += limits.CallOfClient("desk", 0).has_value() ? 0 : 1;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(taken, 1000);
}

TEST(AddressOfPeer, IsWithoutItsPort) {
  constexpr struct {
    const char* peer;
    const char* address;
  } kCases[] = {
      {"ipv4:203.0.113.7:40000", "203.0.113.7"},
      {"203.0.113.7:40000", "203.0.113.7"},
      {"ipv6:%5B2001:db8::1%5D:443", "2001:db8::/64"},
      {"ipv6:[2001:db8:0:0:ff::1]:443", "2001:db8::/64"},
      {"2001:db8:0:1::9:443", "2001:db8:0:1::/64"},  // As the HTTP front writes it.
      {"ipv6:[::ffff:203.0.113.7]:443", "203.0.113.7"},
      {"ipv6:%5Bfe80::1%25eth0%5D:443", "fe80::/64"},
      {"unix:/run/claimwatch.sock", "unix"},
      {"unix:", "unix"},
      {"inproc", ""},
      {"unknown", ""},
      {"", ""},
  };
  for (const auto& [peer, address] : kCases) EXPECT_EQ(AddressOfPeer(peer), address) << peer;
}

}  // namespace
}  // namespace claimwatch
