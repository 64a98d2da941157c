// What linking weighs, in one place. The numbers were fitted to streams of real news by logistic
// regression (server/decisions/0003-stories.md says how), not reasoned out.
// Tested through tests/story/story_index_test.cc.
#pragma once

namespace claimwatch {

// What speaks for or against an article being about a story's event.
enum EvidenceKind {
  kBias,
  kWords,            // Cosine of the words with the sum of the story's articles, 0 to 1.
  kNames,            // Cosine of the names.
  kOtherDay,         // 1: both name days, none in common.
  kOtherNumbers,     // 1: both hold numbers (ages, addresses), none in common.
  kOtherPairs,       // 1: both hold name pairs, none in common.
  kGap,              // log2(1 + days) between the article and the span of the story's publications.
  kWordCover,        // Share of the article's words (by weight) that the story holds.
  kSizeWords,        // log2 of the story's articles times kWords,
  kSizeNames,        // and kNames: a long story holds much that one article does not.
  kGapWords,         // kGap times kWords,
  kGapNames,         // and kNames: an old story must share other things than a fresh one.
  kRivalWords,       // kWords of the best other candidate: what any article of the kind shares.
  kSameDay,          // 1: a day that both name.
  kPairs,            // Cosine of the name pairs.
  kNumbers,          // Cosine of the numbers.
  kGapOtherDay,      // kGap where kOtherDay: fresh days long after the story's.
  kRivalNames,       // kNames of the best other candidate.
  kOtherNames,       // 1: both hold names, and next to none in common,
  kOtherNamesWords,  // times kWords.
  kNameCover,        // Share of the article's names (by weight) that the story holds.
  kEvidenceKinds
};

struct LinkWeights {
  // Frequencies: shares of articles that hold a word of each Commonness, as if seen in so many.
  float background_articles = 600;
  float background[5] = {0.0007f, 0.01f, 0.07f, 0.35f, 1.0f};
  // A term that n of the candidates hold tells little between them: weight / (1 + crowd * (n - 1)).
  float crowd = 0.3f;
  // Less than so much of words and names together is no likeness, whatever else speaks for it.
  float likeness_min = 0.1f;
  // Scores from which figures are compared. It is the gap that makes a link doubtful: within four
  // days (kGap) one of forty was wrong at any score, after nine days one of four below `sure_late`.
  float sure = 1.2f;
  float sure_late = 3.0f;
  float soon_gap = 2.33f;
  float late_gap = 3.4f;
  // A gap of less than four months is none to an article that says that its event goes on.
  float ongoing_gap = 6.92f;
  float evidence[kEvidenceKinds] = {0.448f,   23.425f, 17.363f, -0.903f, -0.346f, -0.876f, -0.301f,
                                    -23.843f, 0.846f,  3.696f,  -1.702f, -0.34f,  -15.57f, 0.802f,
                                    -0.514f,  3.118f,  -0.285f, -5.108f, -2.868f, 11.667f, -2.422f};
};

inline constexpr LinkWeights kLinkWeights;

}  // namespace claimwatch
