#include "server/ledger/country.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/ledger/story_script.h"

namespace claimwatch {
namespace {

std::string Country(const char* sentence) {
  return CountryOf(ClaimOfScript(absl::StrCat("infected 6 people \"", sentence, "\"")));
}

TEST(Country, IsTheNameNearestTheNumber) {
  EXPECT_EQ(Country("Mexico has confirmed # cases"), "mexico");
  EXPECT_EQ(Country("Cases in the United States rose to #"), "united states");
  EXPECT_EQ(Country("The U.S. has # cases and Canada more"), "united states");
  EXPECT_EQ(Country("The U.S. has more cases than Canada with #"), "canada");
  EXPECT_EQ(Country("British doctors have treated # people"), "britain");
  EXPECT_EQ(Country("South Korea reported # cases"), "south korea");
  // What stands behind an "and" has a number of its own.
  EXPECT_EQ(Country("The United States has # cases and Britain two"), "united states");
  EXPECT_EQ(Country("There are # cases in Spain, as many as before"), "spain");
}

TEST(Country, IsNoneWhereAllAreMeant) {
  EXPECT_EQ(Country("# people have fallen ill"), "");
  EXPECT_EQ(Country("Worldwide # people have fallen ill, said Mexico"), "");
  EXPECT_EQ(Country("In 20 countries # people have fallen ill since Mexico raised the alarm"), "");
  EXPECT_EQ(Country("They told us of # cases"), "");  // No country of that name.
  EXPECT_EQ(Country("He sold # turkeys in turkey season"), "");
}

}  // namespace
}  // namespace claimwatch
