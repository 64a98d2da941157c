#include "server/story/word_table.h"

#include <array>

#include "server/story/furniture.h"

namespace claimwatch {
namespace {

// What the lists of single words tell of one.
struct Listed {
  std::uint32_t folded = 0;  // Never 0 of a word.
  Commonness commonness = Commonness::kRare;
  std::uint8_t furniture = 0;
  Themes themes = 0;
};

// Looked up in three lists, and remembered: most words of an article stood in the last one too.
// A cache of what never changes, so it makes no difference to anything but time.
const Listed& ListedOf(std::uint32_t folded) {
  constexpr std::size_t kRemembered = 2048;
  thread_local std::array<Listed, kRemembered> listed;
  Listed& known = listed[folded % kRemembered];
  if (known.folded != folded) {
    known = {folded, CommonnessOf(folded), static_cast<std::uint8_t>(FurniturePointsOf(folded)),
             ThemesOfWord(folded)};
  }
  return known;
}

}  // namespace

std::uint32_t WordTable::Enter(std::uint32_t folded, std::size_t slot) {
  const Listed& listed = ListedOf(folded);
  ArticleWord& word = words_.emplace_back();
  word.folded = folded;
  word.commonness = listed.commonness;
  word.furniture = listed.furniture;
  word.themes = listed.themes;
  const auto number = static_cast<std::uint32_t>(words_.size());
  table_[slot] = number;
  if (words_.size() * 2 > table_.size()) Grow();
  return number - 1;
}

void WordTable::Grow() {
  table_.assign(table_.size() * 2, 0);
  for (std::size_t i = 0; i < words_.size(); ++i) {
    table_[SlotOf(words_[i].folded)] = static_cast<std::uint32_t>(i + 1);
  }
}

}  // namespace claimwatch
