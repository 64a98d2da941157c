#include "server/claims/increment.h"

namespace claimwatch {

// "to close 85 of its 612 shops": those that close are all that close.
bool OfTheirOwn(const Passage& p, const Draft& draft) {
  const std::uint32_t i = draft.number->end;
  const bool own = p.Text(i + 1) == "its" || p.Text(i + 1) == "their";
  return own && p.RoleOf(i) == Role::kOf && p.NumberAt(i + 2) != nullptr &&
         draft.counted != CountedClass::kPerson;
}

// "312 new cases", "11 new deaths": they come on top.
bool IsNew(const Passage& p, const Draft& draft) {
  if (draft.np.elided() || p.Text(draft.np.begin) != "new") return false;
  const KnownMeasures& known = p.senses.known;
  const MeasureId counts = p.Sense(draft.np.head).counts;
  return counts == known.infected || counts == known.killed || counts == known.hospitalised;
}

// "1,639 cases, an increase of [743]"
bool IsRiseOf(const Passage& p, const Draft& draft) {
  const std::uint32_t i = draft.number->first;
  return draft.np.elided() && draft.number->kind == NumberKind::kCount &&
         p.RoleOf(i - 1) == Role::kOf && p.In(i - 2, WordList::kRise);
}

// "rose by 508,000 to 11.6 million"
bool RisesBy(const Passage& p, const Draft& draft) {
  // "130 cases, 22 more than on Friday"
  const std::uint32_t end = draft.number->end;
  if (draft.np.elided() && p.Text(end) == "more" && p.RoleOf(end + 1) == Role::kThan) return true;
  const std::uint32_t i = draft.number->first;
  if (IsRiseOf(p, draft)) return true;
  if (p.RoleOf(i - 1) != Role::kBy || draft.number->kind != NumberKind::kCount) return false;
  for (std::uint32_t k = 2; k <= 6 && i >= p.first + k; ++k) {  // "raising the initial toll by one"
    if (p.In(i - k, WordList::kGrow)) return k == 2 || p.Sense(i - 2).toll != MeasureId::kNone;
  }
  return false;
}

}  // namespace claimwatch
