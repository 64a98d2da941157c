#include "server/claims/past_event.h"

#include <algorithm>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace claimwatch {
namespace {

constexpr std::uint32_t kDateReach = 40;
constexpr std::uint32_t kSinceReach = 9;
constexpr std::uint32_t kTellReach = 16;  // From the month to "told ... that"; of an aside.
constexpr int kEarlierDaysMin = 20, kEarlierDaysMax = 240;  // A story is told for some weeks.

// The year that a date phrase names; 0 for none.
int YearOf(const Passage& p, const Number& number) {
  for (std::uint32_t i = number.first; i < number.end; ++i) {
    const std::string_view text = p.Text(i);
    if (text.size() != 4) continue;
    int year = 0;
    for (const char c : text) year = c >= '0' && c <= '9' ? year * 10 + (c - '0') : -100000;
    if (year >= 1000 && year <= 2200) return year;
  }
  return 0;
}

// 1..12 for the name of a month, 0 for other words.
int MonthOf(const Passage& p, std::uint32_t i) {
  return p.HasCapital(i) ? p.senses.ListsOf(p.WordAt(i)).month : 0;
}

}  // namespace

PastReader::PastReader(const Passage& passage, const Background& background, int carried)
    : p_(passage), background_(background), carried_(carried), looked_(passage.first) {
  anchor_ = OpeningYear();
  opening_ = anchor_ != 0 && p_.numbers[p_.first_number].first <= p_.first + 1 ? anchor_ : 0;
}

// "In 1986 ...", "June 4, 1989 - ...": the sentence's year when it is an earlier one; else 0.
int PastReader::OpeningYear() const {
  if (p_.first_number == p_.end_number || background_.year == 0) return 0;
  const Number& date = p_.numbers[p_.first_number];
  if (date.kind != NumberKind::kDate || date.first > p_.first + 4 || Since(date)) return 0;
  const int year = YearOf(p_, date);
  return year < background_.year && !IsOwn(year) ? year : 0;
}

// An earlier year before the figure, or right behind its verb.
bool PastReader::Tells(const Draft& draft) {
  const KnownMeasures& known = p_.senses.known;
  if (background_.outbreak && draft.measure == known.killed && QuakeDidIt(draft)) return true;
  if (draft.measure == known.money || draft.measure == known.percent) return opening_ != 0;
  const std::uint32_t at = draft.number->first;
  std::uint32_t near = draft.index;
  while (near > p_.first_number && at - p_.numbers[near - 1].first < kDateReach) --near;
  for (std::uint32_t k = near; k < p_.end_number; ++k) {
    const Number& date = p_.numbers[k];
    if (date.first >= at + kDateReach) break;
    if (date.kind != NumberKind::kDate && date.kind != NumberKind::kDuration) continue;
    const int year = background_.year == 0 ? 0 : YearOf(p_, date);
    const bool near_before = date.first < at && at - date.first < 30 && IsToll(draft.measure);
    const bool years_after = date.first > at && IsToll(draft.measure) && YearsAgoAfter(date, at);
    if (years_after || (near_before && (YearsAgo(date) || EarlierElsewhere(date, at)))) {
      anchor_ = 1;
      return true;
    }
    if (year == 0 || year >= background_.year || IsOwn(year) || Since(date) || IsFounding(date)) {
      continue;
    }
    const bool before =
        date.first < at && at - date.first < kDateReach && !NowBetween(date.end, draft);
    const std::uint32_t reach = IsToll(draft.measure) ? 24 : 8;
    const bool after = date.first > at && date.first - at < reach && After(date, at);
    if (before || after) {
      anchor_ = year;
      return true;
    }
  }
  const bool opens = background_.period == 0 && p_.IsPair(p_.first, WordList::kLastYear);
  if (!opens && !IsToll(draft.measure)) return false;
  if (!opens && (Compared(draft) || EarlierDidIt(draft))) return true;
  if (p_.Text(at - 1) == "since" && draft.measure != known.magnitude)
    return true;  // "the worst loss since 14 marines died"
  if (InMonthAfter(draft)) return true;
  if (opens || LastYear(at) || LastYearAfter(draft) || OpensEarlier(at) || MonthBefore(at)) {
    anchor_ = 1;
    return true;
  }
  if (carried_ != 0 && !now_) now_ = SpeaksOfNow();
  if (carried_ != 0 && !*now_) {
    anchor_ = carried_;
    return true;
  }
  return false;
}

