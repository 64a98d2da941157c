#include "server/rpc/subscription.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "server/rpc/wire_buffer.h"
#include "tests/fakes/newsroom.h"
#include "tests/rpc/feed_of.h"

namespace claimwatch {
namespace {

using testing::ElementsAre;

// The contract step by step: no gRPC, and a clock that is a number.
class SubscriptionTest : public testing::Test {
 protected:
  // "started", "events 1-3", "snapshot al1", "caught_up", "heartbeat @3", "end DRAINING"; "-":
  // quiet.
  std::string Next() {
    const std::optional<Subscription::Message> message = subscription_->Next(now_);
    if (!message.has_value()) return "-";
    v1::SubscribeAlertsResponse response;
    EXPECT_TRUE(FromBuffer(message->bytes, response));
    if (!response.resume_token().empty()) {
      EXPECT_EQ(DecodeToken(response.resume_token())->position, response.position());
      token_ = response.resume_token();
    }
    if (response.has_started()) {
      return absl::StrCat("started @", response.started().start_position(), " of ",
                          response.started().head_position(), " snapshot ",
                          response.started().snapshot_alert_count());
    }
    if (response.has_end()) {
      EXPECT_TRUE(message->end.has_value());
      return absl::StrCat("end ", v1::SubscriptionEnd::Reason_Name(response.end().reason()));
    }
    if (response.has_caught_up()) return "caught_up";
    if (response.has_heartbeat_time()) return absl::StrCat("heartbeat @", response.position());
    if (response.events_size() > 0 &&
        response.events(0).change() == v1::AlertEvent::CHANGE_SNAPSHOT) {
      std::string line = "snapshot";
      for (const auto& event : response.events())
        absl::StrAppend(&line, " ", event.alert().alert_id());
      return line;
    }
    return absl::StrCat("events ", response.events(0).position(), "-",
                        response.events(response.events_size() - 1).position());
  }
  std::vector<std::string> UntilQuiet() {
    std::vector<std::string> lines;
    while (lines.size() < 100) {
      lines.push_back(Next());
      if (lines.back() == "-" || lines.back().rfind("end", 0) == 0) break;
    }
    return lines;
  }
  Outcome Subscribe(const v1::SubscribeAlertsRequest& request,
                    absl::Duration age_max = absl::InfiniteDuration()) {
    SubscriptionPlan plan;
    if (Outcome bad = PlanSubscription(request, rooms_, plan)) return bad;
    subscription_ =
        std::make_unique<Subscription>(std::move(plan), rooms_, batches_, now_, age_max);
    return std::nullopt;
  }
  static v1::SubscribeAlertsRequest From(v1::SubscribeAlertsRequest::StartPoint point) {
    v1::SubscribeAlertsRequest request;
    request.set_start_point(point);
    return request;
  }

