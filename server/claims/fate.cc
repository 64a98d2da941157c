#include "server/claims/fate.h"

namespace claimwatch {

MeasureId FateOf(const Passage& p, const Draft& draft) {
  const KnownMeasures& known = p.senses.known;
  const NounPhrase& np = draft.np;
  const auto& size = draft.number->quantity.low;
  const bool crowd = size && *size > Decimal(30) && draft.finding.relation == Relation::kPredicate;
  // "about 150 running away": no gang is as large.
  if (draft.measure == known.suspects && crowd) return known.participants;
  if (draft.measure == known.evacuated && draft.finding.at != kNoToken) {
    for (std::uint32_t i = draft.finding.at + 1; i <= draft.finding.at + 2; ++i) {
      if (p.Text(i) == "alive") return known.rescued;  // "were taken out alive"
    }
  }
  // "seized 40 kilograms", "14 were seized": ships, as often as men.
  const bool named = p.At(np.head).capitalised && !p.At(np.head).all_caps;
  const bool men = !np.elided() && (draft.counted == CountedClass::kPerson || named);
  if (draft.measure == known.arrested && !men && draft.finding.at != kNoToken &&
      p.Text(draft.finding.at).substr(0, 4) == "seiz") {
    return MeasureId::kNone;
  }
  if (np.elided()) {
    const bool of_dead = np.inner != kNoToken && p.Sense(np.inner).adjective == known.killed;
    return of_dead && draft.claim() ? known.killed : draft.measure;
  }
  const WordSense& head = p.Sense(np.head);
  const bool carried = draft.finding.at != kNoToken;
  const std::string_view verb = carried ? p.Text(draft.finding.at) : "";
  const bool unknown = draft.counted == CountedClass::kUnknown && !p.At(np.head).capitalised;
  const bool saved = head.thing == ThingClass::kOther || head.thing == ThingClass::kAnimal;
  if (draft.measure == known.rescued && saved) {
    return MeasureId::kNone;  // "to save 4,800 jobs", "500 turtles were rescued"
  }
  if (draft.measure == known.deployed) {
    const bool used = head.thing == ThingClass::kVehicle || head.thing == ThingClass::kAnimal ||
                      head.counts == known.equipment;
    if (used) return known.equipment;
    return draft.counted == CountedClass::kThing ? MeasureId::kNone : draft.measure;
  }
  // "sheltering 80,000 refugees": who fled, whatever is done for them.
  if (draft.measure == known.affected && head.counts == known.displaced) return known.displaced;
  if (draft.measure == known.evacuated) {
    // "flew out 64 firefighters": to where they are needed.
    if (head.counts == known.deployed && verb.substr(0, 2) == "fl") return known.deployed;
    // "40 casings were picked up": what is no known person is not moved out.
    if (unknown && verb.substr(0, 4) == "pick") return MeasureId::kNone;
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
