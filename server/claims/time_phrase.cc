#include "server/claims/time_phrase.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "absl/strings/numbers.h"
#include "server/claims/time_core.h"

namespace claimwatch {
namespace {

constexpr std::uint32_t kClauseMax = 6;  // Words of "since the uprising began".

absl::Time StartOf(absl::CivilDay day) { return absl::FromCivil(day, absl::UTCTimeZone()); }

class Reader {
 public:
  Reader(const Passage& passage, absl::Time published)
      : p_(passage),
        published_(published),
        today_{published != absl::InfinitePast(),
               absl::ToCivilDay(published == absl::InfinitePast() ? absl::UnixEpoch() : published,
                                absl::UTCTimeZone())} {}

  std::optional<TimePhrase> ReadAt(std::uint32_t i) const {
    if (std::optional<TimePhrase> phrase = OpenEnded(i)) return phrase;
    std::optional<TimeCore> core = CoreAt(i);
    if (!core.has_value()) return std::nullopt;
    if (core->begin > p_.first + 1 && p_.IsPair(core->begin - 2, WordList::kSoFar)) {
      return OpenEnded(core->begin - 2);  // "so far this year"
    }
    if (p_.In(core->end, WordList::kDayPart)) ++core->end;
    return WithPreposition(*core);
  }

 private:
  std::optional<TimeCore> CoreAt(std::uint32_t i) const { return ReadTimeCore(p_, today_, i); }

  // "so far", "to date", "since the uprising began": until now.
  std::optional<TimePhrase> OpenEnded(std::uint32_t i) const {
    TimePhrase phrase{.begin = i, .open = true};
    if (p_.IsPair(i, WordList::kSoFar)) {
      phrase.end = i + 2;
      if (p_.In(phrase.end, WordList::kThis)) {  // "so far this year"
        const std::optional<TimeCore> core = CoreAt(phrase.end);
        if (core.has_value()) phrase.end = core->end;
        if (core.has_value() && core->known) phrase.from = StartOf(core->from);
      }
      phrase.as_of = published_;
      return phrase;
    }
    if (!p_.Says(i, "since") || p_.Sense(i - 1).Is(kCueHave)) return std::nullopt;
    std::uint32_t at = i + 1;
    if (p_.Is(at, kPreposition) || p_.SaysAny(at, {"early", "late", "the"})) ++at;
    if (CoreAt(at).has_value() || CoreAt(i + 1).has_value()) return std::nullopt;  // By its core.
    phrase.end = i + 1;
    while (phrase.end < i + kClauseMax && p_.Has(phrase.end) &&
           p_.At(phrase.end).kind != TokenKind::kPunct) {
      ++phrase.end;
    }
    if (phrase.end == i + 1) return std::nullopt;
    return phrase;
  }

  // What stands before the core says how it is meant.
  std::optional<TimePhrase> WithPreposition(const TimeCore& core) const {
    TimePhrase phrase{.begin = core.begin, .end = core.end};
    std::uint32_t at = core.begin;
    if (p_.RoleOf(at - 1) == Role::kThe && !p_.Is(core.begin, kWeekday)) --at;
    if (p_.SaysAny(at - 1, {"early", "late", "earlier", "later"})) --at;
    if (p_.Says(at - 1, "on") && ClockBefore(at - 1)) at = ClockEndingAt(p_, at - 2);
    if (core.known) {
      phrase.from = StartOf(core.from);
      phrase.to =
          core.running ? std::min(StartOf(core.to), StartOf(today_.day + 1)) : StartOf(core.to);
    }
    if (at == p_.first) return core.bare ? std::optional(phrase) : std::nullopt;
    const std::uint32_t before = at - 1;
    if (p_.Says(before, "since")) return Since(phrase, before);
    if (p_.Says(before, "by") || IsAsOf(p_, before)) return State(phrase, before);
    if (p_.SaysAny(before, {"until", "till"})) {
      phrase.begin = before;
      phrase.from = absl::InfinitePast();
      return phrase;
    }
    if (std::optional<TimePhrase> both = Both(core, phrase, before)) return both;
    if (p_.SaysAny(before, {"on", "in", "during", "over", "within", "throughout", "through", "for",
                            "at"})) {
      phrase.begin = p_.SaysAny(before - 1, {"early", "late"}) ? before - 1 : before;
      return phrase;
    }
    if (!core.bare) return std::nullopt;
    if (p_.SaysAny(core.begin - 1, {"earlier", "later"})) --phrase.begin;
    return phrase;
  }

