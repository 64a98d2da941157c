// Ages: "35-year-old", "eighteen months of age", "aged 12", "Smith, 35,", "under the age of 5".
#include "server/text/number_parts.h"

namespace claimwatch::numbers {
namespace {

bool Mature(const Number& number) {
  const Quantity& q = number.quantity;
  if (!q.low && !q.high) return false;
  const Decimal& low = q.low ? *q.low : *q.high;
  const Decimal& high = q.high ? *q.high : *q.low;
  return low >= Decimal(0) && high <= Decimal(120) && low.IsInteger();
}

// "children under 12", "men over 60": nothing is counted after the number.
bool IsAgeBound(const Line& line, const Number& number) {
  const Role role = line.RoleAt(number.first);
  const std::string_view each = line.Lower(number.first - 1);  // "the boys were all 16"
  const std::string_view were = line.Lower(number.first - 2);
  if ((each == "all" || each == "both") && (were == "were" || were == "are")) {
    return number.unit_end == number.end && line.Digits(number.first) && !line.IsWord(number.end);
  }
  if (role != Role::kUnder && role != Role::kOver) return false;
  if (number.unit_end != number.end) return false;
  const std::string_view be = line.Lower(number.first - 1);  // "1 percent of them are over 65"
  if ((be == "are" || be == "were") && line.Digits(number.end - 1) && !line.IsWord(number.end)) {
    return true;
  }
  const std::string_view who = line.Lower(number.first - 1);
  const bool pronoun = who == "those" || who == "them" || who == "anyone" || who == "everyone" ||
                       who == "all" || who == "adults" || who == "kids";
  if (!pronoun && !line.Is(number.first - 1, kPersonNoun)) return false;
  if (!pronoun && !line.Is(number.first - 1, kPlural) && who != "people") return false;
  const std::uint32_t next = number.end;
  return !line.IsWord(next) || line.Is(next, kPreposition | kConjunction | kAuxiliary | kModal);
}

// "years old", "-year-old", "years of age", "yo" from token i on; one past it, or i.
std::uint32_t OldEnd(const Line& line, const Number& number) {
  const std::uint32_t i = number.unit_end;
  if (number.kind == NumberKind::kDuration && number.unit_end > number.end) {
    std::uint32_t at = i;
    if (line.Dash(at)) ++at;
    if (line.RoleAt(at) == Role::kOld) {
      return line.Text(at + 1) == "s" ? at + 2 : at + 1;
    }
    if (line.RoleAt(i) == Role::kOf && line.RoleAt(i + 1) == Role::kAge) return i + 2;
  }
  if (line.Text(number.end) == "y" && line.Mark(number.end + 1, '/') &&
      line.Text(number.end + 2) == "o") {
    return number.end + 3;  // "a 25 y/o man"
  }
  if (line.Text(number.end) == "yo" || line.Text(number.end) == "y/o") return number.end + 1;
  return i;
}

// "the average age of patients in the country is 17"
bool IsAverageAge(const Line& line, std::uint32_t i) {
  if (line.Lower(i - 1) != "is" && line.Lower(i - 1) != "was") return false;
  for (std::uint32_t k = 2; k <= 9 && line.Has(i - k); ++k) {
    if (line.RoleAt(i - k) == Role::kAge) return line.Lower(i - k) == "age";
    if (!line.IsWord(i - k)) return false;
  }
  return false;
}

// "aged", "age", "ages", "age of" right before token i.
bool AgeBefore(const Line& line, std::uint32_t i) {
  if (IsAverageAge(line, i)) return true;
  if (line.RoleAt(i - 1) == Role::kOf || line.RoleAt(i - 1) == Role::kBetween ||
      line.RoleAt(i - 1) == Role::kFrom) {
    return line.RoleAt(i - 2) == Role::kAge && line.Lower(i - 2) != "old";
  }
  if (line.Lower(i - 1) == "as") {  // "gave their ages as 14 and 18"
    for (std::uint32_t at = i - 2; at + 7 > i && line.Has(at); --at) {
      if (line.Lower(at) == "ages" || line.Lower(at) == "age") return true;
    }
  }
  return line.RoleAt(i - 1) == Role::kAge;
}

// "pupils, children of about 12,": nothing is counted after the number.
bool IsAgeOfYoung(const Line& line, const Number& number) {
  if (line.RoleAt(number.first - 1) != Role::kOf) return false;
  const std::string_view who = line.Lower(number.first - 2);
  // "a woman of 33 who", "a girl of 9 cried"
  const bool grown = who == "man" || who == "woman" || who == "youth" || who == "student" ||
                     who == "teenager" || who == "person";
  const bool one = grown && line.RoleAt(number.first - 3) == Role::kA;
  if (line.IsWord(number.end)) {
    const bool noun = line.Is(number.end, kNoun | kAdjective) || line.WordAt(number.end) == nullptr;
    return who == "girl" || who == "boy" || (one && !noun);
  }
  if (one) return true;
  return who == "children" || who == "boys" || who == "girls" || who == "child" || who == "boy" ||
         who == "girl";
}

// "turned 10 in April", "the women, both 22,".
bool IsTurning(const Line& line, std::uint32_t i) {
  const std::string_view before = line.Lower(i - 1);
  const bool turns =
      before == "turn" || before == "turns" || before == "turned" || before == "turning";
  const bool both = before == "both" && line.Mark(i - 2, ',') && line.Mark(i + 1, ',');
  return both || (turns && (!line.IsWord(i + 1) || line.Is(i + 1, kPreposition | kConjunction)));
}

// "The victims were [19] and 23."
bool IsSaidOfTwo(const Line& line, std::uint32_t i) {
  const std::string_view be = line.Lower(i - 1);
  if ((be != "were" && be != "are") || !line.Is(i - 2, kPlural | kPersonNoun)) return false;
  if (line.RoleAt(i + 1) != Role::kAnd || !line.Digits(i + 2)) return false;
  return line.Text(i).size() <= 2 && line.Text(i + 2).size() <= 2 && !line.IsWord(i + 3) &&
         !line.Mark(i + 3, '%');
}

// "Two children, [8] and 15, were shot"
bool OpensPair(const Line& line, std::uint32_t i) {
  if (!line.Mark(i - 1, ',') || !line.Is(i - 2, kPersonNoun)) return false;
  if (line.RoleAt(i + 1) != Role::kAnd || !line.Digits(i + 2)) return false;
  return line.Mark(i + 3, ',') || line.Mark(i + 3, '.') || !line.Has(i + 3);
}

// "Smith, 35,", "Smith, 35, of": a bare number between commas after a name.
bool InApposition(const Line& line, const Number& number) {
  const std::uint32_t i = number.first;
  if (number.end != i + 1 || number.unit_end != number.end || !line.Digits(i)) return false;
  if (IsTurning(line, i) || OpensPair(line, i) || IsSaidOfTwo(line, i)) return true;
  const bool bracket = line.Mark(i - 1, '(') && line.Mark(i + 1, ')');
  const bool commas =
      line.Mark(i - 1, ',') && (line.Mark(i + 1, ',') || line.Mark(i + 1, '.') ||
                                line.Mark(i + 1, ';') || !line.Has(i + 1) || line.Mark(i + 1, ')'));
  const bool of =
      line.Mark(i - 1, ',') && line.RoleAt(i + 1) == Role::kOf && line.Capitalised(i + 2);
  const bool acts =
      line.Mark(i - 1, ',') && (line.Lower(i + 1) == "was" || line.Lower(i + 1) == "who");
  if (!bracket && !commas && !of && !acts) return false;
  const bool junior =
      line.Mark(i - 2, '.') && (line.Text(i - 3) == "Jr" || line.Text(i - 3) == "Sr");
  const std::uint32_t name = junior ? i - 3 : i - 2;
  const bool suspect = line.Is(name, kPersonNoun) && !line.Is(name, kPlural);
  if (suspect && line.Mark(i - 1, ',') && line.Lower(i + 2) == "who") return true;
  // "two men, 18, and a girl"
  if (line.Is(name, kPersonNoun) && commas && line.RoleAt(i + 2) == Role::kAnd &&
      line.Text(i).size() == 2) {
    return true;
  }
  // "a woman, 19, at a hospital"
  const bool one = line.RoleAt(name - 1) == Role::kA || line.RoleAt(name - 1) == Role::kThe;
  if (suspect && one && line.Mark(i - 1, ',') && line.Mark(i + 1, ',')) return true;
  if (!line.IsWord(name) || !line.Capitalised(name) || line.Is(name, kMonth | kWeekday))
    return false;
  const bool surname = line.WordAt(name) == nullptr || line.Capitalised(name - 1) ||
                       line.Is(name, kNoun | kAdjective);
  if (bracket) return surname && line.Capitalised(name - 1) && line.Text(i).size() == 2;
  return surname;
}

}  // namespace

bool ReadAge(const Line& line, Number* number) {
  if (number->kind == NumberKind::kMoney || number->kind == NumberKind::kPercent) return false;
  const char* reason = nullptr;
  const std::uint32_t old = OldEnd(line, *number);
  if (old != number->unit_end) {
    number->unit_end = old;
    reason = "an age: years old";
  } else if (number->unit_end == number->end && AgeBefore(line, number->first) && Mature(*number)) {
    reason = "an age: aged";
  } else if (Mature(*number) && (IsAgeBound(line, *number) || IsAgeOfYoung(line, *number))) {
    reason = "an age: people under or over it";
  } else if (Mature(*number) && InApposition(line, *number)) {
    reason = "an age beside a name";
  } else {
    return false;
  }
  number->kind = NumberKind::kAge;
  number->reason = reason;
  number->per_end = number->unit_end;
  number->compound = false;
  return true;
}

bool InOneList(const Line& line, const Number& before, const Number& number) {
  const std::uint32_t gap = number.first - before.end;
  if (gap == 0 || gap > 2) return false;
  for (std::uint32_t i = before.end; i < number.first; ++i) {
    const Role role = line.RoleAt(i);
    const bool cut = line.Dash(i) && line.RoleAt(i + 1) == Role::kAnd;  // "14- and 18-year-olds"
    if (!line.Mark(i, ',') && !cut && role != Role::kAnd && role != Role::kOr) return false;
  }
  return true;
}

void SpreadAge(const Line& line, Number* before, Number* number) {
  const bool bare_after = number->kind == NumberKind::kCount && number->unit_end == number->end;
  const bool bare_before = before->kind == NumberKind::kCount && before->unit_end == before->end;
  const bool onward =
      before->kind == NumberKind::kAge && before->unit_end == before->end && bare_after;
  const bool back =
      number->kind == NumberKind::kAge && number->unit_end > number->end && bare_before;
  if ((!onward && !back) || !InOneList(line, *before, *number)) return;
  Number* other = onward ? number : before;
  if (!Mature(*other)) return;
  if (onward && line.IsWord(number->end) && line.Is(number->end, kPlural)) return;
  other->kind = NumberKind::kAge;
  other->reason = "an age in a list of ages";
  other->compound = false;
}

}  // namespace claimwatch::numbers
