// Scope: is the figure the whole, a part, an increment or a rate?
//
// Tested by tests/claims/scope_test.cc.
#pragma once

#include <vector>

#include "server/claims/background.h"
#include "server/claims/draft.h"

namespace claimwatch {

// `local`: the sentence before named a speaker who tells of one village or hospital; updated, also
// for a sentence without numbers.
void ReadScopes(const Passage& passage, const Background& background, bool* local,
                std::vector<Draft>* drafts);

}  // namespace claimwatch
