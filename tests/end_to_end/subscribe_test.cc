// Subscribers hear everything once and in order, across restarts of the daemon too.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <memory>

#include "absl/strings/str_cat.h"
#include "tests/end_to_end/daemon_process.h"
#include "tests/end_to_end/wire_client.h"
#include "tests/fakes/temporary_directory.h"

namespace claimwatch {
namespace {

using testing::HasSubstr;

std::vector<std::int64_t> Positions(const std::vector<v1::AlertEvent>& events) {
  std::vector<std::int64_t> positions;
  for (const v1::AlertEvent& event : events) positions.push_back(event.position());
  return positions;
}

class SubscribeEndToEnd : public testing::Test {
 protected:
  SubscribeEndToEnd() { Start(); }
  void Start() {
    daemon_ = std::make_unique<DaemonProcess>(folder_.path() + "/data");
    client_ = std::make_unique<WireClient>(daemon_->address());
  }
  // One report with a higher toll than all before: each opens an alert from the second on.
  void Report(int number) {
    const auto told = client_->Ingest({FloodReport(absl::StrCat("a", number), "river-post.example",
                                                   10 + 20 * number, 300 * number)});
    ASSERT_EQ(told.receipts.size(), 1u);
  }

  TemporaryDirectory folder_;
  std::unique_ptr<DaemonProcess> daemon_;
  std::unique_ptr<WireClient> client_;
};

TEST_F(SubscribeEndToEnd, FirstStartedThenCaughtUpThenNews) {
  WireSubscriber subscriber(*client_, v1::SubscribeAlertsRequest());
  const auto first = subscriber.Read();
  ASSERT_TRUE(first.has_value());
  ASSERT_TRUE(first->has_started());
  EXPECT_FALSE(first->started().epoch().empty());
  EXPECT_EQ(first->started().head_position(), 0);
  EXPECT_GT(first->started().limits().subscribers_max(), 0);
  EXPECT_TRUE(subscriber.ReadUntilCaughtUp().empty());
  Report(1);
  Report(2);
  const std::vector<v1::AlertEvent> events = subscriber.ReadEvents(1);
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].change(), v1::AlertEvent::CHANGE_OPENED);
  EXPECT_EQ(events[0].alert().kind(), v1::Alert::KIND_RAISED);
  EXPECT_EQ(events[0].alert().current().quantity().low(), 50);
}

TEST_F(SubscribeEndToEnd, ResumingAcrossARestartNeitherRepeatsNorSkips) {
  Report(1);
  Report(2);
  std::string token;
  std::vector<v1::AlertEvent> heard;
  {
    WireSubscriber subscriber(*client_, FromBeginning());
    heard = subscriber.ReadUntilCaughtUp();
    token = subscriber.token();
  }
  Report(3);
  daemon_->Kill();
  Start();
  Report(4);
  {
    WireSubscriber subscriber(*client_, FromToken(token));
    for (v1::AlertEvent& event : subscriber.ReadUntilCaughtUp()) heard.push_back(std::move(event));
  }
  WireSubscriber all(*client_, FromBeginning());
  const std::vector<v1::AlertEvent> expected = all.ReadUntilCaughtUp();
  EXPECT_EQ(Positions(heard), Positions(expected));
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(expected[i].position(), static_cast<std::int64_t>(i + 1));
  }
  EXPECT_GE(expected.size(), 3u);
}

TEST_F(SubscribeEndToEnd, ASnapshotThenNewsWithoutGapOrDouble) {
  Report(1);
  Report(2);
  v1::SubscribeAlertsRequest request;
  request.set_start_point(v1::SubscribeAlertsRequest::START_POINT_SNAPSHOT);
  WireSubscriber subscriber(*client_, request);
  const std::vector<v1::AlertEvent> open = subscriber.ReadUntilCaughtUp();
  ASSERT_EQ(open.size(), 1u);
  EXPECT_EQ(open[0].change(), v1::AlertEvent::CHANGE_SNAPSHOT);
  EXPECT_EQ(open[0].alert().state(), v1::Alert::STATE_OPEN);
  Report(3);
  for (const v1::AlertEvent& event : subscriber.ReadEvents(1)) {
    EXPECT_GT(event.position(), 1);
    EXPECT_NE(event.change(), v1::AlertEvent::CHANGE_SNAPSHOT);
  }
}

TEST_F(SubscribeEndToEnd, StoppingSaysWhereToGoOn) {
  Report(1);
  Report(2);
  WireSubscriber subscriber(*client_, FromBeginning());
  ASSERT_EQ(subscriber.ReadUntilCaughtUp().size(), 1u);
  daemon_->Send(SIGTERM);
  std::optional<v1::SubscribeAlertsResponse> last;
  while (auto message = subscriber.Read()) last = std::move(message);
  ASSERT_TRUE(last.has_value());
  ASSERT_TRUE(last->has_end()) << last->ShortDebugString();
  EXPECT_EQ(last->end().reason(), v1::SubscriptionEnd::REASON_DRAINING);
  EXPECT_GT(last->end().retry_after().nanos() + last->end().retry_after().seconds(), 0);
  EXPECT_FALSE(last->resume_token().empty());
  const grpc::Status status = subscriber.Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_THAT(status.error_details(), HasSubstr("DRAINING"));
  EXPECT_EQ(daemon_->Wait(), 0) << daemon_->Log();
  Start();
  Report(3);
  WireSubscriber resumed(*client_, FromToken(last->resume_token()));
  const std::vector<v1::AlertEvent> news = resumed.ReadUntilCaughtUp();
  ASSERT_FALSE(news.empty());
  EXPECT_EQ(news[0].position(), 2);
}

TEST_F(SubscribeEndToEnd, TokensThatCannotBeResumedFromAreRefused) {
  Report(1);
  Report(2);
  std::string token;
  {
    WireSubscriber subscriber(*client_, FromBeginning());
    subscriber.ReadUntilCaughtUp();
    token = subscriber.token();
  }
  TemporaryDirectory elsewhere;
  DaemonProcess other(elsewhere.path() + "/data");
  WireClient other_client(other.address());
  const grpc::Status foreign = WireSubscriber(other_client, FromToken(token)).Finish();
  EXPECT_EQ(foreign.error_code(), grpc::StatusCode::OUT_OF_RANGE);
  EXPECT_THAT(foreign.error_details(), HasSubstr("TOKEN_OTHER_EPOCH"));
  EXPECT_THAT(foreign.error_details(), HasSubstr("oldestToken"));
  const grpc::Status nonsense = WireSubscriber(*client_, FromToken("nonsense")).Finish();
  EXPECT_EQ(nonsense.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(nonsense.error_details(), HasSubstr("TOKEN_INVALID"));
}

}  // namespace
}  // namespace claimwatch
