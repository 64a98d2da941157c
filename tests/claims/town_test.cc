// What is counted, in the news of towns and trades: fires, shootings, strikes, companies, courts.
#include "gtest/gtest.h"
#include "tests/claims/reading.h"

namespace claimwatch {
namespace {

TEST(TownTest, LocalNews) {
  constexpr ReadingCase kCases[] = {
      {"Detectives are hunting two men in a grey hatchback.",
       "suspects 2 people total stated of people 'men'"},
      {"Police are searching for two missing men near the dam.",
       "missing 2 people total stated of people 'missing men'"},
      {"Two youths fled the scene on foot.", "suspects 2 people total stated of children 'youths'"},
      {"About 60 guests were in the hall when the roof fell in.",
       "participants ~60 people total stated of people 'guests'"},
      {"Officers picked up 18 shell casings from the lawn.",
       "count 18 casing total stated 'shell casings'"},
      {"The coastguard picked up 84 people from a leaking boat.",
       "rescued 84 people total stated of people 'people'"},
      {"Three men, including a councillor's nephew, were shot dead on Sunday.",
       "killed 3 people total stated of people 'men' at 'on Sunday'"},
      {"Two cousins, ages 17 and 21, were killed on Pine Street.",
       "killed 2 people total stated of people 'cousins'"},
      {"Some 90 villagers helped carry the wounded down the hill.",
       "participants ~90 people total stated of people 'villagers'"},
      {"The talks with 240 striking dockers broke down.",
       "participants 240 people total stated of workers 'striking dockers'"},
      {"He carried a .45-caliber revolver and a 9 mm handgun.", ""},
      {"Police made arrests in 22 of the cases.", "count 22 case part stated 'cases'"},
      {"Crews led 70 horses out of the burning stable.", "count 70 horse total stated 'horses'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(TownTest, TownAndTrade) {
  constexpr ReadingCase kCases[] = {
      {"Divers are still looking for two fishermen.",
       "missing 2 people total stated of workers 'fishermen'"},
      {"Damage to 14 shops was put at $80,000.",
       "damaged 14 shop total stated 'shops'; "
       "loss 80000 USD total stated"},
      {"The barn, where 40 members were rehearsing, burned down.",
       "participants 40 people total stated of people 'members'"},
      {"Three victims, all men in their thirties, were listed in good condition.",
       "injured 3 people total stated of people 'victims'"},
      {"One firefighter slipped on a ladder and broke his leg.",
       "injured 1 people total stated of rescuers 'firefighter'"},
      {"More than 90 of those held had come from other towns.",
       "arrested 91..* people part stated of people"},
      {"The job cuts will hit 1,900 workers in the valley.",
       "affected 1900 people total projected of workers 'workers'"},
      {"Some 300 pickets blocked the gates.",
       "participants ~300 people total stated of people 'pickets'"},
      {"The repairs will cost it $30 million.", "loss 30000000 USD total projected"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(TownTest, SpillStrikeAndSnow) {
  constexpr ReadingCase kCases[] = {
      {"Eleven pickets were arrested at the gate.",
       "arrested 11 people total stated of people 'pickets'"},
      {"Around 4,000 homes lost power.", "affected ~4000 people total stated of home 'homes'"},
      {"Nine people, most of them homeless, have frozen to death.",
       "killed 9 people total stated of people 'people'"},
      {"Temperatures fell to minus 18 C.", "measurement -18 °C total stated"},
      {"It took 30 firefighters 50 minutes to put out the blaze.",
       "deployed 30 people total stated of rescuers 'firefighters'"},
      {"About 80 people were leaving the club when the shots rang out.",
       "participants ~80 people total stated of people 'people'"},
      {"Police are looking for three men seen near the bridge.",
       "suspects 3 people total stated of people 'men'"},
      {"The institute polled 1,050 voters.",
       "participants 1050 people total stated of people 'voters'"},
      {"Police raided 14 workshops.", "count 14 workshop total stated 'workshops'"},
      {"The city has paid $4 million in 19 such cases.",
       "money 4000000 USD total stated; "
       "infected 19 people total stated of people 'cases'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(TownTest, Losses) {
  constexpr ReadingCase kCases[] = {
      {"The walkout cost the hospitals $3.2 million.", "loss 3200000 USD total stated"},
      {"He swindled 40 pensioners out of $7 million.",
       "affected 40 people total stated of people 'pensioners'; "
       "loss 7000000 USD total stated"},
      {"The firm will take a $300 million charge in May.",
       "loss 300000000 USD total projected 'charge' at 'in May'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(TownTest, AgesAndNames) {
  constexpr ReadingCase kCases[] = {
      {"Kalo Sims, 26 was shot on Monday.", ""},
      {"Darell Ames Jr., 26, who was shot, died.", ""},
      {"Two children, 8 and 15, were shot in the park.",
       "injured 2 people total stated of children 'children'"},
      {"One person inside was not injured.", ""},
      {"Slayings of 14- and 18-year-olds shock the town.", ""},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(TownTest, ListsAndSums) {
  constexpr ReadingCase kCases[] = {
      {"Among the dead were four children and two firefighters.",
       "killed 4 people part stated of children 'children'; "
       "killed 2 people part stated of rescuers 'firefighters'"},
      {"Donors pledged 10.6 billion euros, of which 838 million has been paid.",
       "money 10600000000 EUR total stated; "
       "money 838000000 EUR part stated"},
      {"The driver was among 19 injured.", "injured 19 people total stated of people"},
      {"Two quakes with magnitudes of 7.3 and 7.2 struck the island.",
       "count 2 quake total stated 'quakes'; "
       "magnitude 7.3 magnitude total stated; "
       "magnitude 7.2 magnitude total stated"},
      {"Divers found 31 pieces of radio equipment on board.",
       "equipment 31 piece total stated 'pieces of radio equipment'"},
      {"We have lost 1,402 people.", "killed 1402 people total stated of people 'people'"},
      {"The Health Ministry on Monday reported 11 deaths from the fever.",
       "killed 11 people total stated of people 'deaths' by 'The Health Ministry'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

}  // namespace
}  // namespace claimwatch
