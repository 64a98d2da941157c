#include "server/claims/insertion.h"

#include "server/claims/verb_sense.h"

namespace claimwatch {

std::uint32_t AfterBracketed(const Passage& p, std::uint32_t i) {
  for (std::uint32_t k = 0; k < 16 && p.Has(i); ++k, ++i) {
    if (p.IsPunct(i, ')') || p.IsPunct(i, ']')) return i + 1;
  }
  return kNoToken;
}

std::uint32_t AfterDashes(const Passage& p, std::uint32_t i) {
  for (std::uint32_t k = i + 1; k < i + 14 && p.Has(k); ++k) {
    if (!p.IsDash(k)) continue;
    if (!p.Is(k + 1, kAuxiliary | kModal | kPastTense)) return kNoToken;
    return k + 1;
  }
  return kNoToken;
}

namespace {

constexpr std::uint32_t kNamesMax = 14;

// ", contractors at the embassy, were": nouns alone, to the comma before the verb.
std::uint32_t AfterNouns(const Passage& p, std::uint32_t i) {
  for (std::uint32_t k = i + 1; k < i + kNamesMax && p.Has(k); ++k) {
    if (p.IsPunct(k, ',')) return p.Is(k + 1, kAuxiliary | kModal) ? k + 1 : kNoToken;
    const bool joins = p.RoleOf(k) == Role::kAnd || p.Is(k, kPreposition | kDeterminer);
    if (p.NumberAt(k) != nullptr || !(p.NounLike(k) || joins)) return kNoToken;
  }
  return kNoToken;
}

// "people in Torl[, Kelo, and Sarn] were": names alone, to the verb behind the last.
std::uint32_t AfterNames(const Passage& p, std::uint32_t comma) {
  if (!p.HasCapital(comma - 1)) return kNoToken;
  bool last = false;
  for (std::uint32_t k = comma + 1; k < comma + kNamesMax && p.Has(k); ++k) {
    if (last && p.Is(k, kAuxiliary | kModal)) return p.HasCapital(k - 1) ? k : kNoToken;
    if (p.RoleOf(k) == Role::kAnd) {
      last = true;
    } else if (!p.IsPunct(k, ',') && (!p.HasCapital(k) || p.NumberAt(k) != nullptr)) {
      return kNoToken;
    }
  }
  return kNoToken;
}

}  // namespace

std::uint32_t AfterShortAside(const Passage& p, std::uint32_t i) {
  if (const std::uint32_t verb = AfterNames(p, i); verb != kNoToken) return verb;
  const bool apposition = p.RoleOf(i + 1) == Role::kA || p.RoleOf(i + 1) == Role::kThe;
  const bool pair = p.RoleOf(i + 1) == Role::kAnd && p.Is(i - 1, kNoun);
  const bool ages =
      p.RoleOf(i + 1) == Role::kAge || p.Text(i + 1) == "both" || p.Text(i + 1) == "all";
  const std::uint32_t reach = apposition ? 14 : pair || ages ? 9 : 5;
  for (std::uint32_t k = i + 2; k < i + reach && p.Has(k); ++k) {
    if (!p.IsPunct(k, ',')) continue;
    if (!p.Is(k + 1, kAuxiliary | kModal | kPastTense)) return kNoToken;
    return k + 1;
  }
  return AfterNouns(p, i);
}

std::uint32_t AfterClause(const Passage& p, std::uint32_t i) {
  for (std::uint32_t k = i; k < i + 16 && p.Has(k); ++k) {
    if (p.IsPunct(k, ',') && p.Is(k + 1, kAuxiliary | kModal | kPastTense)) return k + 1;
  }
  return kNoToken;
}

std::uint32_t AfterAside(const Passage& p, std::uint32_t i) {
  bool clause = false;  // ", including one whose case was moved, face trial"
  for (std::uint32_t k = 0; k < 22 && p.Has(i); ++k, ++i) {
    if (p.IsPunct(i, ',') && (clause || !p.NounLike(i + 1))) return i + 1;
    clause = clause || p.Text(i) == "whose";
    if (!clause && p.Is(i, kAuxiliary | kModal) && !IsPossessive(p, i)) return i;
  }
  return kNoToken;
}

}  // namespace claimwatch
