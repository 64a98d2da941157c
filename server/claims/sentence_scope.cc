#include "server/claims/sentence_scope.h"

#include <algorithm>

namespace claimwatch {
namespace {

// "said on Monday", "told reporters Monday": the day of the words, not of the figure.
bool SaidOn(const Passage& p, std::uint32_t i) {
  for (std::uint32_t k = 1; k <= 3 && i >= p.first + k; ++k) {
    if (p.Is(i - k, kSpeech)) return true;
    if (p.At(i - k).kind != TokenKind::kWord) return false;
  }
  return false;
}

}  // namespace

bool InAll(const Passage& p, std::uint32_t i) {
  if (p.RoleOf(i) != Role::kIn) return false;
  if (p.Text(i + 1) == "total") return true;
  if (p.Text(i + 1) != "all") return false;
  return !p.Has(i + 2) || p.At(i + 2).kind == TokenKind::kPunct;
}

// "said Ann, a nurse at a clinic in the town": she counts what she sees.
bool LocalSpeaker(const Passage& p) {
  bool local = false;
  for (std::uint32_t i = p.first; i < p.end && !local; ++i) {
    if ((p.Bits(i) & (kNoun | kPlural)) != kNoun || !p.Sense(i).Is(kCueNarrow)) continue;
    for (std::uint32_t k = 1; k <= 5 && i >= p.first + k; ++k) {
      const Role role = p.RoleOf(i - k);
      if ((role == Role::kAt || role == Role::kOf) && p.Is(i - k - 1, kPersonNoun)) local = true;
    }
    // "the village chief said"
    const bool person = p.Is(i + 1, kPersonNoun) ||  // "the regency police spokesman"
                        (p.Text(i + 1) == "police" && p.Is(i + 2, kPersonNoun));
    local = local || (person && !p.Sense(i).Is(kCueCare) && p.Text(i + 1) != "attorney");
  }
  bool says = false;
  for (std::uint32_t i = p.first; local && i < p.end; ++i) {
    says = says || (p.Is(i, kSpeech) && p.Is(i, kVerb));
  }
  return says && local;
}

// The same speaker's next sentence: a quotation, "he said", "she added".
bool GoesOn(const Passage& p) {
  const std::string_view text = p.Text(p.opening);
  return p.IsQuote(p.opening) || text == "he" || text == "she";
}

bool HasDay(const Passage& p) {
  for (std::uint32_t i = p.first; i < p.end; ++i) {
    const std::string_view text = p.Text(i);
    if (p.Is(i, kWeekday) || text == "yesterday" || text == "weekend" || text == "overnight" ||
        (text == "week" && p.Text(i - 1) == "this")) {
      if (i > p.first && (p.Text(i - 1) == "since" || p.Is(i - 1, kSpeech))) continue;
      if (p.Is(i + 1, kSpeech) || SaidOn(p, i)) continue;
      return true;
    }
  }
  return false;
}

// "in the uprising", "since the protests began", "so far", "nationwide"
bool TellsWhole(const Passage& p, const Draft& draft) {
  std::uint32_t begin = p.first, end = draft.number->first;
  for (std::uint32_t i = p.first; i < draft.number->first; ++i) {
    if (p.IsPunct(i, ';')) begin = i + 1;
  }
  while (end < p.end && !p.IsPunct(end, ';')) ++end;
  for (std::uint32_t i = begin; i < end; ++i) {
    const WordSense& sense = p.Sense(i);
    const std::string_view text = p.Text(i);
    if (text == "since" || (text == "so" && p.Text(i + 1) == "far")) {
      return true;
    }
    const bool all_over = text == "across" || text == "throughout";
    if (all_over && (p.Text(i + 2) == "country" || p.Text(i + 2) == "nation" ||
                     p.Sense(i + 1).Is(kCueCountry))) {
      return true;
    }
    if (InAll(p, i) || (sense.Is(kCueWhole) && !p.Is(i, kNoun))) return true;
    if (!sense.Is(kCueCrisis | kCueWhole) || p.Is(i, kPersonNoun)) continue;
    const bool headline = p.doc.field == Field::kTitle && sense.Is(kCueWhole) &&
                          (p.RoleOf(i - 1) == Role::kIn || p.RoleOf(i - 2) == Role::kIn);
    if (headline) return true;  // "six die in poll violence"
    for (std::uint32_t k = 1; k <= 4 && i >= p.first + k; ++k) {
      const Role role = p.RoleOf(i - k);
      if (role == Role::kThe || role == Role::kA || p.Text(i - k) == "this") return true;
      if (p.Is(i - k, kPreposition)) break;
    }
  }
  return false;
}

// "In all, 12 people were hurt": whatever place the rest of the sentence speaks of.
bool InEventTold(const Passage& p, const Draft& draft) {
  const std::uint32_t at = draft.number->first;
  if (!draft.finding.perfect) return false;
  for (std::uint32_t k = 1; k <= 3 && at >= p.first + k + 2; ++k) {
    if (p.Text(at - k) != "which") continue;
    return p.RoleOf(at - k - 1) == Role::kIn && p.Sense(at - k - 2).Is(kCueCrisis | kCueWhole);
  }
  return false;
}

bool InDaysOfIt(const Passage& p, const Draft& draft) {
  for (std::uint32_t i = draft.np.tail; i < draft.np.tail + 10 && p.Has(i); ++i) {
    const Number* span = p.NumberAt(i);
    if (span == nullptr) continue;
    const std::uint32_t of = std::max(span->end, span->unit_end);
    if (span->kind != NumberKind::kDuration || p.RoleOf(of) != Role::kOf) return false;
    if (p.Text(of - 1).substr(0, 4) == "hour") return false;
    return p.Sense(of + 1).Is(kCueCrisis | kCueStir | kCueWhole) || p.Sense(of + 2).Is(kCueCrisis);
  }
  return false;
}

bool OpensInAll(const Passage& p, const Draft& draft) {
  const std::uint32_t at = draft.number->first;
  return InAll(p, p.first) && at <= p.first + 3;
}

}  // namespace claimwatch
