// What makes a figure come on top of another ("312 new cases", "rose by 400"), or stand for all of
// them although it is told as a part ("two of its five mills").
//
// Looks at a few words around the number. Tested by tests/claims/scope_test.cc.
#pragma once

#include "server/claims/draft.h"

namespace claimwatch {

bool IsNew(const Passage& passage, const Draft& draft);
bool RisesBy(const Passage& passage, const Draft& draft);
bool IsRiseOf(const Passage& passage, const Draft& draft);
bool OfTheirOwn(const Passage& passage, const Draft& draft);

}  // namespace claimwatch
