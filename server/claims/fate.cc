#include "server/claims/fate.h"

namespace claimwatch {

MeasureId FateOf(const Passage& p, const Draft& draft) {
  const KnownMeasures& known = p.senses.known;
  const NounPhrase& np = draft.np;
  if (np.elided()) {
    const bool of_dead = np.inner != kNoToken && p.Sense(np.inner).adjective == known.killed;
    return of_dead && draft.claim() ? known.killed : draft.measure;
  }
  if (draft.measure == known.deployed && p.Sense(np.head).thing != ThingClass::kNone) {
    return known.equipment;
  }
  const bool bodies = draft.measure == known.killed && draft.finding.negated &&
                      p.Text(np.head).substr(0, 4) == "bodi";
  return bodies ? known.missing : draft.measure;
}

bool OnlyOneDidIt(const Passage& p, const Draft& draft) {
  if (draft.np.elided()) return false;
  const MeasureId counts = p.Sense(draft.np.head).counts;
  if (counts != p.senses.known.suspects) return false;
  const std::uint32_t i = draft.number->first;
  return p.Text(i) == "only" || p.Text(i - 1) == "only";
}

}  // namespace claimwatch
