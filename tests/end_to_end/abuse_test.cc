// What a hostile peer does to HTTP/2, against the real daemon: it lives, its memory is bounded, and
// it answers the next caller. Each row is a flood of its own; what is repeated is the frame of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "absl/strings/str_cat.h"
#include "tests/end_to_end/daemon_process.h"
#include "tests/end_to_end/raw_http2.h"
#include "tests/end_to_end/wire_client.h"
#include "tests/fakes/sanitized.h"
#include "tests/fakes/temporary_directory.h"

namespace claimwatch {
namespace {

constexpr std::int64_t kMiB = 1 << 20;
constexpr int kStreamsMax = 500;  // Of one address.

std::int64_t ResidentBytes(pid_t pid) {
  std::ifstream in(absl::StrCat("/proc/", pid, "/statm"));
  std::int64_t total = 0, resident = 0;
  in >> total >> resident;
  return resident * 4096;
}

class HostilePeerTest : public testing::Test {
 protected:
  HostilePeerTest() {
    daemon_ = std::make_unique<DaemonProcess>(
        folder_.path() + "/data",
        std::vector<std::string>{"--http_listen=", "--log_level=warning",
                                 absl::StrCat("--address_streams_max=", kStreamsMax)});
    client_ = std::make_unique<WireClient>(daemon_->address());
    ExpectServing();  // Also takes what memory the first call takes.
    before_ = ResidentBytes(daemon_->pid());
  }
  ~HostilePeerTest() override {
    ExpectServing();
    EXPECT_LT(GrownMiB(), grown_max_ * kMemoryFactor);
    daemon_->Send(SIGTERM);
    EXPECT_EQ(daemon_->Wait(), 0);
  }
  // A caller who means well is answered within two seconds of a release build.
  void ExpectServing() {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(2 * kTimeFactor));
    v1::GetStatusResponse response;
    const grpc::Status status = client_->admin->GetStatus(&context, {}, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
  }
  std::string CallOn(std::uint32_t stream) const {
    return Frame(FrameType::kHeaders, kEndHeaders, stream,
                 Hpack(CallHeaders("/claimwatch.v1.AlertService/SubscribeAlerts")));
  }
  static std::int64_t RefusedFor(std::string_view limit, const v1::GetStatusResponse& status) {
    for (const v1::Refusals& refusals : status.refusals()) {
      if (refusals.limit() == limit) return refusals.count();
    }
    return -1;
  }
  long long GrownMiB() const { return (ResidentBytes(daemon_->pid()) - before_) / kMiB; }
  // Sends it again and again until the daemon has enough, or it was so many times. Reads nothing.
  static int Flood(RawHttp2& peer, const std::string& bytes, int times) {
    for (int i = 0; i < times; ++i) {
      if (!peer.Send(bytes)) return i;
    }
    return times;
  }

