#include "server/claims/time_scope.h"

#include <string>

#include "server/claims/telling.h"
#include "server/claims/time_phrase.h"

namespace claimwatch {
namespace {

constexpr std::uint32_t kReach = 24;       // Tokens to either side of the number.
constexpr std::uint32_t kClauseReach = 8;  // From "that" to the day.

class TimeReader {
 public:
  TimeReader(const Passage& passage, const Draft& draft, const Phrase& attribution,
             absl::Time published)
      : p_(passage), draft_(draft), attribution_(attribution), published_(published) {}

  TimeScope Read() {
    const std::uint32_t at = draft_.number->first;
    const std::uint32_t end = draft_.number->end;
    // What follows the figure is nearer to it than what stands before.
    for (std::uint32_t i = end; i < end + kReach && p_.Has(i); ++i) {
      const Number* other = p_.NumberAt(i);
      if (p_.IsPunct(i, ';') || (other != nullptr && other->kind == NumberKind::kCount)) break;
      if (ReadAt(i, false)) return time_;
    }
    for (std::uint32_t k = 1; k <= kReach && at >= p_.first + k; ++k) {
      if (p_.IsPunct(at - k, ';') || OpensReport(at - k)) break;
      if (ReadAt(at - k, true)) return time_;
    }
    return {};
  }

 private:
  bool ReadAt(std::uint32_t i, bool before) {
    const std::optional<TimePhrase> phrase = TimePhraseAt(p_, i, published_);
    if (!phrase.has_value() || Overlaps(*phrase)) return false;
    const bool state = phrase->open || phrase->as_of != absl::InfinitePast();
    if (!state && IsOfTelling(p_, phrase->begin, phrase->end, attribution_)) return false;
    if (!state && (OfAnother(phrase->begin) || InAside(*phrase))) return false;
    if (!state && before && (ToldSince(phrase->end) || OfOtherFigure(*phrase))) return false;
    time_.phrase.span = p_.SpanOf(phrase->begin, phrase->end);
    time_.phrase.text = std::string(p_.doc.Surface(time_.phrase.span));
    time_.begin = phrase->from;
    time_.end = phrase->to;
    time_.as_of = phrase->as_of;
    return true;
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
  const absl::Time published_;
  TimeScope time_;
};

}  // namespace

TimeScope ReadTimeScope(const Passage& passage, const Draft& draft, const Phrase& attribution,
                        absl::Time published) {
  return TimeReader(passage, draft, attribution, published).Read();
}

}  // namespace claimwatch
