#include "server/claims/attribution.h"

#include <string>

namespace claimwatch {
namespace {

constexpr std::uint32_t kNameMax = 16;

bool InName(const Passage& p, std::uint32_t i) {
  if (!p.Has(i) || p.NumberAt(i) != nullptr) return false;
  if (p.IsHyphen(i)) return true;
  if (p.At(i).kind != TokenKind::kWord) return false;
  if (p.Is(i, kDeterminer) || p.RoleOf(i) == Role::kThe || p.RoleOf(i) == Role::kOf) return true;
  if (p.RoleOf(i) == Role::kA || p.RoleOf(i) == Role::kAnd) return true;
  if (p.Text(i) == "'s" || p.Text(i) == "\xE2\x80\x99s" || p.Text(i) == "for") return true;
  if (p.Is(i, kVerb) && !p.Is(i, kNoun) && !p.At(i).capitalised) return false;
  return p.NounLike(i) || p.At(i).capitalised || p.Is(i, kPronoun);
}

Phrase Words(const Passage& p, std::uint32_t begin, std::uint32_t end) {
  while (begin < end && p.RoleOf(begin) == Role::kAnd) ++begin;
  while (end > begin && (p.RoleOf(end - 1) == Role::kAnd || p.RoleOf(end - 1) == Role::kOf)) --end;
  Phrase phrase;
  phrase.span = p.SpanOf(begin, end);
  if (!phrase.span.empty()) phrase.text = std::string(p.doc.Surface(phrase.span));
  return phrase;
}

Phrase Rightwards(const Passage& p, std::uint32_t i) {
  std::uint32_t end = i;
  while (end < i + kNameMax && InName(p, end)) ++end;
  return Words(p, i, end);
}

Phrase Leftwards(const Passage& p, std::uint32_t verb) {
  std::uint32_t i = verb;
  while (i > p.first && p.Is(i - 1, kAdverb | kAuxiliary | kModal)) --i;
  std::uint32_t begin = i;
  while (begin > p.first && i - begin < kNameMax && InName(p, begin - 1)) --begin;
  return Words(p, begin, i);
}

bool IsSaying(const Passage& p, std::uint32_t i) {
  if (!p.Is(i, kSpeech) || p.NumberAt(i) != nullptr) return false;
  if (p.Is(i, kNoun) && !p.Is(i, kPastTense) && p.Is(i - 1, kDeterminer | kAdjective)) return false;
  // "6,500 confirmed cases"
  if (p.Is(i, kParticiple) && p.NumberAt(i - 1) != nullptr &&
      (p.NounLike(i + 1) || p.RoleOf(i + 1) == Role::kAnd || p.RoleOf(i + 1) == Role::kOr)) {
    return false;
  }
  // "the number of confirmed cases", "crowds estimated at 200,000"; not "officials said on Monday"
  const Number* figure = p.NumberAt(i + 2);
  const bool passive =
      p.Text(i + 1) == "by" || p.Text(i + 1) == "as" ||
      (p.Is(i + 1, kPreposition) && figure != nullptr && figure->kind <= NumberKind::kMeasurement);
  const bool modifies = p.Is(i, kParticiple) && !p.Is(i - 1, kAuxiliary) &&
                        (p.Is(i - 1, kPreposition | kDeterminer) || passive);
  if (modifies && p.RoleOf(i + 1) != Role::kTo) return false;
  // "were reported killed" names no speaker.
  if (p.Is(i, kParticiple) && i > p.first && p.Sense(i - 1).Is(kCueBe)) return false;
  return true;
}

// "the toll", "that", "which": no speaker.
bool IsThing(const Passage& p, const Phrase& phrase) {
  for (std::uint32_t i = p.first; i < p.end; ++i) {
    if (!phrase.span.Covers(p.At(i).span.begin)) continue;
    const WordSense& sense = p.Sense(i);
    if (sense.toll != MeasureId::kNone || sense.Is(kCueTally)) return true;
  }
  return phrase.text == "that" || phrase.text == "which" || phrase.text == "it";
}

}  // namespace

Phrase ReadAttribution(const Passage& passage, const Draft& draft) {
  std::uint32_t best = kNoToken;
  std::uint32_t distance = ~0u;
  const std::uint32_t at = draft.number->first;
  for (std::uint32_t i = passage.first; i < passage.end; ++i) {
    const bool according = passage.RoleOf(i + 1) == Role::kTo &&
                           (passage.Text(i) == "according" || passage.Text(i) == "According");
    if (!according && !IsSaying(passage, i)) continue;
    const std::uint32_t apart = i > at ? i - at : at - i;
    if (apart < distance) {
      distance = apart;
      best = i;
    }
  }
  if (best == kNoToken) return {};
  if (!passage.Is(best, kSpeech)) return Rightwards(passage, best + 2);
  // "said that ... and added": the speaker stands at the first of the verbs.
  if (passage.RoleOf(best - 1) == Role::kAnd) {
    for (std::uint32_t i = passage.first; i < best; ++i) {
      if (IsSaying(passage, i)) {
        best = i;
        break;
      }
    }
  }
  const Phrase before = Leftwards(passage, best);
  if (!before.text.empty() && !IsThing(passage, before)) return before;
  const std::string_view verb = passage.Text(best);
  if (verb == "told" || verb == "tells" || verb == "tell") return {};  // Who stands there hears it.
  return Rightwards(passage, best + 1);
}

}  // namespace claimwatch
