// One character of UTF-8 at a time, and what kind of character it is to the tokenizer.
//
// Not a library of Unicode: only the distinctions that reading news needs.
// Tested by tests/text/document_test.cc.
#pragma once

#include <cstdint>
#include <string_view>

namespace claimwatch {

enum class CharKind : std::uint8_t {
  kLetter,
  kDigit,
  kFraction,
  kSpace,
  kLine,
  kPunct,
  kSymbol,
  kOther
};

struct Char {
  std::uint32_t code = 0;  // Code point; the byte's value when it is not UTF-8.
  std::uint8_t size = 1;   // Bytes, 1..4.
  CharKind kind = CharKind::kOther;
};

// The character at `at` (< text.size()). Bytes that are not UTF-8 are kOther, one at a time.
Char CharAt(std::string_view text, std::size_t at);

// What kind of character a code point is.
CharKind KindOfCode(std::uint32_t code);

// Whether a letter is a capital: Latin, Greek and Cyrillic.
bool IsCapital(std::uint32_t code);

}  // namespace claimwatch
