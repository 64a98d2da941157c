#include "server/story/word_table.h"

#include "server/story/furniture.h"

namespace claimwatch {

std::size_t WordTable::SlotOf(std::uint32_t folded) const {
  const std::size_t mask = table_.size() - 1;
  std::size_t at = folded & mask;
  while (table_[at] != 0 && words_[table_[at] - 1].folded != folded) at = (at + 1) & mask;
  return at;
}

std::uint32_t WordTable::Find(std::uint32_t folded) {
  const std::size_t at = SlotOf(folded);
  if (table_[at] != 0) return table_[at] - 1;
  ArticleWord& word = words_.emplace_back();
  word.folded = folded;
  word.commonness = CommonnessOf(folded);
  word.furniture = static_cast<std::uint8_t>(FurniturePointsOf(folded));
  word.themes = ThemesOfWord(folded);
  const auto number = static_cast<std::uint32_t>(words_.size());
  table_[at] = number;
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
