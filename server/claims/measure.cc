// ReadMeasures: from what the words around say to a measure for every number.
#include "server/claims/antecedent.h"
#include "server/claims/aside.h"
#include "server/claims/bare_figure.h"
#include "server/claims/doer.h"
#include "server/claims/draft.h"
#include "server/claims/fate.h"
#include "server/claims/hints.h"
#include "server/claims/loss.h"
#include "server/claims/presence.h"
#include "server/claims/things.h"
#include "server/text/units.h"

namespace claimwatch {
namespace {

class Measurer {
 public:
  Measurer(const Passage& passage, const Antecedent& before, std::vector<Draft>* drafts)
      : p_(passage), before_(before), drafts_(*drafts) {}

  void Run() {
    drafts_.clear();
    for (std::uint32_t k = p_.first_number; k < p_.end_number; ++k) {
      Draft draft;
      draft.number = &p_.numbers[k];
      draft.index = k;
      ReadOne(&draft);
      drafts_.push_back(draft);
    }
    ShareMeasures(p_, before_, &drafts_);
    for (Draft& draft : drafts_) Settle(&draft);
  }

 private:
  void ReadOne(Draft* draft) {
    const Number& number = *draft->number;
    const KnownMeasures& known = p_.senses.known;
    draft->reason = number.reason;
    draft->rejected = number.weak;
    if (number.weak) return;
    if (IsBaseOfRate(p_, number)) {
      draft->reason = "the base of a rate";
      draft->rejected = true;
      return;
    }
    if (IsModelName(p_, number) || IsInsideWord(p_, number) || IsGunSize(p_, number)) {
      draft->reason = "part of a name";
      draft->rejected = true;
      return;
    }
    switch (number.kind) {
      case NumberKind::kCount:
        ReadCount(draft);
        break;
      case NumberKind::kMoney:
        draft->np = ReadNounPhrase(p_, number);
        draft->measure = TellsLoss(p_, number) ? known.loss : known.money;
        draft->reason = "a sum of money";
        break;
      case NumberKind::kPercent:
        if (p_.RoleOf(number.end) == Role::kA) {
          draft->reason = "half of one thing";  // "by half a point"
          draft->rejected = true;
          break;
        }
        draft->np = ReadNounPhrase(p_, number);
        draft->measure = known.percent;
        draft->reason = "a share";
        break;
      case NumberKind::kMeasurement:
        draft->np = ReadNounPhrase(p_, number);
        draft->measure =
            GetUnit(number.quantity.unit).dimension == "magnitude" || IsOnRichter(p_, number)
                ? known.magnitude
                : known.measurement;
        draft->reason = "a measurement";
        break;
      default:
        break;
    }
  }

