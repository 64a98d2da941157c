// What a sentence says of the scope of all its figures: a local speaker, a day, "so far".
//
// Each looks through the sentence once. Tested by tests/claims/scope_test.cc.
#pragma once

#include "server/claims/draft.h"

namespace claimwatch {

// "said Ann, a nurse at a clinic in the town": she counts what she sees.
bool LocalSpeaker(const Passage& p);
// The same speaker's next sentence: a quotation, "he said", "she added".
bool GoesOn(const Passage& p);
// A day on which it happened, not one on which somebody said so.
// "have been killed in ten days of unrest"
bool InDaysOfIt(const Passage& passage, const Draft& draft);
bool HasDay(const Passage& p);
// "in the uprising", "since the protests began", "so far", "nationwide",
// in the part of the sentence that tells `draft`.
bool TellsWhole(const Passage& p, const Draft& draft);
// "the fourth day of clashes in which 12 have been killed"
bool InEventTold(const Passage& p, const Draft& draft);
// "In all, 12 people", "12 people in all", "in total", from its "in" on; not "in all 12 towns"
bool InAll(const Passage& p, std::uint32_t i);
// "In all, 12 people were hurt": whatever place the rest of the sentence speaks of.
bool OpensInAll(const Passage& p, const Draft& draft);

}  // namespace claimwatch
