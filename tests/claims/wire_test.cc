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
       "displaced 122 people part stated of people 'people' by 'Officials' in 'Chad' at "
       "'overnight'"},
      {"The plane carried 121 passengers and six crew.",
       "participants 121 people part stated of people 'passengers'; "
       "participants 6 people part stated of people 'crew'"},
      {"A group of about 25 men armed with rifles landed there.",
       "suspects ~25 people total stated of people 'men'"},
      {"One case has been confirmed in Chad.",
       "infected 1 people total stated of people 'case' in 'Chad'"},
      {"Some 2,600 people have drowned this year.",
       "killed ~2600 people total stated of people 'people' at 'this year'"},
      {"Eight foreigners were killed: three Germans and two Danes.",
       "killed 8 people total stated of foreigners 'foreigners'; "
       "killed 3 people part stated of german people 'Germans'; "
       "killed 2 people part stated of dane people 'Danes'"},
      {"Twelve villages were levelled and 425 others suffered damage.",
       "damaged 12 village total stated 'villages'; damaged 425 village total stated 'villages'"},
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
       "arrested 14 people total stated of people 'men'; count 353 attack total stated 'attacks' "
       "at 'this year'"},
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
      {"A wall of mud swept over 49 homes.", "damaged 49 home total stated 'homes'"},
      {"The number of missing fell to 30 after dozens were found safe.",
       "missing 30 people total stated of people; rescued 24..* people total stated of people"},
      {"One person inside was not injured.", ""},
      {"They fled Libya -- nearly 100,000 to Tunisia.",
       "displaced ~100000 people total stated of people"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

// What agencies put between a figure and its verb, or leave out.
TEST(WireTest, AsidesAndGaps) {
  constexpr ReadingCase kCases[] = {
      {"Two Danish nurses, Ane Holm and Birte Krog, were killed last week.",
       "killed 2 people total stated of danish health workers 'Danish nurses' at 'last week'"},
      {"Three Danes, clerks at the Harbour Office, were among the injured.",
       "injured 3 people part stated of dane people 'Danes' in 'Harbour Office'"},
      {"Lagos has 51 cases of flu, Ibadan 16 and Port Harcourt 14.",
       "infected 51 people total stated of people 'cases of flu'; infected 16 people total stated "
       "of people; infected 14 people total stated of people"},
      {"The guards fired, killing three and wounding scores more.",
       "killed 3 people total stated of people; injured 40..* people total stated of people"},
      {"Eight died in Thala; several guards were hurt, three of them critically.",
       "killed 8 people total stated of people in 'Thala'; injured 3 people part stated of people"},
      {"Ten others, two guards and two cooks among them, had died there.",
       "killed 10 people total stated of people; killed 2 people part stated of workers 'guards'; "
       "killed 2 people part stated of cook 'cooks'"},
      {"Of the injured, three are in a bad way.", "injured 3 people part stated of people"},
      {"Nineteen of the 172 aboard survived.",
       "rescued 19 people part stated of people; participants 172 people total stated of people"},
      {"Two farmers killed themselves on Monday.",
       "killed 2 people total stated of workers 'farmers' at 'on Monday'"},
      {"A ferry with 300 on board sank on Monday.",
       "participants 300 people total stated of people at 'on Monday'"},
      {"Police saw how four rockets struck.", "count 4 rocket total stated 'rockets'"},
      {"The town has room: tents for 2,500 came with 12 million dollars.",
       "count 2500  total stated; money 12000000 USD total stated"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(WireTest, WhoseVerbItIs) {
  constexpr ReadingCase kCases[] = {
      {"One man is dead and four other people are recovering.",
       "killed 1 people total stated of people 'man'; injured 4 people total stated of people "
       "'people'"},
      {"Pirates took a ship, bringing to five the number of vessels captured.",
       "count 5  total stated"},
      {"Two were shot; 43 others could not be recognised.",
       "injured 2 people total stated of people; injured 43 people total stated of people"},
      {"A crash killed 48 people. Divers found six survivors. Later the count was raised to 51.",
       "killed 48 people total stated of people 'people'; rescued 6 people total stated of people "
       "'survivors'; killed 51 people total stated of people"},
      {"Some 20 people, three of whom were guards, were killed.",
       "killed ~20 people total stated of people 'people'; killed 3 people part stated of people "
       "'people'"},
      {"There are 271 soldiers of a planned 300 in Marl.",
       "deployed 271 people total stated of military 'soldiers'; deployed 300 people total "
       "projected of military 'soldiers' in 'Marl'"},
      {"The town will pay the families 100,000 euros ($125,000) each.",
       "money 100000 EUR rate stated per 'person'; money 125000 USD rate stated per 'person'"},
      {"Some 7,500 National Guard troops stand by.",
       "deployed ~7500 people total stated of national guard military and workers 'National Guard "
       "troops'"},
      {"The toll rose to 147, and 50 people were missing. The number could reach 200.",
       "killed 147 people total stated of people; missing 50 people total stated of people "
       "'people'; killed 200 people total projected of people"},
      {"The storm drove 26,000, nearly a quarter of the town, from their homes.",
       "displaced 26000 people total stated of people; percent ~25 % total stated 'town'"},
      {"An avalanche has buried 12 skiers. They have buried 9 climbers.",
       "trapped 12 people total stated of skier 'skiers'; killed 9 people total stated of climber "
       "'climbers'"},
      {"The guards fired; 41 cooks were hurt, and 70 people held, 12 of whom face charges.",
       "injured 41 people total stated of cook 'cooks'; arrested 70 people total stated of people "
       "'people'; arrested 12 people part stated of people 'people'"},
      {"Some 191 clerks died, as was to be feared by many, 138 of them women.",
       "killed ~191 people total stated of clerk 'clerks'; killed 138 people part stated of women "
       "'women'"},
      {"The man with the 9mm pulled the trigger, firing one shot.", ""},
      {"Some 40 divers are recovering bodies.",
       "deployed ~40 people total stated of rescuers 'divers'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(WireTest, ThenAndNow) {
  constexpr ReadingCase kCases[] = {
      {"In Tulo, where a flood left 73 dead last year, 14 people were killed.",
       "killed 73 people total past_event of people in 'Tulo' at 'last year'; killed 14 people "
       "total stated of people 'people' in 'Tulo'"},
      {"The population of Marl has fallen from 1.8 million in 1950 to 700,000.",
       "count 1800000  total past_event at 'in 1950'; count 700000  total stated"},
      {"A crash killed 48 people. There were six survivors, three of whom had serious injuries.",
       "killed 48 people total stated of people 'people'; rescued 6 people total stated of people "
       "'survivors'; injured 3 people part stated of people 'survivors'"},
      {"There were 9,000 soldiers in Marl in January 2009; now there are 56.",
       "deployed 9000 people total past_event of military 'soldiers' in 'Marl' at 'in January "
       "2009'; deployed 56 people total stated of military 'soldiers'"},
      {"Her 1982 album has sold more than 50 million copies.",
       "count 50000001..* copy total stated 'copies'"},
      {"In May the court was told that 12 clerks and 9 guards had died.",
       "killed 12 people part stated of clerk 'clerks'; killed 9 people part stated of workers "
       "'guards'"},
      {"The camps hold survivors of May's flood, which killed 300 people.",
       "killed 300 people total past_event of people 'people'"},
      {"The house voted down a plan to save the bank by 60 votes.",
       "count 60 vote total stated 'votes'"},
      {"The state will share in losses on a $300 million portfolio.",
       "money 300000000 USD total stated 'portfolio'"},
      {"Some 35 children on two buses were hurt near a day-care centre.",
       "injured ~35 people total stated of children 'children'; count 2 bus total stated 'buses'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

}  // namespace
}  // namespace claimwatch
