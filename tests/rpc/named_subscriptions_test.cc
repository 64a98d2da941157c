// Named subscriptions over a socket: made, consumed, settled, parked, replayed, moved, deleted.
#include "server/rpc/named_subscriptions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/rpc/test_server.h"

namespace claimwatch {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class NamedSubscriptionsTest : public testing::Test {
 protected:
  // One alert for each of `count` reports but the first ever; ids follow on.
  void Report(int count) {
    for (int i = 0; i < count; ++i, ++reports_) {
      server_.Ingest(FireReport(absl::StrCat("a", reports_), 3 + 20 * reports_, 600 * reports_));
    }
  }

  std::string Create(const std::string& id, const std::string& filter = "change = OPENED",
                     int deliveries_max = 2) {
    v1::CreateSubscriptionRequest request;
    request.set_subscription_id(id);
    request.mutable_settings()->set_filter(filter);
    request.mutable_settings()->mutable_lease()->set_seconds(60);
    request.mutable_settings()->set_deliveries_max(deliveries_max);
    request.set_start_point(v1::SubscribeAlertsRequest::START_POINT_BEGINNING);
    v1::CreateSubscriptionResponse response;
    return Dump(server_.alerts->CreateSubscription(Context().get(), request, &response));
  }

  v1::Subscription Get(const std::string& id) {
    v1::GetSubscriptionRequest request;
    request.set_subscription_id(id);
    v1::GetSubscriptionResponse response;
    EXPECT_TRUE(server_.alerts->GetSubscription(Context().get(), request, &response).ok());
    return response.subscription();
  }

  v1::SettleAlertsRequest Settlement(const std::string& id) {
    v1::SettleAlertsRequest request;
    request.set_subscription_id(id);
    return request;
  }
  v1::SettleAlertsResponse Settle(const v1::SettleAlertsRequest& request) {
    v1::SettleAlertsResponse response;
    const grpc::Status status = server_.alerts->SettleAlerts(Context().get(), request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }

  TestServer server_;
  int reports_ = 0;
};

// A consumer and what it has heard.
class Consumer {
 public:
  Consumer(TestServer& server, const std::string& id) : context_(Context()) {
    v1::ConsumeAlertsRequest request;
    request.set_subscription_id(id);
    stream_ = server.alerts->ConsumeAlerts(context_.get(), request);
    v1::ConsumeAlertsResponse response;
    const bool heard = stream_->Read(&response);
    EXPECT_EQ(heard, response.has_started());
  }
  ~Consumer() {
    context_->TryCancel();
    if (!finished_) stream_->Finish();
  }

  // The next `count` deliveries: "al1", from the second delivery on "al1x2".
  std::vector<std::string> Next(std::size_t count) {
    std::vector<std::string> heard;
    v1::ConsumeAlertsResponse response;
    while (heard.size() < count && stream_->Read(&response)) {
      for (const v1::Delivery& delivery : response.deliveries()) {
        std::string line = delivery.event().alert().alert_id();
        if (delivery.delivery_count() > 1) absl::StrAppend(&line, "x", delivery.delivery_count());
        heard.push_back(line);
        positions_.push_back(delivery.event().position());
      }
    }
    return heard;
  }
  const std::vector<std::int64_t>& positions() const { return positions_; }

  std::string End() {
    v1::ConsumeAlertsResponse response, last;
    while (stream_->Read(&response)) last = response;
    finished_ = true;
    return absl::StrCat(v1::SubscriptionEnd::Reason_Name(last.end().reason()), " ",
                        Dump(stream_->Finish()));
  }

