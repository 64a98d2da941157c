// Dates and times: figures that say when, not how many.
//
// "July 4, 2016", "4 and 8 March", "11/16/1982", "2007-08-01", "in 2009", "2012-13", "the 1990s",
// "10:27 PM", "6pm", "0330 GMT". A bare year needs a sign that it is one: a word like "in" before
// it, or nothing countable after it.
#include "server/text/number_parts.h"

namespace claimwatch::numbers {
namespace {

constexpr int kYearLow = 1900, kYearHigh = 2060;

// The value of a run of one to four plain digits; -1 for anything else.
int Small(const Line& line, std::uint32_t i) {
  if (!line.Digits(i)) return -1;
  const std::string_view text = line.Text(i);
  if (text.size() > 4) return -1;
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

bool IsDay(const Line& line, std::uint32_t i) {
  const int value = Small(line, i);
  return value >= 1 && value <= 31 && line.Text(i).size() <= 2;
}

bool IsYear(const Line& line, std::uint32_t i) {
  return line.Text(i).size() == 4 && Small(line, i) >= kYearLow && Small(line, i) <= kYearHigh;
}

// "March", "Mar.", not the verbs "march" and "may".
bool IsMonth(const Line& line, std::uint32_t i) {
  if (!line.Is(i, kMonth)) return false;
  if (line.Capitalised(i)) return true;
  return line.Lower(i) != "may" && line.Lower(i) != "march" && line.Lower(i) != "mar";
}

// One past a month name and its point.
std::uint32_t AfterMonth(const Line& line, std::uint32_t i) {
  return line.Mark(i + 1, '.') && line.Glued(i + 1) ? i + 2 : i + 1;
}

// One past "th", "-th" after a day, or i.
std::uint32_t AfterSuffix(const Line& line, std::uint32_t i) {
  return line.RoleAt(i) == Role::kSuffix && line.Glued(i) ? i + 1 : i;
}

// ", 2016" or "2016" or "of 2016" after a month or a day; i if there is none.
std::uint32_t AfterYear(const Line& line, std::uint32_t i) {
  std::uint32_t at = i;
  if (line.Mark(at, ',') || line.RoleAt(at) == Role::kOf) ++at;
  if (!line.Digits(at) || line.Text(at).size() != 4) return i;
  const int value = Small(line, at);
  if (value < 1000 || value > 2200) return i;
  if (at != i && !IsYear(line, at)) return i;
  return at + 1;
}

// "In August 15 people died", "Last April 12 Uzbeks were ...": no day is told after "in".
bool CountsAfterMonth(const Line& line, std::uint32_t month, std::uint32_t i) {
  const Role before = line.RoleAt(month - 1);
  const std::string_view word = line.Lower(month - 1);
  if (before != Role::kIn && word != "last" && word != "this") return false;
  if (!line.IsWord(i + 1) || line.Is(i + 1, kPreposition | kConjunction | kVerb)) return false;
  return line.Is(i + 1, kPlural) || line.Capitalised(i + 1) || line.Is(i + 2, kPlural);
}

// "18 July", "4th of July", "July 4", "July 2016"; with the year and a span of days.
std::optional<Number> ReadCalendar(const Line& line, std::uint32_t i, std::uint32_t floor) {
  if (IsDay(line, i)) {
    std::uint32_t at = AfterSuffix(line, i + 1);
    if (line.Dash(at) && IsDay(line, at + 1)) at = AfterSuffix(line, at + 2);
    if (line.RoleAt(at) == Role::kOf) ++at;
    if (line.Dash(at) && line.Glued(at)) ++at;  // "7-Sep-2017"
    if (IsMonth(line, at) && !(line.Lower(at) == "may" && line.Is(at + 1, kVerb))) {
      at = AfterMonth(line, at);
      if (line.Dash(at) && line.Glued(at) && IsYear(line, at + 1)) ++at;
      return NotAQuantity(line, i, AfterYear(line, at), NumberKind::kDate, "a day of a month");
    }
    // "4 and 8 March", "17 October and 23 March": the first day of two.
    const bool joins = line.RoleAt(at) == Role::kAnd || line.RoleAt(at) == Role::kTo ||
                       line.RoleAt(at) == Role::kOr;
    if (joins && IsDay(line, at + 1) && IsMonth(line, AfterSuffix(line, at + 2))) {
      return NotAQuantity(line, i, at, NumberKind::kDate, "a day of a month");
    }
  }
  std::uint32_t month = i - 1;
  if (line.Mark(month, '.') && line.Glued(month)) --month;
  if (month < floor || !line.Has(month) || !IsMonth(line, month)) return std::nullopt;
  if (line.Mark(i - 1, '.') && line.Glued(i)) return std::nullopt;
  if (IsDay(line, i) && !line.Mark(i + 1, '%') && !CountsAfterMonth(line, month, i)) {
    std::uint32_t at = AfterSuffix(line, i + 1);
    if ((line.Dash(at) || line.RoleAt(at) == Role::kTo) && IsDay(line, at + 1) &&
        !line.Is(at + 2, kPlural) && !IsClock(line, at + 1)) {
      at = AfterSuffix(line, at + 2);
    }
    return NotAQuantity(line, month, AfterYear(line, at), NumberKind::kDate, "a day of a month");
  }
  if (AfterYear(line, i) > i)
    return NotAQuantity(line, month, i + 1, NumberKind::kDate, "a month and its year");
  return std::nullopt;
}

// "10.02.2012", one token.
bool IsDottedDate(std::string_view text) {
  const std::size_t first = text.find('.'), last = text.rfind('.');
  return first != std::string_view::npos && (first == 1 || first == 2) && last > first + 1 &&
         last <= first + 3 && text.size() == last + 5 && text.find('.', first + 1) == last &&
         (text[last + 1] == '1' || text[last + 1] == '2');
}

// Whether what stands at token i can be counted, so that "2017 people" is no year.
bool Countable(const Line& line, std::uint32_t i) {
  if (!line.IsWord(i) || line.At(i).line_before) return false;
  if (line.Is(i, kPlural | kUnitNoun | kNumberWord)) return true;
  if (line.Is(i, kAdjective | kParticiple) && line.Is(i + 1, kPlural)) return true;
  // "2059 laboratory confirmed human cases"
  constexpr std::uint32_t kNoModifier =
      kPreposition | kConjunction | kAuxiliary | kVerb | kAdverb | kPronoun | kDeterminer;
  if (!line.Is(i, kNoModifier) && line.Is(i + 1, kParticiple) &&
      (line.Is(i + 2, kPlural) ||
       (line.Is(i + 2, kAdjective | kNoun) && line.Is(i + 3, kPlural)))) {
    return true;
  }
  if (line.Lower(i) == "dead" || line.Lower(i) == "more") return true;
  return FindUnit(line.Text(i)) != UnitId::kNone;
}

// Words after which four digits are a year even before something countable.
bool LeadsToYearAlways(std::string_view word) {
  static constexpr std::string_view kLeads[] = {"in", "since", "during",     "until", "year",
                                                "fy", "mid",   "throughout", "early", "late"};
  for (const std::string_view lead : kLeads) {
    if (word == lead) return true;
  }
  return false;
}

// "2012-13", "1914-18", "2009-2011": one past it, or i.
std::uint32_t YearSpanEnd(const Line& line, std::uint32_t i) {
  if (!line.Dash(i + 1) || !line.Glued(i + 1) || !line.Glued(i + 2) || !IsYear(line, i)) return i;
  const int first = Small(line, i), next = Small(line, i + 2);
  const bool two_digits = line.Text(i + 2).size() == 2;
  const bool season = two_digits && next == (first + 1) % 100;
  const bool longer = two_digits && next > first % 100 && next < first % 100 + 20;
  const bool years = IsYear(line, i + 2) && next > first;
  return season || ((longer || years) && !Countable(line, i + 3)) ? i + 3 : i;
}

// Whether the words around four digits of our time make them a figure: "arrested 2000", "2000
// were".
bool ReadsAsFigure(const Line& line, std::uint32_t i) {
  const Role role = line.RoleAt(i - 1);
  const bool bounded = role == Role::kAbout || role == Role::kOver || role == Role::kThan ||
                       role == Role::kSome || role == Role::kNearly || role == Role::kLeast;
  // "arrested 2000", but "an alleged 1996 massacre".
  const bool noun_after =
      line.IsWord(i + 1) && !line.Is(i + 1, kPreposition | kConjunction | kAuxiliary | kAdverb);
  const bool verb_before =
      line.Is(i - 1, kVerb) && !line.Is(i - 1, kAuxiliary | kNoun) && !noun_after;
  const bool subject = line.At(i).sentence_start && line.Is(i + 1, kAuxiliary);
  const bool changed = role == Role::kTo && line.RoleAt(i - 2) == Role::kChange;
  return bounded || verb_before || subject || changed ||
         ReadCurrencyBefore(line, i, line.first()).end != 0;
}

// Whether four digits from 1900 to 2060 are a year.
bool IsYearHere(const Line& line, std::uint32_t i) {
  const UnitId unit = FindUnit(line.Text(i + 1));  // "(1993 USD)": the year of a price.
  const bool price =
      unit != UnitId::kNone && line.Text(i + 1).size() == 3 && line.At(i + 1).all_caps;
  if (LeadsToYearAlways(line.Lower(i - 1))) return true;
  const bool pointed = line.Lower(i - 1) == "the" || line.Lower(i - 1) == "'s";
  if (!price && !pointed && Countable(line, i + 1)) return false;
  return !ReadsAsFigure(line, i);
}

// "300 BC", "AD 70": one past the year; i when there is none.
std::uint32_t EraEnd(const Line& line, std::uint32_t i) {
  const auto era = [&line](std::uint32_t at) {
    return line.RoleAt(at) == Role::kEra && line.At(at).all_caps;
  };
  if (Small(line, i) < 0 || line.Text(i).size() > 4) return i;
  if (era(i + 1)) return i + 2;
  return era(i - 1) && line.Lower(i - 1)[0] == 'a' ? i + 1 : i;
}

// "2009", "2012-13", "between 1600 and 1900", "by 2120".
std::optional<Number> ReadYear(const Line& line, std::uint32_t i) {
  if (const std::uint32_t end = EraEnd(line, i); end != i) {
    return NotAQuantity(line, i, end, NumberKind::kDate, "a year");
  }
  const bool copyright = line.Text(i - 1) == "\u00a9";
  const bool glued = line.Glued(i) && line.At(i - 1).kind != TokenKind::kPunct && !copyright;
  if (glued || line.Text(i).size() != 4) return std::nullopt;
  const int year = Small(line, i);
  if (const std::uint32_t end = YearSpanEnd(line, i); end != i) {
    return NotAQuantity(line, i, end, NumberKind::kDate, "a span of years");
  }
  const Role next = line.RoleAt(i + 1);
  if (line.Mark(i + 1, '%') || next == Role::kMagnitude || next == Role::kHundred) {
    return std::nullopt;
  }
  const std::string_view before = line.Lower(i - 1);
  bool is_year = false;
  if (IsYear(line, i)) {
    is_year = IsYearHere(line, i);
  } else if (year >= 1000 && year <= 2200) {
    const bool opens = before == "between" && next == Role::kAnd && line.Text(i + 2).size() == 4;
    const bool closes = before == "and" && line.Lower(i - 3) == "between";
    const bool led = LeadsToYearAlways(before) || (year > kYearHigh && before == "by");
    is_year = (led || opens || closes) && !Countable(line, i + 1);
  }
  if (!is_year) return std::nullopt;
  return NotAQuantity(line, i, i + 1, NumberKind::kDate, "a year");
}

// "1990s", "'90s", "the 80s".
std::optional<Number> ReadDecade(const Line& line, std::uint32_t i) {
  if (line.Text(i + 1) != "s" && line.Text(i + 1) != "'s") return std::nullopt;
  if (!line.Glued(i + 1)) return std::nullopt;
  const int value = Small(line, i);
  const std::size_t size = line.Text(i).size();
  if (value % 10 != 0 && IsYear(line, i)) {
    return NotAQuantity(line, i, i + 2, NumberKind::kDate, "a year");  // "2018s best sector"
  }
  if (value < 0 || value % 10 != 0 || (size != 4 && size != 2)) return std::nullopt;
  if (line.Text(i + 1) == "'s" && size == 2) return std::nullopt;
  const bool of_a_person =
      line.Lower(i - 1) == "his" || line.Lower(i - 1) == "her" || line.Lower(i - 1) == "their";
  if (of_a_person) {
    Number age = NotAQuantity(line, i, i + 2, NumberKind::kAge, "an age in decades");
    age.quantity.low = value;
    age.quantity.high = value + 9;
    age.quantity.bound = Bound::kRange;
    return age;
  }
  return NotAQuantity(line, i, i + 2, NumberKind::kDate, "a decade");
}

// "0911: Our reporter", "2222 No one": the clock of a live report.
bool IsTickerTime(const Line& line, std::uint32_t i) {
  const int value = Small(line, i);
  if (line.Text(i).size() != 4 || value < 0 || value / 100 > 23 || value % 100 > 59) return false;
  const bool labels = line.Mark(i + 1, ':') && !line.Glued(i + 2);
  if (labels && line.Capitalised(i + 2)) return true;
  if (!line.At(i).sentence_start && !line.At(i).line_before) return false;
  if (labels) return true;
  const bool round = value % 100 == 0 && line.Text(i)[0] != '0';
  return !round && !IsYear(line, i) && line.Capitalised(i + 1) && !Countable(line, i + 1);
}

// "between 8 and 8:30 p.m.", "from 9 to 11:15": the hour before a time of day.
bool OpensClockTimes(const Line& line, std::uint32_t i) {
  const Role before = line.RoleAt(i - 1);
  if ((before != Role::kBetween && before != Role::kFrom) || line.Text(i).size() > 2) return false;
  const Role joint = line.RoleAt(i + 1);
  return (joint == Role::kAnd || joint == Role::kTo) && IsClock(line, i + 2);
}

}  // namespace

std::optional<Number> ReadNumericDate(const Line& line, std::uint32_t i) {
  if (!line.Digits(i)) return std::nullopt;
  if (IsDottedDate(line.Text(i))) {
    return NotAQuantity(line, i, i + 1, NumberKind::kDate, "a date");
  }
  const int a = Small(line, i);
  if (a < 0) return std::nullopt;
  for (const char mark : {'/', '-'}) {
    if (!line.Mark(i + 1, mark) || !line.Mark(i + 3, mark)) continue;
    const int b = Small(line, i + 2), c = Small(line, i + 4);
    if (b < 1 || c < 0 || (mark == '-' && !line.Glued(i + 1))) continue;
    const bool year_last = a >= 1 && a <= 31 && b <= 31 && (IsYear(line, i + 4) || c <= 99);
    const bool year_first = IsYear(line, i) && b <= 12 && c >= 1 && c <= 31;
    if (year_first || (year_last && (mark == '/' || IsYear(line, i + 4)))) {
      return NotAQuantity(line, i, i + 5, NumberKind::kDate, "a date");
    }
  }
  return std::nullopt;
}

std::optional<Number> ReadDate(const Line& line, std::uint32_t i, std::uint32_t floor) {
  if (!line.Digits(i)) return std::nullopt;
  if (auto decade = ReadDecade(line, i)) return decade;
  if (auto calendar = ReadCalendar(line, i, floor)) return calendar;
  return ReadYear(line, i);
}

bool IsClock(const Line& line, std::uint32_t i) {
  return line.Digits(i) && line.Text(i).size() <= 2 && line.Mark(i + 1, ':') && line.Glued(i + 1) &&
         line.Digits(i + 2) && line.Glued(i + 2) && line.Text(i + 2).size() == 2;
}

std::optional<Number> ReadTime(const Line& line, std::uint32_t i) {
  if (!line.Digits(i)) {
    // "six o'clock"
    const bool word = line.RoleAt(i) == Role::kDigit || line.RoleAt(i) == Role::kTeen;
    if (!word || line.Lower(i + 1) != "o'clock") return std::nullopt;
    return NotAQuantity(line, i, i + 2, NumberKind::kTime, "a time of day");
  }
  if (IsTickerTime(line, i))
    return NotAQuantity(line, i, i + 1, NumberKind::kTime, "a time of day");
  if (OpensClockTimes(line, i))
    return NotAQuantity(line, i, i + 1, NumberKind::kTime, "a time of day");
  std::uint32_t end = i + 1;
  const bool clock = IsClock(line, i);
  if (clock) {
    end += 2;
    while (line.Mark(end, ':') && line.Glued(end) && line.Digits(end + 1)) end += 2;
  }
  const bool marked =
      line.RoleAt(end) == Role::kClock && line.Lower(end) != "hrs" &&
      (line.Lower(end) != "am" || line.Text(i).find('.') == std::string_view::npos || clock ||
       line.Text(i).size() <= 5);
  if (marked) {
    ++end;
    while (line.RoleAt(end) == Role::kClock) ++end;
    const DigitRun run = ReadDigits(line.Text(i));
    const bool hour = run.value <= Decimal(24) || line.Text(i).size() == 4;
    if (!hour) return std::nullopt;
    return NotAQuantity(line, i, end, NumberKind::kTime, "a time of day");
  }
  if (clock) return NotAQuantity(line, i, end, NumberKind::kTime, "a time of day");
  const bool hours = line.Lower(i + 1) == "hours" || line.Lower(i + 1) == "hrs";
  if (line.Text(i).size() == 4 && hours && (line.Lower(i - 1) == "at" || line.Text(i)[0] == '0')) {
    return NotAQuantity(line, i, i + 2, NumberKind::kTime, "a time of day");
  }
  return std::nullopt;
}

}  // namespace claimwatch::numbers
