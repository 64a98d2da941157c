#include "server/story/ongoing.h"

#include <gtest/gtest.h>

#include "tests/story/reading.h"

namespace claimwatch {
namespace {

struct Case {
  const char* body;
  bool ongoing;
};

constexpr Case kCases[] = {
    {"Some 900 people have died since the uprising began, exiles said.", true},
    {"Clashes went on. Since unrest began weeks ago, exports have stopped.", true},
    {"Villages lie empty in the three-month-old conflict.", true},
    {"The well is still gushing, engineers said.", true},
    {"The death toll from the floods has risen to 61.", true},
    {"Two weeks after the quake, tents are scarce.", true},
    {"Ministers met on the ongoing crisis.", true},
    {"He spoke of demonstrations since mid-May that nobody counted.", true},
    {"A cholera outbreak has reached the coast.", true},
    // Crimes and accidents come one after the other.
    {"Nobody has been held since the shooting.", false},
    {"It was the town's tenth killing since May.", false},
    {"A three-month-old boy was hurt in the crash.", false},
    {"Two weeks after the robbery, the shop is open again.", false},
    {"He is still missing his brother.", true},  // Words only: harmless, it decides nothing alone.
    {"The quake killed 12 people on Monday.", false},
    {"The team has been unbeaten since 2029.", false},
    // Told far down, a word is not what the article is about.
    {"Shops opened. Trade was slow. Rain fell. Buses ran. An outbreak was feared once.", false},
};

TEST(Ongoing, IsToldByTheWordsThatLookBack) {
  for (const Case& c : kCases) {
    EXPECT_EQ(FeaturesOf(Told("", c.body, "2031-05-13T09:00:00Z")).ongoing, c.ongoing) << c.body;
  }
}

TEST(Ongoing, IsKeptWithTheFeatures) {
  for (const Case& c : kCases) {
    const Features features = FeaturesOf(Told("", c.body, "2031-05-13T09:00:00Z"));
    const absl::StatusOr<Features> read = DecodeFeatures(Encode(features));
    ASSERT_TRUE(read.ok()) << c.body;
    EXPECT_EQ(*read, features) << c.body;
  }
}

}  // namespace
}  // namespace claimwatch
