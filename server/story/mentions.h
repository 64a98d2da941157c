// Mentions: the words of an article, each as what it may be a term for.
//
// One pass over the tokens: every word is found in the article's table, and every sentence judged
// as a headline or as page furniture by what its words amount to. Which mentions become terms is
// decided in features.cc. Tested through tests/story/features_test.cc.
#pragma once

#include <cstdint>
#include <vector>

#include "server/story/common_words.h"
#include "server/story/word_table.h"
#include "server/text/document.h"

namespace claimwatch {

// A token seen as a possible term.
struct Mention {
  std::uint32_t token = 0;
  std::uint32_t word = 0;  // In the article's WordTable.
  Commonness commonness = Commonness::kRare;
  bool known = false;        // An ordinary English word of the lexicon or of our lists.
  bool capitalised = false;  // And long enough to be a name.
  bool opens = false;        // First word of its sentence.
  bool shouted = false;      // In a sentence whose words are nearly all capitalised (a headline).
};

struct Mentions {
  std::vector<Mention> all;     // In order of place.
  std::vector<bool> furniture;  // By sentence.
};

Mentions MentionsOf(const Document& document, WordTable& words);

}  // namespace claimwatch
