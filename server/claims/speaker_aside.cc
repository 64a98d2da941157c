#include "server/claims/speaker_aside.h"

#include <algorithm>

#include "server/claims/speaker.h"

namespace claimwatch {
namespace {

constexpr std::uint32_t kInsertionMax = 30;
constexpr std::uint32_t kRelayReach = 20;  // Tokens from "citing" to "said".

bool IsWordOrHyphen(const Passage& p, std::uint32_t i) {
  return p.At(i).kind == TokenKind::kWord || p.IsHyphen(i);
}

// "[Anna Rell], the", "[Dr. Ines Falk], chief": where the capitals before `comma` begin; `comma`
// itself where there are none, or where they are a place ("in Torl, the capital,").
std::uint32_t CapitalsBefore(const Passage& p, std::uint32_t comma) {
  std::uint32_t begin = comma;
  while (begin > p.first && p.At(begin - 1).kind == TokenKind::kWord && p.HasCapital(begin - 1) &&
         p.NumberAt(begin - 1) == nullptr) {
    --begin;
    if (begin >= p.first + 2 && p.IsPunct(begin - 1, '.') && !p.At(begin - 1).space_before) --begin;
  }
  if (begin == comma) return comma;
  if (p.Is(begin, kAdverb | kConjunction | kWeekday | kMonth | kPronoun)) return comma;
  const bool place =
      p.Is(begin, kPreposition) ||
      (begin > p.first && p.Is(begin - 1, kPreposition) && p.RoleOf(begin - 1) != Role::kOf &&
       p.Text(begin - 1) != "for");  // "the Observatory for Human Rights"
  return place ? comma : begin;
}

// "the ministry's spokeswoman", "52", "head of the service", "Torl Fire Chief": begins with what
// somebody is, up to `end`.
bool DescribesFrom(const Passage& p, std::uint32_t i, std::uint32_t end) {
  if (p.HasCapital(i)) return p.Is(end - 1, kPersonNoun) || p.In(end - 1, WordList::kTeller);
  if (p.NumberAt(i) != nullptr) return true;
  return p.RoleOf(i) == Role::kA || p.RoleOf(i) == Role::kThe || p.Is(i, kDeterminer) ||
         p.NounLike(i);
}

}  // namespace

std::uint32_t ClauseOfSpeaker(const Passage& p, std::uint32_t verb) {
  // "The toll was given by the governor, who said"
  if (verb > p.first + 2 && p.Text(verb - 1) == "who" && p.IsPunct(verb - 2, ',')) return verb - 2;
  bool tells = false;  // Of something else that the speaker does: "who [asked] not to be named".
  for (std::uint32_t i = verb - 1; i > p.first && verb - i < kNameMax; --i) {
    if (!IsWordOrHyphen(p, i) && p.NumberAt(i) == nullptr) return kNoToken;
    if (p.Text(i) == "who") return tells ? i : kNoToken;
    tells = tells || p.Is(i, kPastTense | kAuxiliary | kThirdPerson);
  }
  return kNoToken;
}

std::uint32_t InsertionBefore(const Passage& p, std::uint32_t verb) {
  if (verb < p.first + 3 || !p.IsPunct(verb - 1, ',')) return kNoToken;
  for (std::uint32_t i = verb - 2; i > p.first && verb - i < kInsertionMax; --i) {
    if (!p.IsPunct(i, ',')) continue;
    const bool clause = p.Sense(i + 1).Is(kCueRelative) || p.Is(i + 1, kParticiple | kGerund);
    // "The ministry, in its first account of it, said"
    const bool phrase = p.Is(i + 1, kPreposition) && CanTell(p, NameBefore(p, i));
    return clause || phrase ? i + 1 : kNoToken;
  }
  return kNoToken;
}

std::uint32_t AppositionBefore(const Passage& p, std::uint32_t verb) {
  if (verb < p.first + 4 || !p.IsPunct(verb - 1, ',')) return kNoToken;
  for (std::uint32_t i = verb - 2; i > p.first && verb - i < kInsertionMax; --i) {
    if (p.IsPunct(i, ';') || p.IsQuote(i)) return kNoToken;
    const bool told = p.Is(i, kPastTense) && !p.Is(i, kNoun | kParticiple);
    if (told) return kNoToken;
    if (!p.IsPunct(i, ',')) continue;
    if (!DescribesFrom(p, i + 1, verb - 1)) {
      if (p.HasCapital(i + 1)) continue;  // ", the maker of Torl, Kelo and Sarn cars,"
      return kNoToken;
    }
    if (CapitalsBefore(p, i) < i) return i + 1;
  }
  return kNoToken;
}

Phrase OriginOf(const Passage& p, std::uint32_t verb) {
  const std::uint32_t from = verb == kNoToken ? p.first : verb;
  const std::uint32_t first = from > p.first + kRelayReach ? from - kRelayReach : p.first;
  for (std::uint32_t i = first; i < p.end && i < from + kRelayReach; ++i) {
    if (!p.In(i, WordList::kRelay) || p.Sense(i - 1).Is(kCueBe)) continue;
    Phrase origin = NameAfter(p, i + 1);
    if (!origin.text.empty() && CanTell(p, origin)) return origin;
  }
  return {};
}

}  // namespace claimwatch
