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
  if (p.Is(i, kVerb) && !p.Is(i, kNoun | kAdjective) && !p.At(i).capitalised) return false;
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
  // "were reported killed" names no speaker.
  if (p.Is(i, kParticiple) && i > p.first && p.Sense(i - 1).Is(kCueBe)) return false;
  return true;
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
  const Phrase before = Leftwards(passage, best);
  if (!before.text.empty()) return before;
  return Rightwards(passage, best + 1);
}

}  // namespace claimwatch