  void ReadCount(Draft* draft) {
    const Number& number = *draft->number;
    draft->np = ReadNounPhrase(p_, number);
    if (draft->np.elided()) ShareNoun(draft);
    draft->counted = ClassOf(p_, draft->np);
    if (draft->np.elided() && AnimalsBefore(*draft)) draft->counted = CountedClass::kThing;
    if (!drafts_.empty() && CountsThingsBefore(p_, drafts_.back(), *draft)) {
      draft->counted = CountedClass::kThing;
    }
    if (IsOne(number.quantity) && p_.Text(number.end) == "shot" &&
        p_.Text(number.first - 1).substr(0, 3) == "fir") {
      draft->reason = "'one' as an article";  // "fired one shot"
      draft->rejected = true;
      return;
    }
    if (IsSpeakersOwn(p_, number)) {
      draft->reason = "the speaker's own";
      draft->rejected = true;
      return;
    }
    if (TellsMagnitude(p_, number)) {
      draft->measure = p_.senses.known.magnitude;
      return;
    }
    if (CountsInhabitants(p_, number, draft->np)) {
      draft->measure = p_.senses.known.count;
      draft->finding.relation = Relation::kHead;
      return;
    }
    const Finding governor = ReadGovernor(p_, number, draft->np, draft->counted);
    if (IsWholeOf(number)) {
      draft->measure = StateMeasure(*draft);
      const Finding state = ReadPredicate(p_, draft->np.tail, draft->counted);
      const bool near = draft->np.elided() || p_.Is(draft->np.tail, kPreposition | kParticiple);
      const MeasureId there = p_.Sense(draft->np.tail).adjective;
      if (!draft->claim() && there == p_.senses.known.participants) {
        draft->measure = there;  // "19 of the 172 aboard survived": of all aboard, 19 did.
      } else if (!draft->claim() && near && state.at == draft->np.tail) {
        draft->finding = state;
        draft->measure = state.measure;
      }
      if (!draft->claim() && !draft->np.elided()) draft->measure = HeadMeasure(*draft);
      return;
    }
    Finding predicate = ReadPredicate(p_, draft->np.tail, draft->counted);
    const bool restated = p_.RoleOf(number.first - 1) == Role::kOr &&  // ", or 800 men, will go"
                          p_.IsPunct(number.first - 2, ',');
    if (!predicate.found() && p_.IsPunct(draft->np.tail, ',') &&
        (restated || TellsPart(p_, *draft->number))) {
      predicate = ReadPredicate(p_, draft->np.tail + 1, draft->counted);
    }
    // "struggling to evacuate 14 children still trapped": what is, not what is wanted.
    const bool wanted = governor.relation == Relation::kGovernor && governor.at > p_.first &&
                        p_.RoleOf(governor.at - 1) == Role::kTo && predicate.found();
    const bool act = !draft->np.elided() && HeadIsAct(draft->np.head);
    if (act) {
      draft->finding = governor;
      draft->finding.measure = p_.Sense(draft->np.head).counts;
      draft->finding.relation = Relation::kHead;
      draft->finding.at = draft->np.head;
      draft->finding.begin = predicate.begin;
      draft->finding.projected = predicate.projected;
      draft->finding.negated = predicate.negated;
    } else if (governor.relation == Relation::kGovernor && !wanted) {
      draft->finding = governor;
    } else if (governor.relation == Relation::kToll && draft->np.elided() &&
               predicate.at != kNoToken && predicate.at > draft->np.tail + 3) {
      draft->finding = governor;  // "the missing fell to 30 from 90 after dozens were found safe"
    } else if (predicate.found() && !predicate.weak) {
      draft->finding = predicate;
    } else if (governor.found()) {
      draft->finding = governor;
    } else {
      draft->finding = predicate;
    }
    draft->measure = draft->finding.measure;
    if (draft->measure == p_.senses.known.participants && IsCapacity(p_, number)) {
      draft->measure = p_.senses.known.count;
    }
    draft->measure = FateOf(p_, *draft);
    if (IsUnharmed(*draft)) {
      draft->reason = "said not to have happened";
      draft->rejected = true;
      draft->measure = MeasureId::kNone;
      return;
    }
    if (p_.senses.CountsPeople(draft->measure) && !CanBePeople(p_, *draft)) {
      draft->measure = MeasureId::kNone;
    }
    if (draft->measure == p_.senses.known.trapped && IsBurial(p_, *draft)) {
      draft->measure = p_.senses.known.killed;
    }
    const bool open = !draft->claim() || draft->measure == p_.senses.known.equipment;
    if (open && (IsTeamSent(p_, number) || (draft->claim() && AreTeams(p_, draft->np)))) {
      draft->measure = p_.senses.known.deployed;
    }
    if (!draft->claim() && draft->counted == CountedClass::kPerson) {
      draft->measure = OfIncluders(p_, number);  // "The dead included 12 women"
    }
    if (!draft->claim() && DidIt(p_, *draft)) draft->measure = p_.senses.known.suspects;
    if (!draft->claim() && AreArmed(p_, *draft)) draft->measure = p_.senses.known.suspects;
    if (number.quantity.low && *number.quantity.low < Decimal(0)) draft->measure = MeasureId::kNone;
    const bool crosses = draft->finding.at != kNoToken &&
                         p_.Text(draft->finding.at).substr(0, 5) == "cross";  // "crossed into"
    const bool comes = crosses || (draft->measure == p_.senses.known.evacuated &&
                                   p_.Text(draft->finding.at + 1) == "in");  // "flown in"
    if ((draft->measure == p_.senses.known.participants || comes) && IsForce(p_, *draft)) {
      draft->measure = p_.senses.known.deployed;
    }
    if (draft->measure == p_.senses.known.participants && IsUnknownThing(*draft)) {
      draft->measure = MeasureId::kNone;
    }
    if (draft->measure == p_.senses.known.injured &&
        IsClientHit(p_, draft->finding.at,
                    draft->np.elided() && !drafts_.empty() ? drafts_.back().np : draft->np)) {
      draft->measure = p_.senses.known.affected;
    }
    if (!draft->np.elided() && draft->measure == p_.senses.known.arrested &&
        p_.Sense(draft->np.head).counts == p_.senses.known.hostages) {
      draft->measure = p_.senses.known.hostages;  // "Eight hostages are held there"
    }
    if (!draft->np.elided() && p_.Sense(draft->np.head).counts == p_.senses.known.suspects) {
      draft->measure = OfSuspects(draft->measure);
    }
    if (!draft->claim() && draft->np.elided() && p_.Text(number.end) == "fatally") {
      draft->measure = p_.senses.known.killed;
      draft->part = true;
    }
    if (!draft->claim() && draft->np.elided() && draft->np.inner != kNoToken) {
      const WordSense& whole = p_.Sense(draft->np.inner);
      draft->measure = whole.adjective != MeasureId::kNone ? whole.adjective : whole.object;
      if (p_.Text(draft->np.inner) == "held") draft->measure = p_.senses.known.arrested;
    }
  }

