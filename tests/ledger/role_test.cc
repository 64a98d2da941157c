#include "server/ledger/role.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/ledger/story_script.h"

namespace claimwatch {
namespace {

struct Case {
  const char* claim;
  const char* dimension;
  const char* role;
};
constexpr Case kCases[] = {
    {"measurement 5 oil unit=barrel \"# of oil leak into the bay\"", "volume:barrel", "release"},
    {"measurement 5 oil unit=barrel \"The spill is put at # a day\"", "volume:barrel", "release"},
    {"measurement 5 oil unit=barrel \"Booms held back # of it\"", "volume:barrel", ""},
    {"measurement 5 oil unit=barrel \"The cap is collecting # while more escapes\"",
     "volume:barrel", "capture"},  // The nearest word tells.
    {"measurement 5 oil unit=barrel \"It is able to collect # a day\"", "volume:barrel",
     "capacity"},
    {"measurement 5 oil unit=barrel \"Exports of # a day stopped\"", "volume:barrel", "export"},
    {"measurement 5 oil unit=barrel \"It moved #; crews burned the rest\"", "volume:barrel", ""},
    {"money 5 dollar unit=USD \"He was fined #\"", "money:USD", "fine"},
    {"money 5 dollar unit=USD \"It agreed to buy its rival for #\"", "money:USD", "price"},
    {"money 5 dollar unit=USD \"It set # aside for bonuses\"", "money:USD", "pay"},
    {"loss 5 dollar unit=USD \"The storm cost #\"", "money:USD", ""},  // A measure of its own.
    {"percent 20 fire unit=% \"The fire is # contained\"", "ratio", "contained"},
    {"percent 20 vote unit=% \"Turnout was #\"", "ratio", "turnout"},
    {"injured 5 people \"# were critically injured\"", "people", "serious"},
    {"injured 5 people \"# had minor injuries\"", "people", "minor"},
    {"injured 5 people \"# were injured\"", "people", ""},
    {"killed 5 people \"# died in serious clashes\"", "people", ""},
    // What is told of others beside them.
    {"injured 9 people \"# were hurt, two of them seriously\"", "people", ""},
    {"injured 61 people \"Eight had serious injuries and # more slight ones\"", "people", "minor"},
    {"injured 8 people \"# had serious injuries and 61 more slight ones\"", "people", "serious"},
    {"magnitude 7.1 quake \"Quakes of 7.3 and # struck the coast\"", "magnitude", "second quake"},
    {"magnitude 7.3 quake \"Quakes of # and 7.1 struck the coast\"", "magnitude", ""},
    {"magnitude 5.2 quake \"A # aftershock followed\"", "magnitude", "aftershock"},
    {"magnitude 7.3 quake \"On 12 May 2031 and # strong\"", "magnitude", ""},
};

TEST(Role, IsTheNearestWordThatTells) {
  for (const Case& c : kCases) {
    EXPECT_EQ(RoleOf(ClaimOfScript(c.claim), c.dimension), c.role) << c.claim;
  }
}

std::string Designation(const char* sentence) {
  return DesignationOf(ClaimOfScript(absl::StrCat("count 6 gun \"", sentence, "\"")));
}

TEST(Role, ReadsDesignations) {
  EXPECT_EQ(Designation("They found # AK-47s"), "ak-47");
  EXPECT_EQ(Designation("They found # AK 47 guns"), "ak-47");
  EXPECT_EQ(Designation("They found # AK - 47 assault rifles"), "ak-47");
  EXPECT_EQ(Designation("They sent # F-16 jets"), "f-16");
  EXPECT_EQ(Designation("They found # AK-47 magazines"), "");  // Of it, not it.
  EXPECT_EQ(Designation("They found # old rifles"), "");
  EXPECT_EQ(Designation("They met # G20 leaders"), "");
  EXPECT_EQ(Designation("They met # in May 2011"), "");
  EXPECT_EQ(Designation("They found #"), "");
}

}  // namespace
}  // namespace claimwatch
