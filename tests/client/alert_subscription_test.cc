#include "client/lib/alert_subscription.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "client/lib/status.h"
#include "tests/client/fake_daemon.h"
#include "tests/client/fake_world.h"

namespace claimwatch::client {
namespace {

namespace pb = ::claimwatch::v1;
using grpc::StatusCode;
using testing::ElementsAre;

class AlertSubscriptionTest : public testing::Test {
 protected:
  AlertSubscriptionTest() {
    for (int i = 1; i <= 5; ++i) daemon_.Publish(SampleAlert(absl::StrCat("al", i)));
    options_.request.set_start_point(pb::SubscribeAlertsRequest::START_POINT_BEGINNING);
  }

  // What a subscription tells until it has caught up, or to its end: "connected", "1", "lost 0.1"…
  std::vector<std::string> Follow() {
    std::vector<std::string> told;
    AlertSubscription feed(connection_, options_);
    while (true) {
      const absl::StatusOr<FeedUpdate> update = feed.Next();
      if (!update.ok()) {
        told.push_back(absl::StatusCodeToString(update.status().code()));
        return told;
      }
      Note(*update, told);
      if (update->kind == FeedUpdate::Kind::kCaughtUp) return told;
    }
  }

  static void Note(const FeedUpdate& update, std::vector<std::string>& told) {
    using Kind = FeedUpdate::Kind;
    if (update.kind == Kind::kConnected) told.push_back("connected");
    if (update.kind == Kind::kResumed) told.push_back("resumed");
    if (update.kind == Kind::kBehind) told.push_back("behind");
    if (update.kind == Kind::kGap) told.push_back("gap");
    if (update.kind == Kind::kCaughtUp) told.push_back("caught up");
    if (update.kind == Kind::kLost) {
      told.push_back(absl::StrCat("lost ", absl::ToDoubleSeconds(update.retry_in)));
    }
    for (const pb::AlertEvent& event : update.message.events()) {
      told.push_back(absl::StrCat(event.position(), update.token.empty() ? " and" : ""));
    }
  }

