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
     "participants 1004 people total stated of people 'adults'"},
    {"Unemployment rose to 1.7 million.", "affected 1700000 people total stated of people"},
    {"Pupils, children of about 12, were on the coach.", ""},
};

TEST(CountingTest, WhatBecameOfThem) {
  for (const ReadingCase& c : kFates) {
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
