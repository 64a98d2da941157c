#include "server/rpc/story_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/rpc/test_server.h"

namespace claimwatch {
namespace {

using testing::ElementsAre;

v1::Article FerryNews(const std::string& id) {
  v1::Article article;
  article.set_article_id(id);
  article.set_source("island-radio.example");
  article.set_title("Ferry runs aground near Quellon, Chile");
  article.set_body(
      "QUELLON, Chile - A ferry with 85 passengers ran aground on a sandbank near Quellon. The "
      "navy rescued 85 people from the ferry, a navy spokeswoman said.");
  article.set_language("en");
  article.mutable_publish_time()->set_seconds(1'640'000'000);
  return article;
}

class Stories : public testing::Test {
 protected:
  Stories() {
    server_.Ingest(FireReport("a1", 10, 0));
    server_.Ingest(FireReport("a2", 10, 30, "dock-gazette.example"));
    server_.Ingest(FerryNews("b1"));
    server_.Ingest(FireReport("a3", 40, 600));
  }
  TestServer server_;
};

TEST_F(Stories, LatestBegunFirstPageByPage) {
  v1::ListStoriesRequest request;
  request.set_page_size(1);
  v1::ListStoriesResponse response;
  ASSERT_TRUE(server_.stories->ListStories(Context().get(), request, &response).ok());
  ASSERT_EQ(response.stories_size(), 1);
  EXPECT_EQ(response.stories(0).story_id(), "s2");
  EXPECT_EQ(response.stories(0).article_count(), 1);
  request.set_page_token(response.next_page_token());
  response.Clear();
  ASSERT_TRUE(server_.stories->ListStories(Context().get(), request, &response).ok());
  ASSERT_EQ(response.stories_size(), 1);
  const v1::Story& fire = response.stories(0);
  EXPECT_EQ(fire.story_id(), "s1");
  EXPECT_EQ(fire.title(), "Fire breaks out in Varna harbour");
  EXPECT_EQ(fire.article_count(), 3);
  EXPECT_EQ(fire.source_count(), 2);
  EXPECT_EQ(fire.claim_count(), 3);
  EXPECT_EQ(fire.figure_count(), 1);
  EXPECT_EQ(fire.alert_count(), 1);
  EXPECT_EQ(fire.open_alert_count(), 1);
  EXPECT_TRUE(response.next_page_token().empty());
}

TEST_F(Stories, OnlyThoseWithAnOpenAlert) {
  v1::ListStoriesRequest request;
  request.set_open_alerts_only(true);
  v1::ListStoriesResponse response;
  ASSERT_TRUE(server_.stories->ListStories(Context().get(), request, &response).ok());
  ASSERT_EQ(response.stories_size(), 1);
  EXPECT_EQ(response.stories(0).story_id(), "s1");
}

TEST_F(Stories, MergedAndSplitAsAUserSays) {
  v1::MergeStoriesRequest merge;
  merge.set_story_id("s1");
  merge.set_other_story_id("s2");
  v1::MergeStoriesResponse merged;
  ASSERT_TRUE(server_.stories->MergeStories(Context().get(), merge, &merged).ok());
  EXPECT_EQ(merged.story().story_id(), "s1");
  EXPECT_EQ(merged.story().article_count(), 4);
  v1::GetStoryRequest get;
  get.set_story_id("s2");
  v1::GetStoryResponse got;
  EXPECT_EQ(server_.stories->GetStory(Context().get(), get, &got).error_code(),
            grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(server_.stories->MergeStories(Context().get(), merge, &merged).error_code(),
            grpc::StatusCode::NOT_FOUND);

  v1::SplitStoryRequest split;
  split.set_story_id("s1");
  v1::SplitStoryResponse apart;
  EXPECT_EQ(server_.stories->SplitStory(Context().get(), split, &apart).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
  split.add_article_ids("b1");
  ASSERT_TRUE(server_.stories->SplitStory(Context().get(), split, &apart).ok());
  EXPECT_EQ(apart.new_story().story_id(), "s3");
  EXPECT_EQ(apart.new_story().title(), "Ferry runs aground near Quellon, Chile");
  EXPECT_EQ(apart.story().article_count(), 3);
  split.set_article_ids(0, "no such article");
  EXPECT_EQ(server_.stories->SplitStory(Context().get(), split, &apart).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(Stories, OneOrNone) {
  v1::GetStoryRequest request;
  v1::GetStoryResponse response;
  request.set_story_id("s1");
  ASSERT_TRUE(server_.stories->GetStory(Context().get(), request, &response).ok());
  EXPECT_EQ(response.story().first_publish_time().seconds(), 1'641'460'000);
  request.set_story_id("s77");
  EXPECT_EQ(Dump(server_.stories->GetStory(Context().get(), request, &response)),
            "NOT_FOUND STORY_NOT_FOUND claimwatch.v1.Story=s77");
  request.set_story_id("77");
  EXPECT_EQ(Dump(server_.stories->GetStory(Context().get(), request, &response)),
            "INVALID_ARGUMENT REQUEST_INVALID story_id:MALFORMED");
}

TEST_F(Stories, FiguresOfAStory) {
  v1::ListFiguresRequest request;
  v1::ListFiguresResponse response;
  request.set_story_id("s1");
  ASSERT_TRUE(server_.stories->ListFigures(Context().get(), request, &response).ok());
  ASSERT_EQ(response.figures_size(), 1);
  const v1::Figure& figure = response.figures(0);
  EXPECT_EQ(figure.measure(), "injured");
  EXPECT_EQ(figure.unit(), "people");
  EXPECT_EQ(figure.believed().low(), 40);
  EXPECT_EQ(figure.claim_count(), 3);
  EXPECT_FALSE(figure.open_alert_id().empty());
  request.set_measure("killed");
  ASSERT_TRUE(server_.stories->ListFigures(Context().get(), request, &response).ok());
  EXPECT_EQ(response.figures_size(), 0);
}

TEST_F(Stories, AFiguresHistoryAndWhatWasKnownWhen) {
  v1::GetFigureRequest request;
  v1::GetFigureResponse response;
  request.set_figure_id("f1");
  ASSERT_TRUE(server_.stories->GetFigure(Context().get(), request, &response).ok());
  std::vector<std::string> lines;
  for (const v1::FigureEntry& entry : response.history()) {
    lines.push_back(entry.claim().article_id() + " " +
                    v1::Verdict::Reason_Name(entry.verdict().reason()) + " " + entry.alert_id());
  }
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0], "a1 REASON_FIRST ");
  EXPECT_EQ(lines[2], "a3 REASON_RAISED al1");
  ASSERT_EQ(response.values_size(), 2);
  EXPECT_EQ(response.values(0).quantity().low(), 40);
  EXPECT_EQ(response.values(1).quantity().low(), 10);
  EXPECT_THAT(response.values(1).sources(),
              ElementsAre("dock-gazette.example", "port-news.example"));
  request.mutable_as_known_at()->set_seconds(1'641'460'000 + 60 * 60);
  ASSERT_TRUE(server_.stories->GetFigure(Context().get(), request, &response).ok());
  EXPECT_EQ(response.history_size(), 2);
  EXPECT_EQ(response.figure().believed().low(), 10);
  request.mutable_as_known_at()->set_seconds(1);
  EXPECT_EQ(Dump(server_.stories->GetFigure(Context().get(), request, &response)),
            "NOT_FOUND FIGURE_NOT_FOUND claimwatch.v1.Figure=f1");
  request.set_figure_id("f99");
  EXPECT_EQ(Dump(server_.stories->GetFigure(Context().get(), request, &response)),
            "NOT_FOUND FIGURE_NOT_FOUND claimwatch.v1.Figure=f99");
}

}  // namespace
}  // namespace claimwatch
