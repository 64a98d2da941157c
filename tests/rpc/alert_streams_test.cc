// The stream around a subscription, with a front that is no gRPC: what any front may rely on.
#include "server/rpc/alert_streams.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "server/rpc/limits.h"
#include "server/rpc/wire_buffer.h"
#include "tests/fakes/newsroom.h"
#include "tests/rpc/feed_of.h"

namespace claimwatch {
namespace {

using testing::ElementsAre;

// Writes down what it is told: "write started", "write events 1-2", "last DRAINING", "end
// READER_TOO_SLOW", "cut".
class NotedOutlet : public AlertOutlet {
 public:
  void Write(const grpc::ByteBuffer& message) override {
    v1::SubscribeAlertsResponse response;
    EXPECT_TRUE(response.ParseFromString(ToBytes(message)));
    std::string line = "write";
    if (response.has_started()) absl::StrAppend(&line, " started");
    if (response.has_caught_up()) absl::StrAppend(&line, " caught_up");
    if (response.events_size() > 0) {
      absl::StrAppend(&line, " events ", response.events(0).position(), "-", response.position());
    }
    Note(line);
  }
  void WriteLast(const grpc::ByteBuffer&, const Error& why) override { Note("last " + why.reason); }
  void End(const Error& why) override { Note("end " + why.reason); }
  void Cut() override { Note("cut"); }

  std::vector<std::string> Lines() { return Wait(0); }
  // The lines so far, once there are `count`.
  std::vector<std::string> Wait(std::size_t count) {
    absl::MutexLock lock(&mu_);
    const auto there = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) { return lines_.size() >= count; };
    mu_.AwaitWithTimeout(absl::Condition(&there), absl::Seconds(30));
    return lines_;
  }

 private:
  void Note(std::string line) {
    absl::MutexLock lock(&mu_);
    lines_.push_back(std::move(line));
  }

  absl::Mutex mu_;
  std::vector<std::string> lines_ ABSL_GUARDED_BY(mu_);
};

class AlertStreamTest : public testing::Test {
 protected:
  std::shared_ptr<AlertStream> Open() {
    std::shared_ptr<AlertStream> stream;
    EXPECT_FALSE(hub_.Open({}, "a peer", stream).has_value());
    return stream;
  }

  FeedOf feed_;
  Newsroom unused_;
  WorkerPool pool_{1, 4};
  RpcOptions options_{.subscribers_max = 2};
  Rooms rooms_{unused_.clock(), SharedCatalogue(),  feed_.store,
               *feed_.feed,     unused_.ingestor(), pool_,
               options_,        absl::UnixEpoch()};
  NamedSubscriptions named_{rooms_};
  AlertHub hub_{rooms_, named_, [] { return absl::ZeroDuration(); }};
};

TEST_F(AlertStreamTest, OneWriteAtATimeUntilThePeerTookIt) {
  const auto stream = Open();
  NotedOutlet outlet;
  stream->Start(outlet);
  EXPECT_THAT(outlet.Wait(1), ElementsAre("write started"));
  feed_.Article(2);
  stream->Pump(absl::ZeroDuration());
  EXPECT_THAT(outlet.Wait(1), ElementsAre("write started"));
  stream->WriteDone(true);
  EXPECT_THAT(outlet.Wait(2), ElementsAre("write started", "write events 1-2"));
  stream->WriteDone(true);
  EXPECT_EQ(outlet.Wait(3).back(), "write caught_up");
  stream->WriteDone(true);
  feed_.feed->Close();
  EXPECT_EQ(outlet.Wait(4).back(), "last DRAINING");
  stream->Close();
  EXPECT_EQ(rooms_.subscribers, 0);
}

// The clock stands still: a round that keeps its distance from the last one would come later.
TEST_F(AlertStreamTest, FewStreamsAreToldByWhoPublishes) {
  const auto stream = Open();
  NotedOutlet outlet;
  stream->Start(outlet);
  outlet.Wait(1);
  stream->WriteDone(true);
  EXPECT_EQ(outlet.Wait(2).back(), "write caught_up");
  for (const char* events : {"write events 1-1", "write events 2-2", "write events 3-3"}) {
    stream->WriteDone(true);
    feed_.Article(1);
    EXPECT_EQ(outlet.Lines().back(), events);
  }
  stream->Close();
}

TEST_F(AlertStreamTest, APeerThatTakesNothingIsToldAndThenCut) {
  const auto stream = Open();
  NotedOutlet outlet;
  stream->Start(outlet);
  outlet.Wait(1);
  const absl::Duration almost = absl::Milliseconds(1);
  stream->Pump(kWriteStallMax - almost);
  EXPECT_THAT(outlet.Wait(1), ElementsAre("write started"));
  stream->Pump(kWriteStallMax);
  EXPECT_THAT(outlet.Wait(2), ElementsAre("write started", "end READER_TOO_SLOW"));
  stream->Pump(2 * kWriteStallMax - almost);
  EXPECT_EQ(outlet.Wait(2).size(), 2u);
  stream->Pump(2 * kWriteStallMax);
  stream->Pump(3 * kWriteStallMax);
  stream->Close();
  EXPECT_THAT(outlet.Wait(3), ElementsAre("write started", "end READER_TOO_SLOW", "cut"));
}

TEST_F(AlertStreamTest, APeerThatWentIsEndedOnce) {
  const auto gone = Open();
  NotedOutlet outlet;
  gone->Start(outlet);
  outlet.Wait(1);
  gone->WriteDone(false);
  gone->Cancel();
  gone->Close();
  feed_.Article(1);
  EXPECT_THAT(outlet.Wait(2), ElementsAre("write started", "end SUBSCRIBER_GONE"));
}

TEST_F(AlertStreamTest, WhatCannotBeOpenedHoldsNothing) {
  const auto one = Open();
  const auto two = Open();
  std::shared_ptr<AlertStream> three;
  const Outcome full = hub_.Open({}, "a peer", three);
  ASSERT_TRUE(full.has_value());
  EXPECT_EQ(full->reason, "TOO_MANY_STREAMS");
  EXPECT_EQ(three, nullptr);
  one->Close();  // Never started.
  EXPECT_FALSE(hub_.Open({}, "a peer", three).has_value());
  v1::SubscribeAlertsRequest wrong;
  wrong.set_resume_token("?");
  std::shared_ptr<AlertStream> refused;
  EXPECT_EQ(hub_.Open(wrong, "a peer", refused)->reason, "TOKEN_INVALID");
  two->Close();
  three->Close();
  EXPECT_EQ(rooms_.subscribers, 0);
}

}  // namespace
}  // namespace claimwatch
