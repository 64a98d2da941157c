// One-line dumps of what reading found, for the tables of tests/text.
#pragma once

#include <string>
#include <string_view>

#include "server/text/document.h"
#include "server/text/lexicon.h"
#include "server/text/number.h"

namespace claimwatch {

struct NumberCase {
  std::string_view text;
  std::string_view dump;  // Dump() of every number, joined by "; ".
};

// The embedded lexicon, built once a test binary.
inline const Lexicon& TestLexicon() {
  static const Lexicon* const lexicon = Lexicon::Standard().release();
  return *lexicon;
}

inline std::string DumpNumbers(std::string_view text) {
  const Document document = ReadDocument(Field::kBody, text, TestLexicon());
  std::string dump;
  for (const Number& number : FindNumbers(document, TestLexicon())) {
    if (!dump.empty()) dump += "; ";
    dump += Dump(document, number);
  }
  return dump;
}

// Tokens with '|' between them and sentences on lines of their own.
inline std::string DumpSentences(std::string_view text) {
  const Document document = ReadDocument(Field::kBody, text, TestLexicon());
  std::string dump;
  for (const Sentence& sentence : document.sentences) {
    if (!dump.empty()) dump += "\n";
    for (std::uint32_t i = sentence.first; i < sentence.end; ++i) {
      if (i != sentence.first) dump += "|";
      dump += document.Surface(document.tokens[i]);
    }
  }
  return dump;
}

}  // namespace claimwatch
