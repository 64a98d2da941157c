// Event place: where the counted was, for a claim to tell: behind the figure (place.h), or before
// it, where the event is named ("Floods in Kelo killed 20", "hit Kelo, killing 12"). Never the
// place of who says so. Scopes are read from place.h alone: a place before the figure narrows
// nothing.
//
// Tested by tests/claims/when_where_test.cc.
#pragma once

#include "server/claims/claim.h"
#include "server/claims/draft.h"
#include "server/claims/place.h"

namespace claimwatch {

// `attribution`: the claim's. A place without a name is none.
PlacePhrase EventPlace(const Passage& passage, const Draft& draft, const Phrase& attribution);

}  // namespace claimwatch
