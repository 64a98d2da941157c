// The data files of server/text/data as they were at build time.
//
// The definitions are made by embed.cmake. Each view is the whole file, for ever.
// Tested by tests/text/lexicon_test.cc.
#pragma once

#include <string_view>

namespace claimwatch {

extern const std::string_view kDataWords;        // words.tsv
extern const std::string_view kDataNumberWords;  // number_words.tsv
extern const std::string_view kDataUnits;        // units.tsv

}  // namespace claimwatch
