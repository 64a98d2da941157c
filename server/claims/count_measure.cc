#include "server/claims/count_measure.h"

#include "server/claims/aside.h"
#include "server/claims/condition.h"
#include "server/claims/doer.h"
#include "server/claims/fate.h"
#include "server/claims/hints.h"
#include "server/claims/noun_measure.h"
#include "server/claims/presence.h"
#include "server/claims/things.h"

namespace claimwatch {
namespace {

class CountReader {
 public:
  CountReader(const Passage& passage, const std::vector<Draft>& before, Draft* draft)
      : p_(passage), known_(passage.senses.known), before_(before), draft_(*draft) {}

  void Read() {
    const Number& number = *draft_.number;
    ReadCounted();
    if (const char* why = WhyNoCount(); why != nullptr) return Reject(why);
    if (TellsMagnitude(p_, number)) {
      draft_.measure = known_.magnitude;
      return;
    }
    if (CountsStoreys(p_, number)) return;
    if (CountsInhabitants(p_, number, draft_.np)) {
      draft_.measure = known_.count;
      draft_.finding.relation = Relation::kHead;
      return;
    }
    const Finding governor = ReadGovernor(p_, number, draft_.np, draft_.counted);
    if (IsWhole()) return ReadWhole();
    draft_.finding = Choose(governor, PredicateOf());
    draft_.measure = draft_.finding.measure;
    if (draft_.measure == known_.participants && IsCapacity(p_, number)) {
      draft_.measure = known_.count;
    }
    draft_.measure = FateOf(p_, draft_);
    const bool there =
        draft_.measure == known_.participants &&  // "Dozens of injured people waited"
        draft_.finding.relation == Relation::kPredicate;
    if ((draft_.measure == known_.affected || there) && !draft_.np.elided()) {
      const MeasureId state = StateMeasure(p_, draft_);  // "on the fate of 68 arrested men"
      if (state != MeasureId::kNone) draft_.measure = state;
    }
    if (IsUnharmed()) {
      draft_.measure = MeasureId::kNone;
      return Reject("said not to have happened");
    }
    CheckPersons();
    FillByWho();
    CorrectByNoun();
    ReadElided();
  }

 private:
  void Reject(const char* why) {
    draft_.reason = why;
    draft_.rejected = true;
  }

  void ReadCounted() {
    draft_.np = ReadNounPhrase(p_, *draft_.number);
    if (draft_.np.elided()) ShareNoun();
    draft_.counted = ClassOf(p_, draft_.np);
    const bool things = (draft_.np.elided() && AnimalsBefore()) ||
                        (!before_.empty() && CountsThingsBefore(p_, before_.back(), draft_));
    if (things) draft_.counted = CountedClass::kThing;
    const bool heads =
        draft_.number->compound && p_.In(draft_.number->end + 1, WordList::kHeadcount);
    if (heads) draft_.counted = CountedClass::kPerson;  // "an eight-strong team"
  }

  // "90 and 72 passengers": the noun of the second is the noun of both.
  void ShareNoun() {
    const std::uint32_t i = draft_.number->end;
    if (p_.RoleOf(i) != Role::kAnd && p_.RoleOf(i) != Role::kOr) return;
    if (p_.RoleOf(draft_.number->first - 1) == Role::kTo) return;  // "rose to 36 and 12 cases"
    const Number* next = p_.NumberAt(i + 1);
    if (next == nullptr || next->first != i + 1 || next->kind != NumberKind::kCount) return;
    const NounPhrase np = ReadNounPhrase(p_, *next);
    if (!np.elided()) draft_.np = np;
  }

  // "43 birds were found dead, and 23 alive": still birds.
  bool AnimalsBefore() const {
    if (before_.empty() || before_.back().np.elided()) return false;
    const NounPhrase& np = before_.back().np;
    return p_.Sense(np.head).thing == ThingClass::kAnimal && draft_.number->first < np.tail + 16;
  }

  // Null for a count.
  const char* WhyNoCount() const {
    const Number& number = *draft_.number;
    if (IsOne(number.quantity) && p_.Text(number.end) == "shot" &&
        p_.Text(number.first - 1).substr(0, 3) == "fir") {
      return "'one' as an article";  // "fired one shot"
    }
    return IsSpeakersOwn(p_, number) ? "the speaker's own" : nullptr;
  }

