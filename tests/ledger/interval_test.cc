#include "server/ledger/interval.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/ledger/story_script.h"

namespace claimwatch {
namespace {

std::string Show(const Interval& interval) {
  return absl::StrCat(interval.low ? interval.low->ToString() : "-", "..",
                      interval.high ? interval.high->ToString() : "-");
}

struct MeaningCase {
  const char* words;
  const char* asserted;
  const char* meant;
};
constexpr MeaningCase kMeanings[] = {
    {"164", "164..164", "164..164"},
    {"0", "0..0", "0..0"},
    {">=12", "12..-", "12..12"},  // The count as known.
    {">1300", "1301..-", "1300..1400"},
    {">1", "2..-", "2..3"},
    {">2.5", "2.5..-", "2.5..3.5"},
    {">20", "21..-", "20..30"},
    {">100000", "100001..-", "100000..200000"},
    {"<=50", "-..50", "45..50"},
    {"<50", "-..49", "44.1..49"},
    {"nearly:50", "50..50", "45..50"},
    {"~500", "500..500", "450..550"},
    {"40..60", "40..60", "40..60"},
    {"dozens", "24..-", "24..99"},
    {"scores", "40..-", "40..199"},
    {"hundreds", "200..-", "200..999"},
    {"thousands", "2000..-", "2000..9999"},
    {"200000", "200000..200000", "180000..220000"},  // Rounded, though nobody says so.
    {"2000", "2000..2000", "1800..2200"},
    {"200", "200..200", "200..200"},  // Two zeros: a count.
    {"2030", "2030..2030", "2030..2030"},
};

TEST(Interval, WhatWordsAssertAndMean) {
  for (const MeaningCase& c : kMeanings) {
    const Quantity quantity = QuantityOfScript(c.words);
    EXPECT_EQ(Show(Asserted(quantity)), c.asserted) << c.words;
    EXPECT_EQ(Show(Meant(quantity)), c.meant) << c.words;
  }
}

TEST(Interval, TensOfThousandsRunToTheNextWord) {
  Quantity quantity;
  quantity.bound = Bound::kVague;
  quantity.low = Decimal(20'000);
  EXPECT_EQ(Show(Meant(quantity)), "20000..99999");
  quantity.low = Decimal(200'000);
  EXPECT_EQ(Show(Meant(quantity)), "200000..999999");
}

struct RelationCase {
  const char* known;
  const char* fresh;
  IntervalRelation relation;
};
constexpr RelationCase kRelations[] = {
    {"164", "164", IntervalRelation::kAgree},
    {"~500", "480", IntervalRelation::kRefine},
    {"dozens", "45", IntervalRelation::kRefine},
    {"45", "dozens", IntervalRelation::kAgree},
    {">=12", ">=45", IntervalRelation::kRevise},  // Both may be true, and yet the toll has changed.
    {">1300", "1350", IntervalRelation::kRefine},
    {">1300", "1400", IntervalRelation::kRefine},
    {">1300", "1401", IntervalRelation::kRevise},
    {"<=50", "48", IntervalRelation::kRefine},
    {"<=50", "51", IntervalRelation::kContradict},
    {"12", "45", IntervalRelation::kContradict},
    {"dozens", "hundreds", IntervalRelation::kRevise},
    {"dozens", "12", IntervalRelation::kContradict},
    {"2..3", "3..4", IntervalRelation::kAgree},
    {"200000", "210000", IntervalRelation::kRefine},
    {"0", "1", IntervalRelation::kContradict},
};

TEST(Interval, HowTwoQuantitiesRelate) {
  for (const RelationCase& c : kRelations) {
    const IntervalRelation relation =
        Relate(MeaningOf(QuantityOfScript(c.known)), MeaningOf(QuantityOfScript(c.fresh)));
    EXPECT_EQ(Name(relation), Name(c.relation)) << c.known << " / " << c.fresh;
  }
}

TEST(Interval, ComparesInTheBaseUnit) {
  const KnownClaim miles = ClaimOfScript("measurement 100 mile unit=mi");
  const KnownClaim kilometres = ClaimOfScript("measurement 160 kilometre unit=km");
  const KnownClaim metres = ClaimOfScript("measurement 160900 metre unit=m");
  const KnownClaim further = ClaimOfScript("measurement 170 kilometre unit=km");
  const auto meaning = [](const KnownClaim& c) { return MeaningOf(c.claim.quantity); };
  EXPECT_FALSE(Clash(meaning(miles), meaning(kilometres)));  // Rounding is nobody's news.
  EXPECT_FALSE(Clash(meaning(miles), meaning(metres)));
  EXPECT_TRUE(Clash(meaning(miles), meaning(further)));
}

TEST(Interval, LooseWordsLeaveRoom) {
  for (const char* loose : {"dozens", "<=50", "<50", "20..40"}) {
    EXPECT_TRUE(IsLoose(QuantityOfScript(loose))) << loose;
  }
  for (const char* exact : {"12", "~500", ">=12", ">1300", "20..24"}) {
    EXPECT_FALSE(IsLoose(QuantityOfScript(exact))) << exact;
  }
}

}  // namespace
}  // namespace claimwatch
