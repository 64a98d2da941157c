// Furniture: sentences that belong to the web page and not to the article.
//
// "Sign in to update your profile", "All rights reserved": the same words under every article of an
// outlet, which would make one story of them. Told by words of the trade that seldom meet in news
// prose; a sentence needs three points. Tested by tests/story/features_test.cc.
#pragma once

#include <cstdint>

namespace claimwatch {

inline constexpr int kFurniturePoints = 3;

// How much a word (FoldedHash) makes its sentence page furniture: 0 to 3 points.
int FurniturePointsOf(std::uint32_t folded_hash);

}  // namespace claimwatch
