// Fractions: "two-thirds", "a quarter of a million", "one and a half million", "one in five".
//
// A fraction of a whole is held as the share it is (0.2); before a magnitude or a unit it is a
// number ("half a million", "half an hour").
#include "server/text/number_parts.h"

namespace claimwatch::numbers {
namespace {

struct FractionWord {
  Decimal denominator;
  std::uint32_t end = 0;
  bool plural = false;
  bool ordinal = false;  // "third": also a rank; "half" and "quarter" are not.
};

// The fraction word at token i, a hyphen before it allowed: "thirds", "-fifth", "twenty-firsts".
std::optional<FractionWord> FractionAt(const Line& line, std::uint32_t i) {
  std::uint32_t at = line.Dash(i) && line.Glued(i) == line.Glued(i + 1) ? i + 1 : i;
  FractionWord word;
  int tens = 0;
  if (line.RoleAt(at) == Role::kTen) {
    const std::uint32_t unit = at + (line.Dash(at + 1) ? 2 : 1);
    if (line.RoleAt(unit) != Role::kOrdinal || line.ValueAt(unit) > 9) return std::nullopt;
    tens = line.ValueAt(at);
    at = unit;
  }
  const int value = line.ValueAt(at);
  switch (line.RoleAt(at)) {
    case Role::kHalf:
    case Role::kQuarter:
      word.denominator = value;
      break;
    case Role::kOrdinal:
      if (tens + value < 3) return std::nullopt;
      word.denominator = tens + value;
      word.ordinal = true;
      break;
    case Role::kOrdinalPower:
      word.denominator = PowerOfTen(value);
      word.ordinal = true;
      break;
    default:
      return std::nullopt;
  }
  word.end = at + 1;
  word.plural = line.Is(at, kPlural) || line.Lower(at) == "halves";
  return word;
}

// Whether a singular ordinal before token i is a fraction ("a third of", not "a third man").
bool ReadsAsFraction(const Line& line, std::uint32_t i) {
  if (!line.Has(i) || line.RoleAt(i) == Role::kOf) return true;
  const Token& next = line.At(i);
  if (next.kind == TokenKind::kPunct) return !line.Dash(i);
  if (next.word == nullptr) return false;
  const bool content = next.word->Is(kNoun | kAdjective | kNumberWord | kUnitNoun);
  return !content && next.word->Is(kPreposition | kConjunction | kDeterminer | kAuxiliary | kModal |
                                   kPronoun | kVerb | kAdverb);
}

// Whether "a third" at token i, ending before `end`, is a part and not the one after the second.
bool ReadsAsPart(const Line& line, std::uint32_t i, std::uint32_t end) {
  if (line.RoleAt(end) == Role::kOf) return !line.Is(end + 1, kMonth);
  if (line.RoleAt(end) == Role::kMagnitude || line.Is(end, kUnitNoun)) return true;
  switch (line.RoleAt(i - 1)) {
    case Role::kBy:
    case Role::kThan:
    case Role::kAbout:
    case Role::kNearly:
    case Role::kOver:
    case Role::kLeast:
    case Role::kTo:
    case Role::kUnder:
      return true;
    default:
      return i == line.first() && !line.Has(end);
  }
}

// "mile" of "half-mile"; a half-century is a score.
bool IsUnitWord(const Line& line, std::uint32_t i) {
  if (!line.IsWord(i) || line.Text(i).size() < 3 || line.Text(i) == "century") return false;
  return FindUnit(line.Text(i)) != UnitId::kNone;
}

// "of a million", "million", "a dozen" at token i: the factor, and one past it.
std::optional<Decimal> ScaleAfter(const Line& line, std::uint32_t i, std::uint32_t* end) {
  std::uint32_t at = i;
  if (line.RoleAt(at) == Role::kOf) {
    if (line.RoleAt(at + 1) != Role::kA) return std::nullopt;
    ++at;
  }
  if (line.RoleAt(at) == Role::kA) ++at;
  if (line.Dash(at)) ++at;
  Decimal factor = 1;
  const std::uint32_t first = at;
  for (;; ++at) {
    const Role role = line.RoleAt(at);
    if (role == Role::kMagnitude) {
      factor = factor * PowerOfTen(line.ValueAt(at));
    } else if (at == first && (role == Role::kHundred || role == Role::kDozen)) {
      factor = line.ValueAt(at);
    } else {
      break;
    }
  }
  if (at == first) return std::nullopt;
  *end = at;
  return factor;
}

void Scale(const Line& line, Amount* amount) {
  std::uint32_t end = 0;
  const auto factor = ScaleAfter(line, amount->end, &end);
  if (!factor.has_value()) return;
  amount->value = amount->value * *factor;
  amount->share = false;
  amount->end = end;
}

// The fraction after "and": "a half", "three quarters", "one fourth"; its value, and one past it.
std::optional<Decimal> FractionAfterAnd(const Line& line, std::uint32_t i, std::uint32_t* end) {
  int numerator = 1;
  std::uint32_t at = i;
  const Role role = line.RoleAt(at);
  if (role == Role::kA || role == Role::kDigit || role == Role::kTeen || role == Role::kTen) {
    if (role != Role::kA) numerator = line.ValueAt(at);
    ++at;
    if (role == Role::kTen) {
      const std::uint32_t unit = at + (line.Dash(at) ? 1 : 0);
      if (line.RoleAt(unit) == Role::kDigit) {
        numerator += line.ValueAt(unit);
        at = unit + 1;
      }
    }
  } else {
    return std::nullopt;
  }
  const auto word = FractionAt(line, at);
  if (!word.has_value() || (numerator > 1 && !word->plural)) return std::nullopt;
  if (numerator == 1 && word->ordinal && !ReadsAsFraction(line, word->end) &&
      line.RoleAt(word->end) != Role::kMagnitude) {
    return std::nullopt;
  }
  *end = word->end;
  return Divide(numerator, word->denominator);
}

// "two and a half", "3 million and a half", "one billion and a half million".
bool AddAndFraction(const Line& line, Amount* amount) {
  if (line.RoleAt(amount->end) != Role::kAnd) return false;
  std::uint32_t end = 0;
  const auto fraction = FractionAfterAnd(line, amount->end + 1, &end);
  if (!fraction.has_value()) return false;
  std::uint32_t scale_end = 0;
  const auto scale = line.RoleAt(end) == Role::kMagnitude || line.RoleAt(end) == Role::kDozen
                         ? ScaleAfter(line, end, &scale_end)
                         : std::nullopt;
  if (scale.has_value() && amount->power > 2) {
    amount->value = amount->value + *fraction * *scale;
    end = scale_end;
  } else if (scale.has_value()) {
    amount->value = (amount->value + *fraction) * *scale;
    end = scale_end;
  } else {
    amount->value = amount->value + *fraction * PowerOfTen(amount->power > 2 ? amount->power : 0);
  }
  amount->end = end;
  amount->plain = false;
  return true;
}

bool IsScaleOfTen(const Decimal& value) { return value.digits() == 1 && value.exponent() >= 1; }

// Whether "A in B" is a rate and not two figures.
bool ReadsAsRate(const Line& line, const Amount& a, const Amount& b, bool out) {
  if (!(a.value < b.value) || b.power > 6 || !a.value.IsInteger() || a.value.IsZero()) return false;
  const bool words = out && !b.digits && b.value.digits() < 10 && b.value.exponent() >= 2;
  const bool few = b.value <= Decimal(12) || IsScaleOfTen(b.value) || words;
  const bool one = a.value == Decimal(1);
  if (!one && !(few && a.value <= Decimal(10))) return false;
  if (line.Is(b.end, kTimeNoun | kUnitNoun | kMonth) || line.RoleAt(b.end) == Role::kOrdinal)
    return false;
  if (line.Dash(b.end) && line.Glued(b.end)) return false;
  return !b.digits || b.value < Decimal(1900) || IsScaleOfTen(b.value);
}

}  // namespace

std::optional<Amount> ReadHalf(const Line& line, std::uint32_t i) {
  const bool article = line.RoleAt(i) == Role::kA;
  const std::uint32_t at = article ? i + 1 : i;
  if (line.Attached(at)) return std::nullopt;
  const auto word = FractionAt(line, at);
  if (!word.has_value() || word->plural) return std::nullopt;
  Amount amount;
  amount.first = i;
  amount.end = word->end;
  amount.value = Divide(1, word->denominator);
  amount.share = true;
  if (const auto before = amount.end; Scale(line, &amount), amount.end != before) return amount;
  const bool half = line.RoleAt(word->end - 1) == Role::kHalf;
  const std::uint32_t measured = word->end + 1;
  const bool unit = line.Is(measured, kTimeNoun | kUnitNoun) ||
                    (line.IsWord(measured) && line.Text(measured).size() > 2 &&
                     FindUnit(line.Text(measured)) != UnitId::kNone);
  if (half && line.RoleAt(word->end) == Role::kA && unit) {
    amount.end = word->end + 1;  // "half an hour"
    amount.share = false;
    return amount;
  }
  if (line.Is(word->end, kTimeNoun) && article) amount.share = false;  // "a half hour"
  const Role next = line.RoleAt(word->end);  // "a fifth lower than in May"
  const bool compares =
      (next == Role::kLess || next == Role::kMore) && !line.Is(word->end + 1, kNoun | kAdjective);
  if (article && compares) return amount;
  if (!half) {
    if (article && word->ordinal && !ReadsAsPart(line, i, word->end)) return std::nullopt;
    // "a quarter-mile", but not "a quarter-final".
    const bool cut = line.Dash(word->end) && !IsUnitWord(line, word->end + 1);
    if (!article || (line.RoleAt(at) == Role::kQuarter ? cut : !ReadsAsFraction(line, word->end))) {
      return std::nullopt;
    }
    return amount;
  }
  // "the first half", "half-time", "the other half", "half the roof".
  const Role before = line.RoleAt(i - 1);
  if (before == Role::kOrdinal || before == Role::kOther || line.Is(i - 1, kAdjective))
    return std::nullopt;
  if (line.Dash(word->end) && line.Glued(word->end) && !IsUnitWord(line, word->end + 1)) {
    return std::nullopt;
  }
  const bool pointed =
      before == Role::kThe || (before == Role::kNone && line.Is(i - 1, kDeterminer));
  if (!article && pointed) return std::nullopt;  // "this half", "the half"
  return amount;
}

bool FractionFollows(const Line& line, std::uint32_t i) {
  const auto word = FractionAt(line, i);
  return word.has_value() && (word->plural || !word->ordinal);
}

void AddFraction(const Line& line, Amount* amount) {
  if (AddAndFraction(line, amount)) return;
  if (!amount->value.IsInteger() || amount->value.IsZero()) return;
  const auto word = FractionAt(line, amount->end);
  if (!word.has_value()) return;
  if (amount->power > 2 && line.RoleAt(word->end - 1) != Role::kOrdinalPower) return;
  const bool one = amount->value == Decimal(1);
  if (!one && !word->plural) return;
  if (amount->digits && !one && word->ordinal && line.RoleAt(word->end) != Role::kOf) return;
  if (one && word->ordinal && !word->plural && !ReadsAsFraction(line, word->end) &&
      !line.Is(word->end, kUnitNoun) && line.RoleAt(word->end) != Role::kMagnitude) {
    return;
  }
  if (line.RoleAt(word->end - 1) == Role::kQuarter && line.Is(word->end, kNoun) && !word->plural)
    return;
  amount->value = Divide(amount->value, word->denominator);
  amount->share = true;
  amount->plain = false;
  amount->end = word->end;
  Scale(line, amount);
}

void AddOutOf(const Line& line, Amount* amount) {
  std::uint32_t at = amount->end;
  bool over = false;
  const bool out = line.RoleAt(at) == Role::kOut;
  if (line.RoleAt(at) == Role::kIn) {
    ++at;
  } else if (line.RoleAt(at) == Role::kOut && line.RoleAt(at + 1) == Role::kOf) {
    at += 2;
  } else if (line.Lower(at) == "over" && !line.Glued(at)) {
    over = true;
    ++at;
  } else {
    return;
  }
  if (amount->share || amount->vague || amount->power > 2) return;
  if (line.Lower(at) == "every") ++at;
  const auto whole = ReadWholeNumber(line, at, true);
  if (!whole.has_value()) return;
  if (over ? line.Has(whole->end) && line.At(whole->end).kind == TokenKind::kWord
           : !ReadsAsRate(line, *amount, *whole, out)) {
    return;
  }
  amount->value = Divide(amount->value, whole->value);
  amount->share = true;
  amount->plain = false;
  amount->end = whole->end;
}

}  // namespace claimwatch::numbers
