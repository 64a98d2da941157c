// What linking weighs, in one place. The numbers were fitted to streams of real news by logistic
// regression (server/decisions/0003-stories.md says how), not reasoned out.
// Tested through tests/story/story_index_test.cc.
#pragma once

namespace claimwatch {

// What speaks for or against an article being about a story's event.
enum EvidenceKind {
  kBias,
  kWords,       // Cosine of the words with the sum of the story's articles, 0 to 1.
  kNames,       // Cosine of the names.
  kPairs,       // Bits of surprise in the name pairs that both hold, capped.
  kNumbers,     // In the numbers.
  kOtherDay,    // 1: both name days, none in common.
  kGap,         // log2(1 + days) between the article and the span of the story's publications.
  kWordCover,   // Share of the article's words (by weight) that the story holds.
  kSize,        // log2 of the story's articles.
  kGapWords,    // kGap times kWords,
  kGapNames,    // and kNames: an old story must share other things than a fresh one.
  kRivalWords,  // kWords of the best other candidate: what any article of the kind shares.
  kCold,        // 1 while nothing is known of the stream, falling to 0 as it is learnt.
  kColdWords,   // kCold times kWords: that a word is common in the stream is not known yet.
  kEvidenceKinds
};

struct LinkWeights {
  // Frequencies: shares of articles that hold a word of each Commonness, as if seen in so many.
  float background_articles = 600;
  float background[5] = {0.0007f, 0.01f, 0.07f, 0.35f, 1.0f};
  // A term that n of the candidates hold tells little between them: weight / (1 + crowd * (n - 1)).
  float crowd = 0.3f;
  float bits_cap = 40.0f;
  float evidence[kEvidenceKinds] = {-3.2f,  25.7f, 24.9f,  0.0192f, 0.0576f, -1.98f, -0.354f,
                                    -19.5f, 0.63f, -1.57f, -0.838f, -11.8f,  2.1f,   -10.9f};
};

inline constexpr LinkWeights kLinkWeights;

}  // namespace claimwatch
