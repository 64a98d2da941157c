// Lexer of the filter language: words, quoted strings, comparators, parentheses.
//
// A word is what people type without quotes: names, numbers, ids, times ("2022-01-07T12:00Z" is one
// word in spite of its colons), patterns with "*". Linear; never fails: what is no token becomes
// one that the parser refuses with its place. Tested by tests/filter/parser_test.cc.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace claimwatch {

enum class FilterTokenKind : std::uint8_t {
  kWord,
  kString,      // Quoted; text is without quotes and escapes.
  kComparator,  // = != < <= > >= :
  kMinus,       // Directly before what it negates.
  kOpen,
  kClose,
  kComma,
  kUnclosed,  // A quote that does not end.
  kStray,     // A byte that means nothing here.
  kEnd,
};

struct FilterToken {
  FilterTokenKind kind = FilterTokenKind::kEnd;
  std::string text;
  bool wildcard = false;     // `text` is a pattern (MatchesPattern).
  std::size_t position = 0;  // Byte offset of its first byte.
  std::size_t size = 0;      // Bytes in the source.
};

// Ends with a kEnd at the size of the text.
std::vector<FilterToken> Tokenise(std::string_view text);

}  // namespace claimwatch