  // "five operations it carried out": what is no known person takes no part.
  bool IsUnknownThing(const Draft& draft) const {
    return draft.counted == CountedClass::kUnknown && !draft.np.elided() &&
           !p_.At(draft.np.head).capitalised && p_.Is(draft.finding.at, kParticiple);
  }

  // "90 and 72 passengers": the noun of the second is the noun of both.
  void ShareNoun(Draft* draft) const {
    const std::uint32_t i = draft->number->end;
    if (p_.RoleOf(i) != Role::kAnd && p_.RoleOf(i) != Role::kOr) return;
    if (p_.RoleOf(draft->number->first - 1) == Role::kTo) return;  // "rose to 36 and 12 cases"
    const Number* next = p_.NumberAt(i + 1);
    if (next == nullptr || next->first != i + 1 || next->kind != NumberKind::kCount) return;
    const NounPhrase np = ReadNounPhrase(p_, *next);
    if (!np.elided()) draft->np = np;
  }

  // "43 birds were found dead, and 23 alive": still birds.
  bool AnimalsBefore(const Draft& draft) const {
    if (drafts_.empty() || drafts_.back().np.elided()) return false;
    const Draft& before = drafts_.back();
    return p_.Sense(before.np.head).thing == ThingClass::kAnimal &&
           draft.number->first < before.np.tail + 16;
  }

  // "One person inside was not injured"
  bool IsUnharmed(const Draft& draft) const {
    const KnownMeasures& known = p_.senses.known;
    const bool harm = draft.measure == known.injured || draft.measure == known.killed;
    return harm && draft.finding.negated && draft.finding.relation == Relation::kPredicate &&
           !IsZero(draft.number->quantity);
  }

  // Suspects who fled or were involved are still the count of suspects.
  MeasureId OfSuspects(MeasureId measure) const {
    const KnownMeasures& known = p_.senses.known;
    const bool sought =
        measure == known.participants || measure == known.displaced || measure == known.missing;
    if (measure == known.evacuated) return known.arrested;  // "Nine suspects were picked up"
    return sought ? known.suspects : measure;
  }

  // "none of the 40 passengers was hurt", "12 of 16 victims": what is said, is said of the part.
  bool IsWholeOf(const Number& number) const {
    std::uint32_t i = number.first - 1;
    if (p_.RoleOf(i) == Role::kThe || p_.Is(i, kDeterminer)) --i;
    if (p_.RoleOf(i) != Role::kOf) return false;
    const Number* part = p_.NumberAt(i - 1);
    return part != nullptr && !part->weak && part->quantity.bound != Bound::kVague;
  }

  // "deaths", "injuries", "arrests": the noun says it all; unlike "suspects", "passengers".
  bool HeadIsAct(std::uint32_t head) const {
    const WordSense& sense = p_.Sense(head);
    if (sense.counts == MeasureId::kNone || sense.population != 0) return false;
    if (sense.thing != ThingClass::kNone) return false;
    return !p_.Is(head, kPersonNoun) && sense.counts != p_.senses.known.equipment;
  }

  // "61 passengers were Americans, [77 Koreans and 141 Chinese]"
  bool IsDemonymOfList(const Draft& draft) const {
    if (&draft == drafts_.data() || draft.np.begin != draft.np.head) return false;
    if (!p_.At(draft.np.head).capitalised) return false;
    const Draft& before = *(&draft - 1);
    const std::uint32_t at = draft.number->first;
    if (!p_.senses.CountsPeople(before.measure) || at > before.np.tail + 4) return false;
    const bool listed = p_.IsPunct(at - 1, ',') || p_.RoleOf(at - 1) == Role::kAnd;
    const bool told = p_.Sense(before.np.tail).Is(kCueBe) || before.np.begin == before.np.head;
    return listed && told && p_.At(before.np.tail == at - 1 ? before.np.head : at - 2).capitalised;
  }

