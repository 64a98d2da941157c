#include "server/ledger/interval.h"

#include <algorithm>
#include <string>

#include "server/text/units.h"

namespace claimwatch {
namespace {

const Decimal kNineTenths = Decimal::Of(9, -1);
const Decimal kElevenTenths = Decimal::Of(11, -1);

// How many zeros an integer ends in: 1,300 has two; 0 and fractions have none.
int EndZeros(const Decimal& value) {
  return value.IsInteger() && !value.IsZero() ? value.exponent() : 0;
}

// One digit and three or more zeros: a figure that was rounded, whatever it was before.
bool IsRounded(const Decimal& value) {
  return value.exponent() >= 3 && value.digits() > -10 && value.digits() < 10 && !value.IsZero();
}

// "over 1,300" (held as 1,301): short of the next number that is as round.
Interval JustOver(const Decimal& low) {
  const Decimal before = low - Decimal(1);
  const bool held_above = EndZeros(before) > EndZeros(low);
  const Decimal base = held_above ? before : low;
  return {base, base + Decimal::Of(1, EndZeros(base))};
}

// dozens -> 24..99, scores -> 40..199, hundreds -> 200..999, tens of thousands -> 20,000..99,999.
Interval VagueMeaning(const Decimal& low) {
  if (low == Decimal(40)) return {low, Decimal(199)};
  const std::string digits = low.ToString();
  Decimal next = 1;
  for (std::size_t i = 0; i < digits.size() && digits[i] != '.'; ++i) next = next * Decimal(10);
  return {low, next - Decimal(1)};
}

Interval Widened(const Decimal& low, const Decimal& high) {
  return {low * kNineTenths, high * kElevenTenths};
}

// Lengths and the like are told in a unit of our choice after conversion, and the rounding of that
// is nobody's news: a hundredth either way. Counts, money, shares and magnitudes are as written.
bool IsConverted(std::string_view dimension) {
  static constexpr std::string_view kConverted[] = {"length", "area",        "speed",
                                                    "mass",   "temperature", "volume"};
  return std::find(std::begin(kConverted), std::end(kConverted), dimension) != std::end(kConverted);
}

Interval InBase(const Interval& interval, const Unit& unit, bool tolerant) {
  Interval base = interval;
  if (base.low) base.low = *base.low * unit.factor;
  if (base.high) base.high = *base.high * unit.factor;
  if (!tolerant) return base;
  const Decimal less = Decimal::Of(995, -3);
  const Decimal more = Decimal::Of(1005, -3);
  if (base.low) base.low = *base.low * (*base.low < Decimal(0) ? more : less);
  if (base.high) base.high = *base.high * (*base.high < Decimal(0) ? less : more);
  return base;
}

}  // namespace

Interval MeantAsWritten(const Quantity& quantity) {
  const std::optional<Decimal>& low = quantity.low;
  const std::optional<Decimal>& high = quantity.high;
  if (!low && !high) return {};
  if (!low) return {*high * kNineTenths, high};  // up to 50, fewer than 50
  if (!high) {
    if (quantity.bound == Bound::kVague) return VagueMeaning(*low);
    if (quantity.bound == Bound::kAtLeast) return {low, low};  // The count as known.
    return JustOver(*low);
  }
  if (quantity.bound == Bound::kUpTo || quantity.bound == Bound::kLessThan) {
    return {std::max(*low, *high * kNineTenths), high};  // 0..50
  }
  if (quantity.bound == Bound::kNearly) return {*low * kNineTenths, high};
  const bool rounded = *low == *high && IsRounded(*low);
  return quantity.approximate || rounded ? Widened(*low, *high) : Interval{low, high};
}

Interval Asserted(const Quantity& quantity) {
  const Unit& unit = GetUnit(quantity.unit);
  return InBase({quantity.low, quantity.high}, unit, IsConverted(unit.dimension));
}

Interval Meant(const Quantity& quantity) {
  const Unit& unit = GetUnit(quantity.unit);
  return InBase(MeantAsWritten(quantity), unit, IsConverted(unit.dimension));
}

bool IsLoose(const Quantity& quantity) {
  if (quantity.bound == Bound::kVague) return true;
  if (quantity.bound == Bound::kUpTo || quantity.bound == Bound::kLessThan) return true;
  if (!quantity.low || !quantity.high) return false;
  return *quantity.high > *quantity.low * Decimal::Of(13, -1) && quantity.bound == Bound::kRange;
}

bool Meet(const Interval& a, const Interval& b) { return !Above(a, b) && !Above(b, a); }

bool Inside(const Interval& inner, const Interval& outer) {
  const bool low = !outer.low || (inner.low && *outer.low <= *inner.low);
  const bool high = !outer.high || (inner.high && *inner.high <= *outer.high);
  return low && high;
}

bool Above(const Interval& a, const Interval& b) { return a.low && b.high && *a.low > *b.high; }

double Middle(const Interval& interval) {
  if (interval.low && interval.high) {
    return (interval.low->ToDouble() + interval.high->ToDouble()) / 2;
  }
  if (interval.low) return interval.low->ToDouble();
  return interval.high ? interval.high->ToDouble() : 0;
}

std::string_view Name(IntervalRelation relation) {
  switch (relation) {
    case IntervalRelation::kAgree:
      return "AGREE";
    case IntervalRelation::kRefine:
      return "REFINE";
    case IntervalRelation::kRevise:
      return "REVISE";
    case IntervalRelation::kContradict:
      return "CONTRADICT";
  }
  return "";
}

Meaning MeaningOf(const Quantity& quantity) {
  return {Asserted(quantity), Meant(quantity), IsLoose(quantity)};
}

IntervalRelation Relate(const Meaning& known, const Meaning& fresh) {
  if (!Meet(known.asserted, fresh.asserted) && Clash(known, fresh))
    return IntervalRelation::kContradict;
  if (Clash(known, fresh)) return IntervalRelation::kRevise;
  const bool narrower = Inside(fresh.meant, known.meant) && !(fresh.meant == known.meant);
  return narrower ? IntervalRelation::kRefine : IntervalRelation::kAgree;
}

}  // namespace claimwatch