// "There were 900 in 2009; now there are 12", "The 1982 album has sold 12"
bool PastReader::NowBetween(std::uint32_t from, const Draft& draft) const {
  const std::uint32_t at = draft.number->first;
  for (std::uint32_t i = from; i < at; ++i) {
    if (p_.Text(i) == "now" && !p_.IsPunct(i + 1, '-')) return true;
  }
  if (p_.RoleOf(at - 1) == Role::kTo && at - 1 == from && draft.index > p_.first_number + 1) {
    const Number& before = p_.numbers[draft.index - 2];  // "from 1.8 million in 1950 to 700,000"
    if (p_.RoleOf(before.first - 1) == Role::kFrom) return true;
  }
  const bool perfect = p_.Is(at - 1, kParticiple) && p_.Sense(at - 2).Is(kCueHave);
  if (!perfect || p_.Is(at - 2, kPastTense)) return false;
  for (std::uint32_t i = from; i < at; ++i) {
    if (p_.IsPunct(i, ',')) return false;  // "The firm, founded in 1950, has lost 12"
  }
  return true;
}

// "The quake killed 12", where the article tells of a disease.
bool PastReader::QuakeDidIt(const Draft& draft) const {
  const std::uint32_t verb = draft.finding.at;
  if (draft.finding.relation != Relation::kGovernor || verb == kNoToken) return false;
  for (std::uint32_t k = 1; k <= 2; ++k) {
    if (p_.In(verb - k, WordList::kQuake)) return true;
  }
  return false;
}

// "The bank, founded in 1850, lost $3.9bn": its year, not the figure's.
bool PastReader::IsFounding(const Number& date) const {
  for (std::uint32_t k = 1; k <= 2; ++k) {
    if (p_.In(date.first - k, WordList::kFounding)) return true;
  }
  return false;
}

// Figures of the event before keep their year in the next sentence.
bool PastReader::SpeaksOfNow() const {
  for (std::uint32_t i = p_.first; i < p_.end; ++i) {
    if (p_.Is(i, kWeekday | kSpeech) || p_.In(i, WordList::kNow)) return true;
    if (p_.In(i, WordList::kLast) && !p_.IsPair(i, WordList::kLastYear)) return true;
  }
  return false;
}

// "In Tulo, where a flood killed 40 [last year], 12 were moved": of the clause in between alone.
bool PastReader::EndsAside(std::uint32_t i) const {
  if (!p_.IsPunct(i + 2, ',')) return false;
  for (std::uint32_t k = i; k > p_.first && i - k < kTellReach && !p_.IsPunct(k, ','); --k) {
    if (p_.Sense(k).Is(kCueRelative) || p_.Text(k) == "where") return true;
  }
  return false;
}

// "In April last year", "last year", "a year ago"
bool PastReader::LastYear(std::uint32_t at) {
  if (background_.period != 0) return false;
  for (; looked_ + 1 < at && !last_year_; ++looked_) {  // Each token once, for all figures.
    const std::uint32_t i = looked_;
    last_year_ = p_.In(i, WordList::kAnniversary) ||
                 (p_.IsPair(i, WordList::kLastYear) && p_.Text(i - 1) != "since" &&
                  p_.RoleOf(i - 1) != Role::kEdge && !EndsAside(i) &&
                  !(p_.Is(i + 2, kSpeech | kPastTense) && i > p_.first + 1));
  }
  return last_year_;
}

// "An earlier attack on the road killed 12", "a previous flood that killed 12"
bool PastReader::EarlierDidIt(const Draft& draft) const {
  const std::uint32_t verb = draft.finding.at;
  if (draft.finding.relation != Relation::kGovernor || verb == kNoToken) return false;
  for (std::uint32_t i = verb; i > p_.first && verb - i < kTellReach; --i) {
    if (p_.IsPunct(i, ';')) return false;
    if (!p_.In(i, WordList::kHappening) && !p_.In(i, WordList::kOneAttack)) continue;
    return p_.In(i - 1, WordList::kEarlierEvent) || p_.In(i - 2, WordList::kEarlierEvent);
  }
  return false;
}

// "61 killings, compared with 71 in 2010"
bool PastReader::Compared(const Draft& draft) const {
  if (background_.period == 0) return false;
  const std::uint32_t at = draft.number->first;
  if (p_.Text(at - 1) != "with" && p_.RoleOf(at - 1) != Role::kTo) return false;
  return p_.In(at - 2, WordList::kCompared);
}

// "12 people died last year"
bool PastReader::LastYearAfter(const Draft& draft) const {
  if (background_.period != 0) return false;
  for (std::uint32_t i = draft.np.tail; i < draft.np.tail + 6 && p_.Has(i); ++i) {
    if (p_.IsPunct(i, ',') || p_.IsPunct(i, ';') || p_.NumberAt(i) != nullptr) return false;
    if (p_.IsPair(i, WordList::kLastYear)) return p_.Text(i - 1) != "since";
  }
  return false;
}

// "In May the government told the court that 12 had died": the month is the telling's.
bool PastReader::ToldThat(std::uint32_t at) const {
  bool told = false;
  for (std::uint32_t i = p_.first + 2; i < p_.first + kTellReach && i < at; ++i) {
    told = told || p_.Is(i, kSpeech);
    if (told && p_.Text(i) == "that") return true;
  }
  return false;
}