  // What no verb decided: the noun's own measure, else a plain count; and what is no claim after
  // all.
  void Settle(Draft* draft) {
    if (draft->number->kind != NumberKind::kCount || draft->rejected) return;
    const KnownMeasures& known = p_.senses.known;
    const NounPhrase& np = draft->np;
    if (draft->part && draft->container < 0 && draft->counted == CountedClass::kThing &&
        !TellsRest(p_, *draft->number)) {
      draft->part = false;  // "the arms included 12 rifles": of no figure.
    }
    if (!draft->claim() && IsThereWhere(p_, *draft->number, np, draft->counted)) {
      draft->measure = known.participants;
    }
    if (!draft->claim()) draft->measure = ReadPresence(p_, *draft);
    if (!draft->claim() && !np.elided() && !IsBelowZero(p_, *draft)) {
      draft->measure = StateMeasure(*draft);
      if (!draft->claim()) draft->measure = ReadThings(p_, *draft);
      if (!draft->claim()) draft->measure = HeadMeasure(*draft);
      if (draft != drafts_.data()) draft->measure = AlongWith(p_, *(draft - 1), *draft);
      if (draft->measure == known.count && IsDemonymOfList(*draft)) {
        draft->measure = (draft - 1)->measure;
      }
      draft->finding.at = np.head;
      draft->finding.relation = Relation::kHead;
      // "The 900 strikers will get ...": they are there, whatever comes.
      const bool there = p_.RoleOf(draft->number->first - 1) == Role::kThe;
      if (draft->measure == known.participants && there) draft->finding.projected = false;
    }
    if (draft->container >= 0 && draft->source < 0 && draft->measure == known.count) {
      const Draft& whole = drafts_[static_cast<std::size_t>(draft->container)];
      if (whole.claim()) draft->measure = whole.measure;
    }
    if (!draft->claim() && FledTo(p_, *draft)) draft->measure = known.displaced;
    if (!draft->claim()) {
      ReadBareFigure(p_, draft == drafts_.data() ? nullptr : draft - 1, draft);
    }
    if (!draft->claim() && np.elided()) draft->measure = OfThese(*draft);
    if (!draft->claim()) TakeAntecedent(p_, before_, drafts_, draft);
    if (!draft->claim() && IsBelowZero(p_, *draft)) draft->measure = known.measurement;
    if (!draft->claim() && CountsSomething(*draft)) {
      draft->measure = known.count;
      if (p_.Text(draft->number->end + 1) == "them") draft->part = true;
    }
    if (!draft->claim()) {
      draft->reason = "nothing says what is counted";
      return;
    }
    if (!np.elided() && draft->measure == known.count && p_.Is(np.head, kTimeNoun) &&
        p_.Text(np.head) != "times") {
      draft->measure = MeasureId::kNone;
      draft->reason = "a stretch of time";
      return;
    }
    draft->reason = "counted";
    if (IsZero(draft->number->quantity) && !ZeroCounts(p_.senses.known, draft->measure)) {
      draft->measure = MeasureId::kNone;
      draft->reason = "none of something that is not tracked";
    }
    if (IsOne(draft->number->quantity) && draft->finding.relation == Relation::kHead &&
        !OneCase(p_, np) && !OnlyOneDidIt(p_, *draft) &&
        !(np.head != kNoToken && HeadIsAct(np.head))) {
      draft->measure = MeasureId::kNone;
      draft->reason = "'one' as an article";
      return;
    }
    if (IsOne(draft->number->quantity) && draft->finding.relation == Relation::kPredicate &&
        p_.Is(draft->number->first - 1, kPreposition) &&
        (draft->counted != CountedClass::kPerson ||
         p_.RoleOf(draft->number->first - 1) == Role::kOf)) {  // "ten members of one family"
      draft->measure = MeasureId::kNone;
      draft->reason = "'one' in an aside";  // "patients from one hospital were flown out"
      return;
    }
    // "killed three of its men, Brazil 11 and Argentina one"
    const bool gapped = draft->source >= 0 && np.elided() && !np.partitive &&
                        p_.At(draft->number->first - 1).capitalised &&
                        p_.RoleOf(draft->number->first - 2) == Role::kAnd;
    if (gapped) return;
    const bool severe = p_.Sense(draft->number->end).Is(kCueSeverity) ||
                        p_.Text(draft->number->end) == "fatally";  // "one critically"
    if (IsOne(draft->number->quantity) && !severe &&
        (np.partitive || draft->measure == known.count || np.elided())) {
      if (np.partitive || draft->measure == known.count || draft->source >= 0) {
        draft->measure = MeasureId::kNone;
        draft->reason = "'one' as a pronoun or article";
      }
    }
  }

