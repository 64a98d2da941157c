#include "server/claims/time_phrase.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <tuple>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "server/claims/time_unit.h"

namespace claimwatch {
namespace {

constexpr std::uint32_t kClauseMax = 6;  // Words of "since the uprising began".
constexpr int kCountMax = 999;           // Of "the past 24 hours".
constexpr int kYearMin = 1500, kYearMax = 2200;

// The part of a phrase that stands in the calendar: days [from, to), if they are known.
struct Core {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool known = false;
  absl::CivilDay from;
  absl::CivilDay to;
  bool bare = true;      // May stand without a preposition: "Monday", "last week"; but "in March".
  bool running = false;  // Ends with the day of the article: "the past week", "this year".
};

absl::Time StartOf(absl::CivilDay day) { return absl::FromCivil(day, absl::UTCTimeZone()); }

class Reader {
 public:
  Reader(const Passage& passage, absl::Time published)
      : p_(passage),
        dated_(published != absl::InfinitePast()),
        published_(published),
        today_(absl::ToCivilDay(dated_ ? published : absl::UnixEpoch(), absl::UTCTimeZone())) {}

  std::optional<TimePhrase> ReadAt(std::uint32_t i) const {
    if (std::optional<TimePhrase> phrase = OpenEnded(i)) return phrase;
    std::optional<Core> core = CoreAt(i);
    if (!core.has_value()) return std::nullopt;
    if (core->begin > p_.first + 1 && p_.IsPair(core->begin - 2, WordList::kSoFar)) {
      return OpenEnded(core->begin - 2);  // "so far this year"
    }
    if (p_.In(core->end, WordList::kDayPart)) ++core->end;
    return WithPreposition(*core);
  }

 private:
  bool Says(std::uint32_t i, std::string_view word) const {
    const std::string_view text = p_.Text(i);
    return absl::EqualsIgnoreCase(absl::string_view(text.data(), text.size()),
                                  absl::string_view(word.data(), word.size()));
  }
  bool IsOneOf(std::uint32_t i, std::initializer_list<std::string_view> words) const {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return Says(i, word); });
  }

  // "so far", "to date", "since the uprising began": until now.
  std::optional<TimePhrase> OpenEnded(std::uint32_t i) const {
    TimePhrase phrase{.begin = i, .open = true};
    if (p_.IsPair(i, WordList::kSoFar)) {
      phrase.end = i + 2;
      if (p_.In(phrase.end, WordList::kThis)) {  // "so far this year"
        const std::optional<Core> core = CoreAt(phrase.end);
        if (core.has_value()) phrase.end = core->end;
        if (core.has_value() && core->known) phrase.from = StartOf(core->from);
      }
      phrase.as_of = published_;
      return phrase;
    }
    if (!Says(i, "since") || p_.Sense(i - 1).Is(kCueHave)) return std::nullopt;
    std::uint32_t at = i + 1;
    if (p_.Is(at, kPreposition) || IsOneOf(at, {"early", "late", "the"})) ++at;
    if (CoreAt(at).has_value() || CoreAt(i + 1).has_value()) return std::nullopt;  // By its core.
    phrase.end = i + 1;
    while (phrase.end < i + kClauseMax && p_.Has(phrase.end) &&
           p_.At(phrase.end).kind != TokenKind::kPunct) {
      ++phrase.end;
    }
    if (phrase.end == i + 1) return std::nullopt;
    return phrase;
  }

  std::optional<Core> CoreAt(std::uint32_t i) const {
    for (const auto read :
         {&Reader::Date, &Reader::Weekday, &Reader::NamedDay, &Reader::Clock, &Reader::Window,
          &Reader::Beginning, &Reader::Month, &Reader::Year, &Reader::Ago}) {
      if (std::optional<Core> core = (this->*read)(i)) return core;
    }
    return std::nullopt;
  }

