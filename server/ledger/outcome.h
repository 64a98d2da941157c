// Outcome: what the claims of one article do to one figure.
//
// Each claim is held against every value that was told before, never against the claims of its own
// article (an article that tells the old figure and the new one is one piece of news). News is what
// clashes with all of them: a value that was told before is an echo, whoever believes it now.
// Tested by tests/ledger/ledger_test.cc.
#pragma once

#include <vector>

#include "server/claims/catalogue.h"
#include "server/ledger/figure.h"
#include "server/ledger/verdict.h"

namespace claimwatch {

// What raises no alert, whatever its value: increments, denials, past events.
bool SetAsideForAlerts(const KnownClaim& claim);

// What a claim does to a figure in that state.
Comparison JudgeClaim(const Figure& figure, const FigureState& state, const KnownClaim& fresh,
                      const Measure& measure);

struct Outcome {
  std::vector<Comparison> verdicts;  // One a fresh claim.
  int news = -1;                     // Index of the fresh claim that an alert is about; -1: none.
  std::vector<KnownClaim> previous;  // What it clashes with: the believed value first.
};

// `fresh`: the article's claims of this figure, in order of place. `figure` as it was before.
Outcome JudgeFigure(const Figure& figure, const FigureState& state,
                    const std::vector<const KnownClaim*>& fresh, const Measure& measure);

// The headline against the lead: exact figures of one question that cannot both be meant, each of
// them repeated by nothing but its like. Indices into `fresh`, or -1.
struct SelfContradiction {
  int first = -1;
  int second = -1;
};
SelfContradiction FindSelfContradiction(const std::vector<const KnownClaim*>& fresh);

}  // namespace claimwatch
