#include "server/claims/noun_measure.h"

#include "server/claims/hints.h"

namespace claimwatch {

bool HeadIsAct(const Passage& p, std::uint32_t head) {
  const WordSense& sense = p.Sense(head);
  if (sense.counts == MeasureId::kNone || sense.population != 0) return false;
  if (sense.thing != ThingClass::kNone) return false;
  return !p.Is(head, kPersonNoun) && sense.counts != p.senses.known.equipment;
}

MeasureId StateMeasure(const Passage& p, const Draft& draft) {
  const std::uint32_t state = draft.np.state;
  const bool acting = draft.counted == CountedClass::kPerson && p.Is(draft.np.begin, kGerund) &&
                      draft.np.begin < draft.np.head;
  if (acting && p.Sense(draft.np.begin).subject == p.senses.known.participants) {
    return p.senses.known.participants;  // "310 striking teachers"
  }
  if (state == kNoToken || state >= draft.np.head || state < draft.np.begin) {
    return MeasureId::kNone;
  }
  const WordSense& sense = p.Sense(state);
  if (sense.adjective != MeasureId::kNone && draft.counted != CountedClass::kThing) {
    return sense.adjective;
  }
  return ObjectMeasure(sense, draft.counted);
}

MeasureId HeadMeasure(const Passage& p, const Draft& draft) {
  const KnownMeasures& known = p.senses.known;
  const NounPhrase& np = draft.np;
  const WordSense& sense = p.Sense(np.head);
  const bool judged =
      sense.counts == known.deployed && p.Sense(draft.number->first - 1).Is(kCueCourt);
  if (sense.counts == known.affected && p.In(np.head, WordList::kPatient) && SpeaksOfHospital(p)) {
    return known.hospitalised;
  }
  if (sense.counts != MeasureId::kNone && !judged) return sense.counts;
  if (AreTeams(p, np)) return known.deployed;
  if (np.joined != kNoToken && p.Sense(np.joined).counts != MeasureId::kNone) {
    return p.Sense(np.joined).counts;
  }
  if (sense.Is(kCueGeneric) && np.inner != kNoToken &&
      p.Sense(np.inner).counts != MeasureId::kNone) {
    return p.Sense(np.inner).counts;
  }
  if (sense.thing == ThingClass::kVehicle) {
    for (std::uint32_t i = np.begin; i < np.head; ++i) {
      if (p.Sense(i).Is(kCueMilitary)) return known.equipment;
    }
  }
  return known.count;
}

}  // namespace claimwatch
