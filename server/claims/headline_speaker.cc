#include "server/claims/headline_speaker.h"

#include <string_view>

#include "server/claims/speaker.h"

namespace claimwatch {
namespace {

constexpr std::uint32_t kTellerMax = 7;

// "NCDC", "WHO" alone, where the headline is not all in capitals.
bool IsAcronym(const Passage& p, std::uint32_t i) {
  if (!p.At(i).all_caps || p.At(i).span.size < 2 || p.NumberAt(i) != nullptr) return false;
  if (p.Text(i).find('.') != std::string_view::npos) return false;  // A country's: "U.S."
  const std::uint32_t other = i == p.first ? p.end - 1 : p.first;
  return p.At(other).kind == TokenKind::kWord && !p.At(other).all_caps;
}

// "Police", "state TV", "the Torl mayor", "Minister Falk": all of tokens [begin, end).
bool AreTellers(const Passage& p, std::uint32_t begin, std::uint32_t end) {
  if (begin >= end || end - begin > kTellerMax) return false;
  if (end - begin == 1 && IsAcronym(p, begin)) return true;
  for (std::uint32_t i = begin; i < end; ++i) {
    if (!InName(p, i) && !p.In(i, WordList::kTeller)) return false;
  }
  if (p.In(end - 1, WordList::kTeller)) return true;
  if (!p.In(begin, WordList::kTeller) || !p.Is(begin, kPersonNoun)) return false;
  for (std::uint32_t i = begin + 1; i < end; ++i) {  // "Minister Ada Falk"
    if (!p.HasCapital(i) || p.WordAt(i) != nullptr) return false;
  }
  return end > begin + 1;
}

}  // namespace

Phrase HeadlineSpeaker(const Passage& p) {
  if (p.doc.field != Field::kTitle) return {};
  for (std::uint32_t i = p.first + 1; i < p.end; ++i) {
    const bool colon = p.IsPunct(i, ':');
    if (!colon && !p.IsDash(i)) continue;
    if (colon && AreTellers(p, p.first, i)) return SpeakerWords(p, p.first, i);
    if (AreTellers(p, i + 1, p.end)) return SpeakerWords(p, i + 1, p.end);
  }
  return {};
}

}  // namespace claimwatch
