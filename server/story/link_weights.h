// What linking weighs, in one place. The numbers were fitted to streams of real news by coordinate
// search (server/decisions/0003-stories.md says how), not reasoned out.
// Tested through tests/story/story_index_test.cc.
#pragma once

namespace claimwatch {

// What speaks for or against an article being about a story's event.
enum EvidenceKind {
  kBias,
  kWords,      // Cosine of the words with the most similar article of the story.
  kNames,      // Cosine of the names with it.
  kPairs,      // Bits of surprise in the name pairs that the story knows, capped.
  kNumbers,    // In its numbers.
  kSameDay,    // It and the most similar article name a day in common.
  kOtherDay,   // Both name days, none in common.
  kGap,        // log2(1 + days) to the story's nearest publication.
  kWordCover,  // Share of the article's words (by weight) that the story knows.
  kNameCover,  // Share of its names.
  kSize,       // log2 of the story's articles.
  kGapNames,   // Products: an old story must share more.
  kGapWords,
  kRivalWords,  // The like of the best other candidate: what any article of the kind would share.
  kRivalNames,
  kRivalMean,  // Mean over the candidates of kWords + kNames.
  kEvidenceKinds
};

struct LinkWeights {
  // Frequencies: shares of articles that hold a word of each Commonness, as if seen in so many.
  float background_articles = 300;
  float background[5] = {0.0003f, 0.01f, 0.07f, 0.35f, 1.0f};
  // A term that n of the candidates hold tells little between them: weight / (1 + crowd * (n - 1)).
  float crowd = 0.3f;
  float bits_cap = 40.0f;
  float threshold = 0.0f;
  float evidence[kEvidenceKinds] = {-1.0f, 14.8f, 24.2f, 0.054f, 0.065f, -0.34f, -1.3f, -0.52f,
                                    -8.3f, -0.2f, 0.37f, -0.94f, -2.03f, -9.4f,  -8.3f, 0.97f};
};

inline constexpr LinkWeights kLinkWeights;

}  // namespace claimwatch