  FeedOf feed_;
  Newsroom unused_;
  WorkerPool pool_{1, 1};
  RpcOptions options_;
  Rooms rooms_{unused_.clock(), SharedCatalogue(),  feed_.store,
               *feed_.feed,     unused_.ingestor(), pool_,
               options_,        absl::UnixEpoch()};
  EventBatches batches_{*feed_.feed};
  std::unique_ptr<Subscription> subscription_;
  absl::Duration now_ = absl::Seconds(1000);
  std::string token_;
};

TEST_F(SubscriptionTest, FromNow) {
  feed_.Article(2);
  ASSERT_FALSE(Subscribe({}).has_value());
  EXPECT_THAT(UntilQuiet(), ElementsAre("started @2 of 2 snapshot 0", "caught_up", "-"));
  EXPECT_FALSE(subscription_->HasNews(now_));
  feed_.Article(3);
  EXPECT_TRUE(subscription_->HasNews(now_));
  EXPECT_THAT(UntilQuiet(), ElementsAre("events 3-5", "-"));
}

TEST_F(SubscriptionTest, FromTheBeginningAndByEachToken) {
  feed_.Article(2);
  feed_.Article(1);
  ASSERT_FALSE(Subscribe(From(v1::SubscribeAlertsRequest::START_POINT_BEGINNING)).has_value());
  EXPECT_THAT(UntilQuiet(),
              ElementsAre("started @0 of 3 snapshot 0", "events 1-3", "caught_up", "-"));
  feed_.Article(1);
  v1::SubscribeAlertsRequest resume;
  resume.set_resume_token(token_);
  ASSERT_FALSE(Subscribe(resume).has_value());
  EXPECT_THAT(UntilQuiet(),
              ElementsAre("started @3 of 4 snapshot 0", "events 4-4", "caught_up", "-"));
}

TEST_F(SubscriptionTest, ASnapshotThenWhatComesAfterIt) {
  feed_.Article(2);
  ASSERT_FALSE(Subscribe(From(v1::SubscribeAlertsRequest::START_POINT_SNAPSHOT)).has_value());
  EXPECT_EQ(Next(), "started @2 of 2 snapshot 2");
  EXPECT_TRUE(token_.empty()) << "no place to resume from yet";
  feed_.Article(1);
  EXPECT_THAT(UntilQuiet(), ElementsAre("snapshot al1 al2", "events 3-3", "caught_up", "-"));
}

// The store is ahead of the feed for a moment: what is committed and not published is left to the
// live part.
TEST_F(SubscriptionTest, ASnapshotTakenBetweenCommitAndPublish) {
  feed_.Article(2);
  const std::vector<AlertEvent> late = feed_.CommitOnly(1);
  ASSERT_FALSE(Subscribe(From(v1::SubscribeAlertsRequest::START_POINT_SNAPSHOT)).has_value());
  EXPECT_THAT(UntilQuiet(),
              ElementsAre("started @2 of 2 snapshot 2", "snapshot al1 al2", "caught_up", "-"));
  feed_.feed->Publish(late);
  EXPECT_THAT(UntilQuiet(), ElementsAre("events 3-3", "-"));
}

TEST_F(SubscriptionTest, HeartbeatsCarryThePlaceAlsoUnderASelector) {
  v1::SubscribeAlertsRequest request;
  request.mutable_heartbeat_interval()->set_seconds(5);
  request.mutable_selector()->add_measures("no-such-measure");
  ASSERT_FALSE(Subscribe(request).has_value());
  EXPECT_THAT(UntilQuiet(), ElementsAre("started @0 of 0 snapshot 0", "caught_up", "-"));
  feed_.Article(3);
  EXPECT_EQ(Next(), "-");
  now_ += absl::Seconds(4);
  EXPECT_EQ(Next(), "-");
  now_ += absl::Seconds(1);
  EXPECT_THAT(UntilQuiet(), ElementsAre("heartbeat @3", "-"));
}

TEST_F(SubscriptionTest, EndsWithWhatIsLeftThenWhy) {
  ASSERT_FALSE(Subscribe({}).has_value());
  UntilQuiet();
  feed_.Article(1);
  feed_.feed->Close();
  EXPECT_THAT(UntilQuiet(), ElementsAre("events 1-1", "end REASON_DRAINING"));
  EXPECT_EQ(Next(), "-");
  EXPECT_FALSE(subscription_->HasNews(now_ + absl::Hours(9)));
}

TEST_F(SubscriptionTest, IsRecycledWhenItIsOld) {
  ASSERT_FALSE(Subscribe({}, absl::Seconds(20)).has_value());
  UntilQuiet();
  now_ += absl::Seconds(20);
  EXPECT_THAT(UntilQuiet(), ElementsAre("end REASON_RECYCLED"));
}

TEST_F(SubscriptionTest, TokensAreCheckedAgainstWhatIsHeld) {
  feed_.Article(2);
  const std::pair<std::string, const char*> kTokens[] = {
      {EncodeToken({feed_.feed->epoch(), 0}), ""},
      {EncodeToken({feed_.feed->epoch(), 2}), ""},
      {EncodeToken({feed_.feed->epoch(), 3}), "TOKEN_FROM_FUTURE"},
      {EncodeToken({"another", 1}), "TOKEN_OTHER_EPOCH"},
      {"???", "TOKEN_INVALID"},
      {"", "TOKEN_INVALID"},
  };
  for (const auto& [token, reason] : kTokens) {
    v1::SubscribeAlertsRequest request;
    request.set_resume_token(token);
    const Outcome bad = Subscribe(request);
    EXPECT_EQ(bad.has_value() ? bad->reason : "", reason) << token;
  }
}

TEST_F(SubscriptionTest, HeartbeatIntervalsAreTakenToTheirBounds) {
  const std::pair<double, absl::Duration> kIntervals[] = {{0, absl::Seconds(30)},
                                                          {0.1, absl::Seconds(1)},
                                                          {7, absl::Seconds(7)},
                                                          {86400, absl::Hours(1)}};
  for (const auto& [asked, given] : kIntervals) {
    v1::SubscribeAlertsRequest request;
    *request.mutable_heartbeat_interval() = ToProto(absl::Seconds(asked));
    SubscriptionPlan plan;
    ASSERT_FALSE(PlanSubscription(request, rooms_, plan).has_value());
    EXPECT_EQ(plan.heartbeat_interval, given);
  }
  v1::SubscribeAlertsRequest request;
  request.mutable_heartbeat_interval()->set_seconds(-1);
  SubscriptionPlan plan;
  EXPECT_TRUE(PlanSubscription(request, rooms_, plan).has_value());
}

}  // namespace
}  // namespace claimwatch