  Core Days(std::uint32_t begin, std::uint32_t end, absl::CivilDay from, absl::CivilDay to) const {
    return {.begin = begin, .end = end, .known = dated_, .from = from, .to = to};
  }
  Core Day(std::uint32_t begin, std::uint32_t end, absl::CivilDay day) const {
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
    return static_cast<int>(today_.year()) - (month > today_.month() ? 1 : 0);
  }

  // "3 March", "March 3-5, 2021"
  std::optional<Core> Date(std::uint32_t i) const {
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
    if (!said && begin > today_) begin = absl::CivilDay(year - 1, month, day);
    const absl::CivilDay until(begin.year(), month, std::max(day, last));
    Core core = Days(number->first, end, begin, until + 1);
    core.known = dated_ || said;
    return core;
  }

  Core OfMonth(std::uint32_t begin, std::uint32_t end, int year, int month, bool said) const {
    const absl::CivilMonth first(year, month);
    Core core = Days(begin, end, absl::CivilDay(first), absl::CivilDay(first + 1));
    core.known = dated_ || said;
    core.bare = false;
    return core;
  }

  // "Monday", "last Monday"
  std::optional<Core> Weekday(std::uint32_t i) const {
    const int weekday = p_.Is(i, kWeekday) ? p_.senses.ListsOf(p_.WordAt(i)).weekday - 1 : -1;
    if (weekday < 0) return std::nullopt;
    const int today = (static_cast<int>(absl::GetWeekday(today_)) + 1) % 7;  // Monday is 0 there.
    int back = (today - weekday + 7) % 7;
    const bool last = p_.In(i - 1, WordList::kLast);
    if (last && back == 0) back = 7;
    return Day(last ? i - 1 : i, i + 1, today_ - back);
  }

  // "yesterday", "tonight", "overnight"
  std::optional<Core> NamedDay(std::uint32_t i) const {
    if (p_.In(i, WordList::kYesterday)) return Day(i, i + 1, today_ - 1);
    if (p_.In(i, WordList::kToday)) return Day(i, i + 1, today_);
    const bool last = p_.In(i, WordList::kLast) && p_.In(i + 1, WordList::kDayPart);  // last night
    if (!last && !p_.In(i, WordList::kOvernight)) return std::nullopt;
    Core core = Day(i, last ? i + 2 : i + 1, today_);
    core.known = false;  // A night is of two days, and its reports are of either.
    return core;
  }