  FakeDaemon daemon_;
  InProcess server_{daemon_};
  FakeWorld world_;
  Connection connection_{{}, [this] { return server_.Channel(); }, world_};
  AlertSubscriptionOptions options_;
};

TEST_F(AlertSubscriptionTest, TellsAllThenCatchesUp) {
  EXPECT_THAT(Follow(), ElementsAre("connected", "1", "2", "3", "4", "5", "caught up"));
}

TEST_F(AlertSubscriptionTest, ResumesAfterTheLastToken) {
  daemon_.feed_scripts = {
      {2, RpcError(StatusCode::UNAVAILABLE, "lost", "")},
      {0, RpcError(StatusCode::UNAVAILABLE, "lost", "")},
      {1, RpcError(StatusCode::UNAVAILABLE, "no", "DRAINING", absl::Seconds(4))}};
  EXPECT_THAT(Follow(), ElementsAre("connected", "1", "2", "lost 0.1", "resumed", "lost 0.2",
                                    "resumed", "3", "lost 4", "resumed", "4", "5", "caught up"));
  EXPECT_EQ(daemon_.subscriptions()[1].resume_token(), "t2");
  EXPECT_EQ(daemon_.subscriptions()[3].resume_token(), "t3");
}

TEST_F(AlertSubscriptionTest, WhatIsSelectedIsSelectedAgain) {
  options_.request.mutable_selector()->set_story_id("s7");
  options_.request.set_filter("change = OPENED");
  daemon_.feed_scripts = {{2, RpcError(StatusCode::UNAVAILABLE, "lost", "")}};
  Follow();
  ASSERT_EQ(daemon_.subscriptions().size(), 2u);
  for (const pb::SubscribeAlertsRequest& request : daemon_.subscriptions()) {
    EXPECT_EQ(request.selector().story_id(), "s7");
    EXPECT_EQ(request.filter(), "change = OPENED");
  }
}

TEST_F(AlertSubscriptionTest, AnArticleBrokenInTwoIsNotToldTwice) {
  FeedScript script;
  script.events = 2;
  script.split = true;
  script.status = RpcError(StatusCode::UNAVAILABLE, "lost", "");
  daemon_.feed_scripts = {script};
  EXPECT_THAT(Follow(), ElementsAre("connected", "1", "2 and", "lost 0.1", "resumed", "3", "4", "5",
                                    "caught up"));
  EXPECT_EQ(daemon_.subscriptions()[1].resume_token(), "t1");
}

TEST_F(AlertSubscriptionTest, ASlowReaderIsToldAndComesBackWhenAsked) {
  FeedScript script;
  script.events = 5;
  script.too_slow = true;
  script.status = RpcError(StatusCode::UNAVAILABLE, "slow", "READER_TOO_SLOW", absl::Seconds(1));
  daemon_.feed_scripts = {script};
  EXPECT_THAT(Follow(), ElementsAre("connected", "1", "2", "3", "4", "5", "behind", "lost 7",
                                    "resumed", "caught up"));
}

TEST_F(AlertSubscriptionTest, AGapIsTheEndUnlessToldOtherwise) {
  const grpc::Status gap = RpcError(StatusCode::OUT_OF_RANGE, "gone", "TOKEN_TOO_OLD", std::nullopt,
                                    {{"oldestToken", "t3"}});
  options_.request.set_resume_token("t1");
  daemon_.feed_scripts = {{0, gap}, {0, gap}, {0, gap}};
  EXPECT_THAT(Follow(), ElementsAre("OUT_OF_RANGE"));
  options_.on_gap = OnGap::kOldest;
  daemon_.feed_scripts.resize(1);
  EXPECT_THAT(Follow(), ElementsAre("gap", "connected", "4", "5", "caught up"));
  options_.on_gap = OnGap::kSnapshot;
  daemon_.feed_scripts = {{0, gap}};
  EXPECT_EQ(Follow().front(), "gap");
  EXPECT_EQ(daemon_.subscriptions().back().start_point(),
            pb::SubscribeAlertsRequest::START_POINT_SNAPSHOT);
}

TEST_F(AlertSubscriptionTest, AnErrorThatStaysIsTheEnd) {
  options_.request.set_resume_token("nonsense");
  EXPECT_THAT(Follow(), ElementsAre("INVALID_ARGUMENT"));
}

TEST_F(AlertSubscriptionTest, TheTokenResumesInAnotherProcess) {
  AlertSubscription first(connection_, options_);
  std::string token;
  for (int events = 0; events < 2;) {
    const auto update = first.Next();
    ASSERT_TRUE(update.ok());
    events += update->message.events_size();
    if (!update->token.empty()) token = update->token;
  }
  EXPECT_EQ(token, first.resume_token());
  options_.request.set_resume_token(token);
  EXPECT_THAT(Follow(), ElementsAre("connected", "3", "4", "5", "caught up"));
}

TEST_F(AlertSubscriptionTest, CancelEndsAWaitingNext) {
  AlertSubscription feed(connection_, options_);
  while (feed.Next()->kind != FeedUpdate::Kind::kCaughtUp) {
  }
  std::thread canceller([&] { feed.Cancel(); });
  EXPECT_TRUE(absl::IsCancelled(feed.Next().status()));
  canceller.join();
}

TEST_F(AlertSubscriptionTest, GivesUpAfterTheTimeOfThePolicy) {
  ConnectionOptions connection_options;
  connection_options.retry.outage_max = absl::Seconds(1);
  Connection connection(
      connection_options, [this] { return server_.Channel(); }, world_);
  for (int i = 0; i < 100; ++i) {
    daemon_.feed_scripts.push_back({0, RpcError(StatusCode::UNAVAILABLE, "no", "STORE_FAILED")});
  }
  AlertSubscription feed(connection, options_);
  absl::StatusOr<FeedUpdate> update = feed.Next();
  while (update.ok()) update = feed.Next();
  EXPECT_EQ(DetailsOf(update.status()).reason, "STORE_FAILED");
  EXPECT_GT(daemon_.feed_scripts.size(), 90u);
}

}  // namespace
}  // namespace claimwatch::client
