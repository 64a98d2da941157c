// Who says so.
#include "gtest/gtest.h"
#include "tests/claims/reading.h"

namespace claimwatch {
namespace {

TEST(AttributionTest, Speakers) {
  constexpr ReadingCase kCases[] = {
      {"The United States has 20 cases.", "infected 20 people total stated of people 'cases'"},
      {"The head of a hospital in Kelo told reporters that 202 people had died in the city.",
       "killed 202 people part stated of people 'people' by 'The head of a hospital in Kelo' in "
       "'Kelo'"},
      {"Two people were killed, police said.",
       "killed 2 people total stated of people 'people' by 'police'"},
      {"According to the Red Cross, 300 families lost their homes.",
       "displaced 300 people total stated of families 'families' by 'the Red Cross'"},
      {"\"We found 12 bodies,\" rescue chief Per Holm told reporters.",
       "killed 12 people total stated of people 'bodies' by 'rescue chief Per Holm'"},
      {"The ministry said 45 people were infected and added that 3 had died.",
       "infected 45 people total stated of people 'people' by 'The ministry'; "
       "killed 3 people total stated of people 'people' by 'The ministry'"},
      {"Over 40 people were arrested, the Interior Ministry said on Monday.",
       "arrested 41..* people total stated of people 'people' by 'the Interior Ministry'"},
      {"Nine people drowned, officials said at a news conference.",
       "killed 9 people total stated of people 'people' by 'officials'"},
      {"Nine people drowned, Ada Moss, who leads the service, told a briefing.",
       "killed 9 people total stated of people 'people' by 'Ada Moss'"},
      {"Doctors say more than 340 people have been killed.",
       "killed 341..* people total stated of people 'people' by 'Doctors'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

// Words that look as if they said something, and names that something else stands behind.
// "Torl, said" is no name with its verb: who speaks stands behind.
TEST(AttributionTest, SaidBehindAPlace) {
  EXPECT_EQ(
      Reads("Six people were killed in Torl, said doctors and guards, bringing the toll to 40."),
      "killed 6 people total stated of people 'people' by 'doctors and guards' in 'Torl'; "
      "killed 40 people total stated of people by 'doctors and guards'");
}

TEST(AttributionTest, NounsThatTellNothing) {
  constexpr ReadingCase kCases[] = {
      {"The toll in four northern states jumped to 90.",
       "count 4 state total stated 'northern states'; killed 90 people total stated of people"},
      {"The office received 40 storm reports around the lake.",
       "count 40 report total stated 'storm reports'"},
      {"Nine men died in Torl state, state Governor Ada Falk said.",
       "killed 9 people total stated of people 'men' by 'state Governor Ada Falk' in 'Torl state'"},
      {"The toll rose to 90, with 30 people confirmed dead.",
       "killed 90 people total stated of people; "
       "killed 30 people part stated of people 'people'"},
      {"The ministry said 53 were infected, up from 28 cases reported in June.",
       "infected 53 people total stated of people by 'The ministry'; "
       "infected 28 people total stated of people 'cases' by 'The ministry'"},
      {"The Health Institute of Torl (HIT) has reported 15 deaths.",
       "killed 15 people total stated of people 'deaths' by 'The Health Institute of Torl'"},
      {"Confirming the toll at 23, the relief agency warned that 40 were missing.",
       "killed 23 people total stated of people by 'the relief agency'; "
       "missing 40 people total stated of people by 'the relief agency'"},
      {"Officials first reported 70 dead, but said on Monday that 90 had died.",
       "killed 70 people total stated of people by 'Officials'; "
       "killed 90 people total stated of people by 'Officials'"},
      {"Vertel, the maker of Torl, Kelo and Sarn cars, said it was laying off 68 workers.",
       "affected 68 people total stated of workers 'workers' by 'Vertel'"},
      {"The Orvan Centre for Human Rights, a monitoring group, said at least 26 people died.",
       "killed 26..* people total stated of people 'people' by 'The Orvan Centre for Human "
       "Rights'"},
      {"The fire burned 70 barns, according to figures from the agency.",
       "damaged 70 barn total stated 'barns' by 'figures from the agency'"},
      {"Confirmed cases in Orvan: 34.", "infected 34 people total stated of people"},
      {"At least 43 people were injured, and local news reports said 30 of them were in hospital.",
       "injured 43..* people total stated of people 'people' by 'local news reports'; "
       "hospitalised 30 people part stated of people 'people' by 'local news reports'"},
      {"Slides in Orvan state have destroyed 70 homes.",
       "damaged 70 home total stated 'homes' in 'Orvan state'"},
      {"Hundreds of migrants believed to have drowned were found.",
       "killed 200..* people total stated of foreigners 'migrants'"},
      {"A ship took 90 people out on Monday as rebels said they had gained ground.",
       "evacuated 90 people total stated of people 'people' at 'on Monday'"},
      {"Another spokesman raised the toll to 25, and said about 100 had been wounded.",
       "killed 25 people total stated of people by 'Another spokesman'; "
       "injured ~100 people total stated of people by 'Another spokesman'"},
      {"According to the latest situation report of the ministry, 11 people died.",
       "killed 11 people total stated of people 'people' by 'the latest situation report of the "
       "ministry'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(AttributionTest, PronounsAreResolved) {
  constexpr ReadingCase kCases[] = {
      {"The ministry said 45 people died. It said 12 were hurt.",
       "killed 45 people total stated of people 'people' by 'The ministry'; "
       "injured 12 people total stated of people by 'The ministry'"},
      {"The mayor, Ann Bole, said the fire killed 12 people. She said 30 others were hurt.",
       "killed 12 people total stated of people 'people' by 'Ann Bole'; "
       "injured 30 people total stated of people by 'Ann Bole'"},
      {"Police chief Per Holm led the search. \"It went well,\" said Holm. \"We found 30 "
       "wounded,\" "
       "he added.",
       "injured 30 people total stated of people by 'Holm'"},
      {"\"It killed 12 people,\" he said.", "killed 12 people total stated of people 'people'"},
      {"The ministry took back the figure of 164 dead, saying that it was a mistake.",
       "killed 164 people total denied of people by 'The ministry'"},
      {"The ministry denies reports that 40 people died.",
       "killed 40 people total denied of people 'people' by 'The ministry'"},
      {"Reports of 40 deaths are false, the minister said.",
       "killed 40 people total denied of people 'deaths' by 'the minister'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(AttributionTest, ClausesInsertionsAndAccounts) {
  constexpr ReadingCase kCases[] = {
      {"Some 12 people died, the ministry said; 40 were hurt.",
       "killed ~12 people total stated of people 'people' by 'the ministry'; injured 40 people "
       "total stated of people 'people' by 'the ministry'"},
      {"Some 12 people died; the ministry says that 40 were hurt.",
       "killed ~12 people total stated of people 'people'; injured 40 people total stated of "
       "people 'people' by 'the ministry'"},
      {"Some 12 people died, officials said, and the army said 40 were hurt.",
       "killed ~12 people total stated of people 'people' by 'officials'; injured 40 people total "
       "stated of people 'people' by 'the army'"},
      {"A poll by Marlow University found that 70 percent of parents would go.",
       "percent 70 % total stated 'parents' by 'A poll by Marlow University'"},
      {"A tally by the agency on July 6 put the toll at 12 dead.",
       "killed 12 people total stated of people by 'A tally by the agency' at 'on July 6'"},
      {"Hale, who was paid 12 million euros last year, said debts had risen to 30 million euros.",
       "money 12000000 EUR total stated at 'last year'; money 30000000 EUR total stated by 'Hale'"},
      {"Some 12 people died, said Dr. Anne Shull of the clinic.",
       "killed ~12 people total stated of people 'people' by 'Dr. Anne Shull of the clinic'"},
      {"Bole said as many as 40 men came to help.",
       "count *..40 people total stated of people 'men' by 'Bole'"},
      {"Some 12 people died, the mayor said, adding that 30 houses burned.",
       "killed ~12 people total stated of people 'people' by 'the mayor'; damaged 30 house total "
       "stated 'houses' by 'the mayor'"},
      {"The bank needs 30 trucks, a source familiar with the plans said.",
       "count 30 truck total stated 'trucks' by 'a source familiar with the plans'"},
      {"The firm has paid 12 million euros on 13,500 claims, Pelicor said in a filing.",
       "money 12000000 EUR total stated by 'Pelicor'; count 13500 claim total stated 'claims' by "
       "'Pelicor'"},
      {"Human Rights Watch reports that 84 people died.",
       "killed 84 people total stated of people 'people' by 'Human Rights Watch'"},
      {"The claim from official sources that put the toll at 12 dead was old.",
       "killed 12 people total stated of people by 'official sources'"},
      {"Some 12 people died, police said after 40 shots rang out.",
       "killed ~12 people total stated of people 'people' by 'police'; count 40 shot total stated "
       "'shots' by 'police'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(AttributionTest, QuotationsOverSentences) {
  constexpr ReadingCase kCases[] = {
      {"\"It took 12 trucks. It was hell,\" Bole said.",
       "count 12 truck total stated 'trucks' by 'Bole'"},
      {"Bole was sad. \"It took 12 trucks,\" Bole said. \"It took 40 buses.\"",
       "count 12 truck total stated 'trucks' by 'Bole'; "
       "count 40 bus total stated 'buses' by 'Bole'"},
      {"\"It took on,\" Bole said. The town has 40 buses.", "count 40 bus total stated 'buses'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(AttributionTest, AccountsOfOthers) {
  constexpr ReadingCase kCases[] = {
      {"Some 12 people died, according to a statement by its mission.",
       "killed ~12 people total stated of people 'people' by 'a statement by its mission'"},
      {"The roof fell; her office has put the toll of the clean-up at 12 dead.",
       "killed 12 people total stated of people by 'her office'"},
      {"Verdom, the clothes chain, will close 12 shops, it said.",
       "count 12 shop total projected 'shops' by 'Verdom'"},
      {"Doctors fear that 12 people died.",
       "killed 12 people total projected of people 'people' by 'Doctors'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(AttributionTest, NoSpeaker) {
  constexpr ReadingCase kCases[] = {
      {"A bomb killed 12 people.", "killed 12 people total stated of people 'people'"},
      {"The number of confirmed cases rose to 1,200.",
       "infected 1200 people total stated of people"},
      {"The town has seen 1,200 confirmed cases.",
       "infected 1200 people total stated of people 'confirmed cases'"},
      {"Crowds estimated at 200,000 filled the square.",
       "participants 200000 people total stated of people"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(AttributionTest, HeadlinesRelaysAndAsides) {
  for (const char* title : {"Police: 12 dead in crash", "12 dead in crash - police"}) {
    EXPECT_EQ(Reads("", title).substr(0, 37), "killed 12 people total stated of peop") << title;
    EXPECT_NE(Reads("", title).find("olice'"), std::string::npos) << title;
  }
  EXPECT_EQ(Reads("", "Marl: 12 dead in crash"), "killed 12 people total stated of people");
  constexpr ReadingCase kCases[] = {
      {"The daily Herald reported, citing police, that 12 people died.",
       "killed 12 people total stated of people 'people' by 'police'"},
      {"The Dawn Front claimed responsibility for the bomb that killed 12 people.",
       "killed 12 people total stated of people 'people'"},
      {"Residents reported power cuts after the storm killed 12 people.",
       "killed 12 people total stated of people 'people'"},
      {"An official who asked not to be named said 12 people died.",
       "killed 12 people total stated of people 'people' by 'An official'"},
      {"Ada Moss, 52, the ministry's spokeswoman, said 12 people died.",
       "killed 12 people total stated of people 'people' by 'Ada Moss'"},
      {"Residents reached by telephone said 12 people died.",
       "killed 12 people total stated of people 'people' by 'Residents reached by telephone'"},
      {"The army did not say how 12 people had died.",
       "killed 12 people total stated of people 'people'"},
      {"Some 12 people died, Ada Moss recalled.",
       "killed ~12 people total stated of people 'people' by 'Ada Moss'"},
      {"Ada Moss came to the camp. She said 12 people had died.",
       "killed 12 people total stated of people 'people' by 'Ada Moss'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(AttributionTest, WordsThatTellAndWordsThatOnlyCould) {
  constexpr ReadingCase kCases[] = {
      {"There are believable reports that 100 people died, an old judge told the town.",
       "killed 100 people total stated of people 'people' by 'an old judge'"},
      {"He said 2,500 refugees had registered in neighbouring states.",
       "displaced 2500 people total stated of people 'refugees'"},
      {"In December the Marl government told the court that 13 clerks had died.",
       "killed 13 people total stated of clerk 'clerks' by 'the Marl government'"},
      {"Hale died with debts put at $400 million.", "money 400000000 USD total stated"},
      {"All were safe, said the mayor, who has six boats.",
       "count 6 boat total stated 'boats' by 'the mayor'"},
      {"Scientists put the leak at 12,000 barrels; one team said as much as 25,000.",
       "measurement 12000 barrel total stated by 'Scientists'; measurement *..25000  total stated "
       "by 'one team'"},
      {"Some 40 died, Secretary of State for Health Ann Bole said.",
       "killed ~40 people total stated of people by 'Secretary of State for Health Ann Bole'"},
      {"Four people died near the Red Note Lounge, Marl police said.",
       "killed 4 people total stated of people 'people' by 'Marl police' in 'Red Note Lounge'"},
      {"Vertel has lost money: last month it said it would cut 162 jobs.",
       "count 162 job total projected 'jobs' by 'Vertel'"},
      {"Vertel cut its forecast this week and said it would spend $300m.",
       "money 300000000 USD total stated by 'Vertel'"},
      {"Per Holm of the Sailors' Aid Union said 18 ships were held.",
       "count 18 ship total stated 'ships' by 'Per Holm of the Sailors' Aid Union'"},
      {"The storm drove out 26,000, state television said on Tuesday.",
       "displaced 26000 people total stated of people by 'state television'"},
      {"Marl has called up 600 reservists and declared an area of 4 km closed.",
       "deployed 600 people total stated of military 'reservists' by 'Marl'; measurement 4 km "
       "total stated by 'Marl'"},
      {"Three days of attacks have now claimed 60 lives.",
       "killed 60 people total stated of people 'lives'"},
      {"Some 500 have fled to barracks, said the Red Cross; 80 were treated.",
       "displaced ~500 people total stated of people by 'the Red Cross'; injured 80 people total "
       "stated of people by 'the Red Cross'"},
      {"Two died, according to his sister-in-law.",
       "killed 2 people total stated of people by 'his sister-in-law'"},
      {"The State Department said 12 clerks had died.",
       "killed 12 people total stated of clerk 'clerks' by 'The State Department'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

}  // namespace
}  // namespace claimwatch
