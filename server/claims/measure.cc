// ReadMeasures: from findings to measures, and the sharing of one verb by several numbers.
#include <algorithm>

#include "server/claims/draft.h"
#include "server/text/units.h"

namespace claimwatch {
namespace {

bool IsZero(const Quantity& quantity) {
  return quantity.low && quantity.high && quantity.low->IsZero() && quantity.high->IsZero();
}

bool IsOne(const Quantity& quantity) {
  return quantity.low && quantity.high && *quantity.low == Decimal(1) &&
         *quantity.high == Decimal(1);
}

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
    for (int k = static_cast<int>(drafts_.size()) - 1; k >= 0; --k) ShareFromRight(k);
    for (int k = 0; k < static_cast<int>(drafts_.size()); ++k) ShareFromLeft(k);
    for (Draft& draft : drafts_) Settle(&draft);
  }

 private:
  void ReadOne(Draft* draft) {
    const Number& number = *draft->number;
    const KnownMeasures& known = p_.senses.known;
    draft->reason = number.reason;
    if (number.weak) return;
    if (p_.RoleOf(number.first - 1) == Role::kPer && number.kind == NumberKind::kCount) {
      draft->reason = "the base of a rate";
      return;
    }
    if (IsModelName(number) || IsInsideWord(number)) {
      draft->reason = "part of a name";
      return;
    }
    switch (number.kind) {
      case NumberKind::kCount:
        ReadCount(draft);
        break;
      case NumberKind::kMoney:
        draft->np = ReadNounPhrase(p_, number);
        draft->measure = IsLoss(*draft) ? known.loss : known.money;
        draft->reason = "a sum of money";
        break;
      case NumberKind::kPercent:
        draft->np = ReadNounPhrase(p_, number);
        draft->measure = known.percent;
        draft->reason = "a share";
        break;
      case NumberKind::kMeasurement:
        draft->np = ReadNounPhrase(p_, number);
        draft->measure = GetUnit(number.quantity.unit).dimension == "magnitude" ? known.magnitude
                                                                               : known.measurement;
        draft->reason = "a measurement";
        break;
      default:
        break;
    }
  }

  // "A-310", "/89580220/", "3wjm": digits grown together with letters or a path.
  bool IsInsideWord(const Number& number) const {
    const std::string_view text = p_.doc.text;
    const std::uint32_t begin = number.digits.begin, end = number.digits.end();
    const auto letter = [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; };
    if (begin >= 1 && text[begin - 1] == '/' && number.kind == NumberKind::kCount) return true;
    const bool digits = begin < text.size() && text[begin] >= '0' && text[begin] <= '9';
    if (!digits || number.kind != NumberKind::kCount) return false;
    if (begin >= 2 && text[begin - 1] == '-' && letter(text[begin - 2])) return true;
    if (end < text.size() && letter(text[end])) return true;
    return p_.doc.Surface(number.digits) == "911";  // The emergency number.
  }

  // "14 AK 47 rifles": letters between two numbers make the second a name.
  bool IsModelName(const Number& number) const {
    std::uint32_t i = number.first;
    if (i > p_.first && p_.IsDash(i - 1)) --i;
    if (i < p_.first + 2 || p_.At(number.first).kind != TokenKind::kDigits) return false;
    const Token& letters = p_.At(i - 1);
    return letters.all_caps && letters.span.size <= 3 && p_.NumberAt(i - 2) != nullptr;
  }

  // "$12 million in damage", "damage of $12 million", "losses estimated at $12 million"
  bool IsLoss(const Draft& draft) const {
    const Number& number = *draft.number;
    for (std::uint32_t i = number.end; i < number.end + 7 && p_.Has(i); ++i) {
      if (p_.NumberAt(i) != nullptr || p_.IsPunct(i, ',') || p_.IsPunct(i, ';')) break;
      if (p_.Sense(i).toll == p_.senses.known.loss) return true;
    }
    std::uint32_t i = number.first;
    for (std::uint32_t k = 0; k < 12 && i > p_.first; ++k) {
      --i;
      if (p_.NumberAt(i) != nullptr || p_.IsPunct(i, ';')) break;
      if (p_.Sense(i).toll == p_.senses.known.loss) return true;
    }
    return false;
  }

