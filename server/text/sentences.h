// Sentences: where one statement ends and the next begins.
//
// Rules over tokens: stops with what may close them, abbreviations and initials, line breaks
// (paragraphs, headlines without a stop, bullets), hard-wrapped text. Linear in tokens.
// Tested by tests/text/document_test.cc.
#pragma once

#include <string_view>
#include <vector>

#include "server/text/document.h"

namespace claimwatch {

// Marks the first tokens of sentences in `tokens` and returns the sentences: in order, no gaps.
std::vector<Sentence> SplitSentences(std::string_view text, std::vector<Token>* tokens);

}  // namespace claimwatch
