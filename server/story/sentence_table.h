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

  // The article that shares most of these sentences, the earlier one among equals; nullopt: none.
  std::optional<SaidBefore> Find(const std::vector<std::uint32_t>& fingerprints) const;

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

  const Said* Look(std::uint32_t fingerprint) const;

  ZeroedArray<std::array<Said, kWays>> sets_;
  ZeroedArray<Known> articles_;  // A ring by number.
  std::uint32_t last_ = 0;
};

}  // namespace claimwatch
