#include "server/claims/setting.h"

#include <string>
#include <string_view>

namespace claimwatch {
namespace {

// The sentence speaks of police, courts or prisons.
bool SpeaksOfLaw(const Passage& p) {
  for (std::uint32_t i = p.first; i < p.end; ++i) {
    if (p.Sense(i).Is(kCueCourt) || p.In(i, WordList::kLaw)) return true;
  }
  return false;
}

bool IsHolding(const Passage& p, std::uint32_t i) {
  return p.In(i, WordList::kHold) || p.In(i, WordList::kSeize);
}

// Pirates, gunmen: those who hold, not those who are held.
bool IsCaptor(const Passage& p, const NounPhrase& np) {
  if (np.elided()) return false;
  const std::string& group = p.senses.populations[p.Sense(np.head).population];
  return group == "militants" || group == "suspects";
}

// "now hold 17 ships and more than 300 seamen"
bool HeldBefore(const Passage& p, const Draft& draft) {
  const std::uint32_t at = draft.number->first;
  for (std::uint32_t k = 1; k <= 7 && at >= p.first + k; ++k) {
    if (p.In(at - k, WordList::kHold)) return true;
    if (p.IsPunct(at - k, ',') || (p.Is(at - k, kVerb) && !p.Is(at - k, kNoun))) return false;
  }
  return false;
}

// Who is held by pirates or gunmen, and who is freed from them.
void ReadCaptive(const Passage& p, Draft* draft) {
  const KnownMeasures& known = p.senses.known;
  if (draft->counted == CountedClass::kThing || IsCaptor(p, draft->np)) return;
  const std::uint32_t at = draft->finding.at;
  const bool caught = draft->np.elided() && p.In(at, WordList::kSeize);
  if (draft->measure == known.arrested && IsHolding(p, at) && !caught && !SpeaksOfLaw(p)) {
    draft->measure = known.hostages;
  }
  const bool them = draft->np.elided() && draft->np.partitive;  // "released two of them"
  if (draft->measure != known.count || (draft->counted != CountedClass::kPerson && !them)) return;
  if (draft->finding.relation == Relation::kGovernor && p.Sense(at).Is(kCueRelease)) {
    draft->measure = known.rescued;
  } else if (HeldBefore(p, *draft) && !SpeaksOfLaw(p)) {
    draft->measure = known.hostages;
  }
}

// In an outbreak patients are the sick, and who was treated was ill, not hurt.
void ReadPatient(const Passage& p, Draft* draft) {
  const KnownMeasures& known = p.senses.known;
  const std::uint32_t at = draft->finding.at;
  const bool treated = p.In(at, WordList::kTreat);
  const bool patients = !draft->np.elided() && p.In(draft->np.head, WordList::kPatient);
  if (draft->measure == known.injured && treated) draft->measure = known.infected;
  const bool housed = draft->measure == known.hospitalised &&  // "clinics, with 350 patients"
                      draft->finding.relation == Relation::kHead;
  if ((draft->measure == known.affected || housed) && patients) draft->measure = known.infected;
}

}  // namespace

void ReadSetting(const Passage& p, const Background& background, std::vector<Draft>* drafts) {
  if (!background.captors && !background.outbreak) return;
  for (Draft& draft : *drafts) {
    if (!draft.claim() || draft.rejected || draft.number->kind != NumberKind::kCount) continue;
    if (background.captors) ReadCaptive(p, &draft);
    if (background.outbreak) ReadPatient(p, &draft);
  }
}

}  // namespace claimwatch
