// What is counted, in the words and turns of agency copy: what the invented wire articles of news/
// taught.
#include "gtest/gtest.h"
#include "tests/claims/reading.h"

namespace claimwatch {
namespace {

TEST(WireTest, WordsOfTheWire) {
  constexpr ReadingCase kCases[] = {
      {"Gangs set fire to 12 shops.", "damaged 12 shop total stated 'shops'"},
      {"Cholera deaths pass 1,400.", "killed 1401..* people total stated of people"},
      {"Officials said 122 people had crossed into Chad overnight.",
       "displaced 122 people part stated of people 'people' by 'Officials' in 'Chad'"},
      {"The plane carried 121 passengers and six crew.",
       "participants 121 people part stated of people 'passengers'; "
       "participants 6 people part stated of people 'crew'"},
      {"A group of about 25 men armed with rifles landed there.",
       "suspects ~25 people total stated of people 'men'"},
      {"One case has been confirmed in Chad.",
       "infected 1 people total stated of people 'case' in 'Chad'"},
      {"Some 2,600 people have drowned this year.",
       "killed ~2600 people total stated of people 'people'"},
      {"Eight foreigners were killed: three Germans and two Danes.",
       "killed 8 people total stated of foreigners 'foreigners'; "
       "killed 3 people part stated of german people 'Germans'; "
       "killed 2 people part stated of dane people 'Danes'"},
      {"Twelve villages were levelled and 425 others suffered damage.",
       "damaged 12 village total stated 'villages'; damaged 425  total stated"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(WireTest, TheStoryDecides) {
  constexpr ReadingCase kCases[] = {
      {"Pirates asked for a ransom. The pirates now hold more than 300 seamen.",
       "hostages 301..* people total stated of workers 'seamen'"},
      {"Pirates asked for a ransom. A frigate freed 16 fishermen.",
       "rescued 16 people total stated of workers 'fishermen'"},
      {"The court freed 16 fishermen.", "count 16 people total stated of workers 'fishermen'"},
      {"The cholera outbreak goes on. In the town 2,100 people have been treated.",
       "infected 2100 people total stated of people 'people'"},
      {"The town was hit. In the town 2,100 people have been treated.",
       "injured 2100 people total stated of people 'people'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(WireTest, MoreWordsOfTheWire) {
  constexpr ReadingCase kCases[] = {
      {"The agency put the magnitude at 7.0.",
       "magnitude 7 magnitude total stated by 'The agency'"},
      {"The army lost 23 of its own men.", "killed 23 people part stated of people 'own men'"},
      {"Eight French hostages are held there.",
       "hostages 8 people total stated of french people 'French hostages'"},
      {"About 250,000 march through the city.",
       "participants ~250000 people total stated of people"},
      {"The ship carried 40 people. Eight of the people were children.",
       "participants 40 people total stated of people 'people'; "
       "participants 8 people part stated of people 'people'"},
      {"Nine of the suspects were picked up in Lima.",
       "arrested 9 people part stated of suspects 'suspects' in 'Lima'"},
      {"A jet with 96 people on board broke apart and caught fire.",
       "participants 96 people total stated of people 'people'"},
      {"Police have arrested 14 men. There have been 353 such attacks this year.",
       "arrested 14 people total stated of people 'men'; "
       "count 353 attack total stated 'attacks'"},
      {"More than 200 troops with six dogs were digging.",
       "deployed 201..* people total stated of military 'troops'; "
       "equipment 6 dog total stated 'dogs'"},
      {"About 170 police officers were flown in from Lima.",
       "deployed ~170 people total stated of police 'police officers'"},
      {"Patients from one hospital were flown out.", ""},
      {"Police said 12 people passed 12 checks.",
       "count 12 people total stated of people 'people' "
       "by 'Police'; count 12 check total stated 'checks' by 'Police'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(WireTest, AgesAndWhatIsNoPerson) {
  constexpr ReadingCase kCases[] = {
      {"Kalo Bree, 26 was shot.", ""},
      {"Dario Alto Jr., 26, who was shot, died.", ""},
      {"Two children, 8 and 15, were shot.",
       "injured 2 people total stated of children 'children'"},
      {"Killings of 14- and 18-year-olds shock the town.", ""},
      {"Two quakes with magnitudes of 7.3 and 7.2 struck on Saturday.",
       "count 2 quake total stated 'quakes'; magnitude 7.3 magnitude total stated; "
       "magnitude 7.2 magnitude total stated at 'on Saturday'"},
      {"31 pieces of diving equipment were found on board.",
       "equipment 31 piece total stated 'pieces of diving equipment'"},
      {"The suspect, 32, who gave himself up, was silent.", ""},
      {"A wall of mud swept over 49 homes.", "count 49 home total stated 'homes'"},
      {"The number of missing fell to 30 after dozens were found safe.",
       "missing 30 people total stated of people; rescued 24..* people total stated of people"},
      {"One person inside was not injured.", ""},
      {"They fled Libya -- nearly 100,000 to Tunisia.",
       "displaced ~100000 people total stated of people"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

}  // namespace
}  // namespace claimwatch
