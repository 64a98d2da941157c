// Filters where callers meet them: every list and the feed, over a socket.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "server/rpc/limits.h"
#include "tests/rpc/test_server.h"

namespace claimwatch {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Four alerts of one figure: 3, 23, 43, 63, 83 people.
class FilterRequestsTest : public testing::Test {
 protected:
  FilterRequestsTest() {
    for (int i = 0; i < 5; ++i) {
      server_.Ingest(FireReport(absl::StrCat("a", i), 3 + 20 * i, 600 * i));
    }
  }

  std::vector<std::string> Alerts(const std::string& filter) {
    v1::ListAlertsRequest request;
    request.set_filter(filter);
    v1::ListAlertsResponse response;
    status_ = server_.alerts->ListAlerts(Context().get(), request, &response);
    std::vector<std::string> ids;
    for (const v1::Alert& alert : response.alerts()) ids.push_back(alert.alert_id());
    return ids;
  }

  // Ids of the alerts that are told from the beginning on, until caught up.
  std::vector<std::string> Told(const std::string& filter) {
    v1::SubscribeAlertsRequest request;
    request.set_start_point(v1::SubscribeAlertsRequest::START_POINT_BEGINNING);
    request.set_filter(filter);
    const auto context = Context();
    const auto stream = server_.alerts->SubscribeAlerts(context.get(), request);
    std::vector<std::string> ids;
    v1::SubscribeAlertsResponse response;
    while (stream->Read(&response) && !response.has_caught_up()) {
      for (const v1::AlertEvent& event : response.events()) ids.push_back(event.alert().alert_id());
    }
    if (response.has_caught_up()) context->TryCancel();
    status_ = stream->Finish();
    return ids;
  }

  TestServer server_;
  grpc::Status status_;
};

TEST_F(FilterRequestsTest, ListsOfAlerts) {
  EXPECT_THAT(Alerts("state = OPEN"), ElementsAre("al4"));
  EXPECT_THAT(Alerts("change = SUPERSEDED current_value > 30"), ElementsAre("al3", "al2"));
  EXPECT_THAT(Alerts("measure = lost"), IsEmpty());
  EXPECT_THAT(Alerts("crossed_above(50)"), ElementsAre("al3"));
  EXPECT_TRUE(status_.ok());
}

TEST_F(FilterRequestsTest, TheFeed) {
  EXPECT_THAT(Told("change = OPENED AND current_value >= 43"), ElementsAre("al2", "al3", "al4"));
  EXPECT_THAT(Told("change = OPENED AND crossed_above(50, 40)"), ElementsAre("al3"));
  EXPECT_THAT(Told("measure = lost"), IsEmpty());
  EXPECT_EQ(status_.error_code(), grpc::StatusCode::CANCELLED);
}

TEST_F(FilterRequestsTest, ListsOfClaimsStoriesAndFigures) {
  v1::ListClaimsRequest claims;
  claims.set_filter("value >= 43 AND measure = injured");
  v1::ListClaimsResponse claim_page;
  ASSERT_TRUE(server_.claims->ListClaims(Context().get(), claims, &claim_page).ok());
  EXPECT_EQ(claim_page.claims_size(), 3);
  v1::ListStoriesRequest stories;
  v1::ListStoriesResponse story_page;
  stories.set_filter("articles >= 5");
  ASSERT_TRUE(server_.stories->ListStories(Context().get(), stories, &story_page).ok());
  ASSERT_EQ(story_page.stories_size(), 1);
  const std::string story = story_page.stories(0).story_id();
  stories.set_filter("articles > 5");
  ASSERT_TRUE(server_.stories->ListStories(Context().get(), stories, &story_page).ok());
  EXPECT_EQ(story_page.stories_size(), 0);
  v1::ListFiguresRequest figures;
  v1::ListFiguresResponse figure_page;
  figures.set_story_id(story);
  figures.set_filter("measure = injured AND value = 83");
  ASSERT_TRUE(server_.stories->ListFigures(Context().get(), figures, &figure_page).ok());
  EXPECT_EQ(figure_page.figures_size(), 1);
  figures.set_filter("value < 83");
  ASSERT_TRUE(server_.stories->ListFigures(Context().get(), figures, &figure_page).ok());
  EXPECT_EQ(figure_page.figures_size(), 0);
}

TEST_F(FilterRequestsTest, WhatIsWrongIsToldWithItsPlace) {
  Alerts("severity > HIHG");
  EXPECT_EQ(Dump(status_), "INVALID_ARGUMENT FILTER_INVALID filter:MALFORMED");
  EXPECT_THAT(status_.error_message(), HasSubstr("at byte 11"));
  EXPECT_THAT(status_.error_message(), HasSubstr("LOW, MEDIUM, HIGH, CRITICAL"));
  Told("(");
  EXPECT_EQ(Dump(status_), "INVALID_ARGUMENT FILTER_INVALID filter:MALFORMED");
}

TEST(FilterOfTheDaemon, HoldsForEverySubscriptionAndForNoList) {
  FilterProblem problem;
  RpcOptions options;
  options.alert_filter = Filter::Compile("current_value < 50", AlertSchema(), problem);
  TestServer server(options);
  v1::SubscribeAlertsRequest request;
  const auto context = Context();
  const auto stream = server.alerts->SubscribeAlerts(context.get(), request);
  v1::SubscribeAlertsResponse response;
  ASSERT_TRUE(stream->Read(&response));
  for (int i = 0; i < 5; ++i) {
    server.Ingest(FireReport(absl::StrCat("a", i), 3 + 20 * i, 600 * i));
  }
  server.feed().Close();
  std::vector<std::string> opened;
  while (stream->Read(&response)) {
    for (const v1::AlertEvent& event : response.events()) {
      if (event.change() == v1::AlertEvent::CHANGE_OPENED) {
        opened.push_back(event.alert().alert_id());
      }
    }
  }
  EXPECT_THAT(opened, ElementsAre("al1", "al2"));
  v1::ListAlertsResponse page;
  ASSERT_TRUE(server.alerts->ListAlerts(Context().get(), v1::ListAlertsRequest(), &page).ok());
  EXPECT_EQ(page.alerts_size(), 4);
}

}  // namespace
}  // namespace claimwatch
