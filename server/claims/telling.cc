#include "server/claims/telling.h"

namespace claimwatch {
namespace {

constexpr std::uint32_t kReach = 6;  // "told reporters at a briefing on Monday"

// "A tally by the agency on Monday": the day of a count is that of its figures.
bool IsCount(const Passage& p, const Phrase& attribution) {
  for (std::uint32_t i = p.first; i < p.end; ++i) {
    const Span token = p.At(i).span;
    if (token.begin >= attribution.span.end()) return false;
    if (token.begin >= attribution.span.begin && p.In(i, WordList::kAccount)) return true;
  }
  return false;
}

}  // namespace

bool IsOfTelling(const Passage& p, std::uint32_t begin, std::uint32_t end,
                 const Phrase& attribution) {
  if (begin > p.first && !attribution.span.empty()) {  // "Officials on Sunday put the toll at"
    const Token& before = p.At(begin - 1);
    // "The ministry on Monday reported 11 deaths" tells of the deaths known on that day.
    const bool reports = p.Is(end, kSpeech) && p.NumberAt(end + 1) != nullptr;
    const bool speaks = before.span.end() == attribution.span.end() && !reports;
    if (speaks && !IsCount(p, attribution)) return true;
  }
  for (std::uint32_t k = 1; k <= kReach && begin >= p.first + k; ++k) {
    const std::uint32_t i = begin - k;
    if (p.Is(i, kSpeech)) {
      if (p.Is(i - 1, kAuxiliary) && !p.Sense(i - 1).Is(kCueHave)) return false;  // "were reported"
      // "said the quake on Monday killed 12": the day of the quake.
      return k == 1 || !p.Is(end, kVerb) || p.Is(end, kSpeech);
    }
    if (p.At(i).kind != TokenKind::kWord) return false;
    if (p.NumberAt(i) != nullptr && !p.HasCapital(i)) return false;  // "told Channel Six"
    const bool source = !attribution.span.empty() && i > p.first &&  // "a report released Monday"
                        p.At(i - 1).span.end() == attribution.span.end();
    if (source && p.Is(i, kParticiple)) return true;
    if (p.Is(i, kVerb) && !p.Is(i, kNoun)) return false;
  }
  return false;
}

}  // namespace claimwatch