  // "by noon", "as of 6 p.m.": of the day of the article
  std::optional<Core> Clock(std::uint32_t i) const {
    const Number* number = p_.NumberAt(i);
    const std::uint32_t end = number == nullptr ? i + 1 : number->end;
    if (ClockAt(end - 1) != i || !(Says(i - 1, "by") || IsAsOf(i - 1))) return std::nullopt;
    if (Says(end, "on") || p_.Is(end, kWeekday)) return std::nullopt;  // Of that day.
    return Day(i, end, today_);
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
  std::optional<Core> Window(std::uint32_t i) const {
    if (OfSaidYear(i) && MonthAt(i - 1) != 0) return std::nullopt;  // The month's.
    const bool next = p_.In(i, WordList::kNext);
    const bool this_one = p_.In(i, WordList::kThis);
    const bool recent = p_.In(i, WordList::kRecent) || p_.In(i, WordList::kLast);
    const bool first = p_.RoleOf(i) == Role::kOrdinal && p_.WordAt(i)->value == 1;
    if (!this_one && !recent && !first && !next) {
      // "the weekend"
      if (!p_.In(i, WordList::kWeekend)) return std::nullopt;
      const auto [from, to] = Around(today_ - 5, TimeUnit::kWeekend);
      Core core = Days(i, i + 1, from, to);
      core.bare = false;
      return core;
    }
    std::uint32_t at = i + 1;
    int count = 0;  // Below 0: some.
    if (IsOneOf(at, {"few", "several"})) {
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
    Core core = Days(i, at + 1, today_, today_ + 1);
    if (next && count == 0) {
      std::tie(core.from, core.to) = Around(Back(today_, -1, unit), unit);
    } else if (count < 0 || first ||
               next) {  // "the past few days", "the first six months": of what it is not told.
      core.known = false;
      core.bare = false;
      if (first) SetFirst(unit, std::max(count, 1), core);
    } else if (count > 0) {
      core.from = Back(today_, count, unit);
      core.running = true;
      core.bare = false;
    } else {
      SetOne(i, unit, this_one, core);
    }
    return core;
  }

  // "the first six months [of 2023]"
  void SetFirst(TimeUnit unit, int count, Core& core) const {
    if (p_.RoleOf(core.end) != Role::kOf) return;
    const std::optional<Core> whole = CoreAt(core.end + 1);
    if (!whole.has_value() || !whole->known) return;
    core.end = whole->end;
    core.known = true;
    core.from = whole->from;
    core.to = std::min(Back(whole->from, -count, unit), whole->to);
  }

  // "this week", "last week", "the past week"
  void SetOne(std::uint32_t i, TimeUnit unit, bool this_one, Core& core) const {
    const bool last = p_.In(i, WordList::kLast) && p_.RoleOf(i - 1) != Role::kThe;
    if (this_one || last) {
      if (this_one &&
          unit == TimeUnit::kWeekend) {  // The last that has begun, as for "the weekend".
        std::tie(core.from, core.to) = Around(today_ - 5, unit);
        return;
      }
      const absl::CivilDay day =
          last ? Back(today_, 1, unit == TimeUnit::kWeekend ? TimeUnit::kWeek : unit) : today_;
      std::tie(core.from, core.to) = Around(day, unit);
      core.running = this_one;
    } else {
      core.from = Back(today_, 1, unit);
      core.running = true;
      core.bare = false;
    }
  }

  // "since the start of the year", "since the beginning of March"
  std::optional<Core> Beginning(std::uint32_t i) const {
    if (!p_.In(i, WordList::kBeginning) || p_.RoleOf(i + 1) != Role::kOf) return std::nullopt;
    if (!Says(i - (p_.RoleOf(i - 1) == Role::kThe ? 2 : 1), "since")) return std::nullopt;
    const std::uint32_t of = i + 2;
    if (p_.RoleOf(of) != Role::kThe || UnitAt(of + 1) == TimeUnit::kNone) {
      std::optional<Core> core = CoreAt(of);
      if (core.has_value()) core->begin = i;
      return core;
    }
    const auto [from, to] = Around(today_, UnitAt(of + 1));
    return Days(i, of + 2, from, to);
  }

  bool OfSaidYear(std::uint32_t i) const {
    return (p_.In(i, WordList::kLast) || p_.In(i, WordList::kThis)) &&
           UnitAt(i + 1) == TimeUnit::kYear;
  }

  // "March"; "March 2021" is a date already.
  std::optional<Core> Month(std::uint32_t i) const {
    const int month = MonthAt(i);
    if (month == 0 || !p_.At(i).capitalised) return std::nullopt;
    if (p_.doc.field == Field::kBody && p_.At(i + 1).capitalised) return std::nullopt;  // a name
    if (OfSaidYear(i + 1)) {  // "March last year"
      const bool last = p_.In(i + 1, WordList::kLast);
      return OfMonth(i, i + 3, static_cast<int>(today_.year()) - (last ? 1 : 0), month, false);
    }
    Core core = OfMonth(i, i + 1, YearOf(month), month, false);
    if (p_.In(i - 1, WordList::kLast)) --core.begin;
    return core;
  }

  // "2021", after a preposition
  std::optional<Core> Year(std::uint32_t i) const {
    const Number* number = p_.NumberAt(i);
    const int year = YearAt(i);
    if (year == 0 || number == nullptr || number->kind != NumberKind::kDate ||
        number->end != i + 1 || number->first != i || p_.RoleOf(i - 1) == Role::kThe) {
      return std::nullopt;
    }
    Core core = Days(i, i + 1, absl::CivilDay(year, 1, 1), absl::CivilDay(year + 1, 1, 1));
    core.known = true;
    core.bare = false;
    return core;
  }

  // "three days ago"
  std::optional<Core> Ago(std::uint32_t i) const {
    const Number* number = p_.NumberAt(i);
    if (number == nullptr || number->kind != NumberKind::kDuration || number->first != i) {
      return std::nullopt;
    }
    std::uint32_t end = std::max(number->end, number->unit_end);
    if (!Says(end, "ago")) return std::nullopt;
    Core core = Day(i, end + 1, today_);
    core.known = false;
    return core;
  }

  // What stands before the core says how it is meant.
  std::optional<TimePhrase> WithPreposition(const Core& core) const {
    TimePhrase phrase{.begin = core.begin, .end = core.end};
    std::uint32_t at = core.begin;
    if (p_.RoleOf(at - 1) == Role::kThe && !p_.Is(core.begin, kWeekday)) --at;
    if (IsOneOf(at - 1, {"early", "late", "earlier", "later"})) --at;
    if (Says(at - 1, "on") && ClockBefore(at - 1)) at = ClockAt(at - 2);
    if (core.known) {
      phrase.from = StartOf(core.from);
      phrase.to = core.running ? std::min(StartOf(core.to), StartOf(today_ + 1)) : StartOf(core.to);
    }
    if (at == p_.first) return core.bare ? std::optional(phrase) : std::nullopt;
    const std::uint32_t before = at - 1;
    if (Says(before, "since")) return Since(phrase, before);
    if (Says(before, "by") || IsAsOf(before)) return State(phrase, before);
    if (IsOneOf(before, {"until", "till"})) {
      phrase.begin = before;
      phrase.from = absl::InfinitePast();
      return phrase;
    }
    if (std::optional<TimePhrase> both = Both(core, phrase, before)) return both;
    if (IsOneOf(before,
                {"on", "in", "during", "over", "within", "throughout", "through", "for", "at"})) {
      phrase.begin = IsOneOf(before - 1, {"early", "late"}) ? before - 1 : before;
      return phrase;
    }
    if (!core.bare) return std::nullopt;
    if (IsOneOf(core.begin - 1, {"earlier", "later"})) --phrase.begin;
    return phrase;
  }

  // "by [6 p.m.] on Friday", "by [noon] on Friday": where it begins; kNoToken: no clock ends at i.
  std::uint32_t ClockAt(std::uint32_t i) const {
    if (p_.In(i, WordList::kNoon)) return i;
    const Number* clock = p_.NumberAt(i);
    return clock != nullptr && clock->kind == NumberKind::kTime ? clock->first : kNoToken;
  }
  bool ClockBefore(std::uint32_t on) const {
    const std::uint32_t clock = ClockAt(on - 1);
    return clock != kNoToken && (Says(clock - 1, "by") || IsAsOf(clock - 1));
  }
  bool IsAsOf(std::uint32_t i) const {
    return (p_.RoleOf(i) == Role::kOf || p_.RoleOf(i) == Role::kAt) &&
           p_.RoleOf(i - 1) == Role::kAs;
  }

  std::optional<TimePhrase> Since(TimePhrase phrase, std::uint32_t since) const {
    if (p_.Sense(since - 1).Is(kCueHave)) return std::nullopt;  // "have since Monday"
    phrase.begin = since;
    phrase.to = absl::InfiniteFuture();
    phrase.open = true;
    return phrase;
  }

  // The state at the end of that day, or when the article is of.
  std::optional<TimePhrase> State(TimePhrase phrase, std::uint32_t before) const {
    phrase.begin = Says(before, "by") ? before : before - 1;
    if (phrase.to != absl::InfiniteFuture()) {
      const absl::Time last = phrase.to - absl::Microseconds(1);
      phrase.as_of = dated_ && phrase.from <= published_ ? std::min(last, published_) : last;
    }
    phrase.from = absl::InfinitePast();
    phrase.to = absl::InfiniteFuture();
    return phrase;
  }

  // "between 1 March and 4 April", "from Monday to Friday", at either of the two.
  std::optional<TimePhrase> Both(const Core& core, TimePhrase phrase, std::uint32_t before) const {
    const bool opens = IsOneOf(before, {"between", "from"});
    if (opens && IsOneOf(core.end, {"and", "to", "until", "through"})) {
      const std::optional<Core> second = CoreAt(core.end + 1);
      if (!second.has_value()) return std::nullopt;
      return Joined(phrase, before, core, *second);
    }
    if (!IsOneOf(before, {"and", "to", "until", "through"})) return std::nullopt;
    for (std::uint32_t i = before; i > p_.first && before - i < kClauseMax; --i) {
      if (!IsOneOf(i - 1, {"between", "from"})) continue;
      std::optional<Core> first = CoreAt(i);
      if (!first.has_value()) first = DayAlone(i, core);
      if (!first.has_value() || first->end != before) return std::nullopt;
      return Joined(phrase, i - 1, *first, core);
    }
    return std::nullopt;
  }
  // "[3] and 9 February"
  std::optional<Core> DayAlone(std::uint32_t i, const Core& later) const {
    int day = 0;
    const std::string_view text = p_.Text(i);
    const Number* number = p_.NumberAt(i);
    if (number == nullptr || number->kind != NumberKind::kDate || number->end != i + 1 ||
        !absl::SimpleAtoi(absl::string_view(text.data(), text.size()), &day)) {
      return std::nullopt;
    }
    if (day < 1 || day >= later.from.day()) return std::nullopt;
    Core core = later;
    core.begin = i;
    core.end = i + 1;
    core.from = absl::CivilDay(later.from.year(), later.from.month(), day);
    core.to = core.from + 1;
    return core;
  }
  static TimePhrase Joined(TimePhrase phrase, std::uint32_t begin, const Core& first,
                           const Core& second) {
    phrase.begin = begin;
    phrase.end = second.end;
    phrase.from = absl::InfinitePast();
    phrase.to = absl::InfiniteFuture();
    // "from Friday to Sunday", told on a Friday
    const absl::CivilDay from = first.from < second.to ? first.from : first.from - 7;
    if (first.known && second.known && from < second.to) {
      phrase.from = StartOf(from);
      phrase.to = StartOf(second.to);
    }
    return phrase;
  }

  const Passage& p_;
  const bool dated_;
  const absl::Time published_;
  const absl::CivilDay today_;
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

// Whether any kind of core may begin here: few tokens may, and all are asked.
bool MayBegin(const Passage& p, std::uint32_t i) {
  if (p.Sense(i).lists != 0) {
    const ListSense& sense = p.senses.ListsOf(p.WordAt(i));
    if (sense.month != 0 || sense.weekday != 0 || (sense.lists & CoreWords()).any()) return true;
  }
  if (p.RoleOf(i) == Role::kOrdinal) return p.WordAt(i)->value == 1;
  const std::string_view text = p.Text(i);
  if (text == "since" || text == "Since" || text == "SINCE") return true;
  const Number* number = p.NumberAt(i);
  return number != nullptr && number->first == i &&
         (number->kind == NumberKind::kDate || number->kind == NumberKind::kTime ||
          number->kind == NumberKind::kDuration);
}

}  // namespace

void ReadTimePhrases(const Passage& passage, absl::Time published,
                     std::vector<TimePhrase>* phrases) {
  phrases->clear();
  std::optional<Reader> reader;  // Its calendar is worked out where it is needed.
  for (std::uint32_t i = passage.first; i < passage.end; ++i) {
    if (!MayBegin(passage, i)) continue;
    if (!reader.has_value()) reader.emplace(passage, published);
    std::optional<TimePhrase> phrase = reader->ReadAt(i);
    if (!phrase.has_value()) continue;
    phrase->core = i;
    phrases->push_back(*phrase);
  }
}

}  // namespace claimwatch
