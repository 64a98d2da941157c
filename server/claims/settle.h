// Settle: what only the whole article can say about the scope of its figures.
//
// The sentences are read one by one; afterwards these passes look at all claims of the article
// together: a level in a unit that is told in rates, parts that add up to a whole, a group beside
// everybody, a headline and the sentence that it is taken from. Quadratic in the claims, which are
// bounded (reader.h). Tested by tests/claims/scope_test.cc.
#pragma once

#include <vector>

#include "server/claims/background.h"
#include "server/claims/claim.h"
#include "server/claims/whole.h"

namespace claimwatch {

// `traits` by claim.
void SettleScopes(const Background& background, const std::vector<ClaimTrait>& traits,
                  const Catalogue& catalogue, std::vector<Claim>* claims);

}  // namespace claimwatch
