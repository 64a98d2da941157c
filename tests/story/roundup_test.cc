#include "server/story/roundup.h"

#include <gtest/gtest.h>

#include "tests/story/reading.h"

namespace claimwatch {
namespace {

struct Case {
  const char* title;
  const char* body;
  bool roundup;
};

constexpr Case kCases[] = {
    {"Weekend shootings leave 4 dead in Granville", "Police were busy.", true},
    {"5 hurt", "Five people were hurt in separate shootings in Granville on Sunday.", true},
    {"Police count 61 homicides this year", "The year is not over.", true},
    {"Three shootings across Granville", "A man and two women were hurt.", true},
    {"Firefighters kept busy", "Crews fought two separate house fires on Monday night.", true},
    {"A rash of burglaries worries Holm", "Shops on Pell Street were broken into.", true},
    // One event, however many it hurt.
    {"Four shot at Granville party", "Four people were shot on Pell Street.", false},
    {"Shootings resume", "The text speaks of one man who was shot.", false},
    {"Twin bombings kill 30 in Lusanda", "Two bombings hit a market within minutes.", false},
    {"Wildfires spread across the hills", "The fires have burned 4,000 acres.", false},
    {"Ostra recalls 150,000 cars", "The brakes have caused 12 crashes, the company said.", false},
    {"Ostra recalls 150,000 cars", "The brakes are linked to three crashes.", false},
    // Told far down, it is not what the article is about.
    {"Man shot dead", "A man was shot. He died. It was the last of two separate shootings.", false},
};

TEST(Roundup, IsToldByHeadlineAndLead) {
  for (const Case& c : kCases) {
    const Article article = Told(c.title, c.body, "2031-05-13T09:00:00Z");
    EXPECT_EQ(FeaturesOf(article).roundup, c.roundup) << c.title << " | " << c.body;
  }
}

}  // namespace
}  // namespace claimwatch
