// A user merges and splits stories: what is told of it, and that it is remembered.
#include "server/ingest/story_change.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/fakes/newsroom.h"
#include "tests/fakes/wire_stories.h"

namespace claimwatch {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Told = absl::StatusOr<Sequencer::Changed>;

Article Hinted(Article article, std::string hint) {
  article.story_hint = std::move(hint);
  return article;
}

Told Merge(Newsroom& newsroom, int story, int other) {
  absl::Notification done;
  Told told;
  newsroom.ingestor().Merge(StoryId{story}, StoryId{other}, [&](Told got) {
    told = std::move(got);
    done.Notify();
  });
  done.WaitForNotification();
  return told;
}

Told Split(Newsroom& newsroom, int story, std::vector<std::string> articles) {
  absl::Notification done;
  Told told;
  newsroom.ingestor().Split(StoryId{story}, std::move(articles), [&](Told got) {
    told = std::move(got);
    done.Notify();
  });
  done.WaitForNotification();
  return told;
}

// "q1 s1 12@f1": every article with its story and its figures, then the events.
std::vector<std::string> Dump(Newsroom& newsroom) {
  std::vector<std::string> lines;
  const absl::Status visited =
      newsroom.store().VisitArticles(Sequence::kNone, false, [&](const ArticleRecord& record) {
        std::string line = absl::StrCat(record.article.id, " ", ToString(record.story));
        for (const KnownClaim& claim : record.claims) {
          absl::StrAppend(&line, " ", claim.quote_text, "@", ToString(claim.figure),
                          claim.withdrawn ? "(withdrawn)" : "");
        }
        lines.push_back(line);
      });
  EXPECT_EQ(visited, absl::OkStatus());
  for (const AlertEvent& event : newsroom.EventsAfter(0)) {
    lines.push_back(absl::StrCat(std::string(Name(event.change)), " ", ToString(event.alert.id),
                                 " ", std::string(Name(event.alert.kind)), " ",
                                 ToString(event.alert.story)));
  }
  return lines;
}

// One quake that its senders keep apart.
void TellTwice(Newsroom& newsroom) {
  newsroom.Ingest(Hinted(QuakeReport("q1", "wire.example", 12, 0), "a"));
  newsroom.Ingest(Hinted(QuakeReport("q2", "daily.example", 30, 600), "b"));
}

TEST(StoryChange, MergedStoriesAreJudgedAsOne) {
  Newsroom newsroom;
  TellTwice(newsroom);
  EXPECT_THAT(newsroom.EventsAfter(0), IsEmpty());
  const Told merged = Merge(newsroom, 1, 2);
  ASSERT_TRUE(merged.ok()) << merged.status();
  EXPECT_EQ(merged->story, StoryId{1});
  ASSERT_EQ(merged->alerts.size(), 1u);
  EXPECT_EQ(merged->alerts[0].kind, AlertKind::kRaised);
  EXPECT_THAT(Dump(newsroom), ElementsAre("q1 s1 12@f1", "q2 s1 30@f1", "OPENED al1 RAISED s1"));
  EXPECT_EQ(newsroom.store().ReadStory(StoryId{1})->articles, 2);
  EXPECT_EQ(newsroom.store().ReadStory(StoryId{2})->merged_into, StoryId{1});
  EXPECT_EQ(newsroom.store().ReadState()->stories, 1);
}

TEST(StoryChange, LaterArticlesGoToTheMergedStory) {
  Newsroom newsroom;
  TellTwice(newsroom);
  ASSERT_TRUE(Merge(newsroom, 1, 2).ok());
  const IngestResult other = newsroom.Ingest(Hinted(QuakeReport("q3", "c.example", 31, 700), "b"));
  EXPECT_EQ(other.receipt.article.story, StoryId{1});
  const IngestResult plain = newsroom.Ingest(QuakeReport("q4", "d.example", 31, 710));
  EXPECT_EQ(plain.receipt.article.story, StoryId{1});
}

TEST(StoryChange, ASplitTakesBackWhatRestedOnTheMix) {
  Newsroom newsroom;
  newsroom.Ingest(QuakeReport("q1", "wire.example", 12, 0));
  newsroom.Ingest(QuakeReport("q2", "daily.example", 30, 600));
  ASSERT_EQ(newsroom.EventsAfter(0).size(), 1u);
  const Told split = Split(newsroom, 1, {"q2"});
  ASSERT_TRUE(split.ok()) << split.status();
  EXPECT_EQ(split->new_story, StoryId{2});
  ASSERT_EQ(split->alerts.size(), 1u);
  EXPECT_EQ(split->alerts[0].state, AlertState::kWithdrawn);
  EXPECT_EQ(split->alerts[0].reason, "articles of story s1 were split off");
  EXPECT_EQ(newsroom.store().ReadStory(StoryId{2})->articles, 1);
  EXPECT_EQ(newsroom.store().ReadStory(StoryId{2})->title, "Earthquake strikes Lima, Peru");
}

TEST(StoryChange, AnAlertThatStillHoldsKeepsItsIdAndItsMark) {
  Newsroom newsroom;
  newsroom.Ingest(QuakeReport("q1", "wire.example", 12, 0));
  newsroom.Ingest(QuakeReport("q2", "daily.example", 30, 600));
  newsroom.Ingest(FerryReport("f1", "coast.example", 40, 610));
  ASSERT_TRUE(newsroom.Acknowledge(AlertId{1}, "desk").ok());
  const Told merged = Merge(newsroom, 2, 1);
  ASSERT_TRUE(merged.ok()) << merged.status();
  ASSERT_EQ(merged->alerts.size(), 1u);
  EXPECT_EQ(merged->alerts[0].id, AlertId{1});
  EXPECT_EQ(merged->alerts[0].state, AlertState::kOpen);
  EXPECT_EQ(merged->alerts[0].story, StoryId{2});
  EXPECT_EQ(merged->alerts[0].acknowledgement.by, "desk");
}

TEST(StoryChange, ARestartChangesNothing) {
  const auto tell = [](bool restart) {
    Newsroom newsroom;
    const auto maybe = [&] {
      if (restart) newsroom.Restart();
    };
    TellTwice(newsroom);
    maybe();
    EXPECT_TRUE(Merge(newsroom, 1, 2).ok());
    maybe();
    newsroom.Ingest(QuakeReport("q3", "c.example", 45, 700));
    newsroom.Ingest(QuakeReport("q1", "wire.example", 13, 710));  // Revised.
    EXPECT_TRUE(Split(newsroom, 1, {"q3"}).ok());
    maybe();
    newsroom.Ingest(QuakeReport("q5", "e.example", 50, 800));
    EXPECT_TRUE(newsroom.Retract("q2", "").ok());
    return Dump(newsroom);
  };
  EXPECT_EQ(tell(true), tell(false));
}

TEST(StoryChange, WhatCannotBeDoneIsRefused) {
  Newsroom newsroom;
  TellTwice(newsroom);
  const auto before = Dump(newsroom);
  EXPECT_EQ(Merge(newsroom, 1, 1).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Merge(newsroom, 1, 9).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Split(newsroom, 1, {"q1"}).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Split(newsroom, 1, {"q2"}).status().code(), absl::StatusCode::kInvalidArgument);
  newsroom.store().FailCommits(1);
  EXPECT_EQ(Merge(newsroom, 1, 2).status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(Dump(newsroom), before);
  ASSERT_TRUE(Merge(newsroom, 1, 2).ok());
  EXPECT_EQ(Merge(newsroom, 1, 2).status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace claimwatch
