// Gist: what a claim's own text settles about it, worked out once and before its article has a
// place in the sequence: the question it answers, what its value means, the words around its
// number.
//
// The reader threads make the gists of an article, so that the one thread that judges does not.
// Pure. Tested by tests/ledger/gist_test.cc.
#pragma once

#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "server/ledger/identity.h"
#include "server/ledger/interval.h"
#include "server/ledger/known_claim.h"
#include "server/ledger/words.h"

namespace claimwatch {

// What is known of a measure by its name; null: nothing.
using FindMeasure = absl::FunctionRef<const Measure*(std::string_view name)>;

struct Gist {
  Identity identity;  // As IdentityOf(); of no incident before the article is linked.
  Meaning meaning;    // As MeaningOf().
  WordWeights words;  // As WordsAround().
};

// One a claim, in their order.
std::vector<Gist> GistsOf(const std::vector<KnownClaim>& claims, FindMeasure measures);

}  // namespace claimwatch