  // "[Of the injured], three are in a bad way"
  MeasureId OfThese(const Draft& draft) const {
    const std::uint32_t these = p_.first + 2;
    if (p_.RoleOf(p_.first) != Role::kOf || p_.RoleOf(p_.first + 1) != Role::kThe) {
      return MeasureId::kNone;
    }
    if (!p_.IsPunct(these + 1, ',') || draft.number->first <= these) return MeasureId::kNone;
    const WordSense& sense = p_.Sense(these);
    return sense.adjective != MeasureId::kNone ? sense.adjective : sense.counts;
  }

  // "Two of them escaped", "Two managed to flee", "sales dropped to 9,800": of what, nobody says.
  bool CountsSomething(const Draft& draft) const {
    const Number& number = *draft.number;
    if (IsZero(number.quantity) || IsOne(number.quantity)) return false;
    if (draft.np.partitive || number.per_end > number.unit_end) return true;
    if (p_.RoleOf(number.end) == Role::kOf && p_.Text(number.end + 1) == "them") return true;
    if (IsNumberOfThings(p_, draft)) return true;
    const std::string_view after = p_.Text(number.end);
    const bool past = p_.Bits(number.end) == 0 && after.size() > 3 &&
                      after.substr(after.size() - 2) == "ed";  // "Two managed to flee"
    const bool acts = past || p_.Is(number.end, kPastTense | kAuxiliary | kModal);
    if (number.first == p_.first && acts) return true;
    const auto& size = number.quantity.low ? number.quantity.low : number.quantity.high;
    return size && *size >= Decimal(1000) && !p_.IsPunct(number.first - 1, ':') &&
           !p_.IsPunct(number.end, '/');
  }

  // "23 arrested pirates", "12 damaged houses"
  MeasureId StateMeasure(const Draft& draft) const {
    const std::uint32_t state = draft.np.state;
    const bool acting = draft.counted == CountedClass::kPerson && p_.Is(draft.np.begin, kGerund) &&
                        draft.np.begin < draft.np.head;
    if (acting && p_.Sense(draft.np.begin).subject == p_.senses.known.participants) {
      return p_.senses.known.participants;  // "310 striking teachers"
    }
    if (state == kNoToken || state >= draft.np.head || state < draft.np.begin) {
      return MeasureId::kNone;
    }
    const WordSense& sense = p_.Sense(state);
    if (sense.adjective != MeasureId::kNone && draft.counted != CountedClass::kThing) {
      return sense.adjective;
    }
    return ObjectMeasure(sense, draft.counted);
  }

  MeasureId HeadMeasure(const Draft& draft) const {
    const KnownMeasures& known = p_.senses.known;
    const NounPhrase& np = draft.np;
    const WordSense& sense = p_.Sense(np.head);
    const bool judged =
        sense.counts == known.deployed && p_.Sense(draft.number->first - 1).Is(kCueCourt);
    if (sense.counts == known.affected && p_.In(np.head, WordList::kPatient) &&
        SpeaksOfHospital(p_)) {
      return known.hospitalised;
    }
    if (sense.counts != MeasureId::kNone && !judged) return sense.counts;
    if (AreTeams(p_, np)) return known.deployed;
    if (np.joined != kNoToken && p_.Sense(np.joined).counts != MeasureId::kNone) {
      return p_.Sense(np.joined).counts;
    }
    if (sense.Is(kCueGeneric) && np.inner != kNoToken &&
        p_.Sense(np.inner).counts != MeasureId::kNone) {
      return p_.Sense(np.inner).counts;
    }
    if (sense.thing == ThingClass::kVehicle) {
      for (std::uint32_t i = np.begin; i < np.head; ++i) {
        if (p_.Sense(i).Is(kCueMilitary)) return known.equipment;
      }
    }
    return known.count;
  }

  const Passage& p_;
  const Antecedent before_;
  std::vector<Draft>& drafts_;
};

}  // namespace

void ReadMeasures(const Passage& passage, const Antecedent& before, std::vector<Draft>* drafts) {
  Measurer(passage, before, drafts).Run();
}

}  // namespace claimwatch
