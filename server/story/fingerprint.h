// Fingerprints: equal for sentences of equal words, whatever their punctuation, case and dateline.
//
// A copied sentence is told by one integer; an abridged copy keeps most of its sentences' integers,
// where shares of word sequences fall to a third. Tested by tests/story/features_test.cc.
#pragma once

#include <cstdint>
#include <vector>

#include "server/text/document.h"

namespace claimwatch {

struct Fingerprint {
  std::uint32_t hash = 0;  // Of the words and digits in order, lower case. Never 0.
  int words = 0;           // How many they are.
};

// Tokens [first, end) of the document, without a leading dateline ("ALMATY, Jan 9 (Agency) -").
Fingerprint FingerprintOf(const Document& document, std::uint32_t first, std::uint32_t end);
// Of each sentence.
std::vector<Fingerprint> FingerprintsOf(const Document& document);

}  // namespace claimwatch
