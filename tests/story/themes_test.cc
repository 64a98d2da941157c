#include "server/story/themes.h"

#include <gtest/gtest.h>

#include <string>

#include "server/story/evidence.h"
#include "server/story/story.h"
#include "tests/story/reading.h"

namespace claimwatch {
namespace {

constexpr const char* kNoon = "2031-05-13T12:00:00Z";

struct Case {
  const char* title;
  const char* body;
  const char* themes;
};

constexpr Case kCases[] = {
    {"Quake shakes Orvia", "An earthquake struck Orvia before dawn.", "quake"},
    {"Flood kills 30 in Orvia", "ULM, Orvia - Floods killed 30 people on Thursday.", "flood"},
    {"", "A bus left the road. The bus driver was hurt in the crash.", "crash"},
    {"Flu spreads", "The virus has reached Lund. Patients have a fever.", "disease"},
    {"", "Soldiers fired on protesters. The protest went on; troops left.", "unrest war"},
    {"Brewer raises bid", "Shareholders of the brewer will vote on the bid.", "market"},
    // A word in passing makes no kind.
    {"", "Shops opened. Trade was slow. Rain fell on the town.", ""},
    {"", "The singer opened her tour in Lund.", ""},
    // Names are no words: a band and a man.
    {"", "The fans of Leo Storm waited in the square to see him play with Ada Flood.", ""},
};

TEST(Themes, AreThoseOfTheWordsThatAnArticleUsesMost) {
  for (const Case& c : kCases) {
    EXPECT_EQ(NameThemes(FeaturesOf(Told(c.title, c.body, kNoon)).themes), c.themes)
        << c.title << " " << c.body;
  }
}

TEST(Themes, AreKeptWithTheFeatures) {
  for (const Case& c : kCases) {
    const Features features = FeaturesOf(Told(c.title, c.body, kNoon));
    const absl::StatusOr<Features> read = DecodeFeatures(Encode(features));
    ASSERT_TRUE(read.ok()) << c.body;
    EXPECT_EQ(*read, features) << c.body;
  }
}

// Evidence of the second of two articles about the story of the first.
Evidence Of(const Case& first, const Case& second) {
  const Frequencies frequencies;
  Story story;
  Enrich(story, Weigh(FeaturesOf(Told(first.title, first.body, kNoon)), frequencies));
  const Story* const stories[] = {&story};
  return CollectEvidence(Weigh(FeaturesOf(Told(second.title, second.body, kNoon)), frequencies),
                         stories)
      .front();
}

TEST(Themes, SpeakAgainstEventsOfTwoKinds) {
  const Case& quake = kCases[0];
  const Case& flood = kCases[1];
  const Case& flu = kCases[3];
  const Case& nothing = kCases[7];
  EXPECT_EQ(Of(quake, flood)[kOtherTheme], 1);
  EXPECT_EQ(Of(quake, quake)[kOtherTheme], 0);
  EXPECT_EQ(Of(quake, nothing)[kOtherTheme], 0);
  // What goes on for months may become another thing.
  EXPECT_LT(Of(flu, quake)[kOtherTheme], 1);
  EXPECT_GT(Of(flu, quake)[kOtherTheme], 0);
  EXPECT_EQ(Of(flu, flu)[kLasting], 1);
  EXPECT_EQ(Of(quake, quake)[kLasting], 0);
}

}  // namespace
}  // namespace claimwatch
