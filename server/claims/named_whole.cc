#include "server/claims/named_whole.h"

namespace claimwatch {
namespace {

constexpr std::uint32_t kOpeningTokensMax = 7;

// What the opening words count; kNone where the sentence opens otherwise, or tells a figure there.
MeasureId MeasureOfOpening(const Passage& p) {
  std::uint32_t i = p.opening;
  if (p.Text(i) == "out") ++i;
  const std::string_view opening = p.Text(i);
  if (p.RoleOf(i) != Role::kOf && opening != "among") return MeasureId::kNone;
  const std::string_view definite = p.Text(i + 1);
  if (definite != "the" && definite != "those" && definite != "these") return MeasureId::kNone;
  for (std::uint32_t k = i + 2; k < i + kOpeningTokensMax && p.Has(k); ++k) {
    if (p.IsPunct(k, ',') || p.NumberAt(k) != nullptr) break;
    const WordSense& sense = p.Sense(k);
    for (const MeasureId m : {sense.adjective, sense.counts, sense.object}) {
      if (m != MeasureId::kNone && p.senses.CountsPeople(m)) return m;
    }
    if (sense.Is(kCueBe)) break;
  }
  return MeasureId::kNone;
}

// "16 were members of the police": the noun phrase after the verb, where it names persons.
void TakePredicateNoun(const Passage& p, Draft* draft) {
  const std::uint32_t be = draft->number->end;
  if (!draft->np.elided() || !p.Sense(be).Is(kCueBe)) return;
  Number after = *draft->number;
  after.end = after.unit_end = be + 1;
  const NounPhrase np = ReadNounPhrase(p, after);
  if (np.elided() || p.Sense(np.head).population == 0) return;
  draft->np = np;
  draft->counted = ClassOf(p, np);
}

}  // namespace

void ReadNamedWhole(const Passage& passage, std::vector<Draft>* drafts) {
  const MeasureId named = MeasureOfOpening(passage);
  for (Draft& draft : *drafts) {
    if (draft.number->kind != NumberKind::kCount || draft.rejected || draft.number->weak) continue;
    if (named != MeasureId::kNone) {
      // "Among the dead were two firefighters": sent there, but that is not what is told.
      const bool by_noun = draft.measure == passage.senses.known.deployed &&
                           draft.finding.relation == Relation::kHead;
      const bool other = draft.claim() && draft.measure != passage.senses.known.count &&
                         draft.measure != passage.senses.known.participants && !by_noun;
      if (!other) draft.measure = named;
      draft.part = draft.part || draft.measure == named;
    }
    if (draft.part || draft.container >= 0) TakePredicateNoun(passage, &draft);
  }
}

}  // namespace claimwatch
