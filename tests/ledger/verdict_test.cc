#include "server/ledger/verdict.h"

#include <gtest/gtest.h>

#include "tests/ledger/story_script.h"

namespace claimwatch {
namespace {

KnownClaim Told(const char* script, const char* article, const char* source, absl::Time time) {
  KnownClaim claim = ClaimOfScript(script);
  claim.story = StoryId{1};
  claim.article_id = article;
  claim.source = source;
  claim.publish_time = time;
  if (claim.origin == 0) claim.origin = article[1] == '1' ? 1 : 2;
  return claim;
}

struct Row {
  const char* known;
  const char* fresh;
  Reason reason;
};
// `known` is told by the wire, `fresh` by another outlet two days later.
constexpr Row kRows[] = {
    {"killed 12 people", "injured 30 people", Reason::kOtherMeasure},
    {"money 5 fund unit=USD \"A fund of # for farmers\"",
     "money 9 fund unit=EUR \"A fund of # for farmers\"", Reason::kOtherUnit},
    {"killed 12 police", "killed 30 children", Reason::kOtherPopulation},
    {"money 5 fund unit=USD \"Washington froze # of family assets\"",
     "money 9 sum unit=USD \"Tents will cost donors #\"", Reason::kOtherCounted},
    {"damaged 12 house", "damaged 30 bridge", Reason::kOtherCounted},
    {"killed 12 people part in=Lima", "killed 30 people part in=Cusco", Reason::kOtherPlace},
    {"killed 12 people part on=2024-03-01", "killed 30 people part on=2024-03-03",
     Reason::kOtherPeriod},
    {"killed 164 people", "killed 16 police part", Reason::kPartOf},
    {"killed 164 people", "killed 103 people part in=Almaty", Reason::kPartOf},
    {"killed 12 people", "killed 3 people increment", Reason::kIncrement},
    {"displaced 70000 people", "displaced 1800 people rate=day", Reason::kRate},
    {"displaced 1800 people rate=week", "displaced 1800 people rate=day", Reason::kRate},
    {"killed 12 people", "killed 30 people denied", Reason::kDenied},
    {"killed 12 people", "killed hundreds people projected", Reason::kProjected},
    {"killed 12 people", "killed 31000 people past", Reason::kPastEvent},
    {"killed 12 people", "killed 12 people", Reason::kAgrees},
    {"killed dozens people", "killed 45 people", Reason::kRefines},
    {"killed 12 people origin=9", "killed 12 people origin=9", Reason::kCopy},
    {"killed 12 people", "killed 30 people as_of=2024-02-28T08:00", Reason::kArrivesLate},
    {"killed 12 people", "killed 30 people", Reason::kRaised},
    {"killed >=12 people", "killed >=45 people", Reason::kRaised},
    {"killed 30 people", "killed 12 people", Reason::kLowered},
    {"killed hundreds people projected", "killed dozens people projected", Reason::kLowered},
    {"killed 30 people", "killed 12 people as_of=2024-03-01T12:00", Reason::kConflict},
};

TEST(Verdict, OneRowAReason) {
  const absl::Time first = TimeOfScript("2024-03-01T10:00");
  for (const Row& row : kRows) {
    const KnownClaim known = Told(row.known, "a1", "wire", first);
    const KnownClaim fresh = Told(row.fresh, "a2", "post", first + absl::Hours(48));
    const Comparison comparison = CompareAs(known, fresh, *ScriptMeasure(fresh.measure));
    EXPECT_EQ(Name(comparison.reason), Name(row.reason)) << row.known << " / " << row.fresh;
    EXPECT_FALSE(comparison.explanation.empty()) << row.known << " / " << row.fresh;
  }
}

TEST(Verdict, WhatTheTwoArticlesAreMatters) {
  const absl::Time first = TimeOfScript("2024-03-01T10:00");
  KnownClaim known = Told("killed 12 people", "a1", "wire", first);
  KnownClaim fresh = Told("killed 30 people", "a1", "wire", first);
  const Measure& killed = *ScriptMeasure("killed");
  EXPECT_EQ(CompareAs(known, fresh, killed).reason, Reason::kSelfContradiction);
  known.withdrawn = true;
  EXPECT_EQ(CompareAs(known, fresh, killed).reason, Reason::kCorrected);
  fresh.article_id = "a2";
  EXPECT_EQ(CompareAs(known, fresh, killed).reason, Reason::kWithdrawn);
  known.withdrawn = false;
  fresh.story = StoryId{2};
  EXPECT_EQ(CompareAs(known, fresh, killed).reason, Reason::kOtherStory);
}

TEST(Verdict, ConflictNeedsIndependentSourcesAtOneTime) {
  const absl::Time first = TimeOfScript("2024-03-01T10:00");
  const Measure& killed = *ScriptMeasure("killed");
  const Measure& deployed = *ScriptMeasure("deployed");
  const auto change = [&](const char* known, const char* fresh, const char* source, int minutes,
                          const Measure& measure) {
    return ReasonOfChange(Told(known, "a1", "wire", first),
                          Told(fresh, "a2", source, first + absl::Minutes(minutes)), measure);
  };
  EXPECT_EQ(change("killed 30 people", "killed 12 people", "post", 60, killed), Reason::kConflict);
  EXPECT_EQ(change("killed 30 people", "killed 12 people", "wire", 60, killed), Reason::kLowered);
  EXPECT_EQ(change("killed 12 people", "killed 30 people", "post", 30, killed), Reason::kConflict);
  EXPECT_EQ(change("killed 12 people", "killed 30 people", "post", 300, killed), Reason::kRaised);
  EXPECT_EQ(change("killed >=12 people", "killed >=30 people", "post", 30, killed),
            Reason::kRaised);  // Both may be true.
  EXPECT_EQ(change("deployed 12 people", "deployed 30 people", "post", 600, deployed),
            Reason::kConflict);
  EXPECT_EQ(
      change("deployed 12 people by=Army", "deployed 30 people by=the_Army", "post", 600, deployed),
      Reason::kRaised);
}

TEST(Verdict, ReasonsHaveNamesAndClasses) {
  EXPECT_EQ(Name(Reason::kOtherStory), "OTHER_STORY");
  EXPECT_EQ(Name(Reason::kWithdrawn), "WITHDRAWN");
  EXPECT_EQ(Name(Reason::kAgrees), "AGREES");
  EXPECT_EQ(Name(Reason::kArrivesLate), "ARRIVES_LATE");
  EXPECT_EQ(Name(Reason::kBoundBroken), "BOUND_BROKEN");
  EXPECT_FALSE(IsComparable(Reason::kPartOf));
  EXPECT_TRUE(IsComparable(Reason::kEcho));
  EXPECT_FALSE(IsNews(Reason::kEcho));
  EXPECT_TRUE(IsNews(Reason::kConflict));
}

}  // namespace
}  // namespace claimwatch