  void ReadCount(Draft* draft) {
    const Number& number = *draft->number;
    draft->np = ReadNounPhrase(p_, number);
    draft->counted = ClassOf(p_, draft->np);
    const Finding governor = ReadGovernor(p_, number, draft->np, draft->counted);
    if (IsWholeOf(number)) {
      draft->measure = StateMeasure(*draft);
      const Finding state = ReadPredicate(p_, draft->np.tail, draft->counted);
      if (!draft->claim() && draft->np.elided() && state.at == draft->np.tail) {
        draft->finding = state;
        draft->measure = state.measure;
      }
      if (!draft->claim() && !draft->np.elided()) draft->measure = HeadMeasure(*draft);
      return;
    }
    Finding predicate = ReadPredicate(p_, draft->np.tail, draft->counted);
    if (!predicate.found() && p_.IsPunct(draft->np.tail, ',') && IsPart(*draft)) {
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
    } else if (predicate.found() && !predicate.weak) {
      draft->finding = predicate;
    } else if (governor.found()) {
      draft->finding = governor;
    } else {
      draft->finding = predicate;
    }
    draft->measure = draft->finding.measure;
    if (!draft->np.elided() && p_.Sense(draft->np.head).counts == p_.senses.known.suspects) {
      draft->measure = OfSuspects(draft->measure);
    }
    if (!draft->claim() && draft->np.elided() && draft->np.inner != kNoToken) {
      const WordSense& whole = p_.Sense(draft->np.inner);
      draft->measure = whole.adjective != MeasureId::kNone ? whole.adjective : whole.object;
    }
  }

