#include "server/claims/hints.h"

#include <string>
#include <string_view>

namespace claimwatch {

// Police, soldiers and rescuers who stand or work somewhere were sent there.
bool IsForce(const Passage& p, const Draft& draft) {
  if (draft.np.elided() || draft.finding.weak) return false;
  const MeasureId deployed = p.senses.known.deployed;
  if (p.Sense(draft.np.head).counts == deployed) return true;
  if (p.Sense(draft.np.joined).counts == deployed) return true;  // "American and Iraqi troops"
  const std::string& group = p.senses.populations[p.Sense(draft.np.head).population];
  return group == "police" || group == "military" || group == "security forces" ||
         group == "rescuers";
}

// "Haiti has buried 72,000 victims", "150,000 buried": laid to rest; not "buried under rubble".
bool IsBurial(const Passage& p, const Draft& draft) {
  const std::uint32_t at = draft.finding.at;
  if (at == kNoToken || !p.In(at, WordList::kBurial)) return false;
  if (!draft.np.elided() && p.Sense(draft.np.head).counts == p.senses.known.casualties) {
    return true;
  }
  if (p.doc.field == Field::kTitle && !p.Has(at + 1)) return true;
  if (draft.finding.relation != Relation::kGovernor || draft.counted == CountedClass::kThing) {
    return false;
  }
  std::uint32_t who = at - 1;  // "We have already buried 149 here"
  while (who > p.first && at - who < 4 && (p.Sense(who).Is(kCueHave) || p.IsAdverb(who))) --who;
  return p.Is(who, kPronoun);
}

MeasureId OfIncluders(const Passage& p, const Number& number) {
  const std::uint32_t verb = number.first - 1;
  if (!p.Sense(verb).Is(kCueIncluding) || !p.Is(verb, kVerb)) return MeasureId::kNone;
  if (p.IsPunct(verb - 1, ',') || p.Text(verb) == "including") return MeasureId::kNone;
  for (std::uint32_t k = verb - 1; k + 3 >= verb && p.Has(k); --k) {
    const WordSense& sense = p.Sense(k);
    for (const MeasureId m : {sense.adjective, sense.counts, sense.object}) {
      if (m != MeasureId::kNone && p.senses.CountsPeople(m)) return m;
    }
    if (!p.Is(k, kAdverb | kPreposition) && k + 1 < verb) break;
    if (k == p.first) break;
  }
  return MeasureId::kNone;
}

// "25 men armed with rifles", "five masked men"
bool AreArmed(const Passage& p, const Draft& draft) {
  if (draft.np.elided() || draft.counted != CountedClass::kPerson || IsForce(p, draft))
    return false;
  if (p.In(draft.np.tail, WordList::kArmed)) return true;
  for (std::uint32_t i = draft.np.begin; i < draft.np.head; ++i) {
    if (p.In(i, WordList::kArmed)) return true;
  }
  return false;
}

// "66 rescue teams": they were sent.
bool AreTeams(const Passage& p, const NounPhrase& np) {
  if (!p.In(np.head, WordList::kTeam)) return false;
  for (std::uint32_t i = np.begin; i < np.head; ++i) {
    if (p.Sense(i).Is(kCueMilitary) || p.In(i, WordList::kRelief)) return true;
  }
  return false;
}

// "One case has been confirmed", but not "in one case"
bool OneCase(const Passage& p, const NounPhrase& np) {
  if (np.elided() || p.Sense(np.head).counts != p.senses.known.infected) return false;
  for (std::uint32_t i = np.tail; i < np.tail + 14 && p.Has(i); ++i) {
    if (p.IsPunct(i, ',') || p.NumberAt(i) != nullptr) return false;
    if (p.Is(i, kAuxiliary)) return p.Sense(i + 1).Is(kCueReport | kCueBe);
  }
  return false;
}

bool CanBePeople(const Passage& p, const Draft& draft) {
  const auto& size = draft.number->quantity.low;
  const bool rate = draft.number->per_end > draft.number->unit_end;
  if (size && !size->IsInteger() && !rate) return false;
  return draft.np.elided() || !p.In(draft.np.head, WordList::kWares);
}

bool FledTo(const Passage& p, const Draft& draft) {
  const std::uint32_t end = draft.number->end, at = draft.number->first;
  if (!draft.np.elided() || p.RoleOf(end) != Role::kTo || !p.HasCapital(end + 1)) return false;
  for (std::uint32_t k = 1; k <= 8 && at >= p.first + k; ++k) {
    if (p.Is(at - k, kVerb)) return p.Sense(at - k).subject == p.senses.known.displaced;
  }
  return false;
}

namespace {

// "The quake measured 7.0", "quakes of 6 and above", "an earthquake in Chile, at 9.5, was ...": a
// bare decimal in a sentence of quakes.
bool SaysStrength(const Passage& p, const Number& number) {
  const std::uint32_t i = number.first;
  if (p.NounLike(number.end) && !p.In(number.end, WordList::kQuake)) return false;
  const Quantity& q = number.quantity;
  const bool above = q.bound == Bound::kAtLeast && p.RoleOf(i - 1) == Role::kOf;
  if (above && p.In(i - 2, WordList::kQuake)) return true;
  if (q.low->IsInteger() && p.doc.Surface(number.digits).find('.') == std::string_view::npos) {
    return false;
  }
  if (*q.low < Decimal(2)) return false;
  const std::uint32_t first = i > p.first + 12 ? i - 12 : p.first;
  for (std::uint32_t k = first; k < i; ++k) {
    if (p.In(k, WordList::kQuake)) return true;
  }
  return false;
}

}  // namespace

// "put the magnitude at 7.0", "a magnitude of 7.0"
bool TellsMagnitude(const Passage& p, const Number& number) {
  const std::uint32_t i = number.first;
  const auto& size = number.quantity.low;
  if (!size || !(*size < Decimal(11)) || i < p.first + 2) return false;
  if (SaysStrength(p, number)) return true;
  const Role role = p.RoleOf(i - 1);
  if (role != Role::kAt && role != Role::kAs && role != Role::kOf && role != Role::kTo)
    return false;
  if (role == Role::kOf && !size->IsInteger() && p.In(i - 2, WordList::kQuake)) return true;
  return p.RoleOf(i - 2) == Role::kRichter;
}

// "6.5 degrees on the Richter scale"
bool IsOnRichter(const Passage& p, const Number& number) {
  for (std::uint32_t i = number.end; i < number.end + 4; ++i) {
    if (p.Says(i, "richter")) return true;
  }
  return false;
}

// "Temperatures were minus 20"
bool IsBelowZero(const Passage& p, const Draft& draft) {
  return (draft.np.elided() || p.Text(draft.np.head).size() == 1) && draft.number->quantity.low &&
         *draft.number->quantity.low < Decimal(0);
}

// "a hospital that took in 53 patients"
bool SpeaksOfHospital(const Passage& p) {
  for (std::uint32_t i = p.first; i < p.end; ++i) {
    if (p.Sense(i).Is(kCueCare) && p.Is(i, kNoun)) return true;
  }
  return false;
}

bool CouldBeSeen(const Passage& p, std::uint32_t modal) {
  return p.Text(modal) == "could" && p.Sense(modal + 1).Is(kCueBe) &&
         p.In(modal + 2, WordList::kPerceived);
}

bool ZeroCounts(const KnownMeasures& known, MeasureId own) {
  for (const MeasureId measure :
       {known.killed, known.injured, known.casualties, known.missing, known.damaged, known.arrested,
        known.hospitalised, known.infected, known.trapped, known.evacuated}) {
    if (own == measure) return true;
  }
  return false;
}

}  // namespace claimwatch
