#include "server/claims/time_core.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

#include "absl/strings/numbers.h"
#include "server/claims/time_unit.h"

namespace claimwatch {
namespace {

constexpr int kCountMax = 999;  // Of "the past 24 hours".
constexpr int kYearMin = 1500, kYearMax = 2200;

class CoreReader {
 public:
  CoreReader(const Passage& passage, const Today& today) : p_(passage), today_(today) {}

  std::optional<TimeCore> Read(std::uint32_t i) const {
    for (const auto read : {&CoreReader::Date, &CoreReader::Weekday, &CoreReader::NamedDay,
                            &CoreReader::Clock, &CoreReader::Window, &CoreReader::Beginning,
                            &CoreReader::Month, &CoreReader::Year, &CoreReader::Ago}) {
      if (std::optional<TimeCore> core = (this->*read)(i)) return core;
    }
    return std::nullopt;
  }

 private:
  TimeCore Days(std::uint32_t begin, std::uint32_t end, absl::CivilDay from,
                absl::CivilDay to) const {
    return {.begin = begin, .end = end, .known = today_.known, .from = from, .to = to};
  }
  TimeCore Day(std::uint32_t begin, std::uint32_t end, absl::CivilDay day) const {
    return Days(begin, end, day, day + 1);
  }

  int MonthAt(std::uint32_t i) const { return p_.senses.ListsOf(p_.WordAt(i)).month; }
  // 0: none. Of four digits.
  int YearAt(std::uint32_t i) const {
    int year = 0;
    const std::string_view text = p_.Text(i);
    const bool four =
        text.size() == 4 && absl::SimpleAtoi(absl::string_view(text.data(), 4), &year);
    return four && year >= kYearMin && year <= kYearMax ? year : 0;
  }
  // A month of no said year: the last that has begun.
  int YearOf(int month) const {
    return static_cast<int>(today_.day.year()) - (month > today_.day.month() ? 1 : 0);
  }

  // "3 March", "March 3-5, 2021"
  std::optional<TimeCore> Date(std::uint32_t i) const {
    const Number* number = p_.NumberAt(i);
    if (number == nullptr || number->kind != NumberKind::kDate || number->first != i) {
      return std::nullopt;
    }
    int month = 0, year = 0, day = 0, last = 0;
    const bool point = p_.IsPunct(number->end - 1, '.') && !p_.Has(number->end);
    const std::uint32_t end = point ? number->end - 1 : number->end;  // "on 3 March."
    for (std::uint32_t k = number->first; k < end; ++k) {
      if (month == 0) month = MonthAt(k);
      if (year == 0) year = YearAt(k);
      const std::string_view text = p_.Text(k);
      int value = 0;
      if (text.size() > 2 ||
          !absl::SimpleAtoi(absl::string_view(text.data(), text.size()), &value)) {
        continue;
      }
      (day == 0 ? day : last) = value;
    }
    if (month == 0 || (day == 0 && year == 0)) return std::nullopt;
    const bool said = year != 0;
    if (!said) year = YearOf(month);
    if (day == 0) return OfMonth(number->first, end, year, month, true);
    absl::CivilDay begin(year, month, day);
    if (begin.month() != month) return std::nullopt;  // 31 February
    if (!said && begin > today_.day) begin = absl::CivilDay(year - 1, month, day);
    const absl::CivilDay until(begin.year(), month, std::max(day, last));
    TimeCore core = Days(number->first, end, begin, until + 1);
    core.known = today_.known || said;
    return core;
  }

  TimeCore OfMonth(std::uint32_t begin, std::uint32_t end, int year, int month, bool said) const {
    const absl::CivilMonth first(year, month);
    TimeCore core = Days(begin, end, absl::CivilDay(first), absl::CivilDay(first + 1));
    core.known = today_.known || said;
    core.bare = false;
    return core;
  }

  // "Monday", "last Monday"
  std::optional<TimeCore> Weekday(std::uint32_t i) const {
    const int weekday = p_.Is(i, kWeekday) ? p_.senses.ListsOf(p_.WordAt(i)).weekday - 1 : -1;
    if (weekday < 0) return std::nullopt;
    const int today =
        (static_cast<int>(absl::GetWeekday(today_.day)) + 1) % 7;  // Monday is 0 there.
    int back = (today - weekday + 7) % 7;
    const bool last = p_.In(i - 1, WordList::kLast);
    if (last && back == 0) back = 7;
    return Day(last ? i - 1 : i, i + 1, today_.day - back);
  }

  // "yesterday", "tonight", "overnight"
  std::optional<TimeCore> NamedDay(std::uint32_t i) const {
    if (p_.In(i, WordList::kYesterday)) return Day(i, i + 1, today_.day - 1);
    if (p_.In(i, WordList::kToday)) return Day(i, i + 1, today_.day);
    const bool last = p_.In(i, WordList::kLast) && p_.In(i + 1, WordList::kDayPart);  // last night
    if (!last && !p_.In(i, WordList::kOvernight)) return std::nullopt;
    TimeCore core = Day(i, last ? i + 2 : i + 1, today_.day);
    core.known = false;  // A night is of two days, and its reports are of either.
    return core;
  }

