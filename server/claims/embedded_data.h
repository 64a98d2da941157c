// The data files of server/claims/data as they were at build time.
//
// The definitions are made by server/text/embed.cmake. Each view is the whole file, for ever.
// Tested by tests/claims/catalogue_test.cc.
#pragma once

#include <string_view>

namespace claimwatch {

extern const std::string_view kDataMeasures;    // measures.tsv
extern const std::string_view kDataVerbs;       // verbs.tsv
extern const std::string_view kDataPhrases;     // phrases.tsv
extern const std::string_view kDataNouns;       // nouns.tsv
extern const std::string_view kDataGroups;      // groups.tsv
extern const std::string_view kDataThings;      // things.tsv
extern const std::string_view kDataCues;        // cues.tsv
extern const std::string_view kDataConditions;  // conditions.tsv
extern const std::string_view kDataLists;       // lists.tsv

}  // namespace claimwatch
