#include "server/claims/time_scope.h"

#include <algorithm>
#include <string>

#include "server/claims/telling.h"

namespace claimwatch {
namespace {

constexpr std::uint32_t kReach = 24;       // Tokens to either side of the number.
constexpr std::uint32_t kClauseReach = 8;  // From "that" to the day.

class TimeReader {
 public:
  TimeReader(const Passage& passage, const Draft& draft, const Phrase& attribution,
             const std::vector<TimePhrase>& phrases)
      : p_(passage), draft_(draft), attribution_(attribution), phrases_(phrases) {}

  TimeScope Read() const {
    const TimePhrase* phrase = After();  // What follows the figure is nearer to it.
    if (phrase == nullptr) phrase = Before();
    return phrase == nullptr ? TimeScope{} : Scope(*phrase);
  }

 private:
  // The phrases whose cores begin at token i or after it.
  std::vector<TimePhrase>::const_iterator From(std::uint32_t i) const {
    return std::lower_bound(
        phrases_.begin(), phrases_.end(), i,
        [](const TimePhrase& phrase, std::uint32_t at) { return phrase.core < at; });
  }

  const TimePhrase* After() const {
    const std::uint32_t end = draft_.number->end;
    for (auto next = From(end); next != phrases_.end() && next->core < end + kReach; ++next) {
      for (std::uint32_t i = end; i <= next->core; ++i) {
        const Number* other = p_.NumberAt(i);
        if (other != nullptr && other->kind == NumberKind::kCount) return nullptr;
        if (p_.IsPunct(i, ';')) return nullptr;
      }
      if (IsOfFigure(*next, false)) return &*next;
    }
    return nullptr;
  }

  const TimePhrase* Before() const {
    const std::uint32_t at = draft_.number->first;
    for (auto last = From(at); last != phrases_.begin() && (last - 1)->core + kReach >= at;) {
      --last;
      for (std::uint32_t i = last->core; i < at; ++i) {
        if (p_.IsPunct(i, ';') || OpensReport(i)) return nullptr;
      }
      if (IsOfFigure(*last, true)) return &*last;
    }
    return nullptr;
  }

  bool IsOfFigure(const TimePhrase& phrase, bool before) const {
    if (Overlaps(phrase)) return false;
    if (phrase.open || phrase.as_of != absl::InfinitePast()) return true;  // A state.
    if (IsOfTelling(p_, phrase.begin, phrase.end, attribution_)) return false;
    if (OfAnother(phrase.begin) || InAside(phrase)) return false;
    return !before || (!ToldSince(phrase.end) && !OfOtherFigure(phrase));
  }

  TimeScope Scope(const TimePhrase& phrase) const {
    TimeScope time;
    time.phrase.span = p_.SpanOf(phrase.begin, phrase.end);
    time.phrase.text = std::string(p_.doc.Surface(time.phrase.span));
    time.begin = phrase.from;
    time.end = phrase.to;
    time.as_of = phrase.as_of;
    return time;
  }

  // "the past 12 hours" is no time for the 12 of it.
  bool Overlaps(const TimePhrase& phrase) const {
    return phrase.begin < draft_.number->end && draft_.number->first < phrase.end;
  }

  // "resigned Monday after hearing [that] 12 people": what follows has its own day.
  bool OpensReport(std::uint32_t i) const {
    if (p_.Text(i) != "that") return false;
    for (std::uint32_t k = 2; k <= 3 && i >= p_.first + k; ++k) {  // "told the court that"
      if (IsTelling(i - k)) return true;
    }
    return p_.Is(i - 1, kSpeech) || p_.Is(i - 1, kGerund);
  }
  bool IsTelling(std::uint32_t i) const {
    return p_.Is(i, kSpeech) && p_.Is(i, kPastTense | kThirdPerson);
  }

  // "Last month it [said] it would cut 12 jobs"; but "In 2019, the report said, 12 died".
  bool ToldSince(std::uint32_t end) const {
    for (std::uint32_t i = end; i < draft_.number->first; ++i) {
      if (IsTelling(i) && !p_.IsPunct(i + 1, ',')) return true;
    }
    return false;
  }

  // "from 18 million [in 1950] to 12 million", "where 73 died [last year], 14 people"
  bool OfOtherFigure(const TimePhrase& phrase) const {
    if (IsFigure(phrase.begin - 1)) return true;
    if (!p_.IsPunct(phrase.end, ',')) return false;
    for (std::uint32_t i = phrase.begin; i > p_.first && !p_.IsPunct(i - 1, ','); --i) {
      if (IsFigure(i - 1)) return true;
    }
    return false;
  }
  bool IsFigure(std::uint32_t i) const {
    const Number* number = p_.NumberAt(i);
    return number != nullptr && number->kind <= NumberKind::kMeasurement;
  }

  // "founded [in 1850]", "the war, which ended [in 2005]"
  bool OfAnother(std::uint32_t begin) const {
    return p_.In(begin - 1, WordList::kFounding) || p_.In(begin - 1, WordList::kFromThen);
  }

  // "The protests that began on Monday have left 12 dead": a clause beside the figure has a time
  // of its own.
  bool InAside(const TimePhrase& phrase) const {
    bool verb = false;
    for (std::uint32_t k = 1; k <= kClauseReach && phrase.begin >= p_.first + k; ++k) {
      const std::uint32_t i = phrase.begin - k;
      if (p_.Sense(i).Is(kCueRelative) || p_.Text(i) == "that" || p_.Text(i) == "where") {
        return verb && Beside(i, phrase.end);
      }
      if (p_.IsPunct(i, ',') || p_.IsPunct(i, ';')) return false;
      verb = verb || (p_.Is(i, kVerb) && !p_.Is(i, kSpeech));
    }
    return false;
  }

  // Neither the figure nor its verb stands in the clause [begin, end).
  bool Beside(std::uint32_t begin, std::uint32_t end) const {
    const auto in = [begin, end](std::uint32_t i) { return i >= begin && i < end; };
    return !in(draft_.number->first) && (draft_.finding.at == kNoToken || !in(draft_.finding.at));
  }

  const Passage& p_;
  const Draft& draft_;
  const Phrase& attribution_;
  const std::vector<TimePhrase>& phrases_;  // By core.
};

}  // namespace

TimeScope ReadTimeScope(const Passage& passage, const Draft& draft, const Phrase& attribution,
                        const std::vector<TimePhrase>& phrases) {
  return TimeReader(passage, draft, attribution, phrases).Read();
}

}  // namespace claimwatch
