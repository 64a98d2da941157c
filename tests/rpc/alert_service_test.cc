#include "server/rpc/alert_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/rpc/test_server.h"

namespace claimwatch {
namespace {

using testing::ElementsAre;

// The next message that says something; heartbeats are passed over. Empty when the stream ends.
v1::SubscribeAlertsResponse Next(grpc::ClientReader<v1::SubscribeAlertsResponse>& stream) {
  v1::SubscribeAlertsResponse response;
  while (stream.Read(&response) && response.has_heartbeat_time()) {
  }
  return response;
}

// Four alerts of one figure, each replacing the one before.
void FourAlerts(TestServer& server) {
  for (int i = 0; i < 5; ++i) {
    server.Ingest(FireReport(absl::StrCat("a", i), 3 + 20 * i, 600 * i));
  }
}

TEST(SubscribeAlerts, ManySubscribersHearTheSame) {
  TestServer server;
  constexpr int kSubscribers = 30;
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<std::unique_ptr<grpc::ClientReader<v1::SubscribeAlertsResponse>>> streams;
  for (int i = 0; i < kSubscribers; ++i) {
    contexts.push_back(Context());
    streams.push_back(
        server.alerts->SubscribeAlerts(contexts.back().get(), v1::SubscribeAlertsRequest()));
    EXPECT_TRUE(Next(*streams.back()).has_started());
  }
  FourAlerts(server);
  const std::int64_t head = server.feed().head();
  for (auto& stream : streams) {
    std::int64_t position = 0;
    while (position < head) {
      const v1::SubscribeAlertsResponse response = Next(*stream);
      if (response.resume_token().empty()) break;  // The stream has ended.
      for (const v1::AlertEvent& event : response.events()) EXPECT_EQ(event.position(), ++position);
      EXPECT_EQ(response.position(), position);
    }
    EXPECT_EQ(position, head);
  }
  for (auto& context : contexts) context->TryCancel();
}

TEST(SubscribeAlerts, TooManyAreToldToComeLater) {
  TestServer server({.subscribers_max = 1});
  const auto context = Context();
  const auto first = server.alerts->SubscribeAlerts(context.get(), v1::SubscribeAlertsRequest());
  EXPECT_TRUE(Next(*first).has_started());
  const auto other = Context();
  const auto second = server.alerts->SubscribeAlerts(other.get(), v1::SubscribeAlertsRequest());
  EXPECT_EQ(Dump(second->Finish()), "RESOURCE_EXHAUSTED TOO_MANY_STREAMS retry");
  context->TryCancel();
  EXPECT_EQ(first->Finish().error_code(), grpc::StatusCode::CANCELLED);
}

TEST(SubscribeAlerts, WhatIsWrongWithTheRequestIsNamed) {
  TestServer server;
  v1::SubscribeAlertsRequest request;
  request.mutable_selector()->add_kinds(static_cast<v1::Alert::Kind>(77));
  request.mutable_selector()->set_story_id("seven");
  const auto context = Context();
  EXPECT_EQ(Dump(server.alerts->SubscribeAlerts(context.get(), request)->Finish()),
            "INVALID_ARGUMENT REQUEST_INVALID selector.story_id:MALFORMED "
            "selector.kinds[0]:UNKNOWN_VALUE");
}

TEST(SubscribeAlerts, HeartbeatsCarryThePlaceUnderAFilterThatLetsNothingThrough) {
  TestServer server;
  v1::SubscribeAlertsRequest request;
  request.set_start_point(v1::SubscribeAlertsRequest::START_POINT_BEGINNING);
  request.mutable_selector()->add_measures("no-such-measure");
  request.mutable_heartbeat_interval()->set_seconds(1);
  const auto context = Context();
  const auto stream = server.alerts->SubscribeAlerts(context.get(), request);
  FourAlerts(server);
  v1::SubscribeAlertsResponse response;
  while (stream->Read(&response)) {
    EXPECT_EQ(response.events_size(), 0);
    if (response.position() == server.feed().head() && response.has_heartbeat_time()) break;
  }
  EXPECT_EQ(response.position(), server.feed().head());
  EXPECT_FALSE(response.resume_token().empty());
  context->TryCancel();
}

TEST(ListAlerts, LatestFirstPageByPage) {
  TestServer server;
  FourAlerts(server);
  v1::ListAlertsRequest request;
  request.set_page_size(3);
  v1::ListAlertsResponse page;
  ASSERT_TRUE(server.alerts->ListAlerts(Context().get(), request, &page).ok());
  std::vector<std::string> ids;
  for (const v1::Alert& alert : page.alerts()) ids.push_back(alert.alert_id());
  EXPECT_THAT(ids, ElementsAre("al4", "al3", "al2"));
  request.set_page_token(page.next_page_token());
  request.set_page_size(10);
  ASSERT_TRUE(server.alerts->ListAlerts(Context().get(), request, &page).ok());
  ASSERT_EQ(page.alerts_size(), 1);
  EXPECT_EQ(page.alerts(0).alert_id(), "al1");
  EXPECT_TRUE(page.next_page_token().empty());
  request.mutable_selector()->add_measures("injured");
  EXPECT_EQ(Dump(server.alerts->ListAlerts(Context().get(), request, &page)),
            "INVALID_ARGUMENT PAGE_TOKEN_INVALID");
}

TEST(ListAlerts, ByStateAndSelector) {
  TestServer server;
  FourAlerts(server);
  v1::ListAlertsRequest request;
  request.add_states(v1::Alert::STATE_OPEN);
  v1::ListAlertsResponse page;
  ASSERT_TRUE(server.alerts->ListAlerts(Context().get(), request, &page).ok());
  ASSERT_EQ(page.alerts_size(), 1);
  EXPECT_EQ(page.alerts(0).alert_id(), "al4");
  request.add_states(v1::Alert::STATE_SUPERSEDED);
  ASSERT_TRUE(server.alerts->ListAlerts(Context().get(), request, &page).ok());
  EXPECT_EQ(page.alerts_size(), 4);
  request.mutable_selector()->add_kinds(v1::Alert::KIND_LOWERED);
  ASSERT_TRUE(server.alerts->ListAlerts(Context().get(), request, &page).ok());
  EXPECT_EQ(page.alerts_size(), 0);
}

TEST(GetAlert, OneOrNone) {
  TestServer server;
  FourAlerts(server);
  v1::GetAlertRequest request;
  v1::GetAlertResponse response;
  request.set_alert_id("al2");
  ASSERT_TRUE(server.alerts->GetAlert(Context().get(), request, &response).ok());
  EXPECT_EQ(response.alert().current().quantity().low(), 43);
  request.set_alert_id("al99");
  EXPECT_EQ(Dump(server.alerts->GetAlert(Context().get(), request, &response)),
            "NOT_FOUND ALERT_NOT_FOUND claimwatch.v1.Alert=al99");
  request.set_alert_id("99");
  EXPECT_EQ(Dump(server.alerts->GetAlert(Context().get(), request, &response)),
            "INVALID_ARGUMENT REQUEST_INVALID alert_id:MALFORMED");
}

TEST(AcknowledgeAlert, IsToldOnce) {
  TestServer server;
  FourAlerts(server);
  const std::int64_t before = server.feed().head();
  v1::AcknowledgeAlertRequest request;
  v1::AcknowledgeAlertResponse response;
  request.set_alert_id("al4");
  request.set_by("desk two");
  request.set_note("called the ministry");
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(server.alerts->AcknowledgeAlert(Context().get(), request, &response).ok());
    EXPECT_EQ(response.alert().acknowledgement().by(), "desk two");
    EXPECT_EQ(response.alert().acknowledgement().note(), "called the ministry");
  }
  EXPECT_EQ(server.feed().head(), before + 1);
  request.clear_by();
  EXPECT_EQ(Dump(server.alerts->AcknowledgeAlert(Context().get(), request, &response)),
            "INVALID_ARGUMENT REQUEST_INVALID by:REQUIRED");
  request.set_by("desk two");
  request.set_alert_id("al77");
  EXPECT_EQ(Dump(server.alerts->AcknowledgeAlert(Context().get(), request, &response)),
            "NOT_FOUND ALERT_NOT_FOUND claimwatch.v1.Alert=al77");
}

}  // namespace
}  // namespace claimwatch
