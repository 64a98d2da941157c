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

struct Lexicon::Impl {
  // A form's first eight bytes and its size: nearly always all there is to compare.
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t word = 0;  // Index into words.
    std::uint8_t size = 0;   // 0: empty.
    Role role = Role::kNone;
  };
  std::string letters;      // The text of all words, one after the other.
  std::vector<Word> words;  // Word of id i is words[i - 1].
  std::vector<Slot> slots;  // A power of two, at most half full.

  // `lower` is folded already.
  const Word* Find(std::string_view lower) const;
  // Folds ASCII letters on the way; no curly apostrophes.
  const Word* FindAscii(std::string_view form, std::size_t readable, Role* role) const;
  void Index();  // Fills `slots` from `words`.
};

}  // namespace claimwatch
