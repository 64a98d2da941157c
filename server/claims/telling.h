// Telling: whether words of a sentence belong to the saying and not to what is said ("said on
// Monday", "officials in Kelo said", "in a statement on Thursday").
//
// Tested by tests/claims/when_where_test.cc.
#pragma once

#include <cstdint>

#include "server/claims/claim.h"
#include "server/claims/passage.h"

namespace claimwatch {

// Of the time or place phrase [begin, end); `attribution` is the claim's.
bool IsOfTelling(const Passage& passage, std::uint32_t begin, std::uint32_t end,
                 const Phrase& attribution);

}  // namespace claimwatch
