// Setting: words that mean one thing in one kind of story and another in the next.
//
// "Fifteen people were still being held at the hotel" tells of arrests in one article and of
// hostages in the next; "2,100 have been treated" of the injured or of the sick. The article knows
// which (Background), the sentence says when it is otherwise after all. Tested by
// tests/claims/measure_test.cc.
#pragma once

#include <vector>

#include "server/claims/background.h"
#include "server/claims/draft.h"

namespace claimwatch {

void ReadSetting(const Passage& passage, const Background& background, std::vector<Draft>* drafts);

}  // namespace claimwatch
