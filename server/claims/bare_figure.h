// Bare figures: numbers that name neither unit nor noun, because the words around them did.
//
// "Lopez had 38.4 percent, and the incumbent 34.1": percent, too. "The DAX gained 42 to 6,281":
// the points of an index. Tested by tests/claims/things_test.cc and by the drill.
#pragma once

#include "server/claims/draft.h"

namespace claimwatch {

// Gives a bare `draft` measure and unit where one of these says them; else leaves it as it is.
// `before` is the draft of the number right before it in the sentence, or null.
void ReadBareFigure(const Passage& passage, const Draft* before, Draft* draft);

// "brings to 98 the number of failed banks": the draft tells how many there are.
bool IsNumberOfThings(const Passage& passage, const Draft& draft);

}  // namespace claimwatch