 private:
  std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<grpc::ClientReader<v1::ConsumeAlertsResponse>> stream_;
  std::vector<std::int64_t> positions_;
  bool finished_ = false;
};

TEST_F(NamedSubscriptionsTest, DeliversUntilItIsAcknowledged) {
  Report(3);
  ASSERT_EQ(Create("desk"), "OK");
  EXPECT_EQ(Get("desk").lag(), server_.feed().head());
  EXPECT_TRUE(Get("desk").has_oldest_unsettled_age());
  Consumer consumer(server_, "desk");
  EXPECT_THAT(consumer.Next(2), ElementsAre("al1", "al2"));
  EXPECT_EQ(Get("desk").outstanding_count(), 2);
  EXPECT_EQ(Get("desk").consumer_count(), 1);
  v1::SettleAlertsRequest settle = Settlement("desk");
  settle.add_ack_positions(consumer.positions()[0]);
  settle.add_ack_positions(99);
  const v1::SettleAlertsResponse settled = Settle(settle);
  EXPECT_EQ(settled.settled_count(), 1);
  EXPECT_EQ(settled.passed_over_count(), 1);
  server_.clock().Advance(absl::Seconds(60));
  EXPECT_THAT(consumer.Next(1), ElementsAre("al2x2"));
  Report(1);
  EXPECT_THAT(consumer.Next(1), ElementsAre("al3"));
  settle = Settlement("desk");
  settle.set_ack_up_to_position(server_.feed().head());
  Settle(settle);
  EXPECT_EQ(Get("desk").lag(), 0);
  EXPECT_EQ(Get("desk").settled_position(), server_.feed().head());
  EXPECT_FALSE(Get("desk").has_oldest_unsettled_age());
}

TEST_F(NamedSubscriptionsTest, WhatCannotBeDoneIsParkedAndReplayed) {
  Report(3);
  ASSERT_EQ(Create("desk"), "OK");
  Consumer consumer(server_, "desk");
  EXPECT_THAT(consumer.Next(2), ElementsAre("al1", "al2"));
  v1::SettleAlertsRequest settle = Settlement("desk");
  settle.add_park_positions(consumer.positions()[0]);
  settle.set_note("no such desk");
  Settle(settle);
  v1::ListParkedAlertsRequest list;
  list.set_subscription_id("desk");
  v1::ListParkedAlertsResponse parked;
  ASSERT_TRUE(server_.alerts->ListParkedAlerts(Context().get(), list, &parked).ok());
  ASSERT_EQ(parked.parked_size(), 1);
  EXPECT_EQ(parked.parked(0).event().alert().alert_id(), "al1");
  EXPECT_EQ(parked.parked(0).note(), "no such desk");
  EXPECT_EQ(Get("desk").parked_count(), 1);
  v1::ReplayParkedAlertsRequest replay;
  replay.set_subscription_id("desk");
  v1::ReplayParkedAlertsResponse replayed;
  ASSERT_TRUE(server_.alerts->ReplayParkedAlerts(Context().get(), replay, &replayed).ok());
  EXPECT_EQ(replayed.replayed_count(), 1);
  EXPECT_THAT(consumer.Next(1), ElementsAre("al1")) << "its count begins anew";
  EXPECT_EQ(Get("desk").parked_count(), 0);
}

TEST_F(NamedSubscriptionsTest, AConsumerThatGoesLeavesItsDeliveriesToTheNext) {
  Report(2);
  ASSERT_EQ(Create("desk"), "OK");
  { EXPECT_THAT(Consumer(server_, "desk").Next(1), ElementsAre("al1")); }
  Consumer next(server_, "desk");
  server_.clock().Advance(absl::Seconds(60));
  EXPECT_THAT(next.Next(1), ElementsAre("al1x2"));
}

TEST_F(NamedSubscriptionsTest, CanBeMovedAndDeleted) {
  Report(3);
  ASSERT_EQ(Create("desk"), "OK");
  v1::SeekSubscriptionRequest seek;
  seek.set_subscription_id("desk");
  v1::SeekSubscriptionResponse moved;
  ASSERT_TRUE(server_.alerts->SeekSubscription(Context().get(), seek, &moved).ok());
  EXPECT_EQ(moved.subscription().lag(), 0);
  Consumer consumer(server_, "desk");
  Report(1);
  EXPECT_THAT(consumer.Next(1), ElementsAre("al3"));
  v1::DeleteSubscriptionRequest remove;
  remove.set_subscription_id("desk");
  v1::DeleteSubscriptionResponse removed;
  ASSERT_TRUE(server_.alerts->DeleteSubscription(Context().get(), remove, &removed).ok());
  EXPECT_EQ(consumer.End(),
            "REASON_DELETED NOT_FOUND SUBSCRIPTION_NOT_FOUND claimwatch.v1.Subscription=desk");
  v1::ListSubscriptionsResponse all;
  ASSERT_TRUE(server_.alerts->ListSubscriptions(Context().get(), {}, &all).ok());
  EXPECT_EQ(all.subscriptions_size(), 0);
  EXPECT_THAT(*server_.store().ReadSubscriptions(), IsEmpty());
}

TEST_F(NamedSubscriptionsTest, IsMadeOnceAndOutlivesTheServer) {
  ASSERT_EQ(Create("desk"), "OK");
  EXPECT_EQ(Create("desk"), "OK") << "the same settings";
  EXPECT_EQ(Create("desk", "severity = HIGH"),
            "ALREADY_EXISTS SUBSCRIPTION_EXISTS claimwatch.v1.Subscription=desk");
  const auto kept = server_.store().ReadSubscriptions();
  ASSERT_EQ(kept->size(), 1u);
  TestServer next({}, [&](ClaimStore& store) {
    Batch batch;
    batch.subscriptions.kept = *kept;
    CW_CHECK(store.Commit(batch).ok());
  });
  v1::ListSubscriptionsResponse all;
  ASSERT_TRUE(next.alerts->ListSubscriptions(Context().get(), {}, &all).ok());
  ASSERT_EQ(all.subscriptions_size(), 1);
  EXPECT_EQ(all.subscriptions(0).subscription_id(), "desk");
  EXPECT_EQ(all.subscriptions(0).settings().filter(), "change = OPENED");
  EXPECT_EQ(all.subscriptions(0).settings().outstanding_max(), 100);
}

TEST_F(NamedSubscriptionsTest, WhatIsWrongIsNamed) {
  EXPECT_EQ(Create(""), "INVALID_ARGUMENT REQUEST_INVALID subscription_id:REQUIRED");
  EXPECT_EQ(Create("My Desk"), "INVALID_ARGUMENT REQUEST_INVALID subscription_id:MALFORMED");
  EXPECT_EQ(Create("desk", "kind ="), "INVALID_ARGUMENT FILTER_INVALID filter:MALFORMED");
  EXPECT_EQ(Create("desk", "", 101),
            "INVALID_ARGUMENT REQUEST_INVALID settings.deliveries_max:OUT_OF_RANGE");
  v1::SettleAlertsResponse response;
  EXPECT_EQ(Dump(server_.alerts->SettleAlerts(Context().get(), Settlement("nobody"), &response)),
            "NOT_FOUND SUBSCRIPTION_NOT_FOUND claimwatch.v1.Subscription=nobody");
  EXPECT_EQ(Consumer(server_, "nobody").End(),
            "REASON_UNSPECIFIED NOT_FOUND SUBSCRIPTION_NOT_FOUND "
            "claimwatch.v1.Subscription=nobody");
}

TEST_F(NamedSubscriptionsTest, ACommitThatFailsIsToldAndLosesNothing) {
  Report(2);
  ASSERT_EQ(Create("desk"), "OK");
  Consumer consumer(server_, "desk");
  EXPECT_THAT(consumer.Next(1), ElementsAre("al1"));
  v1::SettleAlertsRequest settle = Settlement("desk");
  settle.add_park_positions(consumer.positions()[0]);
  server_.store().FailCommits(1);
  v1::SettleAlertsResponse response;
  EXPECT_EQ(server_.alerts->SettleAlerts(Context().get(), settle, &response).error_code(),
            grpc::StatusCode::UNAVAILABLE);
  Settle(settle);  // Passed over by now; what was parked is committed with it.
  EXPECT_EQ(server_.store().ListParked("desk", 0, 10)->size(), 1u);
}

TEST_F(NamedSubscriptionsTest, ConsumersHearThatTheDaemonStops) {
  ASSERT_EQ(Create("desk"), "OK");
  Consumer consumer(server_, "desk");
  server_.feed().Close();
  EXPECT_EQ(consumer.End(), "REASON_DRAINING UNAVAILABLE DRAINING retry");
}

}  // namespace
}  // namespace claimwatch
