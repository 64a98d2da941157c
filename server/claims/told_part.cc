#include "server/claims/told_part.h"

namespace claimwatch {
namespace {

constexpr std::uint32_t kThereReach = 8, kWhereReach = 9, kAloneReach = 6;

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
    if (!p.At(name).capitalised || p.Is(name, kMonth | kWeekday)) return false;
    return !background.IsEventPlace(p.Text(name));
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

// "Ten were taken to hospital; seven were released": what became of some of them.
bool IsOutcomeOfSome(const Passage& p, const Draft& draft) {
  const bool taken_over =
      draft.source >= 0 || draft.anaphor || draft.finding.relation == Relation::kShared;
  if (!draft.np.elided() || !taken_over) return false;
  std::uint32_t i = draft.np.tail;
  while (i < draft.np.tail + 3 && (p.Sense(i).Is(kCueBe | kCueHave) || p.IsAdverb(i))) ++i;
  return p.In(i, WordList::kSequel);
}

// "its clinics have treated 50 people": those whom one house took in.
bool TakenIn(const Passage& p, const Draft& draft) {
  const std::uint32_t at = draft.number->first;
  if (draft.measure != p.senses.known.injured || at < p.first + 2) return false;
  return p.In(at - 1, WordList::kTakeIn) && p.Sense(at - 2).Is(kCueHave);
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
         AloneBefore(passage, draft) || IsOutcomeOfSome(passage, draft) ||
         TakenIn(passage, draft) || InSevereState(passage, draft);
}

bool AreAboardTogether(const Passage& passage, const Draft& left, const Draft& right) {
  const MeasureId aboard = passage.senses.known.participants;
  if (left.measure != aboard || right.measure != aboard) return false;
  if (left.np.elided() || right.np.elided()) return false;
  return passage.In(left.np.head, WordList::kPassenger) &&
         passage.In(right.np.head, WordList::kCrew);
}

}  // namespace claimwatch
