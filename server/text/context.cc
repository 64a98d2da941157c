// Context: what a figure is, from the words right around it.
//
// Unit words give money, percent, duration and measurement; "magnitude" and "Richter" a quake's
// size; "times" a multiple; a glued hyphen a compound word. "one" is looked at twice: it counts in
// "one person", not in "this one".
#include "server/text/number_parts.h"

namespace claimwatch::numbers {

namespace {

// "7.6 magnitude", "magnitude-7.6", "magnitude of 7.6", "7.6 on the Richter scale", "a 7.6 quake".
bool IsMagnitude(const Line& line, const Number& number, std::uint32_t* end) {
  const auto& q = number.quantity;
  const Decimal& value = q.low.has_value() ? *q.low : *q.high;
  if (value > Decimal(10) || value < Decimal(0)) return false;
  std::uint32_t after = number.end;
  if (line.Dash(after)) ++after;
  if (line.RoleAt(after) == Role::kRichter) {
    *end = after + 1;
    return true;
  }
  if (line.Lower(after) == "on" && line.RoleAt(after + 1) == Role::kThe &&
      line.Lower(after + 2) == "richter") {
    *end = after + (line.Text(after + 3) == "scale" ? 4 : 3);
    return true;
  }
  const bool pointed =
      line.document().Surface(number.digits).find('.') != std::string_view::npos;  // "a 7.0 quake"
  if (line.RoleAt(after) == Role::kQuake && pointed) return true;
  std::uint32_t before = number.first - 1;
  if (line.Dash(before) || line.RoleAt(before) == Role::kOf) --before;
  if (line.Lower(before) == "preliminary") --before;
  if (line.RoleAt(before) == Role::kRichter) return true;
  const std::string_view word = line.Lower(number.first - 1);
  if ((word == "measured" || word == "measuring" || word == "registered") && !value.IsInteger() &&
      number.unit_end == number.end) {
    for (std::uint32_t i = line.first(); i < line.end() && i < line.first() + 40; ++i) {
      if (line.RoleAt(i) == Role::kQuake) return true;
    }
  }
  return false;
}

// "per day", "a gallon"; "bpd" is barrels, a day.
void ReadRate(const Line& line, Number* number) {
  static const UnitId kBarrelADay = UnitWithSymbol("barrel/day"),
                      kBarrel = UnitWithSymbol("barrel");
  number->per_end = ReadPer(line, number->unit_end);
  if (number->per_end > number->unit_end) {
    std::uint32_t first = number->unit_end;
    while (first + 1 < number->per_end && !line.Digits(first) &&
           (!line.IsWord(first) || line.Is(first, kPreposition | kDeterminer))) {
      ++first;
    }
    const Span span = Join(line.At(first).span, line.At(number->per_end - 1).span);
    number->per = line.document().Surface(span);
  }
  if (number->quantity.unit != kBarrelADay) return;
  number->quantity.unit = kBarrel;
  number->per = "day";
}

void MarkCompound(const Line& line, Number* number) {
  const std::uint32_t i = number->end;
  if (line.Dash(i) && line.Glued(i) && line.IsWord(i + 1) && line.Glued(i + 1) &&
      line.Mark(i, '-')) {
    number->compound = true;
  }
}

// What "no" before it makes a figure of: people, harm to them, damage.
bool CanBeNone(const Line& line, std::uint32_t i) {
  if (line.Is(i, kPersonNoun)) return line.Is(i, kPlural) || line.Lower(i) == "people";
  return line.RoleAt(i) == Role::kHarm;
}

}  // namespace

void Classify(const Line& line, std::uint32_t, Number* number) {
  Quantity& q = number->quantity;
  number->kind = KindOfUnit(q.unit);
  number->reason = "a count";
  std::uint32_t end = 0;
  if (q.unit == UnitId::kNone && IsMagnitude(line, *number, &end)) {
    static const UnitId kMagnitudeUnit = UnitWithSymbol("magnitude");
    q.unit = kMagnitudeUnit;
    if (end != 0) number->unit_end = end;
    number->kind = NumberKind::kMeasurement;
    number->reason = "the size of a quake";
  } else if (number->kind == NumberKind::kMoney) {
    number->reason = "a sum of money";
  } else if (number->kind == NumberKind::kPercent) {
    number->reason = "a share";
  } else if (number->kind == NumberKind::kDuration) {
    number->reason = "a length of time";
  } else if (number->kind == NumberKind::kMeasurement) {
    number->reason = "a measurement";
  } else {
    MarkCompound(line, number);
  }
  ReadRate(line, number);
  if (ReadAge(line, number)) return;
  if (number->kind == NumberKind::kCount) {
    std::uint32_t next = number->unit_end;
    if (line.Dash(next) && line.Glued(next)) ++next;
    const bool often = q.low && *q.low >= Decimal(1000) && !line.Is(next + 1, kDeterminer) &&
                       line.RoleAt(next + 1) != Role::kAs && line.RoleAt(next + 1) != Role::kMore;
    const bool best = line.Dash(number->first - 1) && line.RoleAt(number->first - 2) == Role::kOf;
    const bool titles = number->compound && line.Lower(next) == "time";
    if (best || titles) {  // "best-of-seven", "two-time champion"
      number->weak = true;
      number->reason = "part of a compound";
    } else if (line.RoleAt(next) == Role::kFold && !often) {  // "viewed 80,000 times" is a count.
      number->weak = true;
      number->reason = "a multiple";
    } else if (line.RoleAt(next) == Role::kOf && line.Lower(number->end - 1) == "one" &&
               q.low == Decimal(1)) {
      number->weak = true;
      number->reason = "one of several";
    }
  }
}

std::optional<Number> ReadNothing(const Line& line, std::uint32_t i) {
  const Role role = line.RoleAt(i);
  std::uint32_t end = i + 1;
  if (role == Role::kNo) {
    std::uint32_t noun = i + 1;
    if (line.Dash(noun)) ++noun;
    if (line.Lower(noun) == "one") {
      end = noun + 1;
    } else {
      if (line.Dash(i + 1) || line.Mark(i + 1, '.')) return std::nullopt;
      for (int steps = 0; steps < 3 && line.Is(noun, kAdjective) && !line.Is(noun, kPersonNoun);
           ++steps)
        ++noun;
      // "no civilian deaths"
      if (!CanBeNone(line, noun) && line.Is(noun, kPersonNoun) && !line.Is(noun, kPlural)) ++noun;
      if (!CanBeNone(line, noun)) return std::nullopt;
    }
  } else if (role != Role::kNobody) {
    return std::nullopt;
  }
  Number number = NotAQuantity(line, i, end, NumberKind::kCount, "none of them");
  number.quantity.low = number.quantity.high = Decimal(0);
  return number;
}

bool IsPronounOne(const Line& line, std::uint32_t i) {
  if (line.Lower(i) != "one" || line.Dash(i + 1)) return false;
  const std::string_view before = line.Lower(i - 1);
  const bool unknown_after = line.IsWord(i + 1) && line.WordAt(i + 1) == nullptr;
  const bool noun_after =
      unknown_after || (line.Is(i + 1, kNoun | kNumberWord | kAdjective | kUnitNoun | kTimeNoun) &&
                        !line.Is(i + 1, kAuxiliary | kPreposition));
  if (before == "another" || before == "any" || before == "every" || before == "each")
    return !noun_after;
  const bool pointed = before == "the" || before == "this" || before == "that" ||
                       before == "which" || before == "no" || line.Is(i - 1, kAdjective) ||
                       line.Digits(i - 1);
  if (pointed && !noun_after) return true;
  const std::string_view after = line.Lower(i + 1);
  return after == "another" || after == "'s" || line.Is(i + 1, kModal);
}

}  // namespace claimwatch::numbers
