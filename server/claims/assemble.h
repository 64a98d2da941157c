// Assemble: a draft and its sentence become a Claim, the only place that builds strings.
//
// Tested by tests/claims/reader_test.cc.
#pragma once

#include <vector>

#include "server/claims/draft.h"
#include "server/claims/time_phrase.h"

namespace claimwatch {

// `draft` is one of `drafts`, those of the sentence; `times`: its phrases of time.
Claim Assemble(const Passage& passage, const std::vector<Draft>& drafts, const Draft& draft,
               const std::vector<TimePhrase>& times, const Catalogue& catalogue);

}  // namespace claimwatch