  // "none of the 40 passengers was hurt", "12 of 16 victims": what is said, is said of the part.
  bool IsWhole() const {
    std::uint32_t i = draft_.number->first - 1;
    if (IsStateBefore()) --i;  // "five of the missing six"
    if (p_.RoleOf(i) == Role::kThe || p_.Is(i, kDeterminer)) --i;
    if (p_.RoleOf(i) != Role::kOf) return false;
    if (p_.In(i - 1, WordList::kQuantifier)) return i + 1 < draft_.number->first;
    const Number* part = p_.NumberAt(i - 1);
    return part != nullptr && !part->weak && part->quantity.bound != Bound::kVague;
  }

  // "the missing six passengers": a state told before the number.
  bool IsStateBefore() const {
    const std::uint32_t i = draft_.number->first - 1;
    return p_.Sense(i).adjective != MeasureId::kNone && p_.RoleOf(i - 1) == Role::kThe &&
           draft_.counted != CountedClass::kThing;
  }

  void ReadWhole() {
    const std::uint32_t tail = draft_.np.tail;
    draft_.measure =
        IsStateBefore() ? p_.Sense(draft_.number->first - 1).adjective : StateMeasure(p_, draft_);
    const Finding state = ReadPredicate(p_, tail, draft_.counted);
    const bool near = draft_.np.elided() || p_.Is(tail, kPreposition | kParticiple);
    const MeasureId there = p_.Sense(tail).adjective;
    if (!draft_.claim() && p_.Sense(tail).Is(kCueRelative)) {  // "of the 300 who fled"
      draft_.finding = state;
      draft_.measure = state.measure;
    }
    const bool aboard = there == known_.participants || IsOnBoard(p_, tail);
    if (!draft_.claim() && aboard) {
      draft_.measure =
          known_.participants;  // "19 of the 172 aboard survived": of all aboard, 19 did.
    } else if (!draft_.claim() && near && state.at == tail) {
      draft_.finding = state;
      draft_.measure = state.measure;
    }
    if (!draft_.claim() && !draft_.np.elided()) draft_.measure = HeadMeasure(p_, draft_);
  }

  Finding PredicateOf() const {
    const Number& number = *draft_.number;
    const std::uint32_t tail = draft_.np.tail;
    Finding predicate = ReadPredicate(p_, tail, draft_.counted);
    const bool restated = p_.RoleOf(number.first - 1) == Role::kOr &&  // ", or 800 men, will go"
                          p_.IsPunct(number.first - 2, ',');
    if (!predicate.found() && p_.IsPunct(tail, ',') && (restated || TellsPart(p_, number))) {
      predicate = ReadPredicate(p_, tail + 1, draft_.counted);
    }
    return predicate;
  }

  Finding Choose(const Finding& governor, const Finding& predicate) const {
    const NounPhrase& np = draft_.np;
    if (!np.elided() && HeadIsAct(p_, np.head)) return OfAct(governor, predicate);
    // "struggling to evacuate 14 children still trapped": what is, not what is wanted.
    const bool wanted = governor.relation == Relation::kGovernor && governor.at > p_.first &&
                        p_.RoleOf(governor.at - 1) == Role::kTo && predicate.found();
    // "the bodies of the 117 passengers still missing": nobody found them.
    const bool missing = predicate.measure == known_.missing && governor.measure == known_.killed &&
                         predicate.at <= np.tail + 1;
    // "hopes of finding 180 missing people alive": nobody has.
    if (governor.measure == known_.rescued && governor.at != kNoToken &&
        p_.Is(governor.at, kGerund) && StateMeasure(p_, draft_) == known_.missing) {
      Finding lost = governor;
      lost.measure = known_.missing;
      return lost;
    }
    // "police were searching for 85 people reported missing": they did nothing.
    const bool sought = predicate.measure == known_.missing && governor.measure == known_.suspects;
    if (governor.relation == Relation::kGovernor && !wanted && !missing && !sought) return governor;
    // "the missing fell to 30 from 90 after dozens were found safe"
    const bool far = predicate.at != kNoToken && predicate.at > np.tail + 3;
    if (governor.relation == Relation::kToll && np.elided() && far) return governor;
    if (predicate.found() && !predicate.weak) return predicate;
    return governor.found() ? governor : predicate;
  }

  // "12 deaths", "70 arrests were made": the noun, told as its verb tells it.
  Finding OfAct(const Finding& governor, const Finding& predicate) const {
    Finding act = governor;
    act.measure = p_.Sense(draft_.np.head).counts;
    act.relation = Relation::kHead;
    act.at = draft_.np.head;
    act.begin = predicate.begin;
    act.projected = predicate.projected;
    act.negated = predicate.negated;
    return act;
  }

