// History: what was believed of a figure after each of its claims, and what each of them did to it.
//
// Replays a figure's claims in the order in which they arrived through the rules that judged them
// live (outcome.h), so that what is shown is what happened. A view on an earlier moment undoes what
// came later: claims, and the corrections that took earlier ones back.
// Linear in claims times values told. Pure. Tested by tests/ledger/history_test.cc.
#pragma once

#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/time/time.h"
#include "server/claims/catalogue.h"
#include "server/ledger/figure.h"
#include "server/ledger/verdict.h"

namespace claimwatch {

struct HistoryStep {
  Comparison verdict;                    // Against what was told before its article.
  bool first = false;                    // Nothing was.
  const KnownClaim* believed = nullptr;  // In the figure, after the claim; null: nothing is.
};
// One step a claim of figure.claims, in their order. Pointers hold as long as the figure stands.
std::vector<HistoryStep> HistoryOf(const Figure& figure, const Measure& measure);

// The figure as a reader could know it at `when`: without the claims published later, and with
// those that were taken back only later. `withdrawn_at` tells when a withdrawn claim's article was
// corrected or retracted, InfinitePast where that is not known.
using WithdrawalTime = absl::FunctionRef<absl::Time(const KnownClaim& claim)>;
Figure AsKnownAt(const Figure& figure, absl::Time when, WithdrawalTime withdrawn_at);

}  // namespace claimwatch
