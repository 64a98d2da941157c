// A plain reader of tokens, words and digits: slow, obvious, for tests only.
//
// Written from the descriptions in server/text, not from its code: characters are decoded one by
// one, words are found in a sorted map, digits are cut at their separators. The fast reader (byte
// tables, eight letters at a time, a hash of the first and last bytes) must agree with it on
// everything: tests/text/plain_reading_test.cc, and tests/fuzz/text_fuzz.cc on any bytes.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "server/text/document.h"
#include "server/text/number_parts.h"

namespace claimwatch {

class PlainReader {
 public:
  // Borrows the lexicon, which must outlive it.
  explicit PlainReader(const Lexicon& lexicon);

  // What Tokenize() must give.
  std::vector<Token> Tokens(std::string_view text) const;
  // The word of a form in any case, an apostrophe in any writing; null: unknown.
  const Word* Find(std::string_view form) const;

 private:
  std::map<std::string, const Word*, std::less<>> words_;
};

// What numbers::ReadDigits() must give for a token of digits.
numbers::DigitRun PlainDigitRun(std::string_view digits);

// Where the two readers differ on `text`, in words; empty when they agree.
std::string DifferenceFromPlain(const PlainReader& plain, const Document& document);

}  // namespace claimwatch
