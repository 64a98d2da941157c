// What linking weighs, in one place. The numbers were fitted to streams of real news by logistic
// regression (server/decisions/0003-stories.md says how), not reasoned out.
// Tested through tests/story/story_index_test.cc.
#pragma once

namespace claimwatch {

// What speaks for or against an article being about a story's event.
enum EvidenceKind {
  kBias,
  kWords,         // Cosine of the words with the sum of the story's articles, 0 to 1.
  kNames,         // Cosine of the names.
  kOtherDay,      // 1: both name days, none in common.
  kOtherNumbers,  // 1: both hold numbers (ages, addresses), none in common.
  kOtherPairs,    // 1: both hold name pairs, none in common.
  kGap,           // log2(1 + days) between the article and the span of the story's publications.
  kWordCover,     // Share of the article's words (by weight) that the story holds.
  kSizeWords,     // log2 of the story's articles times kWords,
  kSizeNames,     // and kNames: a long story holds much that one article does not.
  kGapWords,      // kGap times kWords,
  kGapNames,      // and kNames: an old story must share other things than a fresh one.
  kRivalWords,   // kWords (beyond `rival_min`) of the best other candidate: what any article of the
                 // kind shares.
  kSameDay,      // 1: a day that both name.
  kPairs,        // Cosine of the name pairs.
  kNumbers,      // Cosine of the numbers.
  kGapOtherDay,  // kGap where kOtherDay: fresh days long after the story's.
  kRivalNames,   // kNames of the best other candidate.
  kOtherNames,   // 1: both hold names, and next to none in common,
  kOtherNamesWords,  // times kWords.
  kNameCover,        // Share of the article's names (by weight) that the story holds.
  kMemberMarks,      // Marks (names, pairs, numbers, days) shared with one of the story's latest
                     // articles: log2(1 + bits / 8).
  kMemberCover,      // Their share of all the article's marks.
  kRivalMarks,       // kMemberMarks of the best other candidate.
  kCoreMarks,        // Like kMemberMarks, of what half of the latest articles hold,
  kSizeCoreMarks,    // times log2 of the story's articles.
  kWordsHigh,        // What kWords has above `words_high`: the words of a form are all the same.
  kWordsShare,       // kWords next to kRivalWords, 0 to 1.
  kNamesShare,       // kNames next to kRivalNames,
  kMarksShare,       // and kMemberMarks next to kRivalMarks.
  kDense,            // kWords and kNames of the third best other: how alike all candidates are.
  kRunning,          // log2 of the articles beyond four, of a story told within the week.
  kMarked,           // 1: nearly all the marks of the article, and many.
  kFewMarks,         // 1 / (1 + bits / 32) of the article's marks: it hardly says where and who.
  kOtherTheme,       // 1: both are of known kinds of event (themes.h), and of none in common; less
                     // where one of them lasts.
  kLasting,  // 1: both are of one kind of event that goes on for weeks (a war, an epidemic),
  kLastingOtherDay,  // times kOtherDay: each of its reports names another day,
  kLastingGap,       // and times kGap.
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
  // Likeness of words or of names that does not count in a rival.
  float rival_min = 0.1f;
  // Above it likeness of words shows the form of a report, not what it is about.
  float words_high = 0.35f;
  // Scores from which figures are compared. It is the gap that makes a link doubtful: within four
  // days (kGap) one of forty was wrong at any score, after nine days one of four below `sure_late`.
  float sure = 0.4f;
  float sure_late = 1.4f;
  float soon_gap = 2.33f;
  float late_gap = 3.4f;
  float alike = 1.5f;          // Of kWords and kNames together: nearly the same report.
  float marked_cover = 0.75f;  // Of kMemberCover,
  float marked_bits = 2.5f;    // and of kMemberMarks.
  // A gap of less than four months is none to an article that says that its event goes on.
  float ongoing_gap = 6.92f;
  float evidence[kEvidenceKinds] = {
      -3.350f, -3.748f, 7.142f,  -1.763f, -0.688f, -0.523f, -0.224f, -4.893f, 0.754f,  -0.001f,
      -0.107f, -0.412f, -2.067f, 1.797f,  -0.260f, 2.461f,  -0.020f, -2.454f, -2.877f, 3.084f,
      -0.892f, 0.651f,  4.032f,  0.062f,  -0.516f, 0.095f,  4.083f,  1.885f,  1.792f,  2.348f,
      -6.401f, 0.012f,  -0.931f, -1.668f, -4.376f, 2.773f,  -0.057f, -0.274f};
};

inline constexpr LinkWeights kLinkWeights;

}  // namespace claimwatch
