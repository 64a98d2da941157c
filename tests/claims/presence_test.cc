// Figures of persons of whom no verb tells anything, and main verbs behind a clause of "who".
#include "gtest/gtest.h"
#include "tests/claims/reading.h"

namespace claimwatch {
namespace {

TEST(PresenceTest, WhoIsThereAndWhoIsSent) {
  constexpr ReadingCase kCases[] = {
      {"The hall was packed with 300 customers.",
       "participants 300 people total stated of people 'customers'"},
      {"Some 200 people were in the building.",
       "participants ~200 people total stated of people 'people'"},
      {"Some 200 soldiers were in the building.",
       "deployed ~200 people total stated of military 'soldiers'"},
      {"The ferry was licensed to carry 150 passengers.",
       "count 150 people total stated of people 'passengers'"},
      {"The ferry was carrying 150 passengers.",
       "participants 150 people total stated of people 'passengers'"},
      {"It has asked for 350 more doctors.",
       "deployed 350 people increment projected of health workers 'doctors'"},
      {"Twenty officers traded fire with him.",
       "deployed 20 people total stated of police 'officers'"},
      {"The judge fined two officers.", "count 2 people total stated of police 'officers'"},
      {"Some 40 people are still under the rubble.",
       "trapped ~40 people total stated of people 'people'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(PresenceTest, BehindAClause) {
  constexpr ReadingCase kCases[] = {
      {"Some 400 people who had hidden in a cinema were led out after dark.",
       "rescued ~400 people total stated of people 'people'"},
      {"About 300 residents who had refused to leave were evacuated by helicopter.",
       "evacuated ~300 people total stated of people 'residents'"},
      {"A woman of 33 who fell ill on Monday has died.", ""},
      {"A family of 12 has died.", "killed 12 people total stated of people"},
      {"Clinics confirmed 12 cases of cholera and are treating 70 people a day.",
       "infected 12 people total stated of people 'cases of cholera' by 'Clinics'; "
       "infected 70 people rate stated of people 'people' per 'day' by 'Clinics'"},
      {"The blaze killed five adults, two of them Danes. In 2004 seven people died there.",
       "killed 5 people total stated of people 'adults'; killed 2 people part stated of dane "
       "people 'Danes'; killed 7 people part past_event of people 'people' at 'In 2004'"},
      {"The agency said 36 of its staff were dead and nearly 200 missing.",
       "killed 36 people part stated of people 'staff' by 'The agency'; "
       "missing ~200 people part stated of people 'staff' by 'The agency'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

TEST(PresenceTest, WordsThatSayMoreThanTheVerb) {
  constexpr ReadingCase kCases[] = {
      {"The bomb brought to 3,311 the number killed there.",
       "killed 3311 people part stated of people"},
      {"Three people died and 40 escaped.",
       "killed 3 people total stated of people 'people'; "
       "count 40 person total stated 'people'"},
      {"A trawler picked up 31 survivors.", "rescued 31 people total stated of people 'survivors'"},
      {"Tests confirmed the disease in 14 workers.",
       "infected 14 people total stated of workers 'workers' by 'Tests'"},
      {"Police want to question three youths.",
       "suspects 3 people total stated of children 'youths'"},
      {"Some 12 dockworkers were hurt.",
       "injured ~12 people total stated of workers 'dockworkers'"},
  };
  for (const ReadingCase& c : kCases) EXPECT_EQ(Reads(c.text), c.claims) << c.text;
}

}  // namespace
}  // namespace claimwatch