  // "One person inside was not injured"
  bool IsUnharmed() const {
    const bool harm = draft_.measure == known_.injured || draft_.measure == known_.killed;
    return harm && draft_.finding.negated && draft_.finding.relation == Relation::kPredicate &&
           !IsZero(draft_.number->quantity);
  }

  void CheckPersons() {
    if (p_.senses.CountsPeople(draft_.measure) && !CanBePeople(p_, draft_)) {
      draft_.measure = MeasureId::kNone;
    }
    if (draft_.measure == known_.trapped && IsBurial(p_, draft_)) draft_.measure = known_.killed;
    const bool open = !draft_.claim() || draft_.measure == known_.equipment;
    const bool teams =
        IsTeamSent(p_, *draft_.number) || (draft_.claim() && AreTeams(p_, draft_.np));
    if (open && teams) draft_.measure = known_.deployed;
  }

  // Where no verb tells: by those whose sum it is a part of, and by what the counted did.
  void FillByWho() {
    if (!draft_.claim() && draft_.counted == CountedClass::kPerson) {
      draft_.measure = OfIncluders(p_, *draft_.number);  // "The dead included 12 women and 8 men"
      if (draft_.claim()) draft_.finding.relation = Relation::kGovernor;
    }
    const bool did = !draft_.claim() && (DidIt(p_, draft_) || AreArmed(p_, draft_));
    if (did) draft_.measure = known_.suspects;
    const Quantity& quantity = draft_.number->quantity;
    if (quantity.low && *quantity.low < Decimal(0)) draft_.measure = MeasureId::kNone;
  }

  // Where the noun says something else than its verb.
  void CorrectByNoun() {
    MeasureId& measure = draft_.measure;
    const bool moves = measure == known_.participants || ComesIn();
    if (moves && IsForce(p_, draft_)) measure = known_.deployed;
    if (measure == known_.participants && IsUnknownThing()) measure = MeasureId::kNone;
    const bool bare = draft_.np.elided() && !before_.empty();
    const NounPhrase& np = bare ? before_.back().np : draft_.np;
    if (measure == known_.injured && IsClientHit(p_, draft_.finding.at, np)) {
      measure = known_.affected;
    }
    if (draft_.np.elided()) return;
    const MeasureId counts = p_.Sense(draft_.np.head).counts;
    const bool heard = measure == known_.arrested || measure == known_.participants;
    if (heard && counts == known_.hostages) {
      measure = known_.hostages;  // "Eight hostages are held there", "interviewed the hostages"
    }
    if (counts == known_.suspects) measure = OfSuspects(measure);
  }

  // "crossed into", "were flown in"
  bool ComesIn() const {
    const std::uint32_t at = draft_.finding.at;
    if (at != kNoToken && p_.Text(at).substr(0, 5) == "cross") return true;
    return draft_.measure == known_.evacuated && p_.Text(at + 1) == "in";
  }

  // "five operations it carried out": what is no known person takes no part.
  bool IsUnknownThing() const {
    return draft_.counted == CountedClass::kUnknown && !draft_.np.elided() &&
           !p_.HasCapital(draft_.np.head) && p_.Is(draft_.finding.at, kParticiple);
  }

  // Suspects who fled or were involved are still the count of suspects.
  MeasureId OfSuspects(MeasureId measure) const {
    const bool sought =
        measure == known_.participants || measure == known_.displaced || measure == known_.missing;
    if (measure == known_.evacuated) return known_.arrested;  // "Nine suspects were picked up"
    return sought ? known_.suspects : measure;
  }

  void ReadElided() {
    if (draft_.claim() || !draft_.np.elided()) return;
    if (p_.Says(draft_.number->end, "fatally")) {
      draft_.measure = known_.killed;
      draft_.part = true;
    }
    if (draft_.claim() || draft_.np.inner == kNoToken) return;
    const WordSense& whole = p_.Sense(draft_.np.inner);
    draft_.measure = whole.adjective != MeasureId::kNone ? whole.adjective : whole.object;
    if (p_.Text(draft_.np.inner) == "held") draft_.measure = known_.arrested;
  }

  const Passage& p_;
  const KnownMeasures& known_;
  const std::vector<Draft>& before_;
  Draft& draft_;
};

}  // namespace

void ReadCountMeasure(const Passage& passage, const std::vector<Draft>& before, Draft* draft) {
  CountReader(passage, before, draft).Read();
}

}  // namespace claimwatch
