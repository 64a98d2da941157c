#include "server/claims/time_scope.h"

#include <string>

namespace claimwatch {
namespace {

constexpr std::uint32_t kReach = 24;  // Tokens to either side of the number.

// 0 for Sunday (kWeekday words only), or -1.
int WeekdayOf(const Passage& p, std::uint32_t i) {
  return p.senses.ListsOf(p.WordAt(i)).weekday - 1;
}

class TimeReader {
 public:
  TimeReader(const Passage& passage, const Draft& draft, absl::Time published)
      : p_(passage), draft_(draft), published_(published) {}

  TimeScope Read() {
    const std::uint32_t at = draft_.number->first;
    const std::uint32_t end = draft_.number->end;
    // What follows the figure is nearer to it than what stands before.
    for (std::uint32_t i = end; i < end + kReach && p_.Has(i); ++i) {
      const Number* other = p_.NumberAt(i);
      if (p_.IsPunct(i, ';') || (other != nullptr && other->kind == NumberKind::kCount)) break;
      if (ReadAt(i)) return time_;
    }
    for (std::uint32_t k = 1; k <= kReach && at >= p_.first + k; ++k) {
      if (p_.IsPunct(at - k, ';') || OpensReport(at - k)) break;
      if (ReadAt(at - k)) return time_;
    }
    return {};
  }

 private:
  bool ReadAt(std::uint32_t i) {
    const std::string_view text = p_.Text(i);
    if (text == "since" && p_.Sense(i - 1).Is(kCueHave)) return false;  // "have since died"
    if (text == "since" || text == "Since") return ReadSince(i);
    if (p_.Is(i, kWeekday)) return ReadWeekday(i);
    if (p_.In(i, WordList::kYesterday)) return SetDay(i, i + 1, 1);
    if (p_.In(i, WordList::kToday)) return SetDay(i, i + 1, 0);
    if (p_.IsPair(i, WordList::kSoFar)) {
      SetPhrase(i, i + 2);
      time_.as_of = published_;
      return true;
    }
    return false;
  }

  // "resigned Monday after hearing [that] 12 people": what follows has its own day.
  bool OpensReport(std::uint32_t i) const {
    if (p_.Text(i) != "that") return false;
    return p_.Is(i - 1, kSpeech) || p_.Is(i - 1, kGerund);
  }

  // "since January", "since the uprising began": from then on.
  bool ReadSince(std::uint32_t i) {
    std::uint32_t end = i + 1;
    while (end < i + 6 && p_.Has(end) && p_.At(end).kind != TokenKind::kPunct) ++end;
    SetPhrase(i, end);
    if (p_.Is(i + 1, kWeekday) && Known()) time_.begin = DayOf(WeekdayOf(p_, i + 1));
    return true;
  }

  bool ReadWeekday(std::uint32_t i) {
    const int weekday = WeekdayOf(p_, i);
    if (weekday < 0 || SaidThen(i)) return false;
    const std::uint32_t begin = p_.Text(i - 1) == "on" || p_.Text(i - 1) == "On" ? i - 1 : i;
    if (p_.Text(begin - 1) == "since") return ReadSince(begin - 1);
    if (p_.Text(begin - 1) == "of" && p_.RoleOf(begin - 2) == Role::kAs) {
      SetPhrase(begin - 2, i + 1);
      if (Known()) time_.as_of = DayOf(weekday);
      return true;
    }
    SetPhrase(begin, i + 1);
    if (!Known()) return true;
    time_.begin = DayOf(weekday);
    time_.end = time_.begin + absl::Hours(24);
    return true;
  }

  // "said on Monday": the day of the words.
  bool SaidThen(std::uint32_t i) const {
    for (std::uint32_t k = 1; k <= 3 && i >= p_.first + k; ++k) {
      if (p_.Is(i - k, kSpeech)) return true;
      if (p_.At(i - k).kind != TokenKind::kWord) break;
    }
    return false;
  }

  bool SetDay(std::uint32_t begin, std::uint32_t end, int days_ago) {
    SetPhrase(begin, end);
    if (!Known()) return true;
    time_.begin = Midnight() - absl::Hours(24 * days_ago);
    time_.end = time_.begin + absl::Hours(24);
    return true;
  }

  void SetPhrase(std::uint32_t begin, std::uint32_t end) {
    time_.phrase.span = p_.SpanOf(begin, end);
    time_.phrase.text = std::string(p_.doc.Surface(time_.phrase.span));
  }

  bool Known() const { return published_ != absl::InfinitePast(); }

  absl::Time Midnight() const {
    return absl::FromCivil(absl::ToCivilDay(published_, absl::UTCTimeZone()), absl::UTCTimeZone());
  }

  // The last such day, publication day included.
  absl::Time DayOf(int weekday) const {
    const absl::CivilDay day = absl::ToCivilDay(published_, absl::UTCTimeZone());
    const int today = (static_cast<int>(absl::GetWeekday(day)) + 1) % 7;  // absl: Monday is 0.
    return Midnight() - absl::Hours(24 * ((today - weekday + 7) % 7));
  }

  const Passage& p_;
  const Draft& draft_;
  const absl::Time published_;
  TimeScope time_;
};

}  // namespace

TimeScope ReadTimeScope(const Passage& passage, const Draft& draft, absl::Time published) {
  return TimeReader(passage, draft, published).Read();
}

}  // namespace claimwatch
