// Scope: is the figure the whole, a part, an increment or a rate?
//
// Tested by tests/claims/scope_test.cc.
#pragma once

#include <vector>

#include "server/claims/background.h"
#include "server/claims/draft.h"

namespace claimwatch {

// `local`: the sentence before named a speaker who tells of one village or hospital; updated, also
// for a sentence without numbers.
void ReadScopes(const Passage& passage, const Background& background, bool* local,
                std::vector<Draft>* drafts);

// Whole-article pass: a level ("the estimate was 5,000 barrels") in a unit that the article uses
// for rates is a rate, too.
void SettleRates(std::vector<Claim>* claims, const std::vector<Level>& levels);

// Whole-article pass: a group ("16 soldiers") beside a larger figure of everybody is a part.
void SettleParts(std::vector<Claim>* claims, const Catalogue& catalogue);

}  // namespace claimwatch
