// Tokenizer: bytes -> tokens, without sentences.
//
// One pass with a table of byte classes; the words of the lexicon are looked up on the way. Cost is
// linear: no byte is looked at more than a fixed number of times.
// Tested by tests/text/document_test.cc.
#pragma once

#include <string_view>
#include <vector>

#include "server/text/document.h"

namespace claimwatch {

// Tokens of `text`; spans are relative to it. kWord tokens have their lexicon entry.
std::vector<Token> Tokenize(std::string_view text, const Lexicon& lexicon);

}  // namespace claimwatch
