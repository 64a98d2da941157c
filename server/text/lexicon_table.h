// The open-addressing table behind Lexicon: one probe run over hashes, then one comparison.
//
// Private to lexicon.cc and lexicon_builder.cc. Tested by tests/text/lexicon_test.cc.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/text/lexicon.h"

namespace claimwatch {

// Longest form that the table holds or looks up, in bytes.
inline constexpr std::size_t kWordBytesMax = 48;

// Hash of a lower-case form; the same on every machine.
std::uint32_t HashForm(std::string_view form);

struct Lexicon::Impl {
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t word = 0;  // Index into words + 1; 0: empty.
  };
  std::string letters;      // The text of all words, one after the other.
  std::vector<Word> words;  // Word of id i is words[i - 1].
  std::vector<Slot> slots;  // A power of two, at most half full.

  const Word* Find(std::string_view lower) const;
  void Index();  // Fills `slots` from `words`.
};

}  // namespace claimwatch
