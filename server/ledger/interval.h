// Interval: what a quantity asserts, and the narrower thing that it means to a reader.
//
// "At least 12" asserts [12, inf) and means 12: strictly it does not exclude "at least 45", and yet
// a reader takes the toll to have changed. Both intervals are worked out from the words as they are
// written ("over 20 miles" rounds in miles) and then held in the base unit of the dimension, so
// that two of them can be compared. Pure arithmetic on Decimals. Tested by
// tests/ledger/interval_test.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "server/base/decimal.h"
#include "server/text/number.h"

namespace claimwatch {

// Closed; an absent end is unbounded.
struct Interval {
  std::optional<Decimal> low;
  std::optional<Decimal> high;
  friend bool operator==(const Interval&, const Interval&) = default;
};

// What the words assert, in the base unit.
Interval Asserted(const Quantity& quantity);
// What a reader takes them to mean, in the base unit: "over 1,300" -> 1,300..1,400.
Interval Meant(const Quantity& quantity);
// The same in the quantity's own unit, without the leeway that comparison gives to conversions.
Interval MeantAsWritten(const Quantity& quantity);
// "dozens", "up to 50": words that leave room for many figures.
bool IsLoose(const Quantity& quantity);

bool Meet(const Interval& a, const Interval& b);
bool Inside(const Interval& inner, const Interval& outer);
// Whether all of `a` lies above all of `b`.
bool Above(const Interval& a, const Interval& b);
// The figure that stands for an interval where one is needed (ratios, wording): its middle, or its
// only end; 0 for none.
double Middle(const Interval& interval);

enum class IntervalRelation : std::uint8_t {
  kAgree,       // What they mean meets.
  kRefine,      // So it does, and the second is the more exact.
  kRevise,      // What they mean does not meet; what they assert does.
  kContradict,  // Not even what they assert meets.
};
std::string_view Name(IntervalRelation relation);  // "CONTRADICT"

// A quantity with both of its intervals: worked out once a claim.
struct Meaning {
  Interval asserted;
  Interval meant;
  bool loose = false;
  friend bool operator==(const Meaning&, const Meaning&) = default;
};
Meaning MeaningOf(const Quantity& quantity);

IntervalRelation Relate(const Meaning& known, const Meaning& fresh);
inline bool Clash(const Meaning& a, const Meaning& b) { return !Meet(a.meant, b.meant); }

}  // namespace claimwatch
