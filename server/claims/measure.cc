// ReadMeasures: from what the words around say to a measure for every number.
#include "server/claims/aside.h"
#include "server/claims/count_measure.h"
#include "server/claims/default_measure.h"
#include "server/claims/draft.h"
#include "server/claims/hints.h"
#include "server/claims/loss.h"
#include "server/text/units.h"

namespace claimwatch {
namespace {

// Null for what may be a claim.
const char* WhyNoFigure(const Passage& p, const Number& number) {
  if (IsBaseOfRate(p, number)) return "the base of a rate";
  if (IsModelName(p, number) || IsInsideWord(p, number) || IsGunSize(p, number)) {
    return "part of a name";
  }
  const bool half = number.kind == NumberKind::kPercent && p.RoleOf(number.end) == Role::kA;
  return half ? "half of one thing" : nullptr;  // "by half a point"
}

// Sums, shares and measurements say by their unit what they measure.
void ReadUnitMeasure(const Passage& p, const std::vector<Draft>& before, Draft* draft) {
  const Number& number = *draft->number;
  const KnownMeasures& known = p.senses.known;
  draft->np = ReadNounPhrase(p, number);
  if (number.kind == NumberKind::kMoney) {
    const bool again =
        !before.empty() && before.back().measure == known.loss &&  // "($6.5 million)"
        p.IsPunct(number.first - 1, '(') && number.first <= before.back().number->unit_end + 2;
    draft->measure = again || TellsLoss(p, number) ? known.loss : known.money;
    draft->reason = "a sum of money";
  } else if (number.kind == NumberKind::kPercent) {
    draft->measure = known.percent;
    draft->reason = "a share";
  } else {
    const bool magnitude =
        GetUnit(number.quantity.unit).dimension == "magnitude" || IsOnRichter(p, number);
    draft->measure = magnitude ? known.magnitude : known.measurement;
    draft->reason = "a measurement";
  }
}

void ReadMeasure(const Passage& p, const std::vector<Draft>& before, Draft* draft) {
  const Number& number = *draft->number;
  draft->reason = number.reason;
  draft->rejected = number.weak;
  if (number.weak) return;
  if (const char* why = WhyNoFigure(p, number); why != nullptr) {
    draft->reason = why;
    draft->rejected = true;
  } else if (number.kind == NumberKind::kCount) {
    ReadCountMeasure(p, before, draft);
  } else if (number.kind == NumberKind::kMoney || number.kind == NumberKind::kPercent ||
             number.kind == NumberKind::kMeasurement) {
    ReadUnitMeasure(p, before, draft);
  }
}

}  // namespace

void ReadMeasures(const Passage& passage, const Antecedent& before, std::vector<Draft>* drafts) {
  drafts->clear();
  for (std::uint32_t k = passage.first_number; k < passage.end_number; ++k) {
    Draft draft;
    draft.number = &passage.numbers[k];
    draft.index = k;
    ReadMeasure(passage, *drafts, &draft);
    drafts->push_back(draft);
  }
  ShareMeasures(passage, before, drafts);
  for (std::size_t k = 0; k < drafts->size(); ++k) SettleMeasure(passage, before, k, drafts);
}

}  // namespace claimwatch
