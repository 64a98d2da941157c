// Sides and ranges: a number with its currency and unit, and two of them as one interval.
//
// "between 40 and 60", "2-3 million", "$2 billion-$3 billion", "two or three", "8- to 16-metre". A
// change is no range: "rose from 12 to 15" is two figures. The magnitude and the unit of the second
// are the first's too, where the first has none.
#include <utility>

#include "server/text/number_parts.h"

namespace claimwatch::numbers {
namespace {

// "5m people", "£5m": a glued letter that is a magnitude for money and for what is counted.
void TakeSuffix(const Line& line, Side* side) {
  Amount& amount = side->amount;
  if (!amount.digits || amount.power != 0 || !line.IsWord(amount.end)) return;
  const int power = SuffixPower(line.Text(amount.end));
  if (power == 0) return;
  const bool glued = line.Glued(amount.end);
  const UnitId next = line.Glued(amount.end) ? FindUnit(line.Text(amount.end + 1)) : UnitId::kNone;
  const bool money = side->currency.end != 0 || KindOfUnit(next) == NumberKind::kMoney;
  const bool counted =
      line.Text(amount.end) == "m" && line.Is(amount.end + 1, kPersonNoun | kPlural);
  if (!(money || (counted && glued))) return;
  if (!glued && line.Text(amount.end).size() == 1 && line.Text(amount.end) != "m") return;
  amount.mantissa = amount.value;
  amount.value = amount.value * PowerOfTen(power);
  amount.power = power;
  amount.plain = false;
  amount.end += 1;
}

// "−3.5", "minus five", "-18"; not a bullet, a dash between words or "2-3".
void TakeSign(const Line& line, std::uint32_t floor, Side* side) {
  const std::uint32_t at = side->first - 1;
  if (side->first <= floor || !line.Has(at)) return;
  const std::string_view text = line.Text(at);
  const bool word = line.RoleAt(at) == Role::kMinus && !line.At(at).line_before;
  const bool mark =
      (text == "-" || text == "\xe2\x88\x92") && line.Glued(side->first) &&
      (!line.Has(at - 1) || !line.Glued(at) || line.At(at - 1).kind == TokenKind::kPunct ||
       line.At(at - 1).kind == TokenKind::kSymbol);
  const bool alone = text == "-" && side->amount.digits && !line.Has(at - 1) &&
                     !line.Glued(side->first) && !line.Has(side->end + 2);
  const bool minus_dash = line.Dash(at) && line.Glued(at) && line.RoleAt(at - 1) == Role::kMinus;
  if (!word && !mark && !alone && !minus_dash) return;
  if (side->amount.vague || line.Is(side->end, kPersonNoun)) return;
  if (word && (line.RoleAt(at - 1) == Role::kOr || line.Mark(at - 1, '/')))
    return;  // "plus or minus"
  side->amount.value = Decimal(0) - side->amount.value;
  side->amount.mantissa = Decimal(0) - side->amount.mantissa;
  side->first = minus_dash ? at - 1 : at;
  side->amount.plain = false;
}

// "#13.5m": a pound sign lost on the way.
void TakeMangledPound(const Line& line, std::uint32_t floor, Side* side) {
  const std::uint32_t at = side->first - 1;
  if (side->first <= floor || !line.Mark(at, '#') || !line.Glued(side->first)) return;
  const std::uint32_t end = side->amount.end;
  const bool scaled = side->amount.power >= 3 || SuffixPower(line.Text(end)) != 0;
  if (!scaled && !(side->amount.digits && !side->amount.plain)) return;
  side->currency = {FindUnit("GBP"), at, side->first};
  side->first = at;
}

// Whether a verb of change governs the number: "rose from", "was cut 12 to".
bool AfterChange(const Line& line, std::uint32_t i) {
  std::uint32_t at = i - 1;
  if (line.RoleAt(at) == Role::kFrom) {
    for (std::uint32_t steps = 0; steps < 6; ++steps) {
      --at;
      const Role role = line.RoleAt(at);
      if (role == Role::kChange || role == Role::kUp) return true;
      if (line.Lower(at) == "down") return true;
      if (!line.Has(at) || line.At(at).kind == TokenKind::kPunct) return false;
    }
    return false;
  }
  const Role role = line.RoleAt(at);
  return role == Role::kChange || role == Role::kUp || role == Role::kBy ||
         line.Lower(at) == "down";
}

enum class Joint { kNone, kDash, kTo, kAnd, kOr };

// What joins two sides at token i; one past it in `next`.
Joint JointAt(const Line& line, std::uint32_t i, bool between, std::uint32_t* next) {
  std::uint32_t at = i;
  if (line.Dash(at) && line.Glued(at) &&
      (line.RoleAt(at + 1) == Role::kTo || line.RoleAt(at + 1) == Role::kAnd ||
       line.RoleAt(at + 1) == Role::kOr)) {
    ++at;  // "8- to 16-metre"
  }
  *next = at + 1;
  switch (line.RoleAt(at)) {
    case Role::kTo:
    case Role::kThrough:
      if (line.Dash(at + 1) && line.Glued(at + 2)) *next = at + 2;
      return line.Lower(at) == "until" || line.Lower(at) == "till" ? Joint::kNone : Joint::kTo;
    case Role::kAnd:
      return between ? Joint::kAnd : Joint::kNone;
    case Role::kOr:
      return Joint::kOr;
    default:
      break;
  }
  if (line.Mark(at, '~')) return Joint::kDash;
  if (!line.Dash(at)) return Joint::kNone;
  const Token& next_side = line.At(at + 1 < line.end() ? at + 1 : at);
  const bool tokenised = next_side.kind == TokenKind::kSymbol;  // "$ 2 billion- $ 3 billion"
  if (line.Glued(at) == !next_side.space_before || tokenised) return Joint::kDash;
  return Joint::kNone;
}

bool SameUnit(const Side& a, const Side& b) {
  if (a.unit == UnitId::kNone || b.unit == UnitId::kNone) return true;
  return a.unit == b.unit || GetUnit(a.unit).dimension == GetUnit(b.unit).dimension;
}

// Gives the first side the second's magnitude: "2-3 million", "$10 to $15 billion".
void ShareMagnitude(const Side& b, Side* a) {
  const int power = b.amount.power;
  if (power == 0 || a->amount.power != 0 || a->amount.share || b.amount.vague) return;
  if (!(a->amount.value < b.amount.mantissa)) return;
  if (power == 2 && !(a->amount.value < Decimal(10))) return;
  a->amount.value = a->amount.value * PowerOfTen(power);
}

// "rose from 2 to 3 million euros": two figures, and the first is in what the second is in.
void ShareChange(const Side& b, Side* a) {
  if (a->unit == UnitId::kNone && a->currency.end == 0) a->unit = b.unit;
  const bool bare = a->amount.power == 0 && !a->amount.share && !a->amount.vague;
  if (b.amount.power < 3 || !bare || !(a->amount.value < Decimal(1000))) return;
  a->amount.value = a->amount.value * PowerOfTen(b.amount.power);
}

// "30 MUSD", "MSEK": a currency code with a letter for million before it.
UnitHit ReadMillionCode(const Line& line, Side* side) {
  const std::uint32_t at = side->end;
  const std::string_view text = line.Text(at);
  if (!line.IsWord(at) || text.size() != 4 || text[0] != 'M' || !line.At(at).all_caps) return {};
  const UnitId unit = FindUnit(text.substr(1));
  if (unit == UnitId::kNone || KindOfUnit(unit) != NumberKind::kMoney) return {};
  side->amount.value = side->amount.value * PowerOfTen(6);
  return {unit, at, at + 1};
}

// "would cut 3,500 to 4,500 jobs": by how many, not from where.
bool IsPlanned(const Line& line, const Side& a, const Side& b) {
  const std::uint32_t verb = a.first - 1;
  if (!line.Is(verb - 1, kModal) && line.RoleAt(verb - 1) != Role::kTo) return false;
  const bool alike =
      a.amount.value < b.amount.value && b.amount.value <= a.amount.value * Decimal(3);
  return alike && line.Is(b.end, kNoun) && line.Is(b.end, kPlural);
}

}  // namespace

Side ReadSide(const Line& line, const Amount& amount, std::uint32_t floor) {
  Side side;
  side.amount = amount;
  side.first = amount.first;
  side.currency = ReadCurrencyBefore(line, amount.first, floor);
  if (side.currency.end != 0) side.first = side.currency.first;
  TakeMangledPound(line, floor, &side);
  TakeSuffix(line, &side);
  side.end = side.unit_end = side.amount.end;
  UnitHit after = ReadUnit(line, side.end, side.amount);
  if (after.end == 0 && side.currency.end == 0) after = ReadMillionCode(line, &side);
  if (after.end == 0 && amount.vague && line.RoleAt(side.end) == Role::kOf) {
    after = ReadUnit(line, side.end + 1, side.amount);  // "millions of dollars"
    if (after.end != 0 && KindOfUnit(after.unit) != NumberKind::kMoney) after = {};
  }
  if (side.currency.end != 0) {
    side.unit = side.currency.unit;
    if (after.end != 0 && KindOfUnit(after.unit) == NumberKind::kMoney) side.unit_end = after.end;
  } else if (after.end != 0) {
    side.unit = after.unit;
    side.unit_end = after.end;
    if (line.RoleAt(after.end) == Role::kMagnitude &&
        KindOfUnit(after.unit) == NumberKind::kMoney && side.amount.power == 0) {
      side.amount.value = side.amount.value * PowerOfTen(line.ValueAt(after.end));
      side.unit_end = after.end + 1;
    }
    if (!line.IsWord(after.first) && after.first == side.end) side.end = after.end;  // "%", "€"
  }
  TakeSign(line, floor, &side);
  return side;
}

bool ReadRange(const Line& line, std::uint32_t floor, Side* a, Side* b) {
  const bool between = line.RoleAt(a->first - 1) == Role::kBetween && a->first > floor;
  std::uint32_t at = 0;
  const Joint joint = JointAt(line, a->unit_end, between, &at);
  if (joint == Joint::kNone || !line.Has(at)) return false;
  std::uint32_t start = at;  // Currency signs stand before the digits.
  while (start < at + 3 && line.Has(start) && !line.Digits(start) && !line.Is(start, kNumberWord) &&
         line.RoleAt(start) != Role::kA &&
         (line.At(start).kind == TokenKind::kSymbol || line.At(start).all_caps)) {
    ++start;
  }
  const auto amount = ReadAmount(line, start, true);
  if (!amount.has_value() || amount->malformed || (amount->vague && !a->amount.vague)) return false;
  Side other = ReadSide(line, *amount, at);
  if (other.first != at && joint != Joint::kDash) return false;
  if (IsClock(line, other.first)) return false;  // "between 8 and 8:30 p.m."
  if (!SameUnit(*a, other) || a->amount.share != other.amount.share) return false;
  const bool shares_unit = a->unit == UnitId::kNone && other.unit != UnitId::kNone;
  const bool from = line.RoleAt(a->first - 1) == Role::kFrom;
  if (joint == Joint::kTo && (from || !shares_unit) && AfterChange(line, a->first) &&
      !IsPlanned(line, *a, other)) {
    if (from) ShareChange(other, a);
    return false;
  }
  Side low = *a;
  ShareMagnitude(other, &low);
  const std::string_view verb = line.Text(a->first - 1);  // "trailed 48% to 52%": no range
  const bool behind = verb.substr(0, 5) == "trail" || verb == "lost" || verb == "behind";
  if (joint == Joint::kTo && behind && a->unit != UnitId::kNone) return false;
  const bool crossed = other.amount.value < low.amount.value;
  if (crossed && !between) return false;
  const bool alike =
      low.amount.value < other.amount.value && other.amount.value <= low.amount.value * Decimal(3);
  if (joint == Joint::kOr && !alike) return false;
  if (joint == Joint::kDash && low.amount.value == other.amount.value) return false;
  *a = low;
  *b = other;
  if (b->unit == UnitId::kNone && a->unit != UnitId::kNone) b->unit = a->unit;
  if (crossed) std::swap(a->amount.value, b->amount.value);
  return true;
}

}  // namespace claimwatch::numbers
