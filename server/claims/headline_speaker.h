// Who speaks in a headline without a verb: "Police: 12 dead", "12 dead in blaze - mayor".
//
// Only words that name those who tell count: "Libya: 12 dead" names a place. Tested by
// tests/claims/attribution_test.cc.
#pragma once

#include "server/claims/claim.h"
#include "server/claims/passage.h"

namespace claimwatch {

Phrase HeadlineSpeaker(const Passage& passage);

}  // namespace claimwatch
