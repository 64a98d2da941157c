// Frequencies: how common each term is in the stream just now.
//
// A table of counters by hash, halved as the stream goes on, so that it drifts with the news and
// never grows; two terms that share a counter only look a little more common than they are. Before
// the stream has told anything, common_words.h stands in for it.
// Tested through tests/story/story_index_test.cc.
#pragma once

#include <cstddef>
#include <cstdint>

#include "server/story/features.h"
#include "server/story/zeroed_array.h"

namespace claimwatch {

class Frequencies {
 public:
  Frequencies();

  void Count(const Features& features);
  // Surprise(hash) will be asked soon: fetches its counter meanwhile.
  void Prefetch(std::uint32_t hash) const { __builtin_prefetch(&counts_[hash % kCounters]); }
  // Bits of surprise at meeting the term: 0 for what is everywhere, about 8 to 16 for a rare name.
  float Surprise(TermKind kind, std::uint32_t hash) const;

  // Every part in turn, for writing it down and reading it back (index_file.h).
  template <typename File>
  void Transfer(File& file) {
    file.Array(counts_);
    file.Value(articles_);
  }

 private:
  static constexpr std::size_t kCounters = 1 << 22;  // 8 MiB, touched as terms come.

  void Halve();

  ZeroedArray<std::uint16_t> counts_;
  std::uint32_t articles_ = 0;  // Behind counts_, halved with them.
};

}  // namespace claimwatch
