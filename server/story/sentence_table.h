// SentenceTable: which article said a sentence first, as far back as the table reaches.
//
// Finds the article that another one was copied from, also when only a part of it was taken.
// Fixed size, set-associative, the oldest falls out. Tested through
// tests/story/story_index_test.cc.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "server/story/ids.h"
#include "server/story/zeroed_array.h"

namespace claimwatch {

struct SaidBefore {
  Sequence article = Sequence::kNone;
  StoryId story = StoryId::kNone;
  int sentences = 0;  // Of it, shared with the article at hand.
  int out_of = 0;     // The fewer sentences of the two.
};

class SentenceTable {
 public:
  // Remembers about the last `articles` articles.
  explicit SentenceTable(std::size_t articles);

  void Add(Sequence article, StoryId story, const std::vector<std::uint32_t>& fingerprints);

  // Add or Find of these will come soon: fetches what they will look at.
  void Prefetch(const std::vector<std::uint32_t>& fingerprints) const {
    for (const std::uint32_t print : fingerprints) __builtin_prefetch(&sets_[SetOf(print)]);
  }

  // The article that shares most of these sentences, the earlier one among equals; nullopt: none.
  std::optional<SaidBefore> Find(const std::vector<std::uint32_t>& fingerprints) const;

  template <typename File>
  void Transfer(File& file) {
    file.Array(sets_);
    file.Array(articles_);
    file.Value(last_);
  }

 private:
  static constexpr std::size_t kWays = 8;
  struct Said {
    std::uint32_t fingerprint;
    std::uint32_t number;  // Of the article, counting from 1; 0: empty.
  };
  struct Known {
    Sequence article;
    StoryId story;
    std::uint32_t number;
    std::uint32_t sentences;
  };

  // Sizes are powers of two.
  std::size_t SetOf(std::uint32_t fingerprint) const { return fingerprint & (sets_.size() - 1); }
  std::size_t PlaceOf(std::uint32_t number) const { return number & (articles_.size() - 1); }
  const Said* Look(std::uint32_t fingerprint) const;

  ZeroedArray<std::array<Said, kWays>> sets_;
  ZeroedArray<Known> articles_;  // A ring by number.
  std::uint32_t last_ = 0;
};

}  // namespace claimwatch
