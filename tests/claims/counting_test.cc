// What is counted, where noun, verb and the words in between do not say it plainly.
#include "gtest/gtest.h"
#include "tests/claims/reading.h"

namespace claimwatch {
namespace {

constexpr ReadingCase kFates[] = {
    {"Twelve were shot dead and six were hurt. Three of the dead were shot by snipers.",
     "killed 12 people total stated of people; injured 6 people total stated of people; killed 3 "
     "people part stated of people"},
    {"The army has put about 200 tanks on the streets.",
     "equipment ~200 tank total stated 'tanks'"},
    {"Troops killed 11 people and wounded 57. Eight of them were civilians.",
     "killed 11 people total stated of people 'people'; injured 57 people total stated of people "
     "'people'; killed 8 people part stated of people"},
    {"Three bodies were never found.", "missing 3 people total stated of people 'bodies'"},
    {"Police said there was only one gunman.",
     "suspects 1 people total stated of suspects 'gunman' by 'Police'"},
    {"The navy flew 49 sorties on Sunday.",
     "count 49 sortie total stated 'sorties' at 'on Sunday'"},
    {"Pirates are holding seven Danes.", "hostages 7 people total stated of dane people 'Danes'"},
    {"Fourteen miners and a surveyor were killed in the pit.",
     "killed 14 people total stated of workers 'miners and a surveyor'"},
    {"She was the youngest of 17 pupils to die.",
     "killed 17 people total stated of students 'pupils'"},
    {"About 100,000 people carrying candles filled the streets.",
     "participants ~100000 people total stated of people 'people'"},
    {"Twelve were left for dead by the raiders.", "injured 12 people total stated of people"},
    {"The death toll, including the gunman, was 13.", "killed 13 people total stated of people"},
    {"The two drivers were among the dead, as were four teachers.",
     "killed 2 people part stated of people 'drivers'; killed 4 people part stated of teacher "
     "'teachers'"},
    {"Eleven people died in the raid on the village: five soldiers, one driver and five "
     "villagers.",
     "killed 11 people total stated of people 'people'; killed 5 people part stated of military "
     "'soldiers'; killed 1 people part stated of people 'driver'; killed 5 people part stated of "
     "people 'villagers'"},
    {"The crash killed 28 people. Seven of the victims were Danes.",
     "killed 28 people total stated of people 'people'; killed 7 people part stated of people "
     "'victims'"},
    {"Chad has had 263 deaths and 4,617 cases, Mali 124 and 1,245.",
     "killed 263 people total stated of people 'deaths'; infected 4617 people total stated of "
     "people 'cases'; killed 124 people total stated of people; infected 1245 people total "
     "stated of people"},
    {"Britain paid 37 billion pounds for three banks: 20 billion for one, 11.5 billion for the "
     "next and 5.5 billion for the last.",
     "money 37000000000 GBP total stated; count 3 bank total stated 'banks'; money 20000000000 "
     "GBP part stated; money 11500000000 GBP part stated; money 5500000000 GBP part stated"},
    {"The treasury spent $250 billion of the $700 billion on banks.",
     "money 250000000000 USD part stated; money 700000000000 USD total stated"},
    {"France has offered 290 million euros of it.", "money 290000000 EUR part stated"},
    {"The shares lost 47 percent of their worth, some $89 billion.",
     "percent 47 % total stated; loss ~89000000000 USD total stated"},
    {"The fall wiped out $2 trillion.", "loss 2000000000000 USD total stated"},
    {"Banks have written down $588 billion.", "loss 588000000000 USD total stated by 'Banks'"},
    {"The carmaker laid off 2,000 people.", "affected 2000 people total stated of people 'people'"},
    {"The mill lays off 300 workers.", "affected 300 people total stated of workers 'workers'"},
    {"About 4,000 workers have been let go.",
     "affected ~4000 people total stated of workers 'workers'"},
    {"Police shot one youth dead.", "killed 1 people total stated of children 'youth'"},
    {"The survey of 1,004 adults was made in May.",
     "participants 1004 people total stated of people 'adults' at 'in May'"},
    {"Unemployment rose to 1.7 million.", "affected 1700000 people total stated of people"},
    {"Pupils, children of about 12, were on the coach.", ""},
};

constexpr ReadingCase kWiderContexts[] = {
    {"Mines killed 12 people and wounded scores, police said.",
     "killed 12 people total stated of people 'people' by 'police'; injured 40..* people total "
     "stated of people 'people' by 'police'"},
    {"Scores were hurt in the crush.", "injured 40..* people total stated of people"},
    {"In August 15 people died when a boat sank.",
     "killed 15 people total past_event of people 'people' at 'In August'"},
    {"Last April 12 Uzbeks were burned to death.",
     "killed 12 people total past_event of uzbek people 'Uzbeks'"},
    {"The average age of patients is 17.", ""},
    {"Only 1 percent of the patients are over 65.", "percent 1 % total stated 'patients'"},
    {"A woman, 19, died at the hospital and two men were hurt.",
     "injured 2 people total stated of people 'men'"},
    {"Gunmen killed 33 people and wounded 200. The ministry's own figure stood at 29.",
     "killed 33 people total stated of people 'people'; injured 200 people total stated of people "
     "'people'; killed 29 people total stated of people"},
    {"More than 12,000 civilians have been sent before military courts.",
     "arrested 12001..* people total stated of people 'civilians'"},
    {"Turkey already shelters 80,410 refugees.",
     "displaced 80410 people total stated of people 'refugees'"},
    {"The number of confirmed cases reached 11,034, with 85 deaths, up from 10,243 a day earlier.",
     "infected 11034 people total stated of people; killed 85 people total stated of people "
     "'deaths'; infected 10243 people total stated of people"},
    {"Jordan said three of its men were killed, Brazil 11 and Argentina one.",
     "killed 3 people part stated of people 'men' by 'Jordan'; killed 11 people part stated of "
     "people 'men' by 'Jordan'; killed 1 people part stated of people 'men' by 'Jordan'"},
    {"Britain flew out 64 firefighters.",
     "deployed 64 people total stated of rescuers 'firefighters'"},
    {"The quake was followed by 27 aftershocks of 4.5 or more.",
     "count 27 aftershock total stated 'aftershocks'; magnitude 4.5..* magnitude total stated"},
    {"Two wells were drilled, each costing $100 million.",
     "count 2 well total stated 'wells'; money 100000000 USD rate stated per 'unit'"},
    {"Some 2,600 vessels are working on the response.",
     "equipment ~2600 vessel total stated 'vessels'"},
    {"Banks have taken more than $500 billion in writedowns.",
     "loss 500000000000..* USD total stated"},
    {"At least 40 shell casings were picked up.",
     "count 40..* casing total stated 'shell casings'"},
    {"The plane was carrying 291 passengers and 16 crew.",
     "participants 291 people part stated of people 'passengers'; participants 16 people part "
     "stated of people 'crew'"},
    {"A jet carrying 291 passengers and 16 crew hit a sea wall.",
     "participants 291 people part stated of people 'passengers'; participants 16 people part "
     "stated of people 'crew'"},
    {"The other 123 walked away unhurt.", "rescued 123 people part stated of people"},
    {"The 61 passengers were Danes, 77 Swedes and 141 Finns.",
     "participants 61 people part stated of people 'passengers'; participants 77 people part "
     "stated of swede people 'Swedes'; participants 141 people part stated of finn people 'Finns'"},
    {"Police held the owner and two guards.", "arrested 2 people total stated of workers 'guards'"},
    {"They carried 17,000 tonnes of aid, 5,000 tonnes of it for schools.",
     "measurement 17000 t total stated 'aid'; measurement 5000 t part stated"},
    {"About 36,000 people die of flu in an ordinary year.",
     "killed ~36000 people rate stated of people 'people' per 'year'"},
    {"Relatives will get $900 for each of the dead.", "money 900 USD rate stated per 'person'"},
    {"Protests went on after the fourth day of clashes in which at least 33 people have been "
     "killed.",
     "killed 33..* people total stated of people 'people'"},
};

constexpr ReadingCase kManyKinds[] = {
    {"The alliance said it knew of no civilian deaths.",
     "killed 0 people total stated of people 'civilian deaths' by 'The alliance'"},
    {"A girl of 9 cried.", ""},
    {"About 1,200 people waited six hours for the shots.",
     "participants ~1200 people total stated of people 'people'"},
    {"The firm will axe 700 workers in May.",
     "affected 700 people total projected of workers 'workers' at 'in May'"},
    {"The war has sent 351,000 people abroad.",
     "displaced 351000 people total stated of people 'people'"},
    {"Some 98,000 people were put in hospital.",
     "hospitalised ~98000 people total stated of people 'people'"},
    {"Some 280 observers are in the country.",
     "deployed ~280 people total stated of people 'observers'"},
    {"More than 43,000 people and 6,800 boats are on the job.",
     "deployed 43001..* people total stated of people 'people'; equipment 6800 boat total stated "
     "'boats'"},
    {"Ten were taken out alive.", "rescued 10 people total stated of people"},
    {"The toll doubled in a week to 36 and 62,803 cases have been confirmed.",
     "killed 36 people total stated of people; infected 62803 people total stated of people "
     "'cases'"},
    {"The hospital took in 53 patients.",
     "hospitalised 53 people total stated of people 'patients'"},
    {"In an average season 36,000 people die of it.",
     "killed 36000 people rate stated of people 'people' per 'day'"},
    {"The gauge stood at 6,700 pounds per square inch.", "measurement 6700 psi total stated"},
    {"The raids had killed nearly 100 civilians in all, 40 of them in the suburb of Kelo on "
     "Thursday.",
     "killed ~100 people total stated of people 'civilians'; killed 40 people part stated of "
     "people 'civilians' in 'suburb of Kelo' at 'on Thursday'"},
    {"The firm has paid $201 million, $54 million of it to fishermen and $29 million to shrimpers.",
     "money 201000000 USD total stated; money 54000000 USD part stated; money 29000000 USD part "
     "stated"},
    {"The observers said they had counted 32 children under 10 and 60 adults killed in the town.",
     "killed 32 people part stated of children 'children' by 'The observers'; killed 60 people "
     "total stated of people 'adults' by 'The observers'"},
    {"A car bomb killed 62 people and wounded 70 on Thursday. At least 1,934 soldiers have been "
     "killed in the war.",
     "killed 62 people part stated of people 'people'; injured 70 people part stated of people "
     "'people' at 'on Thursday'; killed 1934..* people total stated of military 'soldiers'"},
};

constexpr ReadingCase kInsertions[] = {
    {"The country has 245 confirmed cases in 35 states. Canada has 101, Spain 54 and Britain 18.",
     "infected 245 people total stated of people 'confirmed cases'; count 35 state total stated "
     "'states'; infected 101 people total stated of people; infected 54 people total stated of "
     "people; infected 18 people total stated of people"},
    {"Ten members of one family were killed in the quarry.",
     "killed 10 people total stated of people 'members'"},
    {"The well spilled 4.9 million barrels. At first 62,000 barrels a day gushed out; by July it "
     "had slowed to 53,000.",
     "measurement 4900000 barrel total stated; measurement 62000 barrel rate stated per 'day'; "
     "measurement 53000 barrel rate stated per 'day' at 'by July'"},
    {"Thousands of people danced in the square.",
     "participants 2000..* people total stated of people 'people'"},
    {"The blaze swept the plant, killing 34 people and leaving 111 with burns, the brigade said.",
     "killed 34 people total stated of people 'people' by 'the brigade'; "
     "injured 111 people total stated of people 'people' by 'the brigade'"},
    {"The fire left 111 people with severe burns.",
     "injured 111 people total stated of people 'people'"},
    {"The number of people in Ardland who have died after catching swine flu has risen to 29, from "
     "17 three days ago.",
     "killed 29 people total stated of people in 'Ardland'; killed 17 people total stated of "
     "people at 'three "
     "days ago'"},
    {"Riots in which 30 people, six American soldiers among them, were killed began in May.",
     "killed 30 people total stated of people 'people'; killed 6 people part stated of american "
     "military 'American soldiers' at 'in May'"},
    {"Seven fishermen who had been helping were taken to hospital.",
     "hospitalised 7 people total stated of workers 'fishermen'"},
    {"Foreign troops number about 130,000.", "deployed ~130000 people total stated of people"},
    {"Estimates of civilian deaths range from 70,000 to 600,000.",
     "killed 70000..600000 people total stated of people"},
    {"His unit had driven at least 2,500 people from nine villages.",
     "displaced 2500..* people total stated of people 'people'; count 9 village total stated "
     "'villages'"},
    {"Some 1,900 are still listed as missing.", "missing ~1900 people total stated of people"},
    {"We hope to save 4,800 jobs.", "count 4800 job total projected 'jobs'"},
    {"The institute said 627 people had developed a kidney complication.",
     "infected 627 people total stated of people 'people' by 'The institute'"},
    {"Some 12 people who lived near the plant fled.",
     "displaced ~12 people total stated of people 'people'"},
    {"Some 40 men who were attending a rally were arrested.",
     "arrested ~40 people total stated of people 'men'"},
    {"About 22 million Americans have caught the virus and 98,000 of them needed hospital care.",
     "infected ~22000000 people total stated of american people 'Americans'; hospitalised 98000 "
     "people part stated of american people 'Americans'"},
};

TEST(CountingTest, WhatBecameOfThem) {
  for (const ReadingCase& c : kFates) {
    SCOPED_TRACE(c.text);
    EXPECT_EQ(Reads(c.text), c.claims);
  }
}

TEST(CountingTest, FiguresThatLeanOnOthers) {
  for (const ReadingCase& c : kWiderContexts) {
    SCOPED_TRACE(c.text);
    EXPECT_EQ(Reads(c.text), c.claims);
  }
}

TEST(CountingTest, FiguresOfManyKinds) {
  for (const ReadingCase& c : kManyKinds) {
    SCOPED_TRACE(c.text);
    EXPECT_EQ(Reads(c.text), c.claims);
  }
}

TEST(CountingTest, HeadlineSaysShotForShotDead) {
  EXPECT_EQ(Reads("Guards shot dead three pirates near the coast.", "Three pirates shot"),
            "killed 3 people total stated of militants 'pirates'; "
            "killed 3 people total stated of militants 'pirates'");
}

TEST(CountingTest, WordsInBetween) {
  for (const ReadingCase& c : kInsertions) {
    SCOPED_TRACE(c.text);
    EXPECT_EQ(Reads(c.text), c.claims);
  }
}

TEST(CountingTest, BareFigureInAHeadlineCountsWhatTheBodySays) {
  EXPECT_EQ(
      Reads("In the worst case 65,000 people would die, officials said.", "Britain expects 65,000"),
      "killed 65000 people total projected of people; "
      "killed 65000 people total projected of people 'people' by 'officials'");
}

}  // namespace
}  // namespace claimwatch
