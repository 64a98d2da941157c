// TermBag: the terms of one article with how often and where each was met.
//
// A small hash table that lives for one article: no allocation a term.
// Tested through tests/story/features_test.cc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "server/story/features.h"

namespace claimwatch {

struct BagEntry {
  std::uint32_t hash = 0;
  std::uint32_t folded = 0;  // Of a word or name; else 0.
  std::uint32_t weight = 0;  // Sum of its mentions' weights; 16 = one mention in running text.
  TermKind kind = TermKind::kWord;
};

class TermBag {
 public:
  TermBag() : table_(256, 0) { entries_.reserve(128); }

  void Add(TermKind kind, std::uint32_t folded, std::uint32_t weight);
  const BagEntry* Find(std::uint32_t hash) const;
  const std::vector<BagEntry>& entries() const { return entries_; }

 private:
  std::size_t SlotOf(std::uint32_t hash) const;
  void Grow();

  std::vector<BagEntry> entries_;
  std::vector<std::uint32_t> table_;  // Index of an entry + 1; a power of two.
};

}  // namespace claimwatch
