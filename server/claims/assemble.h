// Assemble: a draft and its sentence become a Claim, the only place that builds strings.
//
// Tested by tests/claims/reader_test.cc.
#pragma once

#include <vector>

#include "server/claims/background.h"
#include "server/claims/draft.h"

namespace claimwatch {

Claim Assemble(const Passage& passage, const std::vector<Draft>& drafts, const Draft& draft,
               const Background& background, const Catalogue& catalogue);

}  // namespace claimwatch
