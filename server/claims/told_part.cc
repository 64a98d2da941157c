#include "server/claims/told_part.h"

namespace claimwatch {
namespace {

constexpr std::uint32_t kThereReach = 8, kWhereReach = 9, kAloneReach = 6;
constexpr std::uint32_t kTakenReach = 10;

bool EndsClause(const Passage& p, std::uint32_t i) {
  return p.IsPunct(i, ',') || p.IsPunct(i, ';') || p.NumberAt(i) != nullptr;
}

// "23 people were detained there", "were pulled alive from there"
bool EndsThere(const Passage& p, const Draft& draft) {
  for (std::uint32_t i = draft.np.tail; i < draft.np.tail + kThereReach && p.Has(i); ++i) {
    if (EndsClause(p, i)) return false;
    if (p.Text(i) == "there") return !p.Sense(i + 1).Is(kCueBe | kCueHave);
  }
  return false;
}

// "in Kelo, where 12 were hurt": not where the event itself happened.
bool WhereElse(const Passage& p, const Background& background, const Draft& draft) {
  const std::uint32_t at = draft.number->first;
  for (std::uint32_t k = 1; k <= kWhereReach && at >= p.first + k + 1; ++k) {
    const std::uint32_t i = at - k;
    if (p.IsPunct(i, ',') || p.IsPunct(i, ';')) return false;
    if (p.Text(i) != "where") continue;
    const std::uint32_t name = p.IsPunct(i - 1, ',') ? i - 2 : i - 1;
    if (!p.HasCapital(name) || p.Is(name, kMonth | kWeekday)) return false;
    return !background.IsEventPlace(p.Surface(name));
  }
  return false;
}

// "the toll in the port alone has reached 12"
bool AloneBefore(const Passage& p, const Draft& draft) {
  const std::uint32_t at = draft.number->first;
  for (std::uint32_t k = 1; k <= kAloneReach && at >= p.first + k; ++k) {
    if (p.IsPunct(at - k, ',') || p.IsPunct(at - k, ';')) return false;
    if (p.Text(at - k) == "alone") return true;
  }
  return false;
}

// "its clinics have treated 50 people", "a hospital received two bodies and 35 wounded": those
// whom one house took in.
bool TakenIn(const Passage& p, const Draft& draft) {
  const KnownMeasures& known = p.senses.known;
  if (draft.measure != known.injured && draft.measure != known.killed) return false;
  const std::uint32_t at = draft.number->first;
  for (std::uint32_t k = 1; k <= kTakenReach && at >= p.first + k + 1; ++k) {
    const std::uint32_t i = at - k;
    if (p.IsPunct(i, ',') || p.IsPunct(i, ';')) return false;
    if (!p.In(i, WordList::kTakeIn) || !p.Is(i, kVerb)) continue;
    if (p.Sense(i - 1).Is(kCueBe)) return false;
    if (p.Sense(i - 1).Is(kCueHave)) return true;
    for (std::uint32_t house = p.first; house < i; ++house) {
      if (p.Sense(house).Is(kCueCare) && p.Is(house, kNoun)) return true;
    }
    return false;
  }
  return false;
}

// "At a college, 60 students were missing": one of many, wherever the event was.
bool OpensAtOne(const Passage& p) {
  const bool at = p.RoleOf(p.opening) == Role::kAt || p.RoleOf(p.opening) == Role::kIn;
  if (!at || p.RoleOf(p.opening + 1) != Role::kA) return false;
  for (std::uint32_t i = p.opening + 2; i < p.opening + 5; ++i) {
    if (p.IsPunct(i, ',')) return false;
    const bool house = p.Sense(i).thing == ThingClass::kBuilding || p.Is(i, kPlaceNoun) ||
                       p.Sense(i).Is(kCueNarrow | kCueCare);
    if (house && p.Is(i, kNoun)) return true;
  }
  return false;
}

// "12 people are in intensive care"
bool InSevereState(const Passage& p, const Draft& draft) {
  const std::uint32_t i = draft.np.tail;
  return draft.measure == p.senses.known.hospitalised && p.Sense(i).Is(kCueBe) &&
         p.RoleOf(i + 1) == Role::kIn && p.Sense(i + 2).Is(kCueSeverity);
}

}  // namespace

bool IsToldPart(const Passage& passage, const Background& background, const Draft& draft) {
  return EndsThere(passage, draft) || WhereElse(passage, background, draft) ||
         AloneBefore(passage, draft) || TakenIn(passage, draft) || InSevereState(passage, draft) ||
         OpensAtOne(passage);
}

bool AreAboardTogether(const Passage& passage, const Draft& left, const Draft& right) {
  const MeasureId aboard = passage.senses.known.participants;
  if (left.measure != aboard || right.measure != aboard) return false;
  if (left.np.elided() || right.np.elided()) return false;
  if (!passage.In(left.np.head, WordList::kPassenger)) return false;
  for (std::uint32_t i = right.np.begin; i <= right.np.head; ++i) {  // "four crew members"
    if (passage.In(i, WordList::kCrew)) return true;
  }
  return false;
}

}  // namespace claimwatch
