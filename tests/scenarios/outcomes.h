// What came of a stream of articles, told so that two runs can be compared; and streams mixed.
// Used by order_test.cc and independence_test.cc.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "server/text/article.h"

namespace claimwatch {

using Stream = std::vector<Article>;

// All articles one after the other, those of a stream in their order; `seed` 0: stream by stream.
Stream Interleave(const std::vector<Stream>& streams, unsigned seed);

// What came of every article, in names that do not depend on the order of ids: a story and a figure
// are called after the first article and claim in them. The daemon is started anew before one of
// `restart_every` articles (1: before each; 0: never).
std::map<std::string, std::string> Outcomes(const Stream& articles, unsigned restart_every = 0);

}  // namespace claimwatch
