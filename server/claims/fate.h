// What became of the counted, where the noun says it against the verb.
//
// "Three of the dead were shot", "two bodies were never found", "put 200 tanks on the streets": the
// verb alone would tell something else. Tested by tests/claims/measure_test.cc.
#pragma once

#include "server/claims/draft.h"

namespace claimwatch {

// The measure of `draft` after a look at its noun; its own where that says nothing else.
MeasureId FateOf(const Passage& p, const Draft& draft);
// "there was only one gunman": a count of one, not an article.
bool OnlyOneDidIt(const Passage& p, const Draft& draft);
// The sentence names a boat, the sea or a coastguard: whom it "picked up" was saved, not moved.
bool TellsOfSea(const Passage& passage);

}  // namespace claimwatch
