// What is counted: verbs, states, tolls, nouns, headlines, coordination, ellipsis.
#include "gtest/gtest.h"
#include "tests/claims/reading.h"

namespace claimwatch {
namespace {

TEST(MeasureTest, VerbsBeforeAndAfter) {
  constexpr ReadingCase kCases[] = {
      {"A bomb killed 12 people and injured 30 others in the market.",
       "killed 12 people total stated of people 'people'; "
       "injured 30 people total stated of people 'people'"},
      {"At least 300 people were taken to hospital with burns.",
       "hospitalised 300..* people total stated of people 'people'"},
      {"The outbreak has sickened more than 300 people and killed 12.",
       "infected 301..* people total stated of people 'people'; "
       "killed 12 people total stated of people 'people'"},
      {"Rebels kidnapped 7 villagers and burned 12 houses.",
       "hostages 7 people total stated of people 'villagers'; "
       "damaged 12 house total stated 'houses'"},
      {"Some 60 patients remain hospitalised.",
       "hospitalised ~60 people total stated of people 'patients'"},
      {"Troops shot dead 14 militants and captured 9 others.",
       "killed 14 people total stated of militants 'militants'; "
       "arrested 9 people total stated of militants 'militants'"},
      {"Officials said 12 people were reported missing.",
       "missing 12 people total stated of people 'people' by 'Officials'"},
      {"One guest suffered a stroke and died.", "killed 1 people total stated of people 'guest'"},
      {"Protesters said 40 people were shot and killed.",
       "killed 40 people total stated of people 'people' by 'Protesters'"},
      {"Police said 23 officers were injured and 144 protesters detained.",
       "injured 23 people total stated of police 'officers' by 'Police'; "
       "arrested 144 people total stated of people 'protesters' by 'Police'"},
      {"More than 1.2 million customers were without power.",
       "affected 1200001..* people total stated of people 'customers'"},
      {"Half a million people fled.", "displaced 500000 people total stated of people 'people'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(MeasureTest, TollsAndActs) {
  constexpr ReadingCase kCases[] = {
      {"The death toll rose to 45.", "killed 45 people total stated of people"},
      {"This brings to 274 the total number of people displaced.",
       "displaced 274 people total stated of people"},
      {"The number of confirmed cases rose to 1,200.",
       "infected 1200 people total stated of people"},
      {"The toll stands at 12 dead, 40 injured.",
       "killed 12 people total stated of people; "
       "injured 40 people total stated of people"},
      {"The evacuation of 300 villagers ended at noon.",
       "evacuated 300 people total stated of people 'villagers'"},
      {"A protest by 7,000 people blocked the bridge.",
       "participants 7000 people total stated of people 'people'"},
      {"There were 2,300 new cases and 87 deaths.",
       "infected 2300 people total stated of people 'new cases'; "
       "killed 87 people total stated of people 'deaths'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(MeasureTest, Headlines) {
  constexpr ReadingCase kCases[] = {
      {"12 dead, 20 hurt in bus crash",
       "killed 12 people total stated of people; "
       "injured 20 people total stated of people"},
      {"12 DEAD, 40 HURT AS TRAIN DERAILS",
       "killed 12 people total stated of people; "
       "injured 40 people total stated of people"},
      {"Quake toll climbs to 1,200", "killed 1200 people total stated of people"},
      {"Gunmen kidnap 30 schoolchildren",
       "hostages 30 people total stated of children 'schoolchildren'"},
      {"Four shot to death at motel", "killed 4 people total stated of people"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(MeasureTest, CoordinationAndEllipsis) {
  constexpr ReadingCase kCases[] = {
      {"Three civilians and two soldiers were killed in the attack.",
       "killed 3 people total stated of people 'civilians'; "
       "killed 2 people part stated of military 'soldiers'"},
      {"The storm left 24 people dead and 12,000 homeless.",
       "killed 24 people total stated of people 'people'; "
       "displaced 12000 people total stated of people 'people'"},
      {"A suicide bomber killed himself and 14 others.", "killed 14 people total stated of people"},
      {"Twelve bodies were found. Six more were found on Sunday.",
       "killed 12 people total stated of people 'bodies'; "
       "killed 6 people increment stated of people at 'on Sunday'"},
      {"The quake, which killed 12 and left hundreds homeless, struck at 3 a.m.",
       "killed 12 people total stated of people; "
       "displaced 200..* people total stated of people"},
      {"The flood destroyed 42 offices, 2 roads, 14 hotels and 8 bridges.",
       "damaged 42 office total stated 'offices'; "
       "damaged 2 road total stated 'roads'; "
       "damaged 14 hotel total stated 'hotels'; "
       "damaged 8 bridge total stated 'bridges'"},
      {"Hundreds of buildings were damaged, as well as seven bridges.",
       "damaged 200..* building total stated 'buildings'; "
       "damaged 7 bridge total stated 'bridges'"},
      {"Three women and a man were injured.",
       "injured 3 people total stated of women 'women and a man'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(MeasureTest, ThingsAndMoney) {
  constexpr ReadingCase kCases[] = {
      {"The army has deployed 2,030 troops with 250 pieces of equipment.",
       "deployed 2030 people total stated of military 'troops'; "
       "equipment 250 piece total stated 'pieces of equipment'"},
      {"Floods destroyed 5,400 homes and submerged 12,000 hectares of farmland.",
       "damaged 5400 home total stated 'homes'; "
       "measurement 12000 ha total stated 'farmland'"},
      {"Hurricane losses are estimated at $2.5 billion.", "loss 2500000000 USD total stated"},
      {"The bank agreed to pay a $1.9 billion fine.", "money 1900000000 USD total stated 'fine'"},
      {"Police seized 40 kilograms of cocaine, 12 guns and $30,000 in cash.",
       "measurement 40 kg total stated 'cocaine'; "
       "count 12 gun total stated 'guns'; "
       "money 30000 USD total stated"},
      {"Forty birds were found dead.", "count 40 bird total stated 'birds'"},
      {"A 6.1-magnitude quake struck 40 km from the city.",
       "magnitude 6.1 magnitude total stated 'quake'; "
       "measurement 40 km total stated"},
      {"Half of the houses lost their roofs.", "percent 50 % total stated 'houses'"},
      {"More than 500 firefighters, backed by 12 helicopters, battled the blaze.",
       "deployed 501..* people total stated of rescuers 'firefighters'; "
       "equipment 12 helicopter total stated 'helicopters'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(MeasureTest, WhoDidIt) {
  constexpr ReadingCase kCases[] = {
      {"Police are looking for three gunmen.",
       "suspects 3 people total stated of suspects 'gunmen'"},
      {"The fire was set by three teenagers.",
       "suspects 3 people total stated of children 'teenagers'"},
      {"Two suspects fled the scene.", "suspects 2 people total stated of suspects 'suspects'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(MeasureTest, Nothing) {
  constexpr ReadingCase kCases[] = {
      {"No injuries were reported.", "injured 0 people total stated of people 'injuries'"},
      {"Nobody was hurt.", "injured 0 people total stated of people"},
      {"There were no casualties.", "casualties 0 people total stated of people 'casualties'"},
      {"Police said no arrests had been made.",
       "arrested 0 people total stated of people 'arrests' by 'Police'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(MeasureTest, NotClaims) {
  constexpr ReadingCase kCases[] = {
      {"Boeing 737s left at 12:30 on May 4.", ""},
      {"He was sentenced to 12 years in prison.", ""},
      {"The team won 3-1.", ""},
      {"Call 911 if you see smoke.", ""},
      {"A 35-year-old man was arrested.", ""},
      {"Chapter 11 protects firms.", ""},
      {"One of the men ran away.", ""},
      {"A report on Highway 61 has one chapter.", ""},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

}  // namespace
}  // namespace claimwatch
