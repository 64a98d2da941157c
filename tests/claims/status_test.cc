// Stated, projected, denied, told of an earlier event.
#include "gtest/gtest.h"
#include "tests/claims/reading.h"

namespace claimwatch {
namespace {

// "since ... 2003" begins a count that goes on.
TEST(StatusTest, SinceAnEarlierYearIsNotOver) {
  EXPECT_EQ(Reads("Some 3,000 soldiers have died since the beginning of the war in March 2003."),
            "killed ~3000 people total stated of military 'soldiers' at 'since the beginning of "
            "the war'");
}

TEST(StatusTest, Projected) {
  constexpr ReadingCase kCases[] = {
      {"The number of deaths could rise to 300.", "killed 300 people total projected of people"},
      {"The government plans to send 12 trucks of food.",
       "equipment 12 truck total projected 'trucks of food'"},
      {"An estimated 400 people are feared dead.",
       "killed ~400 people total projected of people 'people'"},
      {"The storm is expected to cause $2 billion of damage.",
       "loss 2000000000 USD total projected 'damage'"},
      {"Up to 500 people may have been buried in the landslide.",
       "trapped *..500 people total projected of people 'people'"},
      {"Possibly two children are missing.",
       "missing 2 people total projected of children 'children'"},
      {"Up to 7,500 jobs could go.", "count *..7500 job total projected 'jobs'"},
      {"The army is preparing to attack a town 400 km further north.",
       "measurement 400 km total stated 'north'"},
      {"Insurers expect claims to exceed $800 million.", "loss 800000000..* USD total projected"},
      {"Perhaps 200 people marched.", "participants 200 people total stated of people 'people'"},
      {"About 11 percent of all fuel will come from plants.",
       "percent ~11 % total projected 'fuel'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(StatusTest, ProjectedTogether) {
  constexpr ReadingCase kCases[] = {
      {"The agency hopes to feed 1,000 people this week and 3,500 next month.",
       "affected 1000 people total projected of people 'people' at 'this week'; affected 3500 "
       "people total projected of people 'people' at 'next month'"},
      {"The firm plans to cut 800 jobs, or 10 percent of its staff.",
       "count 800 job total projected 'jobs'; percent 10 % total projected 'staff'"},
      {"The chain will close 30 shops and dismiss 670 workers.",
       "count 30 shop total projected 'shops'; "
       "affected 670 people total projected of workers 'workers'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
  EXPECT_EQ(Reads("", "Army to send 500 soldiers"),
            "deployed 500 people total projected of military 'soldiers'");
}

TEST(StatusTest, ToBeDone) {
  constexpr ReadingCase kCases[] = {
      {"The bank is to cut 800 jobs.", "count 800 job total projected 'jobs'"},
      {"The bank is due to open 12 shops.", "count 12 shop total projected 'shops'"},
      {"The firm will close 73 of its 1,012 shops and cut 4,900 jobs.",
       "count 73 shop total projected 'shops'; count 1012 shop total stated 'shops'; "
       "count 4900 job total projected 'jobs'"},
      {"In the worst case, 30 percent of the town would drown.",
       "percent 30 % total projected 'town'"},
      {"The clinics were told to prepare for 200 deaths.",
       "killed 200 people total projected of people 'deaths'"},
      {"The bank wants 12 million euros.", "money 12000000 EUR total stated"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
  for (const char* title : {"Bank to shed 800 jobs", "Bank buys rival, to shed 800 jobs"}) {
    EXPECT_EQ(Reads("", title), "count 800 job total projected 'jobs'") << title;
  }
}

TEST(StatusTest, YearsOfTrialsAndMonthsBefore) {
  constexpr ReadingCase kCases[] = {
      {"A judge convicted a guard of killing 40 villagers in 1999.",
       "killed 40 people total stated of people 'villagers' at 'in 1999'"},
      {"A guard spoke of the killing of 40 villagers in 1999.",
       "killed 40 people total past_event of people 'villagers' at 'in 1999'"},
      {"It was the worst since November, when bombs killed 202 people.",
       "killed 202 people total past_event of people 'people' at 'since November'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(StatusTest, SinceAYear) {
  EXPECT_EQ(Reads("It was the worst loss since 14 marines died in August."),
            "killed 14 people total past_event of military 'marines' at 'in August'");
  EXPECT_EQ(Reads("The virus has killed 81 people since 2005, of whom 18 were children."),
            "killed 81 people total stated of people 'people' at 'since 2005'; "
            "killed 18 people part stated of children 'children' at 'since 2005'");
}

TEST(StatusTest, OutlaysHoldingsAndRecounts) {
  constexpr ReadingCase kCases[] = {
      {"Sixty soldiers were due to fly in on Sunday.",
       "deployed 60 people total projected of military 'soldiers' at 'on Sunday'"},
      {"The merger would save 12 million dollars.", "money 12000000 USD total projected"},
      {"The bank will pay 12 million dollars.", "money 12000000 USD total stated"},
      {"The state will own 20 percent of the bank.", "percent 20 % total stated 'bank'"},
      {"In 2003 the firm paid $12 million for the ship.",
       "money 12000000 USD total past_event at 'In 2003'"},
      {"The mayor lowered the death toll to 24 from 51.",
       "killed 24 people total stated of people; killed 51 people total denied of people"},
      {"Cholera has killed 12 people. The quake killed 300,000 people.",
       "killed 12 people total stated of people 'people'; "
       "killed 300000 people total past_event of people 'people'"},
      {"The firm seeks protection with $12 million of debt.",
       "money 12000000 USD total stated 'debt'"},
      {"The ministry denied it and said three soldiers died.",
       "killed 3 people total stated of military 'soldiers' by 'The ministry'"},
      {"On Jan. 10 a gunman killed 12 people.",
       "killed 12 people total past_event of people 'people' at 'On Jan. 10'"},
      {"On Feb. 27 a gunman killed 12 people.",
       "killed 12 people total stated of people 'people' at 'On Feb. 27'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(StatusTest, NotProjected) {
  constexpr ReadingCase kCases[] = {
      {"The guards threatened 15 villagers.", "count 15 people total stated of people 'villagers'"},
      {"Some 51 percent of voters would protest.", "percent ~51 % total stated 'voters'"},
      {"The bank beat forecasts with a 35 percent rise.", "percent 35 % total stated"},
      {"The bank pledged $12 million.", "money 12000000 USD total stated"},
      {"The fund gave $12 million to a housing project in the city.",
       "money 12000000 USD total stated"},
      {"On May 4, 12 people died.",
       "killed 12 people total stated of people 'people' at 'On May 4'"},
      {"The state said it would donate $3 million.",
       "money 3000000 USD total stated by 'The state'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(StatusTest, Denied) {
  constexpr ReadingCase kCases[] = {
      {"The ministry denied that 200 soldiers had been killed.",
       "killed 200 people total denied of military 'soldiers' by 'The ministry'"},
      {"Officials dismissed as false a report that 40 people had died.",
       "killed 40 people total denied of people 'people' by 'Officials'"},
      {"It is not true that 40 people died.", "killed 40 people total denied of people 'people'"},
      {"The figure of 40 dead was wrong.", "killed 40 people total denied of people"},
      {"Three people died, not 40 as reported.",
       "killed 3 people total stated of people 'people'; "
       "killed 40 people total denied of people 'people'"},
      {"The estimate of 5,000 barrels a day is far too low.",
       "measurement 5000 barrel rate denied per 'day'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(StatusTest, RejectedAndEarlier) {
  constexpr ReadingCase kCases[] = {
      {"The army rejected reports of 40 dead.",
       "killed 40 people total denied of people by 'The army'"},
      {"The court rejected 40 claims.", "count 40 claim total stated 'claims'"},
      {"There is no truth in reports that 12 people died.",
       "killed 12 people total denied of people 'people'"},
      {"An earlier attack on the road killed 12 people.",
       "killed 12 people total past_event of people 'people'"},
      {"Six bodies could be seen in the water.", "killed 6 people total stated of people 'bodies'"},
      {"Some 12 people died on this road three years ago.",
       "killed ~12 people total past_event of people 'people' at 'three years ago'"},
      {"The mayor called the death toll of 12 untrue.",
       "killed 12 people total denied of people by 'The mayor'"},
      {"The feared gang killed 12 people.", "killed 12 people total stated of people 'people'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(StatusTest, NotDenied) {
  constexpr ReadingCase kCases[] = {
      {"He denies two counts of murder.", "count 2 count total stated 'counts of murder'"},
      {"The army said it had arrested 200 attackers, and denied that women had died.",
       "arrested 200 people total stated of suspects 'attackers' by 'The army'"},
      {"The army denied it had bombed the camp, 10 km inside the border.",
       "measurement 10 km total stated by 'The army'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(StatusTest, PastEvent) {
  constexpr ReadingCase kCases[] = {
      {"In 2004, a tsunami killed 230,000 people.",
       "killed 230000 people total past_event of people 'people' at 'In 2004'"},
      {"The 2003 quake killed 31,000 people.",
       "killed 31000 people total past_event of people 'people'"},
      {"Six years ago, 12 miners died in the same pit.",
       "killed 12 people total past_event of workers 'miners' at 'Six years ago'"},
      {"The attack comes a decade after the 2014 bombing that killed 52 people.",
       "killed 52 people total past_event of people 'people'"},
      {"Some 3,400 people were killed by the 1998 cyclone.",
       "killed ~3400 people total past_event of people 'people'"},
      {"In June last year a 6.8-magnitude quake struck. Five people died and seven were injured.",
       "magnitude 6.8 magnitude total past_event 'quake' at 'In June last year'; killed 5 people "
       "total past_event of people 'people'; injured 7 people total past_event of people 'people'"},
      {"Last month, the navy rescued two sailors.",
       "rescued 2 people total past_event of military 'sailors' at 'Last month'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(StatusTest, NotPastEvent) {
  constexpr ReadingCase kCases[] = {
      {"At least 52 people have died since 2014.",
       "killed 52..* people total stated of people 'people' at 'since 2014'"},
      {"At least 1,718 soldiers have died since the invasion of the country in March 2003.",
       "killed 1718..* people total stated of military 'soldiers' at 'since the invasion of the "
       "country'"},
      {"The company earned $2 million in 2019.", "money 2000000 USD total stated at 'in 2019'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(StatusTest, AskedFor) {
  constexpr ReadingCase kCases[] = {
      {"About 500 soldiers are due to arrive.",
       "deployed ~500 people total projected of military 'soldiers'"},
      {"The town will have 16,000 officers, up from 6,000.",
       "count 16000 people total projected of police 'officers'; "
       "count 6000 officer total stated 'officers'"},
      {"The poll found that 51 percent of voters would leave and 33 percent accepted it.",
       "percent 51 % total stated 'voters' by 'The poll'; "
       "percent 33 % total projected by 'The poll'"},
      {"The ministry asked for 3,500 more soldiers.",
       "deployed 3500 people increment projected of military 'soldiers'"},
      {"Some senators want 20,000 soldiers to be sent.",
       "deployed 20000 people total projected of military 'soldiers'"},
      {"Police expect 700,000 marchers.",
       "participants 700000 people total projected of people 'marchers'"},
      {"The insurer is seeking a $40 billion loan.",
       "money 40000000000 USD total projected 'loan'"},
      {"A poll found that 64 percent of voters had given or meant to give.",
       "percent 64 % total stated 'voters' by 'A poll'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(StatusTest, YearsOfOtherEvents) {
  constexpr ReadingCase kCases[] = {
      {"Some 2 million people died in the civil war, which ended in 2005.",
       "killed ~2000000 people total past_event of people 'people'"},
      {"The bank, founded in 1850, lost 40 people to the fire.",
       "killed 40 people total stated of people 'people'"},
      {"Last June 750 people were hurt.", "injured 750 people total past_event of people 'people'"},
      {"It was the worst riot since 1996, when 82 people died in the capital.",
       "killed 82 people total past_event of people 'people' at 'since 1996'"},
      {"More than 2,600 people died last year.",
       "killed 2601..* people total past_event of people 'people' at 'last year'"},
      {"A quake injured dozens Sunday in a region still recovering from the tsunami of 2004.",
       "injured 24..* people total stated of people at 'Sunday'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(StatusTest, PurposesAndPlans) {
  constexpr ReadingCase kCases[] = {
      {"Peru sent two planes to pick up 500 stranded tourists.",
       "equipment 2 plane total stated 'planes'; "
       "evacuated 500 people total projected of foreigners 'stranded tourists'"},
      {"Poland has agreed to lead a force of 4,000 soldiers.",
       "deployed 4000 people total projected of military 'soldiers'"},
      {"The bank agreed to pay a fine of $12 million.", "money 12000000 USD total stated"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(StatusTest, FearedAndEarlierElsewhere) {
  constexpr ReadingCase kCases[] = {
      {"The agency feared that 1,200 people had died.",
       "killed 1200 people total projected of people 'people' by 'The agency'"},
      {"Two-thirds of networks could not be reached.", "percent 66.67 % total stated 'networks'"},
      {"The shooting came six weeks after a massacre at a club where a gunman killed 49.",
       "killed 49 people total past_event of people"},
      {"The rifle was used 10 days earlier at a school where 20 children were shot dead.",
       "killed 20 people total past_event of children 'children'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(StatusTest, Joint) {
  constexpr ReadingCase kCases[] = {
      {"The chain plans to shut 30 of its 410 shops and lay off 900 workers.",
       "count 30 shop total projected 'shops'; "
       "count 410 shop total stated 'shops'; "
       "affected 900 people total projected of workers 'workers'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

}  // namespace
}  // namespace claimwatch
