// Which group is counted, under one name for many wordings.
#include "gtest/gtest.h"
#include "tests/claims/reading.h"

namespace claimwatch {
namespace {

TEST(PopulationTest, Groups) {
  constexpr ReadingCase kCases[] = {
      {"Twelve policemen were killed.", "killed 12 people total stated of police 'policemen'"},
      {"Twelve police officers were killed.",
       "killed 12 people total stated of police 'police officers'"},
      {"Twelve members of law enforcement were killed.",
       "killed 12 people total stated of police 'members of law enforcement'"},
      {"Twelve troops were killed.", "killed 12 people total stated of military 'troops'"},
      {"Nine members of law enforcement and the army died.",
       "killed 9 people total stated of police and military 'members of law enforcement and the "
       "army'"},
      {"Twelve members of the security forces were killed.",
       "killed 12 people total stated of security forces 'members of the security forces'"},
      {"Twelve persons were killed.", "killed 12 people total stated of people 'persons'"},
      {"Twelve were killed.", "killed 12 people total stated of people"},
      {"Twelve taxi drivers were killed.",
       "killed 12 people total stated of people 'taxi drivers'"},
      {"Twelve schoolchildren were killed.",
       "killed 12 people total stated of children 'schoolchildren'"},
      {"Twelve gunmen were killed.", "killed 12 people total stated of suspects 'gunmen'"},
      {"Three hundred families were evacuated.",
       "evacuated 300 people total stated of families 'families'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(PopulationTest, WhoDidItAndWhomItHit) {
  EXPECT_EQ(Reads("Two bombers blew themselves up there, killing 14 and hurting 18 others."),
            "suspects 2 people total stated of suspects 'bombers'; "
            "killed 14 people total stated of people; "
            "injured 18 people total stated of people");
}

TEST(PopulationTest, Attributes) {
  constexpr ReadingCase kCases[] = {
      {"The navy arrested 26 Somali pirates.",
       "arrested 26 people total stated of militants 'Somali pirates'"},
      {"At least 261 others suffered minor injuries.",
       "injured 261..* people part stated of people"},
      {"China evacuated 12,000 Chinese citizens.",
       "evacuated 12000 people part stated of chinese people 'Chinese citizens'"},
      {"Seven Estonians are missing.",
       "missing 7 people total stated of estonian people 'Estonians'"},
      {"Some 900 Lebanese army troops are deployed there.",
       "deployed ~900 people total stated of lebanese military 'Lebanese army troops'"},
      {"At least 20 royalists and ten investigators were hurt.",
       "injured 20..* people part stated of royalist 'royalists'; "
       "injured 10 people part stated of police 'investigators'"},
      {"A ship carried 400 Tunisians home.",
       "participants 400 people total stated of tunisian people 'Tunisians'"},
      {"Five Dallas police officers were killed.",
       "killed 5 people total stated of dallas police 'Dallas police officers'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

}  // namespace
}  // namespace claimwatch