// "Last month, ...", "In September ...", "Earlier this year ...": told of another day. Not in a
// crisis, which is months long itself.
bool PastReader::OpensEarlier(std::uint32_t at) const {
  if (background_.crisis || ToldThat(at)) return false;
  for (std::uint32_t i = p_.first; i < p_.first + 4 && p_.Has(i); ++i) {
    if (p_.IsPair(i, WordList::kLastPeriod)) return true;
    if (p_.In(i, WordList::kLast) && MonthOf(p_, i + 1) != 0) return true;
    const bool opens = p_.RoleOf(i) == Role::kIn || (i == p_.first && p_.RoleOf(i) == Role::kEdge);
    const int month = opens ? MonthOf(p_, i + 1) : 0;
    if (month != 0 && background_.month != 0 && month != background_.month) return true;
    if (i == p_.first && p_.Text(i) == "on" && DaysSince(i + 1) >= kEarlierDaysMin) return true;
    if (p_.In(i, WordList::kEarlier) && p_.IsPair(i + 1, WordList::kThisPeriod)) return true;
  }
  return false;
}

// "On March 10 a man killed ...": the days from the date at `i` to the article; 0: no date there.
int PastReader::DaysSince(std::uint32_t i) const {
  const int month = MonthOf(p_, i);
  if (month == 0 || background_.month == 0) return 0;
  const std::uint32_t at = p_.IsPunct(i + 1, '.') ? i + 2 : i + 1;
  int day = 0;
  for (const char c : p_.Text(at)) {
    day = c >= '0' && c <= '9' && day < 100 ? day * 10 + (c - '0') : 99;
  }
  if (day < 1 || day > 31) return 0;
  const absl::CivilDay now = absl::ToCivilDay(background_.published, absl::UTCTimeZone());
  absl::CivilDay then(now.year(), month, day);
  if (then > now) then = absl::CivilDay(now.year() - 1, month, day);
  const int days = static_cast<int>(now - then);
  return days <= kEarlierDaysMax ? days : 0;
}

// The year that the article itself is about.
bool PastReader::IsOwn(int year) const {
  return year == background_.period || year == background_.tried;
}

// "[March]'s flood, which killed 12"
bool PastReader::EventOfMonth(std::uint32_t month, std::uint32_t at) const {
  const std::string_view owner = p_.Text(month + 1);
  if (owner != "'s" && owner != "\xE2\x80\x99s") return false;
  for (std::uint32_t i = month + 3; i < month + 7 && i < at; ++i) {
    if (p_.Sense(i).Is(kCueRelative)) return true;
  }
  return false;
}

// "the deadliest since November, when bombs killed 202"
bool PastReader::MonthBefore(std::uint32_t at) const {
  if (background_.month == 0) return false;
  for (std::uint32_t k = 3; k <= kDateReach && at >= p_.first + k; ++k) {
    const std::uint32_t i = at - k;
    if (p_.IsPunct(i, ';')) return false;
    const int month = MonthOf(p_, i);
    if (month == 0 || !p_.Is(i, kMonth)) continue;
    const std::uint32_t next = p_.IsPunct(i + 1, ',') ? i + 2 : i + 1;
    return month != background_.month && (p_.Text(next) == "when" || EventOfMonth(i, at));
  }
  return false;
}

// "two airliners were blown up in August"; a crisis is months long itself.
bool PastReader::InMonthAfter(const Draft& draft) const {
  if (background_.crisis || background_.outbreak || background_.month == 0) return false;
  if (draft.finding.relation != Relation::kPredicate || draft.finding.at == kNoToken) return false;
  std::uint32_t i = draft.finding.at + 1;
  if (p_.RoleOf(i) != Role::kIn && !p_.Is(i, kVerb)) ++i;  // "blown up in August"
  const int month = p_.RoleOf(i) == Role::kIn ? MonthOf(p_, i + 1) : 0;
  return month != 0 && month != background_.month && p_.NumberAt(i + 2) == nullptr;
}

// "four years ago", "a decade earlier"
bool PastReader::YearsAgo(const Number& date) const {
  for (std::uint32_t i = date.first; i < date.end + 3 && p_.Has(i); ++i) {
    if (p_.In(i, WordList::kLongSpan)) return p_.In(i + 1, WordList::kAgo);
  }
  return false;
}

// "12 people were killed on the same road three years ago": in one clause with the figure.
bool PastReader::YearsAgoAfter(const Number& date, std::uint32_t at) const {
  if (date.first - at > kTellReach || !YearsAgo(date)) return false;
  for (std::uint32_t i = at; i < date.first; ++i) {
    if (p_.At(i).kind == TokenKind::kPunct && !p_.IsHyphen(i)) return false;
    if (p_.Sense(i).Is(kCueRelative) || p_.RoleOf(i) == Role::kAnd || p_.In(i, WordList::kClause)) {
      return false;
    }
  }
  return true;
}

