// News for measuring with: invented events told in plain agency English, as many as one likes.
//
// Article `n` of event `e` is a function of (e, n) alone, so that every run and every machine reads
// the same text. An article has about 3.2 KB and some ten figures, of which one changes every three
// reports; places and names are made of syllables, so that events differ as real ones do. Used by
// tests/bench/*; checked by news_generator_test.cc.
#pragma once

#include <cstdint>
#include <string>

#include "server/text/article.h"

namespace claimwatch {

struct NewsOptions {
  std::size_t body_bytes = 3200;  // Approximate; paragraphs are added until it is reached.
};

// The n-th report on event e. Its id is "e<e>-n<n>"; publication moves on by half an hour each n.
Article GenerateReport(std::uint64_t event, std::uint64_t n, const NewsOptions& options = {});

// The name of a place that no other `number` has: "Dankalford".
std::string PlaceName(std::uint64_t number);

}  // namespace claimwatch
