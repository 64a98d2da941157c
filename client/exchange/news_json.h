// A line of JSON as an article: ours (proto3 JSON of Article), or ninjs 1 and 2 of the IPTC.
//
// Tested by tests/exchange/exchange_test.cc.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "claimwatch/v1/article.pb.h"

namespace claimwatch::exchange {

// Which of the two it is, its fields tell: ninjs has a "uri", an Article an "articleId".
// INVALID_ARGUMENT says what is wrong. `source` stands in where a ninjs item names no publisher.
absl::StatusOr<claimwatch::v1::Article> ReadNewsLine(std::string_view line,
                                                     std::string_view source);

}  // namespace claimwatch::exchange
