// What linking weighs, in one place. The numbers were fitted to streams of real news by logistic
// regression (server/decisions/0003-stories.md says how), not reasoned out.
// Tested through tests/story/story_index_test.cc.
#pragma once

namespace claimwatch {

// What speaks for or against an article being about a story's event.
enum EvidenceKind {
  kBias,
  kWords,      // Cosine of the words with the sum of the story's articles, 0 to 1.
  kNames,      // Cosine of the names.
  kPairs,      // Bits of surprise in the name pairs that the story knows, capped.
  kNumbers,    // In its numbers.
  kSameDay,    // Both name days, and one in common.
  kOtherDay,   // Both name days, none in common.
  kGap,        // log2(1 + days) between the article and the story's publications.
  kWordCover,  // Share of the article's words (by weight) that the story knows.
  kNameCover,  // Share of its names.
  kCentral,    // Share of its names, each counting as far as the story's articles hold it.
  kSize,       // log2 of the story's articles.
  kGapWords,   // Products with kGap: an old story must share other things than a fresh one.
  kGapNames,
  kGapCentral,
  kRivalWords,  // kWords of the best other candidate: what any article of the kind shares.
  kRivalNames,
  kCopied,  // Share of its sentences that an article of the story said before.
  kEvidenceKinds
};

struct LinkWeights {
  // Frequencies: shares of articles that hold a word of each Commonness, as if seen in so many.
  float background_articles = 600;
  float background[5] = {0.0007f, 0.01f, 0.07f, 0.35f, 1.0f};
  // A term that n of the candidates hold tells little between them: weight / (1 + crowd * (n - 1)).
  float crowd = 0.3f;
  float bits_cap = 40.0f;
  float evidence[kEvidenceKinds] = {-1.65f, 29.4f,   31.3f,  0.0306f, 0.0646f, -1.034f,
                                    -2.12f, -0.53f,  -22.7f, -0.21f,  -4.09f,  0.629f,
                                    -2.05f, -1.147f, 0.214f, -11.99f, -2.47f};
};

inline constexpr LinkWeights kLinkWeights;

}  // namespace claimwatch
