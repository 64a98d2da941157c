// Modifiers: the words before and after a number that bound it.
//
// Read outwards from the number: "well over", "at least about", "an estimated" to the left, "or
// more", "+", "others" to the right. The strictest bound wins; any of "about", "nearly",
// "estimated" makes the figure approximate.
#include <algorithm>

#include "server/text/number_parts.h"

namespace claimwatch::numbers {
namespace {

enum class Way {
  kNone,
  kAbout,
  kNearly,
  kAtLeast,
  kMoreThan,
  kUpTo,
  kLessThan,
  kIncrement,
  kExact
};

struct Step {
  Way way = Way::kNone;
  std::uint32_t first = 0;  // The modifier's first token.
};

// Left end of "well", "just", "slightly", "a little" before token i.
std::uint32_t WidenDegree(const Line& line, std::uint32_t i) {
  if (line.RoleAt(i - 1) == Role::kDegree) return i - 1;
  if (line.Lower(i - 1) == "little") return line.RoleAt(i - 2) == Role::kA ? i - 2 : i - 1;
  if (line.Lower(i - 1) == "bit" && line.RoleAt(i - 2) == Role::kA) return i - 2;
  return i;
}

// "... than" whose "than" is token i.
Step ReadThan(const Line& line, std::uint32_t i) {
  std::uint32_t at = i - 1;
  // "less than or equal to" is read at "equal".
  const Role role = line.RoleAt(at);
  if (line.Lower(at) == "over") return {Way::kMoreThan, at};
  if (role != Role::kMore && role != Role::kLess) return {};
  const bool more = role == Role::kMore;
  const Role before = line.RoleAt(at - 1);
  if (before == Role::kNo || before == Role::kNot) {
    return {more ? Way::kUpTo : Way::kAtLeast, at - 1};
  }
  return {more ? Way::kMoreThan : Way::kLessThan, WidenDegree(line, at)};
}

// "equal to", "less than or equal to", "equal to or more than": ends at token i ("to", "than").
Step ReadEqual(const Line& line, std::uint32_t i) {
  std::uint32_t at = i;
  if (line.RoleAt(at) == Role::kTo || line.RoleAt(at) == Role::kThan) --at;
  if (line.RoleAt(at) == Role::kEqual && line.RoleAt(at - 1) == Role::kOr) {
    std::uint32_t left = at - 2;
    if (line.RoleAt(left) == Role::kThan) --left;
    const Role role = line.RoleAt(left);
    if (role == Role::kMore) return {Way::kAtLeast, left};
    if (role == Role::kLess) return {Way::kUpTo, left};
    if (role == Role::kLeast && line.RoleAt(left - 1) == Role::kAt)
      return {Way::kAtLeast, left - 1};
    if (role == Role::kMost && line.RoleAt(left - 1) == Role::kAt) return {Way::kUpTo, left - 1};
  }
  if (line.RoleAt(i) == Role::kThan && line.RoleAt(i - 2) == Role::kOr) {
    std::uint32_t left = i - 3;
    if (line.RoleAt(left) == Role::kTo) --left;
    const Role role = line.RoleAt(i - 1);
    if (line.RoleAt(left) == Role::kEqual) {
      if (role == Role::kMore) return {Way::kAtLeast, left};
      if (role == Role::kLess) return {Way::kUpTo, left};
    }
  }
  if (line.RoleAt(at) == Role::kEqual) return {Way::kExact, at};
  return {};
}

// "up to", "close to": ends at "to", token i.
Step ReadTo(const Line& line, std::uint32_t i) {
  const Role role = line.RoleAt(i - 1);
  if (role == Role::kUp) {
    // "we're up to 50 now", "ramp that up to 50": the figure itself, no bound.
    const Word* before = line.WordAt(i - 2);
    const bool that = line.Lower(i - 2) == "that" && !line.Is(i - 3, kSpeech | kPastTense | kNoun);
    const bool particle =
        before != nullptr && (before->Is(kPronoun) || that || before->role == Role::kChange ||
                              (before->Is(kAuxiliary) && line.Is(i - 3, kPronoun)));
    return particle ? Step{} : Step{Way::kUpTo, i - 1};
  }
  if (role == Role::kClose || line.Lower(i - 1) == "closer") return {Way::kNearly, i - 1};
  return ReadEqual(line, i);
}

// "as many as", "as much as", "as few as": ends at the second "as", token i.
Step ReadAs(const Line& line, std::uint32_t i) {
  if (line.RoleAt(i - 2) != Role::kAs) return {};
  const std::string_view word = line.Lower(i - 1);
  if (word == "many" || word == "much" || word == "high") return {Way::kUpTo, i - 2};
  if (word == "few" || word == "little") return {Way::kAtLeast, i - 2};
  return {};
}

// "a minimum of", "in excess of", "upwards of", "just short of": ends at "of", token i.
Step ReadOf(const Line& line, std::uint32_t i) {
  const Role role = line.RoleAt(i - 1);
  const std::string_view word = line.Lower(i - 1);
  std::uint32_t first = i - 1;
  if (role == Role::kMinimum || role == Role::kMaximum) {
    if (line.RoleAt(first - 1) == Role::kA) --first;
    return {role == Role::kMinimum ? Way::kAtLeast : Way::kUpTo, first};
  }
  if (word == "excess" && line.RoleAt(i - 2) == Role::kIn) return {Way::kMoreThan, i - 2};
  if (word == "upwards" || word == "upward") return {Way::kAtLeast, i - 1};
  if (word == "short") return {Way::kNearly, WidenDegree(line, i - 1)};
  return {};
}

// One or two comparison signs before token i + 1.
Step ReadSign(const Line& line, std::uint32_t i) {
  const std::string_view text = line.Text(i);
  const bool equal = text == "=";
  const std::uint32_t at = equal ? i - 1 : i;
  const std::string_view sign = line.Text(at);
  if (equal && line.Mark(i - 2, '<') && sign == ">") return {};
  if (sign == ">" || sign == "&gt;") return {equal ? Way::kAtLeast : Way::kMoreThan, at};
  if (sign == "<" || sign == "&lt;") return {equal ? Way::kUpTo : Way::kLessThan, at};
  if (text == "\xe2\x89\xa5") return {Way::kAtLeast, i};
  if (text == "\xe2\x89\xa4") return {Way::kUpTo, i};
  if (text == "~" || text == "\xe2\x89\x88") return {Way::kAbout, i};
  return {};
}

// "climbed past" before the number.
Step ReadPast(const Line& line, std::uint32_t i) {
  if (line.Lower(i) != "past" || line.RoleAt(i - 1) != Role::kChange) return {};
  return {Way::kMoreThan, i};
}

// The modifier that ends right before token i.
Step StepLeft(const Line& line, std::uint32_t i) {
  const std::uint32_t at = i - 1;
  if (!line.Has(at)) return {};
  if (line.At(at).kind == TokenKind::kSymbol) return ReadSign(line, at);
  switch (line.RoleAt(at)) {
    case Role::kAbout:
      return {Way::kAbout, at};
    case Role::kSome:
      return {Way::kAbout, at};
    case Role::kNearly:
      return {Way::kNearly, at};
    case Role::kEstimated:
      if (line.RoleAt(at - 1) != Role::kA && line.RoleAt(at - 1) != Role::kThe) return {};
      return {line.Lower(at) == "reported" ? Way::kNone : Way::kAbout, at - 1};
    case Role::kThan: {
      const Step equal = ReadEqual(line, at);
      return equal.way != Way::kNone ? equal : ReadThan(line, at);
    }
    case Role::kOver:
      if (line.Lower(at - 1) == "swept" || line.Lower(at - 1) == "flew") return {};  // Motion.
      return {Way::kMoreThan, WidenDegree(line, at)};
    case Role::kExceed:
      return {Way::kMoreThan, at};
    case Role::kUnder:
      return {Way::kLessThan, WidenDegree(line, at)};
    case Role::kTo:
      return ReadTo(line, at);
    case Role::kLeast:
      if (line.RoleAt(at - 1) == Role::kAt) return {Way::kAtLeast, at - 1};
      return {};
    case Role::kMost:
      if (line.RoleAt(at - 1) == Role::kAt) return {Way::kUpTo, at - 1};
      return {};
    case Role::kAs:
      return ReadAs(line, at);
    case Role::kOf:
      return ReadOf(line, at);
    case Role::kEqual:
      return {Way::kExact, at};
    case Role::kAnother:
      return {Way::kIncrement, at};
    case Role::kAdditional: {
      const Role before = line.RoleAt(at - 1);
      if (before != Role::kA) return {};
      return {Way::kIncrement, at - 1};
    }
    default:
      return ReadPast(line, at);
  }
}

void Apply(Way way, Number* number) {
  Quantity& q = number->quantity;
  switch (way) {
    case Way::kNone:
    case Way::kExact:
      return;
    case Way::kIncrement:
      number->increment = true;
      return;
    case Way::kAbout:
    case Way::kNearly:
      q.approximate = true;
      if (q.bound == Bound::kExact) q.bound = way == Way::kAbout ? Bound::kAbout : Bound::kNearly;
      return;
    default:
      break;
  }
  if (q.bound != Bound::kExact && q.bound != Bound::kAbout) return;  // "over nearly 100"
  const bool low = way == Way::kAtLeast || way == Way::kMoreThan;
  q.bound = way == Way::kAtLeast    ? Bound::kAtLeast
            : way == Way::kMoreThan ? Bound::kMoreThan
            : way == Way::kUpTo     ? Bound::kUpTo
                                    : Bound::kLessThan;
  (low ? q.high : q.low).reset();
}

// "or more", "or so", "and above", "or less": what follows token i; one past it in `end`.
Way OrAfter(const Line& line, std::uint32_t i, std::uint32_t* end) {
  if (line.RoleAt(i) != Role::kOr && line.RoleAt(i) != Role::kAnd) return Way::kNone;
  const Role role = line.RoleAt(i + 1);
  const bool than = line.RoleAt(i + 2) == Role::kThan;
  if (than && line.Has(i + 3) && (line.Digits(i + 3) || line.Is(i + 3, kNumberWord)))
    return Way::kNone;
  *end = i + (than ? 3 : 2);
  if (line.RoleAt(i) == Role::kOr) {
    if (role == Role::kLess) return Way::kUpTo;
    if (role == Role::kSo && line.Lower(i + 1) == "so") return Way::kAbout;
    if (line.Lower(i + 1) == "under" || line.Lower(i + 1) == "below") return Way::kUpTo;
  }
  const bool noun_follows = line.RoleAt(i) == Role::kAnd && line.Is(i + 2, kNoun | kNumberWord);
  if (role == Role::kMore && !noun_follows) return Way::kAtLeast;
  if (role == Role::kOver && !line.Digits(i + 2) && !noun_follows) return Way::kAtLeast;
  return Way::kNone;
}

// Reads what bounds the number from token i on; false if nothing does.
bool ReadAfter(const Line& line, std::uint32_t i, Number* number) {
  std::uint32_t end = 0;
  Way way = OrAfter(line, i, &end);
  if (line.Mark(i, '+') && line.Glued(i) && !(line.Glued(i + 1) && line.Digits(i + 1))) {
    way = Way::kAtLeast;
    end = i + 1;
  } else if (line.Dash(i) && line.Glued(i + 1) && line.RoleAt(i + 1) == Role::kPlus) {
    way = Way::kAtLeast;
    end = i + 2;
  } else if (line.RoleAt(i) == Role::kPlus && !line.Digits(i + 1) && !line.Is(i + 1, kNumberWord)) {
    way = Way::kAtLeast;
    end = i + 1;
  } else if (line.Dash(i) && line.Glued(i + 1) && line.Lower(i + 1) == "odd") {
    way = Way::kAbout;
    end = i + 2;
  }
  if (way == Way::kNone) return false;
  Apply(way, number);
  number->end = end;
  return true;
}

// "12 more", "12 others", "the other three", "50 each".
void ReadCompany(const Line& line, Number* number) {
  const std::uint32_t i = number->end;
  const Role after = line.RoleAt(i);
  const Role before = line.RoleAt(number->first - 1);
  if (after == Role::kMore && line.RoleAt(i + 1) != Role::kThan) number->increment = true;
  if (after == Role::kAdditional) number->increment = true;
  if (before == Role::kAdditional || before == Role::kAnother) number->increment = true;
  if (after == Role::kOther || before == Role::kOther) number->others = true;
  if (line.RoleAt(number->unit_end) == Role::kEach && line.Lower(number->unit_end) != "every") {
    number->each = true;
  }
}

}  // namespace

namespace {

// "the top 20"; but "may top 20", "to top 20".
bool IsTopOf(const Line& line, std::uint32_t i) {
  if (line.Lower(i) != "top") return line.Is(i, kAdjective);
  const bool noun =
      line.IsWord(i - 1) &&
      !line.Is(i - 1, kDeterminer | kPreposition | kAdjective | kConjunction | kPronoun) &&
      line.RoleAt(i - 1) != Role::kThe && line.At(i).space_before;
  const bool cases = noun && line.Digits(i + 1) && line.Text(i + 1).size() > 2;  // "cases top 900"
  return line.RoleAt(i - 1) != Role::kTo && !line.Is(i - 1, kModal) && !cases;
}

// "passed 12 laws": only a round figure is passed as a mark is.
bool PassesBy(const Line& line, std::uint32_t i, const Number& number) {
  if (line.Lower(i).substr(0, 4) != "pass") return false;
  const std::optional<Decimal>& low = number.quantity.low;
  return !low || *low < Decimal(100) || low->exponent() < 1;
}

}  // namespace

void ReadModifiers(const Line& line, std::uint32_t floor, Number* number) {
  for (int steps = 0; steps < 4; ++steps) {
    const Step step = StepLeft(line, number->first);
    if (step.first < floor || (step.way == Way::kNone && step.first == 0) ||
        step.first >= number->first) {
      break;
    }
    if (step.way == Way::kMoreThan && line.RoleAt(step.first) == Role::kExceed &&
        (IsTopOf(line, step.first) || PassesBy(line, step.first, *number))) {
      break;
    }
    Apply(step.way, number);
    number->first = step.first;
  }
  if (!ReadAfter(line, number->end, number) && number->unit_end > number->end) {
    ReadAfter(line, number->unit_end, number);  // "$5 million or more", "20 km or more"
  }
  number->unit_end = std::max(number->unit_end, number->end);
  ReadCompany(line, number);
}

}  // namespace claimwatch::numbers
