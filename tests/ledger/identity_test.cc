#include "server/ledger/identity.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "server/ledger/whole.h"
#include "tests/ledger/story_script.h"

namespace claimwatch {
namespace {

// "killed people people|||" : measure, dimension, counted, population, place, period, per, scope.
std::string Show(const char* script) {
  const KnownClaim claim = ClaimOfScript(script);
  const Identity identity = IdentityOf(claim, *ScriptMeasure(claim.measure));
  const FigureKey& key = identity.key;
  const char* needs[] = {"key", "some", "strong"};
  return absl::StrCat(key.measure, "|", key.dimension, "|", key.counted, "|", key.population, "|",
                      key.place, "|", key.period, "|", key.per, "|", static_cast<int>(key.scope),
                      " ", needs[static_cast<int>(identity.needs)]);
}

struct Case {
  const char* claim;
  const char* identity;
};
// Scopes: 0 total, 1 part, 2 increment, 3 rate.
constexpr Case kCases[] = {
    {"killed 12 people", "killed|people||people||||0 key"},
    {"killed 12 victim", "killed|people||people||||0 key"},
    {"killed 12 people in=Lima", "killed|people||people||||0 key"},  // The event's own place.
    {"killed 12 people part in=Central_Lima", "killed|people||people|central lima|||1 key"},
    {"killed 16 police", "killed|people||police||||1 key"},  // A group is a part, said or not.
    {"killed 16 police part", "killed|people||police||||1 key"},
    {"killed 16 people part", "killed|people||people||part||1 strong"},
    {"killed 3 people part on=2024-03-01", "killed|people||people||2024-03-01/2024-03-02||1 key"},
    {"damaged 12 houses", "damaged|count|house|||||0 some"},
    {"killed 12 people part in=city_of_Lima", "killed|people||people|lima|||1 key"},
    {"count 7 rifles kind=hunting", "count|count|rifle|hunting||||0 some"},
    {"count 7 rifles kind=AK-47", "count|count|ak-47|||||0 key"},  // The name says what they are.
    {"count 3 rifles \"They found # other rifles\"", "count|count|rifle|other||||0 some"},
    {"money 5 dollar unit=USD", "money|money:USD|dollar|||||0 strong"},
    {"money 5 fine unit=USD", "money|money:USD||||||0 some"},  // Of fines a story has one.
    {"measurement 5 gallon unit=gallon", "measurement|volume:gallon|gallon|||||0 strong"},
    {"displaced 1800 people rate=day", "displaced|people||people|||day|3 key"},
    {"participants 300 people", "participants|people||people||||0 strong"},
    {"displaced 900 people \"Of all, # to Orvia\"", "displaced|people||people|orvia|||1 key"},
    {"displaced 900 people \"In all # to be fed\"", "displaced|people||people||||0 key"},
    {"injured 1 people \"A boy is # of 7 hurt\"", "injured|people||people||part||1 strong"},
    {"killed 45 people \"The town saw # die in 2031\"", "killed|people||people||year||0 key"},
};

TEST(Identity, KeysAreCanonicalAndNeverHoldTheValue) {
  for (const Case& c : kCases) EXPECT_EQ(Show(c.claim), c.identity) << c.claim;
  EXPECT_EQ(Show("killed 12 people"), Show("killed >=9000 people"));
}

FigureKey KeyOf(const char* script) {
  const KnownClaim claim = ClaimOfScript(script);
  return IdentityOf(claim, *ScriptMeasure(claim.measure)).key;
}

TEST(Identity, SameQuestions) {
  EXPECT_TRUE(SameQuestion(KeyOf("killed 12 people"), KeyOf("killed 45 victim")));
  EXPECT_TRUE(SameQuestion(KeyOf("equipment 2 boat"), KeyOf("count 3 boat")));
  EXPECT_TRUE(
      SameQuestion(KeyOf("count 7 rifle kind=hunting"), KeyOf("count 7 rifle kind=hunting_old")));
  EXPECT_FALSE(
      SameQuestion(KeyOf("count 7 rifle kind=sniper"), KeyOf("count 7 rifle kind=hunting")));
  EXPECT_FALSE(SameQuestion(KeyOf("count 7 rifle kind=AK-47"), KeyOf("count 7 rifle")));
  EXPECT_FALSE(SameQuestion(KeyOf("killed 12 people"), KeyOf("killed 12 police")));
  EXPECT_FALSE(SameQuestion(KeyOf("killed 12 people"), KeyOf("killed 12 people projected")));
}

TEST(Identity, RolesSeparateSumsAndFlows) {
  const FigureKey fine = KeyOf("money 5 dollar unit=USD \"The bank was fined # by the court\"");
  const FigureKey profit = KeyOf("money 9 dollar unit=USD \"The bank made a profit of #\"");
  const FigureKey unsaid = KeyOf("money 9 dollar unit=USD \"It was # in all\"");
  EXPECT_EQ(Differ(fine, profit), KeyDifference::kPopulation);
  EXPECT_EQ(Differ(fine, unsaid), KeyDifference::kSame);
  EXPECT_EQ(ProofFor(fine, unsaid, Proof::kSome), Proof::kStrong);
  const char* leak = "measurement 5 barrel unit=barrel rate=day \"The well leaks # each day\"";
  const char* spill = "measurement 9 oil unit=barrel rate=day \"It spilled # of oil each day\"";
  EXPECT_TRUE(SameQuestion(KeyOf(leak), KeyOf(spill)));
  const char* caught = "measurement 9 oil unit=barrel rate=day \"The cap collects # each day\"";
  EXPECT_FALSE(SameQuestion(KeyOf(leak), KeyOf(caught)));
}

TEST(Identity, TheBadlyHurtArePartOfTheHurt) {
  const FigureKey all = KeyOf("injured 40 people \"# were injured\"");
  const FigureKey badly = KeyOf("injured 9 people \"# were seriously injured\"");
  EXPECT_FALSE(SameQuestion(all, badly));
  EXPECT_EQ(badly.scope, Scope::kPart);
  EXPECT_TRUE(SameQuestion(badly, KeyOf("injured 12 people part \"# were in a critical state\"")));
}

TEST(Identity, SomeOfTwoPeoplesAreNotBoth) {
  KnownClaim both = ClaimOfScript("arrested 23 somali_people");
  both.claim.subject.text = "Somali and Yemeni sailors";
  both.claim.population = "somali people";
  KnownClaim some = both;
  some.claim.subject.text = "Somalis";
  const Measure& measure = *ScriptMeasure("arrested");
  EXPECT_FALSE(SameQuestion(IdentityOf(both, measure).key, IdentityOf(some, measure).key));
}

TEST(Identity, AnOutbreakHasAWholeInEveryCountry) {
  const auto key = [](const char* script) {
    const KnownClaim claim = ClaimOfScript(script);
    Identity identity = IdentityOf(claim, *ScriptMeasure(claim.measure));
    SetCountry(claim, identity);
    return identity.key;
  };
  const FigureKey mexico = key("killed 7 people \"Mexico has confirmed # deaths\"");
  const FigureKey spain = key("killed 9 people \"In Spain # people have died\"");
  const FigureKey unsaid = key("killed 9 people \"# people have died\"");
  EXPECT_EQ(Differ(mexico, spain), KeyDifference::kPlace);
  EXPECT_TRUE(SameQuestion(mexico, unsaid));
  // What the reader took for a part of the world's is all of a country's.
  const FigureKey some = key("killed 7 people part \"Mexico accounts for # of the deaths\"");
  EXPECT_TRUE(SameQuestion(mexico, some));
  EXPECT_EQ(some.scope, Scope::kTotal);
  EXPECT_EQ(key("killed 7 people part \"# of those four in Mexico died\"").scope, Scope::kPart);
}

TEST(Identity, APartWithoutANameMayBeTheWhole) {
  const auto nameless = [](const char* script) {
    const KnownClaim claim = ClaimOfScript(script);
    return IsNamelessPart(claim, IdentityOf(claim, *ScriptMeasure(claim.measure)).key);
  };
  EXPECT_TRUE(nameless("killed 7 people part \"# marchers were killed\""));
  EXPECT_FALSE(nameless("killed 7 people \"# marchers were killed\""));
  EXPECT_FALSE(nameless("killed 7 police part \"# policemen were killed\""));
  EXPECT_FALSE(nameless("killed 1 people part \"# man was killed\""));
  EXPECT_FALSE(nameless("killed 7 people part \"# of them were killed\""));
  EXPECT_FALSE(nameless("killed 7 people part \"# others were killed\""));
  const KnownClaim claim = ClaimOfScript("killed 7 people part \"# marchers were killed\"");
  Identity identity = IdentityOf(claim, *ScriptMeasure("killed"));
  MakeWhole(identity);
  EXPECT_TRUE(SameQuestion(identity.key, KeyOf("killed 9 people")));
  EXPECT_EQ(identity.needs, Proof::kKey);
}

TEST(Identity, AKindThatOnlyOneNamesNeedsTheSentence) {
  const FigureKey plain = KeyOf("count 7 rifle");
  const FigureKey kind = KeyOf("count 7 rifle kind=hunting");
  EXPECT_TRUE(SameQuestion(plain, kind));
  EXPECT_EQ(ProofFor(plain, kind, Proof::kSome), Proof::kStrong);
  EXPECT_EQ(ProofFor(kind, kind, Proof::kSome), Proof::kSome);
}

}  // namespace
}  // namespace claimwatch
