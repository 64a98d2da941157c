#include "server/ledger/ledger.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/ledger/story_script.h"

namespace claimwatch {
namespace {

struct Story {
  const char* name;
  const char* script;
};

void Check(const Story& story) {
  const std::string expected = Tidy(story.script);
  EXPECT_EQ(Play(story.script).transcript, expected) << story.name;
  EXPECT_EQ(Play(story.script, /*rebuild=*/true).transcript, expected) << story.name << " rebuilt";
}

constexpr Story kSilent[] = {
    {"reprints", R"(
      2024-03-01T10:00 a1 wire: killed 12 people origin=7
      2024-03-01T11:00 a2 post: killed 12 people origin=7
      2024-03-01T12:00 a3 herald: killed 12 people origin=7)"},
    {"echo: a value that was overtaken is told again", R"(
      2024-03-01T10:00 a1 wire: killed 12 people
      2024-03-02T10:00 a2 wire: killed 45 people
      => OPENED RAISED killed 12 -> 45
      2024-03-03T10:00 a3 weekly: killed 12 people)"},
    {"late arrival: an older figure comes last", R"(
      2024-03-01T10:00 a1 wire: killed 12 people
      2024-03-02T10:00 a2 wire: killed 45 people
      => OPENED RAISED killed 12 -> 45
      2024-03-01T20:00 a3 post: killed 30 people)"},
    {"late arrival by a stated moment", R"(
      2024-03-02T10:00 a1 wire: killed 45 people
      2024-03-02T11:00 a2 post: killed 30 people as_of=2024-03-01T20:00)"},
    {"part against whole", R"(
      2024-03-01T10:00 a1 wire: killed 164 people
      2024-03-01T11:00 a2 post: killed 16 police part
      2024-03-01T12:00 a3 post: killed 103 people part in=Almaty)"},
    {"a smaller figure beside a larger in one article", R"(
      2024-03-01T10:00 a1 wire: killed 164 people
      2024-03-02T10:00 a2 post: killed 164 people; killed 103 people)"},
    {"parts of which nothing is said", R"(
      2024-03-01T10:00 a1 wire: displaced 500 people part
          "Some # slept in a school gym by the river"
      2024-03-01T11:00 a2 wire: displaced 80 people part
          "Another shelter took in # from the hills")"},
    {"other place", R"(
      2024-03-01T10:00 a1 wire: killed 12 people part in=Lima
      2024-03-01T11:00 a2 post: killed 30 people part in=Cusco)"},
    {"other period", R"(
      2024-03-02T10:00 a1 wire: killed 12 people part on=2024-03-01
      2024-03-03T10:00 a2 wire: killed 30 people part on=2024-03-02)"},
    {"other population", R"(
      2024-03-01T10:00 a1 wire: killed 12 police
      2024-03-01T11:00 a2 post: killed 30 children)"},
    {"other unit", R"(
      2024-03-01T10:00 a1 wire: money 30 fund unit=USD "The fund holds # for repairs"
      2024-03-01T11:00 a2 post: money 24 fund unit=EUR "The fund holds # for repairs")"},
    {"vague words that agree", R"(
      2024-03-01T10:00 a1 wire: injured dozens people
      2024-03-01T11:00 a2 post: injured >=40 people
      2024-03-01T12:00 a3 herald: injured scores people
      2024-03-01T13:00 a4 weekly: injured dozens people)"},
    {"refinements", R"(
      2024-03-01T10:00 a1 wire: arrested ~500 people
      2024-03-01T11:00 a2 post: arrested 487 people
      2024-03-01T12:00 a3 herald: arrested nearly:500 people)"},
    {"unit changes", R"(
      2024-03-01T10:00 a1 wire: measurement 100 mile unit=mi
          "The wreck lies # off the coast of Peru"
      2024-03-01T11:00 a2 post: measurement 161 kilometre unit=km
          "The wreck lies # off the coast of Peru")"},
    {"background events", R"(
      2024-03-01T10:00 a1 wire: killed 12 people; killed 31000 people past
      2024-03-01T11:00 a2 post: killed 26000 people past)"},
    {"increments", R"(
      2024-03-01T10:00 a1 wire: killed 12 people
      2024-03-01T11:00 a2 post: killed 3 people increment)"},
    {"projections beside what is stated", R"(
      2024-03-01T10:00 a1 wire: killed 12 people
      2024-03-01T11:00 a2 post: killed hundreds people projected)"},
    {"a denial is no news of its own", R"(
      2024-03-01T10:00 a1 wire: killed 12 people
      2024-03-01T11:00 a2 post: killed 200 people denied "The army denied that # died")"},
    {"rates beside totals", R"(
      2024-03-01T10:00 a1 wire: displaced 70000 people
      2024-03-01T11:00 a2 post: displaced 1800 people rate=day)"},
    {"sums that have nothing to do with each other", R"(
      2024-03-01T10:00 a1 wire: money 30 sum unit=USD
          "Washington froze # of assets held by the family"
      2024-03-01T11:00 a2 post: money 3 sum unit=USD
          "A donation of # will pay for tents and food")"},
    {"two kinds of one thing", R"(
      2024-03-01T10:00 a1 wire: count 7 rifle kind=AK-47
      2024-03-01T11:00 a2 post: count 3 rifle kind=hunting)"},
    {"one article tells of two quakes", R"(
      2024-03-01T10:00 a1 wire: magnitude 7.6 quake "A # quake struck off the coast before dawn"
      2024-03-01T11:00 a2 post: magnitude 7.6 quake "A # quake struck before dawn";
          magnitude 7.5 quake "A # quake struck three hours later off the coast")"},
    {"the year's figure beside the event's", R"(
      2024-03-01T10:00 a1 wire: killed 2 people
      2024-03-02T10:00 a2 post: killed 762 people "In the city # have been shot dead this year")"},
    {"the dead and the hurt together", R"(
      2024-03-01T10:00 a1 wire: killed 1 people; injured 8 people
      2024-03-01T11:00 a2 post: injured 9 people)"},
    {"the headline tells the parts of what the text tells", R"(
      2024-03-01T10:00 a1 wire: killed 1 people title; injured 8 people title; injured 9 people)"},
    {"a great number of another event told beside the toll", R"(
      2024-03-01T10:00 a1 wire: killed 4 people
      2024-03-01T14:00 a2 post: killed 4 people; killed 168000 people
      2024-03-01T18:00 a3 herald: killed 5000 people
          "Floods drowned # in the delta a decade before")"},
    {"another quake, days later", R"(
      2024-03-01T10:00 a1 wire: magnitude 7.6 quake "A # quake struck off the coast"
      2024-03-04T10:00 a2 post: magnitude 6.1 quake "A # quake struck off the coast")"},
    {"another count, far below the toll", R"(
      2024-03-01T10:00 a1 wire: killed 1400 people
      2024-03-20T10:00 a2 post: killed 15 people)"},
    {"a place in a long war, weeks apart", R"(
      2024-03-01T10:00 a1 wire: killed 30 people part in=Homs
          "Shells killed # in Homs as tanks moved in"
      2024-03-20T10:00 a2 wire: killed 5 people part in=Homs
          "Snipers shot # near the market overnight")"},
};

TEST(Ledger, FamiliesWithoutNews) {
  for (const Story& story : kSilent) Check(story);
}

constexpr Story kNews[] = {
    {"raised", R"(
      2024-03-01T10:00 a1 wire: killed 12 people
      2024-03-02T10:00 a2 post: killed 30 people
      => OPENED RAISED killed 12 -> 30)"},
    {"raised by bounds that could both be true", R"(
      2024-03-01T10:00 a1 wire: killed >=12 people
      2024-03-01T15:00 a2 post: killed >=45 people
      => OPENED RAISED killed >=12 -> >=45)"},
    {"a vague word does not hide that the figure moved on", R"(
      2024-03-01T10:00 a1 wire: injured dozens people
      2024-03-01T15:00 a2 post: injured 30 people
      2024-03-02T15:00 a3 post: injured 50 people
      => OPENED RAISED injured 30 -> 50)"},
    {"lowered", R"(
      2024-03-01T10:00 a1 wire: deployed ~2500 people
      2024-03-05T10:00 a2 post: deployed 2030 people "The bloc said that # are there"
      2024-03-01T10:00 b1 wire: killed 18 police
      2024-03-03T10:00 b2 post: killed 16 police part
      => OPENED LOWERED killed 18 -> 16)"},
    {"conflict: two agencies, one hour", R"(
      2024-03-01T10:00 a1 wire: killed 30 people by=Army
      2024-03-01T10:40 a2 post: killed 17 people by=Red_Crescent
      => OPENED CONFLICT killed 30 -> 17)"},
    {"the same speaker is not in conflict with himself", R"(
      2024-03-01T10:00 a1 wire: killed 30 people by=the_Army
      2024-03-01T10:40 a2 post: killed 17 people by=Army
      => OPENED LOWERED killed 30 -> 17)"},
    {"corrected", R"(
      2024-03-01T10:00 a1 wire: damaged >12700 business
      2024-03-01T12:00 a1@2 wire: damaged >1270 business
      => OPENED CORRECTED damaged >12700 -> >1270)"},
    {"the dead are some of all casualties", R"(
      2024-03-01T10:00 a1 wire: casualties 12 people "# casualties, with 15 killed";
      killed 15 people "# casualties, with 15 killed"
      => OPENED BOUND_BROKEN killed 12 -> 15
      2024-03-01T12:00 a2 wire: casualties 40 people "# casualties, with 15 killed";
      killed 15 people "# casualties, with 15 killed"
      => OPENED RAISED casualties 12 -> 40)"},
    {"days and places of parts speak against their being one", R"(
      2024-03-01T10:00 a1 wire: killed 900 people
      2024-03-02T10:00 a2 wire: killed 17 people on=2024-03-01 "Shells killed # people on Tuesday"
      2024-03-04T10:00 a3 wire: killed 5 people on=2024-03-03 "Shells killed # people on Thursday"
      2024-03-05T10:00 a4 wire: killed 11 people in=Ashby "Shells killed # people in a town"
      2024-03-05T11:00 a5 wire: killed 7 people in=Wickford "Shells killed # people in a town")"},
    {"retracted by a text", R"(
      2024-03-01T10:00 a1 wire: killed 164 people
      2024-03-02T10:00 a2 wire: killed 164 people denied
          "The ministry withdrew the figure of # dead, published by mistake"
      => OPENED RETRACTED killed 164 -> 164
      2024-03-02T20:00 a3 post: killed 164 people
      2024-03-05T10:00 a4 post: killed 225 people
      => SUPERSEDED RETRACTED killed 164 -> 164
      => OPENED RAISED killed 164 -> 225)"},
    {"retracted by a text that is read as stating it", R"(
      2024-03-01T10:00 a1 wire: killed 164 people
      2024-03-02T10:00 a2 wire: killed 164 people title "Ministry takes back toll of #";
          killed 164 people "It withdrew the figure of # dead, published by mistake"
      => OPENED RETRACTED killed 164 -> 164
      2024-03-05T10:00 a4 post: killed 225 people
      => SUPERSEDED RETRACTED killed 164 -> 164
      => OPENED RAISED killed 164 -> 225)"},
    {"a wider name of one group", R"(
      2024-03-01T10:00 a1 wire: killed 18 police
      2024-03-03T10:00 a2 post: killed 16 police_and_military part
      => OPENED LOWERED killed 18 -> 16)"},
    {"a force sent", R"(
      2024-03-01T10:00 a1 wire: deployed ~2500 peacekeepers "An alliance sends # to guard roads"
      2024-03-05T10:00 a2 post: deployed 2030 peacekeepers "There are # in the alliance's camps"
      => OPENED LOWERED deployed ~2500 -> 2030)"},
    {"retracted with its article", R"(
      2024-03-01T10:00 a1 wire: killed 164 people
      2024-03-02T10:00 RETRACT a1 a hoax
      => OPENED RETRACTED killed 164 -> nothing)"},
    {"self-contradiction", R"(
      2024-03-01T10:00 a1 wire: killed 12 people title; killed 21 people
      => OPENED SELF_CONTRADICTION killed 12 -> 21)"},
    {"bound broken", R"(
      2024-03-01T10:00 a1 wire: killed 12 people; killed 21 police part
      => OPENED BOUND_BROKEN killed 12 -> 21)"},
    {"a group has a history of its own", R"(
      2024-03-01T10:00 a1 wire: killed 164 people; killed 16 police part
      2024-03-05T10:00 a2 post: killed 225 people; killed 19 police part
      => OPENED RAISED killed 164 -> 225
      => OPENED RAISED killed 16 -> 19)"},
    {"old and new told together", R"(
      2024-03-01T10:00 a1 wire: arrested >7900 people
      2024-03-02T10:00 a2 wire: arrested 9900 people; arrested >7900 people
      => OPENED RAISED arrested >7900 -> 9900)"},
    {"a rate against the same rate", R"(
      2024-03-01T10:00 a1 wire: displaced 1800 people rate=day "About # cross the border a day"
      2024-03-03T10:00 a2 wire: displaced 15000 people rate=day "About # cross the border a day"
      => OPENED RAISED displaced 1800 -> 15000)"},
    {"things", R"(
      2024-03-01T10:00 a1 wire: count 7 rifle kind=AK-47
      2024-03-03T10:00 a2 post: count 14 rifle kind=AK-47
      => OPENED RAISED count 7 -> 14)"},
    {"a magnitude, measured again", R"(
      2024-03-01T10:00 a1 wire: magnitude 7.6 quake "A # quake struck off the coast"
      2024-03-03T10:00 a2 post: magnitude 7.7 quake "The quake that struck on Friday measured #"
      => OPENED RAISED magnitude 7.6 -> 7.7)"},
    {"a big fall that the text explains", R"(
      2024-03-01T10:00 a1 wire: killed 400 people
      2024-03-04T10:00 a2 wire: killed 112 people "The toll was revised to # after a recount"
      => OPENED LOWERED killed 400 -> 112)"},
    {"nobody, then somebody", R"(
      2024-03-01T10:00 a1 wire: injured 0 people
      2024-03-01T14:00 a2 post: injured 3 people
      => OPENED RAISED injured 0 -> 3)"},
};

TEST(Ledger, EachKindOfNews) {
  for (const Story& story : kNews) Check(story);
}

TEST(Ledger, VerdictsSayWhy) {
  const Played played = Play(R"(
      2024-03-01T10:00 a1 wire: killed 12 people origin=7
      2024-03-01T11:00 a2 post: killed 12 people origin=7
      2024-03-02T10:00 a3 post: killed 45 people
      2024-03-02T11:00 a4 weekly: killed 12 people
      2024-03-01T20:00 a5 herald: killed 30 people
      2024-03-02T12:00 a6 herald: killed 3 people increment
      2024-03-02T13:00 a7 herald: killed ~45 people)");
  constexpr Reason kReasons[] = {Reason::kAgrees, Reason::kCopy,        Reason::kRaised,
                                 Reason::kEcho,   Reason::kArrivesLate, Reason::kIncrement,
                                 Reason::kAgrees};
  ASSERT_EQ(played.verdicts.size(), std::size(kReasons));
  for (std::size_t i = 0; i < std::size(kReasons); ++i) {
    EXPECT_EQ(Name(played.verdicts[i].reason), Name(kReasons[i])) << i;
    EXPECT_FALSE(played.verdicts[i].explanation.empty()) << i;
  }
}

TEST(Ledger, BelievesTheNewestThatWasNews) {
  const Played played = Play(R"(
      2024-03-01T10:00 a1 wire: killed 12 people
      2024-03-02T10:00 a2 wire: killed 45 people
      2024-03-03T10:00 a3 weekly: killed 12 people
      2024-03-01T20:00 a4 post: killed 30 people)");
  ASSERT_EQ(played.ledger.figures.size(), 1u);
  const Figure& figure = played.ledger.figures[0];
  EXPECT_EQ(figure.claims.size(), 4u);
  EXPECT_EQ(figure.claims[1].article_id, "a4");  // In as-of order.
  ASSERT_NE(Believed(figure), nullptr);
  EXPECT_EQ(Believed(figure)->article_id, "a2");
  ASSERT_NE(Believed(figure, TimeOfScript("2024-03-01T12:00")), nullptr);
  EXPECT_EQ(Believed(figure, TimeOfScript("2024-03-01T12:00"))->article_id, "a1");
  EXPECT_EQ(Believed(figure, TimeOfScript("2024-02-01T12:00")), nullptr);
}

TEST(Ledger, OneOutletOneSentenceOneSpeakerIsOneWitness) {
  const Played played = Play(R"(
      2024-03-01T10:00 a1 wire: killed 12 people origin=7 by=Army
      2024-03-01T11:00 a2 post: killed 12 people origin=7
      2024-03-01T12:00 a3 wire: killed 12 people
      2024-03-01T13:00 a4 herald: killed 12 people by=the_Army
      2024-03-01T14:00 a5 weekly: killed 12 people by=Red_Crescent)");
  const Figure& figure = played.ledger.figures[0];
  EXPECT_EQ(OriginsBehind(figure, figure.claims[0]), 2);
}

TEST(Ledger, LinksPartsToTheirWhole) {
  const Played played = Play(R"(
      2024-03-01T10:00 a1 wire: killed 164 people
      2024-03-01T11:00 a2 post: killed 16 police part)");
  ASSERT_EQ(played.ledger.figures.size(), 2u);
  EXPECT_EQ(played.ledger.figures[1].whole, played.ledger.figures[0].id);
}

// A figure of thousands of claims with few values is judged by its values.
TEST(Ledger, LongHistoriesStayCheap) {
  std::string script;
  for (int i = 0; i < 3000; ++i) {
    absl::StrAppend(&script, "2024-03-01T10:00 a", i, " s", i % 40, ": killed 12 people\n");
  }
  absl::StrAppend(&script, "2024-03-02T10:00 b1 wire: killed 30 people");
  const Played played = Play(script);
  ASSERT_EQ(played.ledger.figures.size(), 1u);
  EXPECT_EQ(played.ledger.index.states[0].told.size(), 2u);
  ASSERT_EQ(played.events.size(), 1u);
  EXPECT_EQ(Dump(played.events[0]), "=> OPENED RAISED killed 12 -> 30");
}

}  // namespace
}  // namespace claimwatch
