// Total, part, increment, rate.
#include "gtest/gtest.h"
#include "tests/claims/reading.h"

namespace claimwatch {
namespace {

// The place where the whole event was makes no part of its figure; a missing person who is found
// makes no part of those still missing.
TEST(ScopeTest, TheEventsOwnClause) {
  constexpr ReadingCase kCases[] = {
      {"The ferry was carrying 47 people when it sank off Kelo Island.",
       "participants 47 people total stated of people 'people' in 'Kelo Island'"},
      {"The toll rose from eight to 14 after a slide which hit Torl in Kelo County.",
       "killed 8 people total stated of people; "
       "killed 14 people total stated of people in 'Kelo County'"},
      {"The uprising goes on, and rebels shell the towns. At least 6 million are displaced.",
       "displaced 6000000..* people total stated of people"},
      {"Aid will go to the most vulnerable among 1,400 people in need.",
       "affected 1400 people total projected of people 'people'"},
      {"Six sailors were missing. Two remain missing.",
       "missing 6 people total stated of military 'sailors'; "
       "missing 2 people total stated of people"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(ScopeTest, Parts) {
  constexpr ReadingCase kCases[] = {
      {"The blast killed 53 people, including four policemen.",
       "killed 53 people total stated of people 'people'; "
       "killed 4 people part stated of police 'policemen'"},
      {"164 people died, 103 of them in Almaty.",
       "killed 164 people total stated of people 'people'; "
       "killed 103 people part stated of people 'people' in 'Almaty'"},
      {"12 of the 16 dead were children.",
       "killed 12 people part stated of people; "
       "killed 16 people total stated of people"},
      {"Of the 53 injured, 16 are children.",
       "injured 53 people total stated of people; "
       "injured 16 people part stated of children 'children'"},
      {"The blast killed 40 people. Of the dead, 16 were children.",
       "killed 40 people total stated of people 'people'; "
       "killed 16 people part stated of children 'children'"},
      {"In all, 120 people were hurt, and many of them are still in hospital.",
       "injured 120 people total stated of people 'people'"},
      {"Among those arrested were two teachers.",
       "arrested 2 people part stated of teacher 'teachers'"},
      {"Of the wounded, 12 were flown out and 30 houses were destroyed.",
       "evacuated 12 people total stated of people; "
       "damaged 30 house total stated 'houses'"},
      {"Nine people, among them two children, drowned.",
       "killed 9 people total stated of people 'people'; "
       "killed 2 people part stated of children 'children'"},
      {"Police arrested 23 men (12 Danes and 11 Swedes).",
       "arrested 23 people total stated of people 'men'; "
       "arrested 12 people part stated of dane people 'Danes'; "
       "arrested 11 people part stated of swede people 'Swedes'"},
      {"Seven people were seriously injured.", "injured 7 people part stated of people 'people'"},
      {"In a village in the north, 12 people died.",
       "killed 12 people part stated of people 'people'"},
      {"None of the 40 passengers was injured.",
       "injured 0 people part stated of people 'passengers'; "
       "participants 40 people total stated of people 'passengers'"},
      {"The navy caught the other three pirates.",
       "arrested 3 people part stated of militants 'pirates'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

// told_part.h: what the figure's own clause says of it.
TEST(ScopeTest, PartsByTheirOwnClause) {
  constexpr ReadingCase kCases[] = {
      {"Police fired tear gas and 23 people were detained there.",
       "arrested 23 people part stated of people 'people'"},
      {"Police said there had been 23 people hurt.",
       "injured 23 people total stated of people 'people' by 'Police'"},
      {"The storm hit Otun. It passed over the sea. It spared Kelo, where 12 people were hurt.",
       "injured 12 people part stated of people 'people'"},
      {"The storm hit Kelo. It passed over Kelo, where 12 people were hurt.",
       "injured 12 people total stated of people 'people'"},
      {"Ten people were taken to hospital; seven were released the next day.",
       "hospitalised 10 people total stated of people 'people'; "
       "hospitalised 7 people part stated of people 'people'"},
      {"The clinic has treated 50 wounded people.",
       "injured 50 people part stated of people 'wounded people'"},
      {"Fifty-three people were in intensive care.",
       "hospitalised 53 people part stated of people 'people'"},
      {"The bank lent $120 million, of which the state paid $70 million.",
       "money 120000000 USD total stated; money 70000000 USD part stated"},
      {"Eleven workers were burned, four of them badly, and two were missing.",
       "injured 11 people total stated of workers 'workers'; "
       "injured 4 people part stated of workers 'workers'; "
       "missing 2 people total stated of workers 'workers'"},
      {"Some 2,300 people marched in the capital and 1,200 in Otun.",
       "participants ~2300 people part stated of people 'people'; "
       "participants 1200 people part stated of people 'people' in 'Otun'"},
      {"A hospital in Kelo received two bodies and at least 35 wounded.",
       "killed 2 people part stated of people 'bodies' in 'Kelo'; "
       "injured 35..* people part stated of people"},
      {"At a college, 60 students were missing.",
       "missing 60 people part stated of students 'students'"},
      {"His father owned 15 guns legally; 14 were locked in a safe.",
       "count 15 gun total stated 'guns'; count 14  part stated"},
      {"The toll in the town alone has reached 40 dead.", "killed 40 people part stated of people"},
      {"Six bodies were found in Kelo and four on Mono, an island.",
       "killed 6 people part stated of people 'bodies' in 'Kelo'; "
       "killed 4 people part stated of people"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(ScopeTest, PartsOfACrisis) {
  constexpr ReadingCase kCases[] = {
      {"The uprising and the war go on. In Harasta, 12 people were killed on Friday.",
       "killed 12 people part stated of people 'people' in 'Harasta' at 'on Friday'"},
      {"The uprising and the war go on. Soldiers killed 19 people on Friday.",
       "killed 19 people part stated of people 'people' at 'on Friday'"},
      {"The uprising and the war go on. At least 850 people have been killed since it began.",
       "killed 850..* people total stated of people 'people' at 'since it began'"},
      {"The uprising and the war go on. In the east 233 people have been killed in four days of "
       "unrest.",
       "killed 233 people total stated of people 'people'"},
      {"The uprising and the war go on. Doctors put the number of dead at 1,000; the government "
       "says 150.",
       "killed 1000 people total stated of people by 'Doctors'; "
       "killed 150 people total stated of people by 'the government'"},
      {"The uprising and the war go on. 164 people were killed in the unrest.",
       "killed 164 people total stated of people 'people'"},
      {"The uprising and the war go on. Over 1,200 shops were looted, the mayor said.",
       "damaged 1201..* shop total stated 'shops' by 'the mayor'"},
      {"The uprising and the war go on. The death toll is 4,000.",
       "killed 4000 people total stated of people"},
      {"The uprising and the war go on. China has evacuated 12,000 Chinese nationals.",
       "evacuated 12000 people part stated of chinese people 'Chinese nationals'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(ScopeTest, GroupsBesideEverybody) {
  constexpr ReadingCase kCases[] = {
      {"Two policemen and three soldiers were killed.",
       "killed 2 people part stated of police 'policemen'; "
       "killed 3 people part stated of military 'soldiers'"},
      {"A navy ship carried 90 and 72 passengers.",
       "participants 90 people total stated of people 'passengers'; "
       "participants 72 people total stated of people 'passengers'"},
      {"The blast killed 40 people. Among the injured were nurses. Six children were killed.",
       "killed 40 people total stated of people 'people'; "
       "killed 6 people part stated of children 'children'"},
      {"Twelve Danes and 11 Swedes were arrested. The navy arrested 23 sailors in all.",
       "arrested 12 people part stated of dane people 'Danes'; "
       "arrested 11 people part stated of swede people 'Swedes'; "
       "arrested 23 people total stated of military 'sailors'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(ScopeTest, WhatTheArticleSettles) {
  constexpr ReadingCase kCases[] = {
      {"Between 300 and 500 people may have died. Rescuers have found 70 bodies.",
       "killed 300..500 people total projected of people 'people'; "
       "killed 70 people part stated of people 'bodies'"},
      {"The fund promised $429 million: $122 million in grants, $107 million in loans and $200 "
       "million in food.",
       "money 429000000 USD total stated; money 122000000 USD part stated; "
       "money 107000000 USD part stated; money 200000000 USD part stated"},
      {"Of the $5 billion pledged, $1 billion has been paid.",
       "money 5000000000 USD total stated; money 1000000000 USD part stated"},
      {"The $700 million fund, of which $350 million has been spent, is too small.",
       "money 700000000 USD total stated 'fund'; money 350000000 USD part stated"},
      {"More than 60 were injured, two seriously.",
       "injured 61..* people total stated of people; injured 2 people part stated of people"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
  EXPECT_EQ(Reads("The uprising and the war go on. A blast killed 12 people in Harasta.",
                  "Blast kills 12"),
            "killed 12 people part stated of people; "
            "killed 12 people part stated of people 'people' in 'Harasta'");
}

TEST(ScopeTest, StretchesOfTime) {
  constexpr ReadingCase kCases[] = {
      {"About 500 cases were recorded in the past week.",
       "infected ~500 people part stated of people 'cases' at 'in the past week'"},
      {"Dozens were killed in the last 24 hours.",
       "killed 24..* people part stated of people at 'in the last 24 hours'"},
      {"The uprising and the war go on. Doctors said that 150 people had died and 2,000 were "
       "injured.",
       "killed 150 people total stated of people 'people' by 'Doctors'; "
       "injured 2000 people total stated of people 'people' by 'Doctors'"},
      {"The uprising and the war go on. Police said 860 people were arrested across the country.",
       "arrested 860 people total stated of people 'people' by 'Police'"},
      {"The uprising and the war go on. The toll in Harasta alone has topped 150.",
       "killed 151..* people part stated of people in 'Harasta'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(ScopeTest, Increments) {
  constexpr ReadingCase kCases[] = {
      {"Another 12 people were arrested.",
       "arrested 12 people increment stated of people 'people'"},
      {"The quake killed six people and left hundreds more injured.",
       "killed 6 people total stated of people 'people'; "
       "injured 200..* people total stated of people 'people'"},
      {"Police arrested 14 more suspects.",
       "arrested 14 people increment stated of suspects 'suspects'"},
      {"Another 12 were killed, bringing the toll to 45.",
       "killed 12 people increment stated of people; "
       "killed 45 people total stated of people"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(ScopeTest, Rates) {
  constexpr ReadingCase kCases[] = {
      {"There were 45 deaths for every 100,000 residents.",
       "killed 45 people rate stated of people 'deaths' per '100000 residents'"},
      {"Some 12 people a day died, or 4 per 100,000.",
       "killed ~12 people rate stated of people 'people' per 'day'; "
       "killed 4 people rate stated of people 'people' per '100000'"},
      {"The plant leaks 5,000 barrels a day.", "measurement 5000 barrel rate stated per 'day'"},
      {"It leaked 5,000 barrels a day before it was shut.",
       "measurement 5000 barrel rate stated per 'day'"},
      {"Each of the families will get $15,000.", "money 15000 USD rate stated per 'unit'"},
      {"The mayor gave each man $15,000.", "money 15000 USD rate stated per 'unit'"},
      {"About 12 people a day die of the disease.",
       "killed ~12 people rate stated of people 'people' per 'day'"},
      {"The region recorded 45 cases per 100,000 people.",
       "infected 45 people rate stated of people 'cases' per '100000 people'"},
      {"Clinics saw on average 4 deaths and 31 injuries per day.",
       "killed 4 people rate stated of people 'deaths' per 'day'; "
       "injured 31 people rate stated of people 'injuries' per 'day'"},
      {"The well leaks 5,000 barrels a day. The estimate was later raised to 12,000 barrels.",
       "measurement 5000 barrel rate stated per 'day'; "
       "measurement 12000 barrel rate stated"},
      {"Profit was $2.4 billion a year ago.", "money 2400000000 USD total stated"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(ScopeTest, WhereIsNoPart) {
  constexpr ReadingCase kCases[] = {
      {"The storm came at night. It was strong. About 120 people died in 15 states.",
       "killed ~120 people total stated of people 'people'; "
       "count 15 state total stated 'states'"},
      {"The storm drove thousands of people from their homes, including into two fields near the "
       "city.",
       "displaced 2000..* people total stated of people 'people'; "
       "count 2 field total stated 'fields'"},
      {"Two men have died in the United States.",
       "killed 2 people total stated of people 'men' in 'United States'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(ScopeTest, Destinations) {
  constexpr ReadingCase kCases[] = {
      {"The revolt and the war go on. Some 40,000 refugees entered Chad since the uprising "
       "began in Sudan.",
       "displaced ~40000 people part stated of people 'refugees' in 'Chad' at 'since the "
       "uprising began in Sudan'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(ScopeTest, FirstOfAnother) {
  constexpr ReadingCase kCases[] = {
      {"The number of sick people rose by 508,000 to 11.6 million.",
       "infected 508000 people increment stated of people; "
       "infected 11600000 people total stated of people"},
      {"The quake killed 12 people. Another 61 people are missing.",
       "killed 12 people total stated of people 'people'; "
       "missing 61 people total stated of people 'people'"},
      {"The quake killed 12 people. Another 61 people were killed by the wave.",
       "killed 12 people total stated of people 'people'; "
       "killed 61 people increment stated of people 'people'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(ScopeTest, PartsOfPlacesAndGroups) {
  constexpr ReadingCase kCases[] = {
      {"The party won in Lima. The vote was close. In Kelo, 500 people were left queuing.",
       "count 500 people part stated of people 'people' in 'Kelo'"},
      {"Five firefighters are believed to be among the dead.",
       "killed 5 people part stated of rescuers 'firefighters'"},
      {"The uprising and the war go on. Nine children have been killed.",
       "killed 9 people part stated of children 'children'"},
      {"The uprising and the war go on. Some 3,709 civilians have been killed in October.",
       "killed ~3709 people part stated of people 'civilians' at 'in October'"},
      {"Doctors saw 5,000 new patients in the past week, up from 3,000.",
       "affected 5000 people part stated of people 'new patients' at 'in the past week'; affected "
       "3000 people part stated of people"},
      {"The state gave $400 billion. It put $50 billion into eight banks, $250 billion into bonds "
       "and $100 billion into loans.",
       "money 400000000000 USD total stated; "
       "money 50000000000 USD part stated; "
       "count 8 bank total stated 'banks'; "
       "money 250000000000 USD part stated; "
       "money 100000000000 USD part stated"},
      {"The police spokesman Snr. Comr. Ali Tan said 12 people were hurt.",
       "injured 12 people total stated of people 'people' by 'The police spokesman Snr. Comr. Ali "
       "Tan'"},
      {"In the district of Kelo alone, 180 people drowned.",
       "killed 180 people part stated of people 'people' in 'district of Kelo'"},
      {"The quake killed 300 people. Eight Dutch soldiers were killed and five were hurt.",
       "killed 300 people total stated of people 'people'; "
       "killed 8 people part stated of dutch military 'Dutch soldiers'; "
       "injured 5 people part stated of dutch military 'Dutch soldiers'"},
      {"The first 400,000 doses will be delivered next week.",
       "equipment 400000 dose part projected 'doses' at 'next week'"},
      {"Ahmed Karim lost two brothers.", "killed 2 people part stated of men 'brothers'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(ScopeTest, RatesOfBothUnits) {
  constexpr ReadingCase kCases[] = {
      {"The well leaks 12,000 barrels (504,000 gallons) a day.",
       "measurement 12000 barrel rate stated per 'day'; "
       "measurement 504000 gallon rate stated per 'day'"},
      {"The low estimate is 20,000 barrels a day and the highest is a little over 40,000.",
       "measurement 20000 barrel rate stated per 'day'; "
       "measurement 40001..* barrel rate stated per 'day'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(ScopeTest, SmallerThanTheWhole) {
  constexpr ReadingCase kCases[] = {
      {"The quake killed 306 people on Monday. Fifty people died in the rubble of a school.",
       "killed 306 people total stated of people 'people' at 'on Monday'; "
       "killed 50 people part stated of people 'people'"},
      // Told against the first, not beside it.
      {"The quake killed 306 people. An earlier count put the dead at 250.",
       "killed 306 people total stated of people 'people'; "
       "killed 250 people total stated of people"},
      {"The storm killed 40 people. Eleven deaths were recorded on Monday alone.",
       "killed 40 people total stated of people 'people'; "
       "killed 11 people part stated of people 'deaths' at 'on Monday'"},
      {"The flood killed 40 people. Another 11 new deaths were reported.",
       "killed 40 people total stated of people 'people'; "
       "killed 11 people increment stated of people 'new deaths'"},
      {"The bomb hurt 40 people. Ten of the injured were taken to hospital.",
       "injured 40 people total stated of people 'people'; "
       "hospitalised 10 people total stated of people"},
      {"The bomb hurt 40 people. Six were still in hospital and two were in intensive care.",
       "injured 40 people total stated of people 'people'; "
       "hospitalised 6 people total stated of people; "
       "hospitalised 2 people part stated of people"},
      {"Some 130 people fell ill, 22 more than on Friday.",
       "infected ~130 people total stated of people 'people'; "
       "infected 22 people increment stated of people 'people' at 'on Friday'"},
      // Of one breath: nothing says which is the whole.
      {"The ship carried 90 and 72 passengers.",
       "participants 90 people total stated of people 'passengers'; "
       "participants 72 people total stated of people 'passengers'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(ScopeTest, EveryYear) {
  constexpr ReadingCase kCases[] = {
      {"Every year about 900 people in the region die of the disease.",
       "killed ~900 people rate stated of people 'people' per 'year'"},
      {"There were 45 new cases of cholera on Friday.",
       "infected 45 people increment stated of people 'new cases of cholera' at 'on Friday'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

// By country: cases and deaths are each its own; a rise comes on top.
TEST(ScopeTest, OutbreakByCountry) {
  EXPECT_EQ(Reads("The flu has spread. Mexico has 1,626 cases, including 48 deaths. There were 95 "
                  "cases in Spain, including one death, and eight in Costa Rica.",
                  "Flu outbreak spreads"),
            "infected 1626 people total stated of people 'cases'; "
            "killed 48 people total stated of people 'deaths'; "
            "infected 95 people total stated of people 'cases' in 'Spain'; "
            "killed 1 people total stated of people 'death' in 'Spain'; "
            "infected 8 people total stated of people in 'Costa Rica'");
  EXPECT_EQ(Reads("The flu had struck 1,639 people, an increase of 743."),
            "infected 1639 people total stated of people 'people'; "
            "infected 743 people increment stated of people 'people'");
}

// How fast a wind blows is no rate of anything; what a toll is raised by comes on top.
TEST(ScopeTest, SpeedsAndRises) {
  constexpr ReadingCase kCases[] = {
      {"Winds up to 31 miles an hour shook the pier.", "measurement *..31 mph total stated"},
      {"All 62 people on board were killed, raising the initial toll by one.",
       "killed 62 people total stated of people 'people'; "
       "killed 1 people increment stated of people"},
      {"The plane was carrying 83 passengers and seven crew members.",
       "participants 83 people part stated of people 'passengers'; "
       "participants 7 people part stated of people 'crew members'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

// A riot in a jail is one event, whatever is fought there.
TEST(ScopeTest, FightingIsNoWar) {
  EXPECT_EQ(Reads("Twenty-three prisoners were killed in fighting between gangs, authorities said.",
                  "Riot in jail leaves 23 dead"),
            "killed 23 people total stated of people; "
            "killed 23 people total stated of people 'prisoners' by 'authorities'");
}

// Those who are missing come on top of the dead, and are all who are missing; told again, too.
TEST(ScopeTest, AnotherOfSomethingElse) {
  EXPECT_EQ(
      Reads("The toll rose to 132, with a further 176 people missing. Another 176 are missing, "
            "the mayor said."),
      "killed 132 people total stated of people; "
      "missing 176 people total stated of people 'people'; "
      "missing 176 people total stated of people by 'the mayor'");
}

// Where a ship went down is where all aboard were; who is left is all that is missed.
TEST(ScopeTest, AllAboard) {
  EXPECT_EQ(
      Reads("A ferry with 210 passengers on board overturned off the island on Sunday. By noon "
            "103 people had been saved. The remaining 76 are missing."),
      "participants 210 people total stated of people 'passengers' at 'on Sunday'; "
      "rescued 103 people total stated of people 'people' at 'By noon'; "
      "missing 76 people total stated of people");
  EXPECT_EQ(Reads("The drill went down eight metres an hour. The mine is 450 metres deep."),
            "measurement 8 m rate stated per 'hour'; measurement 450 m total stated 'deep'");
}

TEST(ScopeTest, PlacesAndOwners) {
  constexpr ReadingCase kCases[] = {
      {"The mill will shut two of its five machines.",
       "count 2 machine total projected 'machines'; "
       "count 5 machine total stated 'machines'"},
      {"The recall covers 41,000 cars in Norway and 18,000 in Sweden.",
       "count 41000 car part stated 'cars' in 'Norway'; "
       "count 18000  part stated in 'Sweden'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

}  // namespace
}  // namespace claimwatch
