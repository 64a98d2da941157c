// WordTable: the different words of one article, each looked up once.
//
// A word stands twice or three times in an article and is asked for by several passes; here it is
// hashed and found in the lists of common words and of page furniture at its first mention, and
// after that it is a number. Lives for one article. Tested through tests/story/features_test.cc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "server/story/common_words.h"
#include "server/story/themes.h"

namespace claimwatch {

struct ArticleWord {
  std::uint32_t folded = 0;  // FoldedHash.
  Commonness commonness = Commonness::kRare;
  std::uint8_t furniture = 0;     // FurniturePointsOf.
  Themes themes = 0;              // ThemesOfWord.
  bool sure_name = false;         // Stands capitalised inside an ordinary sentence,
  bool sure_word = false;         // or in small letters.
  std::uint32_t word_weight = 0;  // Sum of its mentions' weights as a word; 16 = one mention,
  std::uint32_t name_weight = 0;  // and as a name.
};

class WordTable {
 public:
  WordTable() : table_(1024, 0) { words_.reserve(400); }

  // Number of the word, which is entered where it is new.
  std::uint32_t Find(std::uint32_t folded) {
    const std::size_t at = SlotOf(folded);
    return table_[at] != 0 ? table_[at] - 1 : Enter(folded, at);
  }

  ArticleWord& operator[](std::uint32_t number) { return words_[number]; }
  const ArticleWord& operator[](std::uint32_t number) const { return words_[number]; }
  const std::vector<ArticleWord>& all() const { return words_; }  // In order of first mention.

 private:
  std::size_t SlotOf(std::uint32_t folded) const {
    const std::size_t mask = table_.size() - 1;
    std::size_t at = folded & mask;
    while (table_[at] != 0 && words_[table_[at] - 1].folded != folded) at = (at + 1) & mask;
    return at;
  }
  std::uint32_t Enter(std::uint32_t folded, std::size_t slot);
  void Grow();

  std::vector<ArticleWord> words_;
  std::vector<std::uint32_t> table_;  // Number of a word + 1; a power of two.
};

}  // namespace claimwatch
