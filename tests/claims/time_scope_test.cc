// When the figure holds; the articles are of Friday, 1 March 2024.
#include "gtest/gtest.h"
#include "tests/claims/reading.h"

namespace claimwatch {
namespace {

TEST(TimeScopeTest, Phrases) {
  constexpr ReadingCase kCases[] = {
      {"Twelve people died on Sunday, police said on Tuesday.",
       "killed 12 people total stated of people 'people' by 'police' at 'on Sunday'"},
      {"Yesterday 12 people died.",
       "killed 12 people total stated of people 'people' at 'Yesterday'"},
      {"At least 850 people have been killed since Monday.",
       "killed 850..* people total stated of people 'people' at 'since Monday'"},
      {"As of Monday, 12 people were missing.",
       "missing 12 people total stated of people 'people' at 'As of Monday'"},
      {"So far 40 bodies have been found.",
       "killed 40 people total stated of people 'bodies' at 'So far'"},
      {"Twelve people died, police said on Tuesday.",
       "killed 12 people total stated of people 'people' by 'police'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

}  // namespace
}  // namespace claimwatch