// "ten days earlier at a school where 20 were shot"
bool PastReader::EarlierElsewhere(const Number& date, std::uint32_t at) const {
  const std::uint32_t when = std::max(date.end, date.unit_end);
  const bool another =  // "weeks after a massacre"
      p_.Text(when) == "after" && p_.RoleOf(when + 1) == Role::kA;
  if (date.kind != NumberKind::kDuration || (!p_.In(when, WordList::kAgo) && !another)) {
    return false;
  }
  for (std::uint32_t i = date.end + 1; i < at; ++i) {
    if (p_.IsPunct(i, ';')) return false;
    if (p_.Sense(i).Is(kCueRelative) || p_.Text(i) == "where" || p_.Text(i) == "when") return true;
  }
  return false;
}

bool PastReader::IsToll(MeasureId m) const {
  return p_.senses.CountsPeople(m) || m == p_.senses.known.damaged ||
         m == p_.senses.known.magnitude;
}

bool PastReader::Since(const Number& date) const {
  // "81 people since 2005, of whom 18 have recovered"
  const bool of_them = p_.IsPunct(date.end, ',') && p_.RoleOf(date.end + 1) == Role::kOf;
  if (of_them && (p_.Text(date.first - 1) == "since" || p_.Text(date.first) == "since"))
    return true;
  // "a decade after the 2014 bombing that killed 52": the bombing is what is told.
  for (std::uint32_t i = date.end; i < date.end + 4 && p_.Has(i); ++i) {
    if (p_.Sense(i).Is(kCueRelative) || p_.Text(i) == "when") return false;
  }
  for (std::uint32_t i = date.first; i < date.end; ++i) {
    if (p_.Text(i) == "since") return true;
  }
  // "since the beginning of the war in March 2003"
  for (std::uint32_t k = 1; k <= kSinceReach && date.first >= p_.first + k; ++k) {
    const std::uint32_t i = date.first - k;
    if (p_.Text(i) == "since" && i > p_.first && p_.RoleOf(i + 1) == Role::kThe) return true;
    if (!p_.NounLike(i) && !p_.Is(i, kPreposition | kDeterminer) && p_.RoleOf(i) != Role::kThe &&
        p_.RoleOf(i) != Role::kOf && p_.RoleOf(i) != Role::kIn) {
      break;
    }
  }
  for (std::uint32_t k = 1; k <= 3 && date.first >= p_.first + k; ++k) {
    const std::uint32_t i = date.first - k;
    const bool opens = i == p_.first && p_.Text(i) != "since";  // "After the 2008 poll 40 died"
    if ((p_.In(i, WordList::kFromThen) && !opens) || (p_.RoleOf(i) == Role::kBy && k == 1)) {
      if (p_.Sense(date.first - k - 1).Is(kCueRelative)) continue;  // "a war, which ended in"
      return true;
    }
  }
  // "since the invasion of the country in March 2003"
  for (std::uint32_t k = 1; k <= 7 && date.first >= p_.first + k; ++k) {
    const std::uint32_t i = date.first - k;
    if (p_.Text(i) == "since") return true;
    if (p_.At(i).kind != TokenKind::kWord || p_.NumberAt(i) != nullptr) break;
  }
  return false;
}

// "killed 12 in 2004", "257,000 barrels ... in 1989"
bool PastReader::After(const Number& date, std::uint32_t at) const {
  const std::string_view last = p_.Text(date.first - 1);
  const bool the =
      (p_.RoleOf(date.first - 1) == Role::kThe && p_.Is(date.first - 2, kPreposition)) ||
      last == "'s" || last == "\xE2\x80\x99s";
  const std::uint32_t month = p_.IsPunct(date.first - 1, ',') ? date.first - 2 : date.first - 1;
  const bool in = the || p_.RoleOf(date.first) == Role::kIn ||
                  p_.RoleOf(date.first - 1) == Role::kIn ||
                  (p_.Is(month, kMonth) && p_.RoleOf(month - 1) == Role::kIn);
  if (!in) return false;
  for (std::uint32_t i = at; i < (p_.Is(month, kMonth) ? month : date.first); ++i) {
    const bool aside = p_.IsPunct(i, ',') && !p_.In(i + 2, WordList::kFromThen);
    if (p_.IsPunct(i, ';') || aside) return false;
    // "injured dozens Sunday in a region still recovering from the tsunami of 2004"
    if (p_.Is(i, kWeekday) || p_.In(i, WordList::kRecovery)) return false;
  }
  return true;
}

}  // namespace claimwatch
