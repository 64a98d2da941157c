// Evidence: what speaks for and against an article being about a story's event.
//
// The article's terms are laid out once in a small table; every candidate story is then probed
// against it, so that a comparison costs the story's terms and no sorting. Terms that many of the
// candidates hold (the city, the agency's turn of phrase, the trade of the stream) are worth less,
// and a story must stand out from its rivals: that is what keeps two shootings in one city apart.
// Marks (names, pairs of names, numbers, days) are also compared with each of the story's latest
// articles by itself, so that a story which drew in one wrong article does not hold the marks of
// two events together, and draws in no third.
// Tested through tests/story/story_index_test.cc.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "server/story/link_weights.h"
#include "server/story/story.h"

namespace claimwatch {

using Evidence = std::array<float, kEvidenceKinds>;

// The evidence of each story, in their order.
std::vector<Evidence> CollectEvidence(const WeighedArticle& article,
                                      std::span<const Story* const> stories);

// The evidence of each of `stories` as if it alone were a candidate beside `others`.
std::vector<Evidence> CollectEvidenceOfEach(const WeighedArticle& article,
                                            std::span<const Story* const> stories,
                                            std::span<const Story* const> others);

// Above 0: the same event, as far as the evidence goes.
float Score(const Evidence& evidence);

}  // namespace claimwatch