  // Suspects who fled or were involved are still the count of suspects.
  MeasureId OfSuspects(MeasureId measure) const {
    const KnownMeasures& known = p_.senses.known;
    return measure == known.participants || measure == known.displaced ? known.suspects : measure;
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

  // Whether nothing but a conjunction or comma stands in [from, to), after an aside in between
  // (", including churches and mosques,").
  bool Joined(std::uint32_t from, std::uint32_t to) const {
    const std::uint32_t aside = p_.IsPunct(from, ',') ? from + 1 : from;
    if (p_.Sense(aside).Is(kCueIncluding) && to > from && to < from + 12) {
      for (std::uint32_t i = aside; i < to; ++i) {
        if (p_.IsPunct(i, ',')) from = i;
      }
    }
    if (to < from || to > from + 5) return false;
    bool joint = false;
    for (std::uint32_t i = from; i < to; ++i) {
      const Role role = p_.RoleOf(i);
      const bool mark = role == Role::kAnd || role == Role::kOr || role == Role::kPlus ||
                        p_.IsPunct(i, ',') || p_.IsPunct(i, '&') || p_.Text(i) == "well";
      if (mark) joint = true;
      else if (!p_.Is(i, kDeterminer) && !p_.IsAdverb(i) && role != Role::kAs && !p_.IsQuote(i)) {
        return false;
      }
    }
    return joint;
  }

  // "12 policemen and 3 civilians were killed": the first takes the verb of the second.
  void ShareFromRight(int k) {
    Draft& draft = drafts_[static_cast<std::size_t>(k)];
    if (draft.claim() || draft.number->kind != NumberKind::kCount) return;
    if (k + 1 >= static_cast<int>(drafts_.size())) return;
    const Draft& next = drafts_[static_cast<std::size_t>(k) + 1];
    if (draft.np.elided()) {  // "7.6 and 7.5 magnitude"
      if (next.claim() && next.number->kind == NumberKind::kMeasurement &&
          Joined(draft.np.tail, next.number->first)) {
        Take(&draft, next, k + 1);
      }
      return;
    }
    if (next.number->kind != NumberKind::kCount || next.np.elided()) return;
    const bool predicate = next.finding.relation == Relation::kPredicate ||
                           (next.source >= 0 && next.claim());
    if (!predicate || !next.claim() || next.finding.weak) return;
    if (!SameKind(next, draft)) return;
    if (!Joined(draft.np.tail, next.number->first)) return;
    Take(&draft, next, k + 1);
  }

  void Take(Draft* draft, const Draft& from, int source) {
    draft->measure = from.measure;
    const bool finite = draft->finding.finite;
    draft->finding = from.finding;
    draft->finding.finite = finite;
    draft->finding.relation = Relation::kShared;
    draft->source = source;
  }

  // The first word before the number that is no determiner or adverb.
  std::uint32_t Before(const Number& number) const {
    std::uint32_t i = number.first;
    while (i > p_.first) {
      --i;
      if (!p_.Is(i, kDeterminer) && !p_.IsQuote(i)) return i;
    }
    return kNoToken;
  }

  bool IsPart(const Draft& draft) const {
    std::uint32_t i = Before(*draft.number);
    if (i == kNoToken) return false;
    if (p_.IsPunct(i, ':') && i > p_.first) --i;
    if (p_.Sense(i).Is(kCueIncluding)) return true;
    if (p_.Text(i) == "them" || p_.Text(i) == "whom" || p_.Text(i) == "which") {
      return p_.Text(i - 1) == "among" || p_.Text(i - 1) == "of";
    }
    return p_.Text(i) == "among" || p_.Text(i) == "Among";
  }

  void ShareFromLeft(int k) {
    Draft& draft = drafts_[static_cast<std::size_t>(k)];
    if (draft.number->kind != NumberKind::kCount || draft.number->weak) return;
    const int before = PreviousCount(k);
    draft.part = IsPart(draft) || IsRest(draft);
    if ((draft.part && !IsRest(draft)) || InBrackets(draft, before) || (draft.np.partitive && before >= 0 && draft.number->first <
                          drafts_[static_cast<std::size_t>(before)].np.tail + 6)) {
      const bool zero = before >= 0 && IsZero(drafts_[static_cast<std::size_t>(before)].number->quantity);
      if (before >= 0 && !zero) TakeFromContainer(&draft, before);
      return;
    }
    if (before < 0) {
      // "took 23 of them into custody": nobody told how many they are.
      const bool pronoun = draft.np.partitive && draft.np.elided() && draft.np.inner == kNoToken;
      if (pronoun && before_.measure == MeasureId::kNone) draft.np.partitive = false;
      return;
    }
    const Draft& left = drafts_[static_cast<std::size_t>(before)];
    const bool parts = left.container >= 0 && OpensAsWhole(drafts_[static_cast<std::size_t>(left.container)]);
    if (OpensAsWhole(left) || parts) {
      TakeFromContainer(&draft, parts ? left.container : before);
      return;
    }
    if (left.container >= 0 && Joined(left.np.tail, draft.number->first) && !Strong(draft)) {
      TakeFromContainer(&draft, left.container);
      return;
    }
    if (Strong(draft) || !left.claim()) return;
    const bool also = AlsoBefore(draft);
    const bool governed = also || left.finding.relation == Relation::kGovernor ||
                          left.finding.relation == Relation::kToll ||
                          left.finding.relation == Relation::kShared;
    if ((also || Joined(left.np.tail, draft.number->first)) && governed && SameKind(left, draft)) {
      Take(&draft, left, before);
    } else if (draft.np.elided() && !draft.finding.finite) {
      Take(&draft, left, before);
    }
  }

  // "the other three", "the remaining three"
  bool IsRest(const Draft& draft) const {
    const std::uint32_t i = draft.number->first;
    const auto rest = [this](std::uint32_t k) {
      return p_.Text(k) == "remaining" || (p_.RoleOf(k) == Role::kOther &&
                                           p_.RoleOf(k - 1) == Role::kThe);
    };
    return rest(i) || rest(i - 1);
  }

  // "23 people (12 women and 11 men)"
  bool InBrackets(const Draft& draft, int before) const {
    if (before < 0) return false;
    const std::uint32_t i = draft.number->first - 1;
    const bool bare = draft.np.elided() || draft.np.head == draft.np.begin;
    if (p_.IsDash(i) && bare) return true;  // "10 flights -- 6 British, 4 Spanish"
    if (!p_.IsPunct(i, '(')) return false;
    const Draft& whole = drafts_[static_cast<std::size_t>(before)];
    return whole.np.tail + 1 >= draft.number->first && !whole.np.elided();
  }

  // "Of the 53 injured, 16 are children"
  bool OpensAsWhole(const Draft& draft) const {
    const std::uint32_t of = p_.Text(p_.first) == "Out" ? p_.first + 1 : p_.first;
    return p_.RoleOf(of) == Role::kOf && draft.number->first <= of + 3;
  }

  // "... were damaged in the quake, as well as 7 bridges"
  bool AlsoBefore(const Draft& draft) const {
    const std::uint32_t i = draft.number->first;
    return i >= p_.first + 3 && p_.RoleOf(i - 1) == Role::kAs && p_.Text(i - 2) == "well";
  }

  bool Strong(const Draft& draft) const { return draft.claim() && !draft.finding.weak; }

  // A person-verb is not shared by things: "killing 12 and 3 ships".
  bool SameKind(const Draft& left, const Draft& draft) const {
    if (draft.counted == CountedClass::kThing && p_.senses.CountsPeople(left.measure)) return false;
    return draft.np.elided() || left.counted == draft.counted ||
           draft.counted == CountedClass::kUnknown || left.counted == CountedClass::kUnknown;
  }

  int PreviousCount(int k) const {
    for (int i = k - 1; i >= 0; --i) {
      if (drafts_[static_cast<std::size_t>(i)].number->kind == NumberKind::kCount) return i;
    }
    return -1;
  }

  void TakeFromContainer(Draft* draft, int container) {
    const Draft& whole = drafts_[static_cast<std::size_t>(container)];
    draft->container = container;
    if (Strong(*draft) && draft->finding.relation != Relation::kPredicate) return;
    if (draft->finding.found() && !draft->finding.weak && !whole.claim()) return;
    // "..., including 3 critically injured": its own predicate stands right after it.
    if (Strong(*draft) && draft->finding.at <= draft->np.tail + 1) return;
    if (whole.claim()) {
      Take(draft, whole, container);
    }
  }

  // What no verb decided: the noun's own measure, else a plain count; and what is no claim after all.
  void Settle(Draft* draft) {
    if (draft->number->kind != NumberKind::kCount || draft->number->weak) return;
    const KnownMeasures& known = p_.senses.known;
    const NounPhrase& np = draft->np;
    if (draft->part && draft->container < 0 && draft->counted == CountedClass::kThing &&
        !IsRest(*draft)) {
      draft->part = false;  // "the arms included 12 rifles": of no figure.
    }
    if (!draft->claim() && !np.elided()) {
      draft->measure = StateMeasure(*draft);
      if (!draft->claim()) draft->measure = HeadMeasure(*draft);
      draft->finding.at = np.head;
      draft->finding.relation = Relation::kHead;
    }
    if (draft->container >= 0 && draft->source < 0 && draft->measure == known.count) {
      const Draft& whole = drafts_[static_cast<std::size_t>(draft->container)];
      if (whole.claim()) draft->measure = whole.measure;
    }
    if (!draft->claim()) TakeAntecedent(draft);
    if (!draft->claim()) {
      draft->reason = "nothing says what is counted";
      return;
    }
    if (!np.elided() && draft->measure == known.count && p_.Is(np.head, kTimeNoun)) {
      draft->measure = MeasureId::kNone;
      draft->reason = "a stretch of time";
      return;
    }
    draft->reason = "counted";
    if (IsZero(draft->number->quantity) && !ZeroCounts(*draft)) {
      draft->measure = MeasureId::kNone;
      draft->reason = "none of something that is not tracked";
    }
    if (IsOne(draft->number->quantity) && draft->finding.relation == Relation::kHead &&
        !(np.head != kNoToken && HeadIsAct(np.head))) {
      draft->measure = MeasureId::kNone;
      draft->reason = "'one' as an article";
      return;
    }
    if (IsOne(draft->number->quantity) &&
        (np.partitive || draft->measure == known.count || np.elided())) {
      if (np.partitive || draft->measure == known.count || draft->source >= 0) {
        draft->measure = MeasureId::kNone;
        draft->reason = "'one' as a pronoun or article";
      }
    }
  }

  // A figure without a noun counts what the nearest figure before it counted.
  void TakeAntecedent(Draft* draft) {
    if (IsZero(draft->number->quantity) || IsOne(draft->number->quantity)) return;
    const Number& number = *draft->number;
    if (p_.IsPunct(number.end, ':') || p_.IsPunct(number.first - 1, '-')) return;
    if (p_.NumberAt(number.end) != nullptr || p_.Text(number.first).front() == '0') return;
    const bool small = number.quantity.low && *number.quantity.low < Decimal(120);
    if (small && p_.Sense(number.first - 1).Is(kCueBe) && !p_.NounLike(number.end)) return;  // An age.
    if (p_.IsDash(number.end) && p_.NumberAt(number.end + 1) != nullptr) return;
    const Draft* near = nullptr;
    for (const Draft& other : drafts_) {
      if (&other == draft) break;
      if (other.claim() && other.number->kind != NumberKind::kPercent) near = &other;
    }
    draft->anaphor = near != nullptr || before_.measure != MeasureId::kNone;
    if (near != nullptr) {
      draft->measure = near->measure;
      draft->source = static_cast<int>(near - drafts_.data());
    } else {
      draft->measure = before_.measure;
      if (before_.scope == Scope::kRate) draft->scope = Scope::kRate;
      const bool persons = number.quantity.bound == Bound::kVague;  // "Thousands have no money"
      if (persons && !p_.senses.CountsPeople(draft->measure)) draft->measure = p_.senses.known.count;
    }
  }

  // "23 arrested pirates", "12 damaged houses"
  MeasureId StateMeasure(const Draft& draft) const {
    const std::uint32_t state = draft.np.state;
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
    if (sense.counts != MeasureId::kNone) return sense.counts;
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

  bool ZeroCounts(const Draft& draft) const {
    const KnownMeasures& known = p_.senses.known;
    for (const MeasureId measure : {known.killed, known.injured, known.casualties, known.missing,
                                    known.damaged, known.arrested, known.hospitalised,
                                    known.infected, known.trapped, known.evacuated}) {
      if (draft.measure == measure) return true;
    }
    return false;
  }

  const Passage& p_;
  const Antecedent before_;
  std::vector<Draft>& drafts_;
};

}  // namespace

CountedClass ClassOf(const Passage& passage, const NounPhrase& np) {
  if (np.elided()) return CountedClass::kUnknown;
  const WordSense& sense = passage.Sense(np.head);
  if (sense.population != 0) return CountedClass::kPerson;
  if (sense.thing != ThingClass::kNone) return CountedClass::kThing;
  if (passage.Is(np.head, kPersonNoun)) return CountedClass::kPerson;
  if (passage.WordAt(np.head) == nullptr) return CountedClass::kUnknown;
  return CountedClass::kThing;
}

void ReadMeasures(const Passage& passage, const Antecedent& before, std::vector<Draft>* drafts) {
  Measurer(passage, before, drafts).Run();
}

}  // namespace claimwatch