  const TemporaryDirectory folder_;
  std::unique_ptr<DaemonProcess> daemon_;
  std::unique_ptr<WireClient> client_;
  std::int64_t before_ = 0;
  std::int64_t grown_max_ = 96;  // MiB
};

TEST_F(HostilePeerTest, FramesThatWantAnAnswerOrMeanNothing) {
  const std::pair<const char*, std::string> kFloods[] = {
      {"ping", Frame(FrameType::kPing, 0, 0, "12345678")},
      {"settings", Frame(FrameType::kSettings, 0, 0, std::string("\0\4\0\0\377\377", 6))},
      {"empty settings", Frame(FrameType::kSettings, 0, 0, "")},
      {"window", Frame(FrameType::kWindowUpdate, 0, 0, BigEndian32(1))},
      {"priority", Frame(FrameType::kPriority, 0, 1, BigEndian32(0) + "\x10")},
      {"reset of no stream", Frame(FrameType::kRstStream, 0, 1, BigEndian32(8))},
      {"settings that are acknowledged", Frame(FrameType::kSettings, kAck, 0, "")},
      {"a frame of no known type", Frame(static_cast<FrameType>(77), 0, 0, "what is this")},
  };
  for (const auto& [name, frame] : kFloods) {
    std::string many;
    for (int i = 0; i < 1000; ++i) many += frame;
    RawHttp2 peer(daemon_->address());
    ASSERT_TRUE(peer.Greet()) << name;
    const int sent = Flood(peer, many, 400);  // 400,000 frames, if it takes them.
    std::printf("%-32s %d frames taken, %lld MiB more\n", name, sent * 1000, GrownMiB());
    EXPECT_LT(GrownMiB(), grown_max_ * kMemoryFactor) << name;
    ExpectServing();
  }
}

// CVE-2023-44487: opens and takes back, as fast as it can, and never waits for an answer.
TEST_F(HostilePeerTest, RapidReset) {
  RawHttp2 peer(daemon_->address());
  ASSERT_TRUE(peer.Greet());
  std::uint32_t stream = 1;
  for (int round = 0; round < 100; ++round) {
    std::string many;
    for (int i = 0; i < 200; ++i, stream += 2) {
      many += CallOn(stream) + Frame(FrameType::kData, kEndStream, stream, std::string(5, '\0'));
      many += Frame(FrameType::kRstStream, 0, stream, BigEndian32(8));
    }
    if (!peer.Send(many)) break;
  }
  std::printf("rapid reset: %u streams opened and reset\n", stream / 2);
  EXPECT_GT(stream, 400u);
}

// Headers that were told once cost the peer a byte each, a stream 15 bytes; gRPC holds a thousand
// times that for it, and more for a call. All of it is sent before the daemon can say anything.
TEST_F(HostilePeerTest, StreamsOfFewBytes) {
  grown_max_ = 160;  // Four floods with 1,024 streams each, and the allocator gives nothing back.
  const HeaderList headers = CallHeaders("/claimwatch.v1.AlertService/SubscribeAlerts");
  constexpr std::uint32_t kStreams = kSanitized ? 20'000 : 100'000;
  const struct {
    const char* name;
    bool message, taken_back;
  } kFloods[] = {{"headers", false, false},
                 {"headers and message", true, false},
                 {"headers, taken back", false, true},
                 {"headers and message, taken back", true, true}};
  for (const auto& flood : kFloods) {
    std::string all;
    for (std::uint32_t stream = 1; stream < 2 * kStreams; stream += 2) {
      all += Frame(FrameType::kHeaders, kEndHeaders, stream,
                   stream == 1 ? EnteringHpack(headers) : RepeatedHpack(headers.size()));
      if (flood.message) {
        all += Frame(FrameType::kData, kEndStream, stream, std::string(5, '\0'));
      }
      if (flood.taken_back) all += Frame(FrameType::kRstStream, 0, stream, BigEndian32(8));
    }
    RawHttp2 peer(daemon_->address());
    ASSERT_TRUE(peer.Greet()) << flood.name;
    peer.Send(all);
    EXPECT_TRUE(peer.IsClosedWithin(10'000 * kTimeFactor)) << flood.name;
    std::printf("%-32s %lld MiB more\n", flood.name, GrownMiB());
    EXPECT_LT(GrownMiB(), grown_max_ * kMemoryFactor) << flood.name;
    ExpectServing();
  }
  v1::GetStatusResponse status;
  ASSERT_TRUE(client_->admin->GetStatus(Context().get(), {}, &status).ok());
  EXPECT_GE(RefusedFor("connections_crowded", status), 4);
}

// The same in many writes, and none of the answers is ever read.
TEST_F(HostilePeerTest, StreamsThatNobodyReads) {
  RawHttp2 peer(daemon_->address());
  ASSERT_TRUE(peer.Greet());
  constexpr std::uint32_t kEnd = kSanitized ? 8'000 : 20'000;  // A stream has every other number.
  for (std::uint32_t stream = 1; stream < kEnd; stream += 2) {
    if (!peer.Send(CallOn(stream) +
                   Frame(FrameType::kData, kEndStream, stream, std::string(5, '\0')))) {
      break;
    }
  }
  v1::GetStatusResponse status;
  ASSERT_TRUE(client_->admin->GetStatus(Context().get(), {}, &status).ok());
  EXPECT_LE(status.subscriber_count(), kStreamsMax);
}

// gRPC holds what came of them. The connection is cut soon after the bound: within one look of the
// daemon at its connections, in which a loopback brings another few hundred MiB.
TEST_F(HostilePeerTest, HeadersThatNeverEnd) {
  grown_max_ = 1024;
  RawHttp2 peer(daemon_->address());
  ASSERT_TRUE(peer.Greet());
  ASSERT_TRUE(peer.Send(Frame(FrameType::kHeaders, 0, 1, Hpack(CallHeaders("/x")))));
  const std::string more =
      Frame(FrameType::kContinuation, 0, 1, Hpack({{"x-more", std::string(16'000, 'm')}}));
  constexpr int kFrames = 1 << 19;  // 8 GiB
  const int taken = Flood(peer, more, kFrames);
  std::printf("endless headers: %d KiB taken, %lld MiB more\n", taken * 16, GrownMiB());
  EXPECT_LT(taken, kFrames);
}

TEST_F(HostilePeerTest, HeadersThatAreWrong) {
  auto with = [](std::string_view name, std::string_view value) {
    HeaderList headers = CallHeaders("/claimwatch.v1.AdminService/GetStatus");
    for (auto& [known, old] : headers) {
      if (known == name) old = value;
    }
    return Hpack(headers);
  };
  const std::string long_text(9000, 'v');  // CVE-2023-1428: with one of these, and more than 8 KiB.
  std::vector<std::string> blocks = {
      with("te", "gzip"),
      with(":scheme", "gopher"),
      with(":method", "BREW"),
      with(":path", ""),
      with("content-type", "text/plain"),
      with("te", "x") + Hpack({{"x-long", long_text}}),
      with(":scheme", "x") + Hpack({{"x-long", long_text}}),
      Hpack({{"grpc-timeout", "99999999999999999999H"}}) + with("te", "trailers"),
      Hpack({{"grpc-encoding", "zip-bomb"}}) + with("te", "trailers"),
      Hpack({{"x-bin", "a"}, {"grpc-tags-bin", "!!!"}}) + with("te", "trailers"),
      std::string("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f", 12),  // An index without end.
      std::string("\x3f\xff\xff\xff\xff\xff\xff\xff\x7f", 9),               // A table without end.
      std::string("\0\x7f\xff\xff\xff\xff\x0f", 7),                         // A name without end.
      std::string("\x80", 1),
      std::string("\0\x84zzzz\x84zzzz", 11),
      ""};
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    RawHttp2 peer(daemon_->address());
    ASSERT_TRUE(peer.Greet()) << i;
    peer.Send(Frame(FrameType::kHeaders, kEndHeaders | kEndStream, 1, blocks[i]));
    peer.Receive(200);
    ExpectServing();
  }
}

TEST_F(HostilePeerTest, FramesThatAreWrong) {
  const std::string kBytes[] = {
      Frame(FrameType::kSettings, 0, 0, "12345"),
      Frame(FrameType::kSettings, kAck, 0, "123456"),
      Frame(FrameType::kPing, 0, 0, "1"),
      Frame(FrameType::kPing, 0, 7, "12345678"),
      Frame(FrameType::kWindowUpdate, 0, 0, BigEndian32(0x7fffffff)) +
          Frame(FrameType::kWindowUpdate, 0, 0, BigEndian32(0x7fffffff)),
      Frame(FrameType::kData, kEndStream, 1, "data of no stream"),
      Frame(FrameType::kContinuation, kEndHeaders, 1, Hpack(CallHeaders("/x"))),
      Frame(FrameType::kHeaders, kEndHeaders, 2, Hpack(CallHeaders("/x"))),  // An even number.
      Frame(FrameType::kGoAway, 0, 0, "x"),
      std::string("\xff\xff\xff\0\0\0\0\0\0", 9),
      "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
      std::string(1 << 16, '\xff')};
  for (const std::string& bytes : kBytes) {
    RawHttp2 peer(daemon_->address());
    ASSERT_TRUE(peer.Greet());
    peer.Send(bytes);
    peer.Receive(100);
    RawHttp2 rude(daemon_->address());  // The same without a greeting.
    rude.Send(bytes);
    ExpectServing();
  }
}

// Half a greeting, and then silence: the connection is given up after its handshake time.
TEST_F(HostilePeerTest, AGreetingThatNeverComes) {
  std::vector<RawHttp2> silent;
  for (int i = 0; i < 50; ++i) {
    silent.emplace_back(daemon_->address());
    ASSERT_TRUE(silent.back().is_open());
    if (i % 2 == 0) {
      ASSERT_TRUE(silent.back().Send("PRI * HT"));
    }
  }
  ExpectServing();
  for (RawHttp2& peer : silent) EXPECT_TRUE(peer.IsClosedWithin(20'000));
}

// A message that says it is long and comes byte by byte, on as many streams as there may be.
TEST_F(HostilePeerTest, RequestsThatNeverEnd) {
  RawHttp2 peer(daemon_->address());
  ASSERT_TRUE(peer.Greet());
  for (std::uint32_t stream = 1; stream < 400; stream += 2) {
    ASSERT_TRUE(
        peer.Send(Frame(FrameType::kHeaders, kEndHeaders, stream,
                        Hpack(CallHeaders("/claimwatch.v1.ArticleService/IngestArticle")))));
    ASSERT_TRUE(peer.Send(
        Frame(FrameType::kData, 0, stream, std::string(1, '\0') + BigEndian32(16 << 20))));
  }
  for (int round = 0; round < 50; ++round) {
    for (std::uint32_t stream = 1; stream < 400; stream += 2) {
      ASSERT_TRUE(peer.Send(Frame(FrameType::kData, 0, stream, "\n")));
    }
  }
}

}  // namespace
}  // namespace claimwatch
