#include "server/ledger/life_cycle.h"

#include <gtest/gtest.h>

#include "tests/ledger/story_script.h"

namespace claimwatch {
namespace {

struct Story {
  const char* name;
  const char* script;
};

constexpr Story kStories[] = {
    {"one alert, updated while more outlets say the same, and superseded", R"(
      2024-03-01T10:00 a1 wire: killed 12 people
      2024-03-02T10:00 a2 post: killed 30 people origin=5
      => OPENED RAISED killed 12 -> 30
      2024-03-02T11:00 a3 herald: killed 30 people origin=5
      2024-03-02T12:00 a4 weekly: killed >=30 people
      => UPDATED RAISED killed 12 -> 30 x2
      2024-03-02T13:00 a5 weekly: killed 30 people
      2024-03-03T10:00 a6 post: killed 41 people
      => SUPERSEDED RAISED killed 12 -> 30 x2
      => OPENED RAISED killed 30 -> 41)"},
    {"resolved when the sources converge", R"(
      2024-03-01T10:00 a1 wire: killed 30 people by=Army
      2024-03-01T10:40 a2 post: killed 17 people by=Red_Crescent
      => OPENED CONFLICT killed 30 -> 17
      2024-03-01T18:00 a3 herald: killed 17 people by=Army
      => RESOLVED CONFLICT killed 30 -> 17 x2
      2024-03-01T19:00 a4 weekly: killed 17 people)"},
    {"withdrawn when its article is corrected", R"(
      2024-03-01T10:00 a1 wire: damaged >1270 business
      2024-03-03T10:00 a2 post: damaged >12700 business
      => OPENED RAISED damaged >1270 -> >12700
      2024-03-03T12:00 a2@2 post: damaged >1270 business
      => WITHDRAWN RAISED damaged >1270 -> >12700
      => OPENED CORRECTED damaged >12700 -> >1270 x2)"},
    {"a revision that tells the same keeps it", R"(
      2024-03-01T10:00 a1 wire: killed 12 people
      2024-03-02T10:00 a2 post: killed 30 people
      => OPENED RAISED killed 12 -> 30
      2024-03-02T12:00 a2@2 post: killed 30 people
      => UPDATED RAISED killed 12 -> 30)"},
    {"withdrawn with its article, and the figure is taken back", R"(
      2024-03-01T10:00 a1 wire: killed 12 people
      2024-03-02T10:00 a2 post: killed 30 people
      => OPENED RAISED killed 12 -> 30
      2024-03-02T12:00 RETRACT a2 made up
      => WITHDRAWN RAISED killed 12 -> 30
      => OPENED RETRACTED killed 30 -> 12
      2024-03-02T13:00 a3 herald: killed 13 people
      => SUPERSEDED RETRACTED killed 30 -> 12
      => OPENED RAISED killed 12 -> 13)"},
    {"an independent witness holds the alert up, a copy does not", R"(
      2024-03-01T10:00 a1 wire: killed 12 people
      2024-03-02T10:00 a2 post: killed 30 people origin=5
      => OPENED RAISED killed 12 -> 30
      2024-03-02T11:00 a3 herald: killed 30 people by=Army
      => UPDATED RAISED killed 12 -> 30 x2
      2024-03-02T12:00 RETRACT a2 made up
      => UPDATED RAISED killed 12 -> 30
      2024-03-02T13:00 RETRACT a3 made up
      => WITHDRAWN RAISED killed 12 -> 30
      => OPENED RETRACTED killed 30 -> 12)"},
    {"the old value is taken back: nothing is left to differ from", R"(
      2024-03-01T10:00 a1 wire: killed 12 people
      2024-03-02T10:00 a2 post: killed 30 people
      => OPENED RAISED killed 12 -> 30
      2024-03-02T12:00 RETRACT a1 made up
      => WITHDRAWN RAISED killed 12 -> 30)"},
    {"acknowledged with a note", R"(
      2024-03-01T10:00 a1 wire: killed 12 people
      2024-03-02T10:00 a2 post: killed 30 people
      => OPENED RAISED killed 12 -> 30
      2024-03-02T11:00 ACK killed
      => ACKNOWLEDGED RAISED killed 12 -> 30
      2024-03-02T12:00 a3 herald: killed 30 people
      => UPDATED RAISED killed 12 -> 30 x2)"},
    {"one alert an article and figure, however often it is told", R"(
      2024-03-01T10:00 a1 wire: killed 12 people
      2024-03-02T10:00 a2 post: killed 30 people title; killed >=30 people; killed 30 people
      => OPENED RAISED killed 12 -> 30)"},
    {"an alert that was superseded stays so when its successor is withdrawn", R"(
      2024-03-01T10:00 a1 wire: killed 12 people
      2024-03-02T10:00 a2 post: killed 30 people
      => OPENED RAISED killed 12 -> 30
      2024-03-03T10:00 a3 herald: killed 60 people
      => SUPERSEDED RAISED killed 12 -> 30
      => OPENED RAISED killed 30 -> 60
      2024-03-03T12:00 RETRACT a3 made up
      => WITHDRAWN RAISED killed 30 -> 60
      => OPENED RETRACTED killed 60 -> 30)"},
};

TEST(LifeCycle, Stories) {
  for (const Story& story : kStories) {
    const std::string expected = Tidy(story.script);
    EXPECT_EQ(Play(story.script).transcript, expected) << story.name;
    EXPECT_EQ(Play(story.script, /*rebuild=*/true).transcript, expected)
        << story.name << " rebuilt";
  }
}

TEST(LifeCycle, PositionsAreDenseAndIdsGrow) {
  for (const Story& story : kStories) {
    std::int64_t position = 0;
    AlertId last = AlertId::kNone;
    for (const AlertEvent& event : Play(story.script).events) {
      EXPECT_EQ(event.position, ++position) << story.name;
      if (event.change != AlertChange::kOpened) continue;
      EXPECT_GT(event.alert.id, last) << story.name;
      last = event.alert.id;
    }
  }
}

TEST(LifeCycle, AnAcknowledgementStaysThroughUpdates) {
  const Played played = Play(R"(
      2024-03-01T10:00 a1 wire: killed 12 people
      2024-03-02T10:00 a2 post: killed 30 people
      2024-03-02T11:00 ACK killed
      2024-03-02T12:00 a3 herald: killed 30 people)");
  ASSERT_EQ(played.ledger.alerts.size(), 1u);
  EXPECT_EQ(played.ledger.alerts[0].acknowledgement.by, "analyst");
  EXPECT_EQ(played.ledger.alerts[0].update_time, TimeOfScript("2024-03-02T12:00"));
  EXPECT_EQ(played.ledger.alerts[0].create_time, TimeOfScript("2024-03-02T10:00"));
}

TEST(LifeCycle, AlertsHoldTheirEvidence) {
  const Played played = Play(R"(
      2024-03-01T10:00 a1 wire: killed 12 people by=Army
      2024-03-02T10:00 a2 post: killed 30 people)");
  ASSERT_EQ(played.events.size(), 1u);
  const Alert& alert = played.events[0].alert;
  EXPECT_EQ(alert.current.article_id, "a2");
  EXPECT_FALSE(alert.current.sentence_text.empty());
  ASSERT_EQ(alert.previous.size(), 1u);
  EXPECT_EQ(alert.previous[0].source, "wire");
  EXPECT_EQ(alert.previous[0].claim.attribution.text, "Army");
  EXPECT_EQ(alert.story, StoryId{1});
  EXPECT_EQ(alert.figure, played.ledger.figures[0].id);
}

TEST(LifeCycle, TheNextAlertIsNamedByTheOneItSupersedes) {
  const Played played = Play(R"(
      2024-03-01T10:00 a1 wire: killed 12 people
      2024-03-02T10:00 a2 post: killed 30 people
      2024-03-03T10:00 a3 herald: killed 60 people)");
  ASSERT_EQ(played.events.size(), 3u);
  EXPECT_EQ(played.events[1].change, AlertChange::kSuperseded);
  EXPECT_EQ(played.events[1].alert.superseded_by, played.events[2].alert.id);
  EXPECT_EQ(played.events[2].alert.superseded_by, AlertId::kNone);
}

TEST(LifeCycle, OutletsAreCountedWithTheirCopies) {
  const Played played = Play(R"(
      2024-03-01T10:00 a1 wire: killed 12 people
      2024-03-02T10:00 a2 post: killed 30 people origin=5
      2024-03-02T11:00 a3 herald: killed 30 people origin=5
      2024-03-02T12:00 a4 times: killed 30 people by=Army)");
  ASSERT_EQ(played.events.size(), 2u);
  EXPECT_EQ(played.events[1].change, AlertChange::kUpdated);
  EXPECT_EQ(played.events[1].alert.current_origins, 2);
  EXPECT_EQ(played.events[1].alert.current_sources, 3);
}

}  // namespace
}  // namespace claimwatch