  // "by noon", "as of 6 p.m.": of the day of the article
  std::optional<TimeCore> Clock(std::uint32_t i) const {
    const Number* number = p_.NumberAt(i);
    const std::uint32_t end = number == nullptr ? i + 1 : number->end;
    if (ClockEndingAt(p_, end - 1) != i || !(p_.Says(i - 1, "by") || IsAsOf(p_, i - 1)))
      return std::nullopt;
    if (p_.Says(end, "on") || p_.Is(end, kWeekday)) return std::nullopt;  // Of that day.
    return Day(i, end, today_.day);
  }

  TimeUnit UnitAt(std::uint32_t i) const {
    constexpr std::pair<WordList, TimeUnit> kUnits[] = {
        {WordList::kHours, TimeUnit::kHour},      {WordList::kDays, TimeUnit::kDay},
        {WordList::kWeekend, TimeUnit::kWeekend}, {WordList::kWeeks, TimeUnit::kWeek},
        {WordList::kMonths, TimeUnit::kMonth},    {WordList::kYears, TimeUnit::kYear}};
    for (const auto& [list, unit] : kUnits) {
      if (p_.In(i, list)) return unit;
    }
    return TimeUnit::kNone;
  }

  // "past 24 hours", "last week", "this year", "next month", "first six months"
  std::optional<TimeCore> Window(std::uint32_t i) const {
    if (OfSaidYear(i) && MonthAt(i - 1) != 0) return std::nullopt;  // The month's.
    const bool next = p_.In(i, WordList::kNext);
    const bool this_one = p_.In(i, WordList::kThis);
    const bool recent = p_.In(i, WordList::kRecent) || p_.In(i, WordList::kLast);
    const bool first = p_.RoleOf(i) == Role::kOrdinal && p_.WordAt(i)->value == 1;
    if (!this_one && !recent && !first && !next) {
      // "the weekend"
      if (!p_.In(i, WordList::kWeekend)) return std::nullopt;
      const auto [from, to] = Around(today_.day - 5, TimeUnit::kWeekend);
      TimeCore core = Days(i, i + 1, from, to);
      core.bare = false;
      return core;
    }
    std::uint32_t at = i + 1;
    int count = 0;  // Below 0: some.
    if (p_.SaysAny(at, {"few", "several"})) {
      ++at;
      count = -1;
    } else if (const Number* number = p_.NumberAt(at); number != nullptr && number->first == at) {
      const std::optional<Decimal> low = number->quantity.low;
      if (!low.has_value() || *low < Decimal(1) || Decimal(kCountMax) < *low) return std::nullopt;
      count = static_cast<int>(low->ToDouble());
      while (at < number->end && UnitAt(at) == TimeUnit::kNone) ++at;
    }
    const TimeUnit unit = UnitAt(at);
    if (unit == TimeUnit::kNone || (next && unit == TimeUnit::kDay)) return std::nullopt;
    TimeCore core = Days(i, at + 1, today_.day, today_.day + 1);
    if (next && count == 0) {
      std::tie(core.from, core.to) = Around(Back(today_.day, -1, unit), unit);
    } else if (count < 0 || first ||
               next) {  // "the past few days", "the first six months": of what it is not told.
      core.known = false;
      core.bare = false;
      if (first) SetFirst(unit, std::max(count, 1), core);
    } else if (count > 0) {
      core.from = Back(today_.day, count, unit);
      core.running = true;
      core.bare = false;
    } else {
      SetOne(i, unit, this_one, core);
    }
    return core;
  }

  // "the first six months [of 2023]"
  void SetFirst(TimeUnit unit, int count, TimeCore& core) const {
    if (p_.RoleOf(core.end) != Role::kOf) return;
    const std::optional<TimeCore> whole = Read(core.end + 1);
    if (!whole.has_value() || !whole->known) return;
    core.end = whole->end;
    core.known = true;
    core.from = whole->from;
    core.to = std::min(Back(whole->from, -count, unit), whole->to);
  }

  // "this week", "last week", "the past week"
  void SetOne(std::uint32_t i, TimeUnit unit, bool this_one, TimeCore& core) const {
    const bool last = p_.In(i, WordList::kLast) && p_.RoleOf(i - 1) != Role::kThe;
    if (this_one || last) {
      if (this_one &&
          unit == TimeUnit::kWeekend) {  // The last that has begun, as for "the weekend".
        std::tie(core.from, core.to) = Around(today_.day - 5, unit);
        return;
      }
      const absl::CivilDay day =
          last ? Back(today_.day, 1, unit == TimeUnit::kWeekend ? TimeUnit::kWeek : unit)
               : today_.day;
      std::tie(core.from, core.to) = Around(day, unit);
      core.running = this_one;
    } else {
      core.from = Back(today_.day, 1, unit);
      core.running = true;
      core.bare = false;
    }
  }

