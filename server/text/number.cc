#include "server/text/number.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "server/text/number_parts.h"

namespace claimwatch {
namespace numbers {

bool Line::Dash(std::uint32_t i) const {
  if (!Has(i) || tokens_[i].kind != TokenKind::kPunct) return false;
  const std::string_view text = Text(i);
  if (text[0] == '-') return text.size() == 1;
  // U+2010 to U+2015: hyphens, en and em dashes.
  return text.size() == 3 && text[0] == '\xe2' && text[1] == '\x80' && text[2] >= '\x90' &&
         text[2] <= '\x95';
}

namespace {

// Whether a number phrase can start at token i, told by its kind and role alone.
bool CanStart(const Line& line, std::uint32_t i) {
  const Token& token = line.At(i);
  if (token.kind == TokenKind::kDigits) return true;
  const Role role = token.role;
  if (role == Role::kNone) return false;
  if (role <= Role::kNobody) return true;
  if (role == Role::kNo || role == Role::kMany) return true;
  if (role != Role::kA) return false;
  const Role next = line.RoleAt(i + 1);
  return next == Role::kMany || (next != Role::kNone && next <= Role::kFew && next != Role::kDigit);
}

std::optional<Number> ReadNoQuantity(const Line& line, std::uint32_t i, std::uint32_t floor) {
  if (!line.Digits(i)) {
    if (auto time = ReadTime(line, i)) return time;
    if (auto name = ReadName(line, i)) return name;
    return line.RoleAt(i) == Role::kTen ? ReadOrdinal(line, i) : std::nullopt;
  }
  if (auto time = ReadTime(line, i)) return time;
  if (auto date = ReadNumericDate(line, i)) return date;
  if (auto ordinal = ReadOrdinal(line, i)) {
    if (auto date = ReadDate(line, i, floor)) return date;
    return ordinal;
  }
  if (line.Glued(i) && line.IsWord(i - 1)) {
    if (auto name = ReadName(line, i)) return name;
  }
  if (auto reference = ReadReference(line, i, floor)) return reference;
  if (auto date = ReadDate(line, i, floor)) return date;
  if (auto score = ReadScore(line, i)) return score;
  return ReadName(line, i);
}

// The figure of one or two sides, before modifiers and context.
Number FromSides(const Line& line, const Side& a, const Side* b) {
  Number number;
  number.first = a.first;
  number.end = b == nullptr ? a.end : b->end;
  number.unit_end = b == nullptr ? a.unit_end : b->unit_end;
  Quantity& q = number.quantity;
  q.low = a.amount.value;
  q.unit = b == nullptr ? a.unit : b->unit;
  if (b != nullptr) {
    q.high = b->amount.value;
    q.bound = Bound::kRange;
  } else if (a.amount.vague) {
    q.bound = Bound::kVague;
  } else {
    q.high = q.low;
  }
  if (a.amount.share && q.unit == UnitId::kNone) {
    static const UnitId kShare = UnitWithSymbol("share");
    q.unit = kShare;
  }
  number.unit_end = std::max(number.unit_end, number.end);
  SetSpan(line, &number);
  number.digits = number.span;
  return number;
}

// "between" and "from" belong to a range.
void WidenRange(const Line& line, std::uint32_t floor, Number* number) {
  if (number->first <= floor) return;
  const Role role = line.RoleAt(number->first - 1);
  if (role == Role::kBetween || role == Role::kFrom) number->first -= 1;
}

// "a minute or two": one to two of the noun before "or".
bool TakeNounBefore(const Line& line, std::uint32_t floor, Number* number) {
  const std::uint32_t noun = number->first - 2;
  if (line.RoleAt(number->first - 1) != Role::kOr || !line.Has(noun) || noun < floor) return false;
  const Role before = line.RoleAt(noun - 1);
  if (before != Role::kA && !line.Is(noun - 1, kAdjective)) return false;
  if (number->unit_end != number->end || number->quantity.low != number->quantity.high)
    return false;
  const UnitId unit = FindUnit(line.Text(noun));
  if (!number->quantity.low || *number->quantity.low <= Decimal(1)) return false;
  if (unit == UnitId::kNone || !line.Is(noun, kTimeNoun | kUnitNoun | kNoun)) return false;
  number->first = before == Role::kA && noun > floor ? noun - 1 : noun;
  number->quantity.low = 1;
  number->quantity.bound = Bound::kRange;
  number->quantity.unit = unit;
  return true;
}

std::optional<Number> ReadQuantity(const Line& line, std::uint32_t i, std::uint32_t floor) {
  if (auto nothing = ReadNothing(line, i)) return nothing;
  const bool between = line.RoleAt(i - 1) == Role::kBetween;
  const auto amount = ReadAmount(line, i, !between);
  if (!amount.has_value()) return std::nullopt;
  if (amount->end == i + 1 && IsPronounOne(line, i)) return std::nullopt;
  Side a = ReadSide(line, *amount, floor), b;
  const bool range = ReadRange(line, floor, &a, &b);
  Number number = FromSides(line, a, range ? &b : nullptr);
  if (range) WidenRange(line, floor, &number);
  if (!range) TakeNounBefore(line, floor, &number);
  ReadModifiers(line, floor, &number);
  Classify(line, floor, &number);
  SetSpan(line, &number);
  return number;
}

// "at least 40 and as many as 60": two bounds of one figure.
bool MergeBounds(const Line& line, const Number& next, Number* before) {
  const std::uint32_t gap = before->unit_end;
  if (line.RoleAt(gap) != Role::kAnd && line.Lower(gap) != "but") return false;
  if (next.first != gap + 1 || next.kind != before->kind ||
      next.quantity.unit != before->quantity.unit) {
    return false;
  }
  Quantity& q = before->quantity;
  const Quantity& other = next.quantity;
  const bool rising = q.low && !q.high && !other.low && other.high && *q.low <= *other.high;
  const bool falling = !q.low && q.high && other.low && !other.high && *other.low <= *q.high;
  if ((!rising && !falling) || q.bound == Bound::kVague || other.bound == Bound::kVague)
    return false;
  (rising ? q.high : q.low) = rising ? other.high : other.low;
  q.bound = Bound::kRange;
  q.approximate = q.approximate || other.approximate;
  before->end = next.end;
  before->unit_end = next.unit_end;
  before->per_end = next.per_end;
  before->per = next.per;
  before->digits = Join(before->digits, next.digits);
  SetSpan(line, before);
  return true;
}

// "5 feet 2 inches", "thirteen dollars and forty-five cents": one figure in two units.
bool MergeMinor(const Line& line, const Number& next, Number* before) {
  std::uint32_t gap = before->unit_end;
  if (line.RoleAt(gap) == Role::kAnd) ++gap;
  if (next.first != gap || before->per_end != before->unit_end || before->compound) return false;
  Quantity& q = before->quantity;
  const Quantity& minor = next.quantity;
  if (q.unit == UnitId::kNone || minor.unit == UnitId::kNone || q.bound == Bound::kRange)
    return false;
  if (!minor.low || minor.low != minor.high || minor.approximate || (!q.low && !q.high))
    return false;
  const Unit& large = GetUnit(q.unit);
  const Unit& small = GetUnit(minor.unit);
  if (large.dimension != small.dimension || large.dimension == "ratio") return false;
  if (next.kind == NumberKind::kDuration) return false;
  const Decimal whole = q.low ? *q.low : *q.high;
  const Decimal part = Convert(*minor.low, small, large);
  if (!(small.factor < large.factor) || !(part < Decimal(1)) || !whole.IsInteger()) return false;
  if (q.low) q.low = *q.low + part;
  if (q.high) q.high = *q.high + part;
  before->end = next.end;
  before->unit_end = next.unit_end;
  before->per_end = next.per_end;
  before->digits = Join(before->digits, next.digits);
  SetSpan(line, before);
  return true;
}

// "just under 296 hp (224 kW)", "more than 7m crowns ($1.1m)": a conversion is bounded like what it
// converts.
void InheritBound(const Line& line, const Number& before, Number* number) {
  if (!line.Mark(number->first - 1, '(') || before.unit_end + 1 != number->first) return;
  Quantity& q = number->quantity;
  const Quantity& origin = before.quantity;
  if (q.bound != Bound::kExact || q.unit == origin.unit || !q.low || origin.bound == Bound::kRange)
    return;
  const bool money = number->kind == NumberKind::kMoney && before.kind == NumberKind::kMoney;
  if (!money && GetUnit(q.unit).dimension != GetUnit(origin.unit).dimension) return;
  if (q.unit == UnitId::kNone || origin.unit == UnitId::kNone) return;
  q.bound = origin.bound;
  q.approximate = origin.approximate;
  if (!origin.low) q.low.reset();
  if (!origin.high) q.high.reset();
}

// "Image 16 of 40", "page 1 of 2".
void SpreadName(const Line& line, const Number& before, Number* number) {
  if (before.kind != NumberKind::kName || number->kind != NumberKind::kCount) return;
  if (line.RoleAt(before.end) != Role::kOf || number->first != before.end + 1) return;
  if (!line.Digits(number->first) || number->unit_end != number->end) return;
  number->kind = NumberKind::kName;
  number->reason = "part of a name";
}

void ReadLine(const Line& line, std::vector<Number>* numbers) {
  std::uint32_t floor = line.first();
  const std::size_t before = numbers->size();
  for (std::uint32_t i = line.first(); i < line.end();) {
    if (!CanStart(line, i)) {
      ++i;
      continue;
    }
    std::optional<Number> number = ReadNoQuantity(line, i, floor);
    if (!number.has_value()) number = ReadQuantity(line, i, floor);
    if (!number.has_value()) number = ReadOrdinal(line, i);
    if (!number.has_value()) {
      ++i;
      continue;
    }
    i = floor = std::max({number->end, number->unit_end, number->per_end});
    if (numbers->size() > before) {
      Number& last = numbers->back();
      InheritBound(line, last, &*number);
      SpreadAge(line, &last, &*number);
      SpreadName(line, last, &*number);
      if (MergeBounds(line, *number, &last) || MergeMinor(line, *number, &last)) continue;
    }
    numbers->push_back(*number);
  }
}

const char* KindName(NumberKind kind) {
  static constexpr const char* kNames[] = {"count",    "money", "percent", "measurement",
                                           "duration", "age",   "date",    "time",
                                           "ordinal",  "name",  "score",   "reference"};
  return kNames[static_cast<int>(kind)];
}

std::string Interval(const Quantity& q) {
  std::string low = q.low ? q.low->ToString() : "";
  const std::string high = q.high ? q.high->ToString() : "";
  switch (q.bound) {
    case Bound::kExact:
      return low;
    case Bound::kAbout:
      return absl::StrCat("~", low);
    case Bound::kNearly:
      return absl::StrCat("nearly ", low);
    case Bound::kAtLeast:
    case Bound::kMoreThan:
      return absl::StrCat(q.approximate ? "~" : "", ">=", low);
    case Bound::kUpTo:
    case Bound::kLessThan:
      return absl::StrCat(q.approximate ? "~" : "", "<=", high);
    case Bound::kRange:
      return absl::StrCat(q.approximate ? "~" : "", low, "..", high);
    case Bound::kVague:
      return absl::StrCat(q.approximate ? "~" : "", low, "..");
  }
  return "";
}

}  // namespace
}  // namespace numbers

std::vector<Number> FindNumbers(const Document& document, const Lexicon&) {
  std::vector<Number> found;
  for (const Sentence& sentence : document.sentences) {
    numbers::ReadLine(numbers::Line(document, sentence.first, sentence.end), &found);
  }
  return found;
}

Quantity ClosedOnIntegers(const Number& number) {
  Quantity closed = number.quantity;
  if (number.kind != NumberKind::kCount) return closed;
  if (closed.bound == Bound::kMoreThan && closed.low && closed.low->IsInteger())
    closed.low = *closed.low + 1;
  if (closed.bound == Bound::kLessThan && closed.high && closed.high->IsInteger())
    closed.high = *closed.high - 1;
  return closed;
}

std::string Dump(const Document& document, const Number& number) {
  const std::string_view text = document.Surface(number.span);
  const std::string_view symbol = GetUnit(number.quantity.unit).symbol;
  std::string line = absl::StrCat(numbers::KindName(number.kind), "{");
  if (number.quantity.low || number.quantity.high) {
    absl::StrAppend(&line, numbers::Interval(number.quantity), " ");
    if (!symbol.empty())
      absl::StrAppend(&line, absl::string_view(symbol.data(), symbol.size()), " ");
    if (!number.per.empty())
      absl::StrAppend(&line, "per ", absl::string_view(number.per.data(), number.per.size()), " ");
  }
  if (number.increment) line += "more ";
  if (number.others) line += "others ";
  if (number.each) line += "each ";
  if (number.compound) line += "compound ";
  if (number.weak) line += "weak ";
  absl::StrAppend(&line, "@", number.span.begin, "+", number.span.size, " '",
                  absl::string_view(text.data(), text.size()), "'}");
  return line;
}

}  // namespace claimwatch
