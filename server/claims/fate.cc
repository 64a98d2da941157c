#include "server/claims/fate.h"

namespace claimwatch {

namespace {

constexpr std::uint32_t kSeaReach = 40;

// "12,000 hit by the drought": affected; "cholera has struck 12,000": sick.
MeasureId StruckBy(const Passage& p, const Draft& draft) {
  const std::uint32_t at = draft.finding.at;
  if (!p.In(at, WordList::kStruck)) return MeasureId::kNone;
  const KnownMeasures& known = p.senses.known;
  const bool passive = draft.finding.relation == Relation::kPredicate;
  if (passive && p.RoleOf(at + 1) != Role::kBy) return MeasureId::kNone;
  for (std::uint32_t k = 1; k <= 5; ++k) {
    const std::uint32_t i = passive ? at + 1 + k : at - k;
    if (!p.Has(i) || p.At(i).kind == TokenKind::kPunct) break;
    if (p.In(i, WordList::kEpidemic)) return known.infected;
    const bool outage = p.In(i, WordList::kBlackout);
    if (outage || (draft.measure == known.injured && p.In(i, WordList::kDisaster))) {
      return known.affected;
    }
  }
  return MeasureId::kNone;
}

// What the words after the verb make of it; kNone: nothing else.
MeasureId OfWordsAfter(const Passage& p, const Draft& draft) {
  const KnownMeasures& known = p.senses.known;
  const std::uint32_t at = draft.finding.at;
  if (at == kNoToken) return MeasureId::kNone;
  // "took part in the heist"
  for (std::uint32_t i = at + 2; draft.measure == known.participants && i <= at + 5; ++i) {
    if (p.Text(i - 1) != "part" && p.In(i, WordList::kDeed)) return known.suspects;
  }
  // "30 villagers were swept away"
  const bool swept = draft.measure == known.damaged && draft.counted == CountedClass::kPerson &&
                     p.In(at, WordList::kSweep);
  return swept ? known.missing : MeasureId::kNone;
}

// Who was moved: evacuated, if the noun does not say more.
MeasureId OfMoved(const Passage& p, const Draft& draft) {
  const KnownMeasures& known = p.senses.known;
  const MeasureId counts = p.Sense(draft.np.head).counts;
  const std::string_view verb = p.Text(draft.finding.at);
  const bool picked = p.In(draft.finding.at, WordList::kPick);
  // "picked up 31 survivors", but "400 survivors will be moved to tents".
  const bool moved = draft.finding.relation == Relation::kPredicate && !picked;
  if (counts == known.rescued && !moved) return known.rescued;
  const bool unknown = draft.counted == CountedClass::kUnknown && !p.HasCapital(draft.np.head);
  if (picked && !unknown && TellsOfSea(p)) return known.rescued;  // "picked up by a trawler"
  if (unknown && verb.substr(0, 7) == "airlift") return known.equipment;  // "12 field kitchens"
  // "flew out 64 firefighters", "pulled back 64 soldiers": sent or called back.
  if (counts == known.deployed && p.In(draft.finding.at, WordList::kBringIn)) {
    return known.deployed;
  }
  // "40 casings were picked up": what is no known person is not moved out.
  return unknown && picked ? MeasureId::kNone : known.evacuated;
}

// What becomes of the measure where the noun itself says more than the verb.
MeasureId OfNoun(const Passage& p, const Draft& draft) {
  const KnownMeasures& known = p.senses.known;
  const NounPhrase& np = draft.np;
  const WordSense& head = p.Sense(np.head);
  const bool carried = draft.finding.at != kNoToken;
  const Relation relation = draft.finding.relation;
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
  if (draft.measure == known.trapped && p.In(np.head, WordList::kTraveller) && carried &&
      p.In(draft.finding.at, WordList::kStranding)) {
    return known.affected;  // They wait for a flight.
  }
  // "ferried 40 victims"
  const bool victims = head.counts == known.casualties;
  if (const MeasureId told = OfWordsAfter(p, draft); told != MeasureId::kNone) return told;
  if (victims && relation == Relation::kGovernor &&
      (draft.measure == known.participants || draft.measure == known.deployed)) {
    return known.casualties;
  }
  const bool let_go = draft.measure == known.affected;
  if ((draft.measure == known.count || let_go) && head.counts == known.hostages && carried &&
      (let_go || p.Sense(draft.finding.at).Is(kCueRelease))) {
    return known.rescued;  // "Four hostages were freed"
  }
  // "sheltering 80,000 refugees", "8,000 migrants streamed into Austria": who fled, if not aboard.
  const bool streams = draft.measure == known.participants && relation != Relation::kGovernor;
  if ((let_go || streams) && head.counts == known.displaced) return known.displaced;
  // "rounded up 49 goats": what is done to persons is not done to animals.
  if (head.thing == ThingClass::kAnimal && p.senses.CountsPeople(draft.measure)) {
    return MeasureId::kNone;
  }
  if (draft.measure == known.evacuated) return OfMoved(p, draft);
  const bool bodies = draft.measure == known.killed && draft.finding.negated &&
                      p.Text(np.head).substr(0, 4) == "bodi";
  return bodies ? known.missing : draft.measure;
}

}  // namespace

bool TellsOfSea(const Passage& p) {
  for (std::uint32_t i = p.first; i < p.end && i < p.first + kSeaReach; ++i) {
    if (p.In(i, WordList::kAtSea)) return true;
  }
  return false;
}

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
  const bool named = p.HasCapital(np.head) && !p.At(np.head).all_caps;
  const bool men = !np.elided() && (draft.counted == CountedClass::kPerson || named);
  if (draft.measure == known.arrested && !men && draft.finding.at != kNoToken &&
      p.Text(draft.finding.at).substr(0, 4) == "seiz") {
    return MeasureId::kNone;
  }
  if (draft.finding.at != kNoToken &&
      (draft.measure == known.injured || draft.measure == known.damaged)) {
    const bool active = draft.finding.relation == Relation::kPredicate &&
                        draft.finding.begin == draft.finding.at && !np.elided();
    if (active && p.In(draft.finding.at, WordList::kStruck) && p.In(np.head, WordList::kWrecker)) {
      return MeasureId::kNone;  // "four missiles struck": they were not hit.
    }
    if (const MeasureId measure = StruckBy(p, draft); measure != MeasureId::kNone) return measure;
  }
  if (np.elided()) {
    if (draft.claim() && p.Says(draft.number->end, "fatally")) return known.killed;
    const bool of_dead = np.inner != kNoToken && p.Sense(np.inner).adjective == known.killed;
    return of_dead && draft.claim() ? known.killed : draft.measure;
  }
  const bool cause = draft.measure == known.damaged && p.In(np.head, WordList::kWrecker);
  return cause ? MeasureId::kNone : OfNoun(p, draft);  // "18 fires burned"
}

bool OnlyOneDidIt(const Passage& p, const Draft& draft) {
  if (draft.np.elided()) return false;
  const MeasureId counts = p.Sense(draft.np.head).counts;
  if (counts != p.senses.known.suspects) return false;
  if (p.Is(draft.np.tail, kAuxiliary | kModal)) return true;  // "one suspect is at large"
  const std::uint32_t i = draft.number->first;
  return p.Text(i) == "only" || p.Text(i - 1) == "only";
}

}  // namespace claimwatch