  // "since the start of the year", "since the beginning of March"
  std::optional<TimeCore> Beginning(std::uint32_t i) const {
    if (!p_.In(i, WordList::kBeginning) || p_.RoleOf(i + 1) != Role::kOf) return std::nullopt;
    if (!p_.Says(i - (p_.RoleOf(i - 1) == Role::kThe ? 2 : 1), "since")) return std::nullopt;
    const std::uint32_t of = i + 2;
    if (p_.RoleOf(of) != Role::kThe || UnitAt(of + 1) == TimeUnit::kNone) {
      std::optional<TimeCore> core = Read(of);
      if (core.has_value()) core->begin = i;
      return core;
    }
    const auto [from, to] = Around(today_.day, UnitAt(of + 1));
    return Days(i, of + 2, from, to);
  }

  bool OfSaidYear(std::uint32_t i) const {
    return (p_.In(i, WordList::kLast) || p_.In(i, WordList::kThis)) &&
           UnitAt(i + 1) == TimeUnit::kYear;
  }

  // "March"; "March 2021" is a date already.
  std::optional<TimeCore> Month(std::uint32_t i) const {
    const int month = MonthAt(i);
    if (month == 0 || !p_.HasCapital(i)) return std::nullopt;
    if (p_.doc.field == Field::kBody && p_.HasCapital(i + 1)) return std::nullopt;  // a name
    if (OfSaidYear(i + 1)) {  // "March last year"
      const bool last = p_.In(i + 1, WordList::kLast);
      return OfMonth(i, i + 3, static_cast<int>(today_.day.year()) - (last ? 1 : 0), month, false);
    }
    TimeCore core = OfMonth(i, i + 1, YearOf(month), month, false);
    if (p_.In(i - 1, WordList::kLast)) --core.begin;
    return core;
  }

  // "2021", after a preposition
  std::optional<TimeCore> Year(std::uint32_t i) const {
    const Number* number = p_.NumberAt(i);
    const int year = YearAt(i);
    if (year == 0 || number == nullptr || number->kind != NumberKind::kDate ||
        number->end != i + 1 || number->first != i || p_.RoleOf(i - 1) == Role::kThe) {
      return std::nullopt;
    }
    TimeCore core = Days(i, i + 1, absl::CivilDay(year, 1, 1), absl::CivilDay(year + 1, 1, 1));
    core.known = true;
    core.bare = false;
    return core;
  }

  // "three days ago"
  std::optional<TimeCore> Ago(std::uint32_t i) const {
    const Number* number = p_.NumberAt(i);
    if (number == nullptr || number->kind != NumberKind::kDuration || number->first != i) {
      return std::nullopt;
    }
    std::uint32_t end = std::max(number->end, number->unit_end);
    if (!p_.Says(end, "ago")) return std::nullopt;
    TimeCore core = Day(i, end + 1, today_.day);
    core.known = false;
    return core;
  }

  const Passage& p_;
  const Today& today_;
};

const WordLists& CoreWords() {
  static const WordLists words = [] {
    WordLists lists;
    for (const WordList list :
         {WordList::kToday, WordList::kYesterday, WordList::kSoFar, WordList::kOvernight,
          WordList::kNoon, WordList::kBeginning, WordList::kThis, WordList::kNext,
          WordList::kRecent, WordList::kLast, WordList::kWeekend}) {
      lists.set(static_cast<std::size_t>(list));
    }
    return lists;
  }();
  return words;
}

}  // namespace

bool MayBeginCore(const Passage& p, std::uint32_t i) {
  if (p.Sense(i).lists != 0) {
    const ListSense& sense = p.senses.ListsOf(p.WordAt(i));
    if (sense.month != 0 || sense.weekday != 0 || (sense.lists & CoreWords()).any()) return true;
  }
  if (p.RoleOf(i) == Role::kOrdinal) return p.WordAt(i)->value == 1;
  const std::string_view text = p.Text(i);
  if (text == "since") return true;
  const Number* number = p.NumberAt(i);
  return number != nullptr && number->first == i &&
         (number->kind == NumberKind::kDate || number->kind == NumberKind::kTime ||
          number->kind == NumberKind::kDuration);
}

std::optional<TimeCore> ReadTimeCore(const Passage& passage, const Today& today, std::uint32_t i) {
  return CoreReader(passage, today).Read(i);
}

std::uint32_t ClockEndingAt(const Passage& p, std::uint32_t i) {
  if (p.In(i, WordList::kNoon)) return i;
  const Number* clock = p.NumberAt(i);
  return clock != nullptr && clock->kind == NumberKind::kTime ? clock->first : kNoToken;
}

bool IsAsOf(const Passage& p, std::uint32_t i) {
  return (p.RoleOf(i) == Role::kOf || p.RoleOf(i) == Role::kAt) && p.RoleOf(i - 1) == Role::kAs;
}

}  // namespace claimwatch
