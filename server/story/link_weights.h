// What linking weighs, in one place. The numbers were fitted to streams of real news by coordinate
// search (server/decisions/0003-stories.md says how), not reasoned out.
// Tested through tests/story/story_index_test.cc.
#pragma once

namespace claimwatch {

struct LinkWeights {
  // Frequencies: shares of articles that hold a word of each Commonness, as if seen in so many.
  float background_articles = 300;
  float background[5] = {0.0003f, 0.01f, 0.07f, 0.35f, 1.0f};

  // The score of an article against a story: a sum over evidence.h, above 0: the same event.
  float bias = -3.0f;
  float words = 6.0f;
  float names = 4.0f;
  float pairs = 0.08f;
  float numbers = 0.05f;
  float same_day = 0.5f;
  float other_day = -0.5f;
  float gap = -0.35f;
};

inline constexpr LinkWeights kLinkWeights;

}  // namespace claimwatch