  bool ClockBefore(std::uint32_t on) const {
    const std::uint32_t clock = ClockEndingAt(p_, on - 1);
    return clock != kNoToken && (p_.Says(clock - 1, "by") || IsAsOf(p_, clock - 1));
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
    phrase.begin = p_.Says(before, "by") ? before : before - 1;
    if (phrase.to != absl::InfiniteFuture()) {
      const absl::Time last = phrase.to - absl::Microseconds(1);
      phrase.as_of = today_.known && phrase.from <= published_ ? std::min(last, published_) : last;
    }
    phrase.from = absl::InfinitePast();
    phrase.to = absl::InfiniteFuture();
    return phrase;
  }

  // "between 1 March and 4 April", "from Monday to Friday", at either of the two.
  std::optional<TimePhrase> Both(const TimeCore& core, TimePhrase phrase,
                                 std::uint32_t before) const {
    const bool opens = p_.SaysAny(before, {"between", "from"});
    if (opens && p_.SaysAny(core.end, {"and", "to", "until", "through"})) {
      const std::optional<TimeCore> second = CoreAt(core.end + 1);
      if (!second.has_value()) return std::nullopt;
      return Joined(phrase, before, core, *second);
    }
    if (!p_.SaysAny(before, {"and", "to", "until", "through"})) return std::nullopt;
    for (std::uint32_t i = before; i > p_.first && before - i < kClauseMax; --i) {
      if (!p_.SaysAny(i - 1, {"between", "from"})) continue;
      std::optional<TimeCore> first = CoreAt(i);
      if (!first.has_value()) first = DayAlone(i, core);
      if (!first.has_value() || first->end != before) return std::nullopt;
      return Joined(phrase, i - 1, *first, core);
    }
    return std::nullopt;
  }
  // "[3] and 9 February"
  std::optional<TimeCore> DayAlone(std::uint32_t i, const TimeCore& later) const {
    int day = 0;
    const std::string_view text = p_.Text(i);
    const Number* number = p_.NumberAt(i);
    if (number == nullptr || number->kind != NumberKind::kDate || number->end != i + 1 ||
        !absl::SimpleAtoi(absl::string_view(text.data(), text.size()), &day)) {
      return std::nullopt;
    }
    if (day < 1 || day >= later.from.day()) return std::nullopt;
    TimeCore core = later;
    core.begin = i;
    core.end = i + 1;
    core.from = absl::CivilDay(later.from.year(), later.from.month(), day);
    core.to = core.from + 1;
    return core;
  }
  static TimePhrase Joined(TimePhrase phrase, std::uint32_t begin, const TimeCore& first,
                           const TimeCore& second) {
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
  const absl::Time published_;
  const Today today_;
};

}  // namespace

void ReadTimePhrases(const Passage& passage, absl::Time published,
                     std::vector<TimePhrase>* phrases) {
  phrases->clear();
  std::optional<Reader> reader;  // Its calendar is worked out where it is needed.
  for (std::uint32_t i = passage.first; i < passage.end; ++i) {
    if (!MayBeginCore(passage, i)) continue;
    if (!reader.has_value()) reader.emplace(passage, published);
    std::optional<TimePhrase> phrase = reader->ReadAt(i);
    if (!phrase.has_value()) continue;
    phrase->core = i;
    phrases->push_back(*phrase);
  }
}

}  // namespace claimwatch
