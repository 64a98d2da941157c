#include "server/story/incidents.h"

#include <gtest/gtest.h>

#include <vector>

#include "server/story/story_index.h"
#include "tests/story/reading.h"

namespace claimwatch {
namespace {

WeighedArticle Weighed(const char* body, const char* time) {
  static const Frequencies kNothingSeen;
  return Weigh(FeaturesOf(Told("", body, time)), kNothingSeen);
}

Evidence Of(float gap) {
  Evidence evidence{};
  evidence[kGap] = gap;
  return evidence;
}

constexpr char kFire[] =
    "A fire at the Lindhof bakery on Pell Street in Granville killed Dora Menk, 61, on Monday.";
constexpr char kFireAgain[] =
    "Dora Menk, 61, who died in the fire at the Lindhof bakery on Pell Street in Granville on "
    "Monday, was its owner.";
constexpr char kOther[] = "Granville: two hurt in a fire.";

TEST(Incidents, AfterAWeekMoreEvidenceIsAskedFor) {
  EXPECT_TRUE(IsSure(Of(0), 0));
  EXPECT_TRUE(IsSure(Of(kLinkWeights.soon_gap), kLinkWeights.sure));
  EXPECT_FALSE(IsSure(Of(kLinkWeights.soon_gap), kLinkWeights.sure - 0.1f));
  EXPECT_FALSE(IsSure(Of(kLinkWeights.late_gap), kLinkWeights.sure));
  EXPECT_TRUE(IsSure(Of(kLinkWeights.late_gap), kLinkWeights.sure_late));
}

TEST(Incidents, ADoubtfulArticleBeginsOneAndWhatIsLikeItFollows) {
  Story story;
  EnrichIncident(story, Weighed(kFire, "2031-05-12T09:00:00Z"), false, 0);
  Enrich(story, Weighed(kFire, "2031-05-12T09:00:00Z"));
  EXPECT_EQ(story.incidents, nullptr);

  const WeighedArticle other = Weighed(kOther, "2031-05-30T09:00:00Z");
  EXPECT_EQ(ChooseIncident(other, false, story, Of(4), {}), 1u);
  EnrichIncident(story, other, false, 1);
  Enrich(story, other);
  ASSERT_NE(story.incidents, nullptr);
  EXPECT_EQ(story.incidents->all.size(), 2u);

  const WeighedArticle again = Weighed(kFireAgain, "2031-05-13T09:00:00Z");
  EXPECT_EQ(ChooseIncident(again, false, story, Of(1), {}), 0u);
  EXPECT_EQ(ChooseIncident(other, false, story, Of(0), {}), 1u);
}

TEST(Incidents, ARoundupIsNoneOfTheEventsThatItSumsUp) {
  Story story;
  EnrichIncident(story, Weighed(kFire, "2031-05-12T09:00:00Z"), false, 0);
  Enrich(story, Weighed(kFire, "2031-05-12T09:00:00Z"));
  EXPECT_EQ(ChooseIncident(Weighed(kFireAgain, "2031-05-13T09:00:00Z"), true, story, Of(1), {}),
            1u);
}

TEST(Incidents, TheyAreBoundedAndTheFirstStays) {
  Story story;
  const WeighedArticle article = Weighed(kFire, "2031-05-12T09:00:00Z");
  EnrichIncident(story, article, false, 0);
  Enrich(story, article);
  for (std::uint32_t i = 1; i < 2 * kIncidentsMax; ++i) EnrichIncident(story, article, false, i);
  EXPECT_EQ(story.incidents->all.size(), kIncidentsMax);
  EXPECT_EQ(story.incidents->all.front().incident, 0u);
  EXPECT_EQ(story.incidents->last, 2 * kIncidentsMax - 1);
}

}  // namespace
}  // namespace claimwatch
