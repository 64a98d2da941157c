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

TEST(MeasureTest, Troops) {
  constexpr ReadingCase kCases[] = {
      {"Some 900 US troops and 40 US Marines arrived.",
       "deployed ~900 people total stated of us military 'US troops'; "
       "deployed 40 people total stated of us military 'US Marines'"},
      {"The fund sent a team of nine doctors.",
       "deployed 9 people total stated of health workers 'doctors'"},
      {"The navy is sending 3,500 soldiers, several ships and 220 medics.",
       "deployed 3500 people part stated of military 'soldiers'; "
       "deployed 220 people part stated of rescuers 'medics'"},
      {"Some 400 police were on patrol.", "deployed ~400 people total stated of police 'police'"},
      {"The judge sentenced four soldiers.", "count 4 people total stated of military 'soldiers'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(MeasureTest, StatesAndNeeds) {
  constexpr ReadingCase kCases[] = {
      {"Police arrested a gang of 12 thieves.",
       "arrested 12 people total stated of suspects 'thieves'"},
      {"Seven teachers and two pupils were among the dead.",
       "killed 7 people part stated of teacher 'teachers'; "
       "killed 2 people part stated of students 'pupils'"},
      {"Some 600,000 people are living in 500 makeshift camps.",
       "displaced ~600000 people total stated of people 'people'; "
       "count 500 camp total stated 'makeshift camps'"},
      {"Eleven people including three policemen were killed.",
       "killed 11 people total stated of people 'people'; "
       "killed 3 people part stated of police 'policemen'"},
      {"About 8,000 customers had no power.",
       "affected ~8000 people total stated of people 'customers'"},
      {"Some 900 people have fallen ill.", "infected ~900 people total stated of people 'people'"},
      {"Buses moved 8,000 people to higher ground.",
       "evacuated 8000 people total stated of people 'people'"},
      {"The flood cost 40 lives.", "killed 40 people total stated of people 'lives'"},
      {"The bank lost $3.9 billion, wiping $50 billion off its value.",
       "loss 3900000000 USD total stated; loss 50000000000 USD total stated"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(MeasureTest, PhrasesOfSeveralWords) {
  constexpr ReadingCase kCases[] = {
      {"Mobs burned 99 police stations.", "damaged 99 station total stated 'police stations'"},
      {"The town has seen 6,500 confirmed and probable cases.",
       "infected 6500 people total stated of people 'confirmed and probable cases'"},
      {"The guard foiled two hijack attempts.", "count 2 attempt total stated 'hijack attempts'"},
      {"Another 900 boarded ships on Monday.", "count 900  increment stated at 'on Monday'"},
      {"Temperatures were minus 20.", "measurement -20  total stated"},
      {"Soldiers fired tear gas at 15,000 people.",
       "participants 15000 people total stated of people 'people'"},
      {"Forty birds were found dead, and 23 alive.",
       "count 40 bird total stated 'birds'; count 23 bird total stated 'birds'"},
      {"He carried two rucksacks.", "count 2 rucksack total stated 'rucksacks'"},
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
      {"The number of soldiers who have died in the war rose to 1,700.",
       "killed 1700 people total stated of people"},
      {"Vaccination of 500,000 children began.",
       "affected 500000 people total stated of children 'children'"},
      {"A protest by 7,000 people blocked the bridge.",
       "participants 7000 people total stated of people 'people'"},
      {"There were 2,300 new cases and 87 deaths.",
       "infected 2300 people increment stated of people 'new cases'; "
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
      {"Medics counted 80 deaths in two clinics, 36 in Salto and 13 in Rocha.",
       "killed 80 people part stated of people 'deaths' by 'Medics'; "
       "count 2 clinic total stated 'clinics' by 'Medics'; "
       "killed 36 people part stated of people by 'Medics' in 'Salto'; "
       "killed 13 people part stated of people by 'Medics' in 'Rocha'"},
      {"Sixty Danes were on board, 58 Swedes and 26 Finns.",
       "participants 60 people part stated of dane people 'Danes'; "
       "participants 58 people part stated of swede people 'Swedes'; "
       "participants 26 people part stated of finn people 'Finns'"},
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
      {"The captain, 52, was at the helm.", ""},
      {"Rates were cut by half a point.", ""},
      {"A report on Highway 61 has one chapter.", ""},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(MeasureTest, Inhabitants) {
  constexpr ReadingCase kCases[] = {
      {"The quake hit a city of 160,000 people and injured 12.",
       "count 160000 people total stated of people 'people'; "
       "injured 12 people total stated of people 'people'"},
      {"Power was cut to the town of population 167,000, and 12 people were hurt.",
       "count 167000  total stated; "
       "injured 12 people total stated of people 'people'"},
      {"Two of my children are sick.", ""},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(MeasureTest, SentTogether) {
  constexpr ReadingCase kCases[] = {
      {"About 15,000 American and Iraqi troops fought their way into the town.",
       "deployed ~15000 people total stated of military 'American and Iraqi troops'"},
      {"The army sent 43 helicopters and 100 boats.",
       "equipment 43 helicopter total stated 'helicopters'; "
       "equipment 100 boat total stated 'boats'"},
      {"A total of 1,739 rescuers and 161 dogs are at work.",
       "deployed 1739 people total stated of rescuers 'rescuers'; "
       "equipment 161 dog total stated 'dogs'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(MeasureTest, HeldAndLeaving) {
  constexpr ReadingCase kCases[] = {
      {"In Kelo, 138 people were held.",
       "arrested 138 people total stated of people 'people' in 'Kelo'"},
      {"Some 30 other residents had to leave the block.",
       "evacuated ~30 people total stated of people 'residents'"},
      {"Sixteen thousand police were on the streets.",
       "deployed 16000 people total stated of police 'police'"},
      {"Some 140,000 people were told to stay indoors.",
       "affected ~140000 people total stated of people 'people'"},
      {"About 84 people slept in shelters.",
       "displaced ~84 people total stated of people 'people'"},
      {"The flood swept away 27,000 houses.", "damaged 27000 house total stated 'houses'"},
      {"The army plucked 280 people from rooftops.",
       "rescued 280 people total stated of people 'people'"},
      {"The men had been fired on by 25 civilians.",
       "suspects 25 people total stated of people 'civilians'"},
      {"A cut cable meant that 12 million users were hit.",
       "affected 12000000 people total stated of people 'users'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(MeasureTest, CostsOfTheEvent) {
  constexpr ReadingCase kCases[] = {
      {"The crisis is costing the country $310 million a day.",
       "loss 310000000 USD rate stated per 'day'"},
      {"Insurers put the bill at $100 million.", "loss 100000000 USD total stated by 'Insurers'"},
      {"Rebuilding could cost $14 billion.", "loss 14000000000 USD total projected"},
      {"The bank lost money after writing down $5.6 billion on property.",
       "loss 5600000000 USD total stated by 'The bank'"},
      {"The storm did tens of millions of dollars of damage.",
       "loss 20000000..* USD total stated 'damage'"},
      {"The fund paid millions of dollars.", "money 2000000..* USD total stated"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(MeasureTest, QuakesAndDegrees) {
  constexpr ReadingCase kCases[] = {
      {"The 7.0 quake struck at dawn.", "magnitude 7 magnitude total stated 'quake'"},
      {"Temperatures were minus 20 while the crews fought the fire.",
       "measurement -20  total stated"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(MeasureTest, FiguresOfThemselves) {
  constexpr ReadingCase kCases[] = {
      {"Two managed to give the navy the slip.", "count 2  total stated"},
      {"Two of them managed to escape.", "count 2  part stated"},
      {"In Kelo 138 were held.", "arrested 138 people total stated of people in 'Kelo'"},
      {"In Chile, more than 2,600 died last month.",
       "killed 2601..* people total stated of people in 'Chile' at 'last month'"},
      {"The camp is home to 20,000 refugees.",
       "displaced 20000 people total stated of people 'refugees'"},
      {"Peru sent a 60-member rescue team.", "deployed 60 people total stated of people 'member'"},
      {"At least 60 million users in India and 12 million in Pakistan were hit.",
       "affected 60000000..* people part stated of people 'users' in 'India'; "
       "affected 12000000 people part stated of people 'users' in 'Pakistan'"},
      {"The number of unemployed rose to 11.6 million.",
       "affected 11600000 people total stated of people"},
      {"The bank pledged $40 billion. The fund will provide 30 billion.",
       "money 40000000000 USD total stated; "
       "money 30000000000 USD total stated"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(MeasureTest, BurialsAndStrikes) {
  constexpr ReadingCase kCases[] = {
      {"Peru has buried 72,000 victims.", "killed 72000 people total stated of people 'victims'"},
      {"The landslide buried 12 villagers.",
       "trapped 12 people total stated of people 'villagers'"},
      {"Some 750,000 teachers struck.",
       "participants ~750000 people total stated of teacher 'teachers'"},
      {"Some 12 teachers were struck by a lorry.",
       "injured ~12 people total stated of teacher 'teachers'"},
      {"The city put 1,500 officers on the streets.",
       "deployed 1500 people total stated of police 'officers'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(MeasureTest, WordsInBetween) {
  constexpr ReadingCase kCases[] = {
      {"Two more people have since died.", "killed 2 people increment stated of people 'people'"},
      {"Officers recovered almost 30 [bullet] casings.", "count ~30 casing total stated 'casings'"},
      {"Medics treated almost 30 (mostly young) people.",
       "injured ~30 people total stated of people"},  // No gloss on a noun.
      {"The vigil was attended by about 100.", "participants ~100 people total stated of people"},
      {"An M5.7 quake shook the town.", "magnitude 5.7 magnitude total stated 'quake'"},
      {"The M5.7 motorway was shut.", ""},
      {"The two men have been held for more than a year.",
       "arrested 2 people total stated of people 'men'"},
      {"Some 12 men a week have been held.",
       "arrested ~12 people rate stated of people 'men' per 'week'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(MeasureTest, DoersKnownByWhatTheyDid) {
  constexpr ReadingCase kCases[] = {
      {"Three men smashed the window.", "suspects 3 people total stated of people 'men'"},
      {"Four youths on scooters snatched her bag.",
       "suspects 4 people total stated of children 'youths'"},
      {"Five men wearing masks stormed the depot.",
       "suspects 5 people total stated of people 'men'"},
      {"Three men crossed the road.", "count 3 people total stated of people 'men'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

}  // namespace
}  // namespace claimwatch
