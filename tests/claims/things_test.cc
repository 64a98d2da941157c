#include "server/claims/things.h"

#include "gtest/gtest.h"
#include "tests/claims/reading.h"

namespace claimwatch {
namespace {

TEST(ThingsTest, TellsTheDamagedAndTheUsed) {
  const ReadingCase cases[] = {
      {"Vandals smashed the windows of eight parked cars.",
       "damaged 8 car total stated 'parked cars'"},
      {"The storm ripped the roofs off 100 homes.", "damaged 100 home total stated 'homes'"},
      {"The fire spread to two barns.", "damaged 2 barn total stated 'barns'"},
      {"The shooting left three cars riddled with bullets.", "damaged 3 car total stated 'cars'"},
      {"A convoy of 25 trucks crossed the border.", "equipment 25 truck total stated 'trucks'"},
      {"The coastguard had 49 vessels skimming oil.", "equipment 49 vessel total stated 'vessels'"},
      {"The search involves six boats.", "equipment 6 boat total stated 'boats'"},
      {"Surging water carried off 30 cottages.", "damaged 30 cottage total stated 'cottages'"},
      {"The fire threatened 30 cottages.", "count 30 cottage total stated 'cottages'"},
      {"Some 30 homes were reduced to splinters.", "damaged ~30 home total stated 'homes'"},
      {"Some 30 homes lost their roofs.", "damaged ~30 home total stated 'homes'"},
      {"The army shot down 12 drones and 3 jets.",
       "damaged 12 drone total stated 'drones'; damaged 3 jet total stated 'jets'"},
      {"The navy lamented the loss of 4 boats.", "damaged 4 boat total stated 'boats'"},
      {"The fleet has lost 4 boats.", "damaged 4 boat total stated 'boats'"},
      {"The company shipped 12 million phones last year.",
       "count 12000000 phone total stated 'phones' at 'last year'"},  // To whom?
      {"The firm shipped 12,000 nets to the port.", "equipment 12000 net total stated 'nets'"},
      {"The yard built 9 frigates.", "count 9 frigate total stated 'frigates'"},
      {"The twister peeled the roofs off 24 homes.", "damaged 24 home total stated 'homes'"},
      {"Looters emptied 30 stores and burned six.",
       "damaged 30 store total stated 'stores'; damaged 6 store total stated 'stores'"},
      {"Eighteen shops had their windows smashed.", "damaged 18 shop total stated 'shops'"},
      {"The navy will scrap 5 submarines.", "count 5 submarine total projected 'submarines'"},
      {"Slides have cut 9 roads.", "damaged 9 road total stated 'roads'"},
      {"Two cars crashed and two others were hurt.",
       "count 2 car total stated 'cars'; injured 2 people total stated of people"},
      {"Officials have brought in 70 portable toilets.",
       "equipment 70 toilet total stated 'portable toilets'"},
      {"Pirates have attacked no boats, but 49 vessels turned back.",  // Neither.
       "count 49 vessel total stated 'vessels'"},
      {"The road passed through two villages.", "count 2 village total stated 'villages'"},
  };
  for (const ReadingCase& row : cases) EXPECT_EQ(Reads(row.text), row.claims) << row.text;
}

TEST(ThingsTest, ABareFigureCountsTheThingsBefore) {
  EXPECT_EQ(Reads("Eight shops were looted and ten burned."),
            "damaged 8 shop total stated 'shops'; damaged 10 shop total stated 'shops'");
  EXPECT_EQ(Reads("Eight people were saved and ten burned."),  // Persons are hurt.
            "rescued 8 people total stated of people 'people'; "
            "injured 10 people total stated of people 'people'");
}

TEST(ThingsTest, ABareFigureIsWhatTheWordsBeforeItSay) {
  EXPECT_EQ(Reads("Lopez had 38.4 percent, and the incumbent 34.1."),
            "percent 38.4 % total stated; percent 34.1 % total stated");
  EXPECT_EQ(Reads("The DAX gained 42 to 6,281."),
            "count 42  total stated; count 6281  total stated");
  EXPECT_EQ(Reads("The mayor gained 42 to 6,281."), "count 6281  total stated");  // Of what?
  EXPECT_EQ(Reads("The failure brings to 98 the number of banks closed this year."),
            "count 98  total stated at 'this year'");
  EXPECT_EQ(Reads("The failure brings to 98 the mood of the town."), "");
}

}  // namespace
}  // namespace claimwatch
