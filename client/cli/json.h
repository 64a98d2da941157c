// proto3 JSON in and out: what programs read and write.
//
// Fields at their default are printed too, so that a reader finds every key; `optional` ones only
// where they are set, because 0 and absent differ there. Tested by tests/client/json_test.cc.
#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "claimwatch/v1/alert.pb.h"
#include "claimwatch/v1/article.pb.h"

namespace claimwatch::cli {

// One line, without its end.
std::string ToJson(const google::protobuf::Message& message);

// A line of `watch --output=json`: the event with "resumeToken" beside its fields. The token is
// left out where it is empty: more events of the same article follow.
std::string EventJson(const claimwatch::v1::AlertEvent& event, std::string_view token);

// Reads one article. INVALID_ARGUMENT says what is wrong, and names a field that no article has.
absl::StatusOr<claimwatch::v1::Article> ParseArticle(std::string_view line, bool ignore_unknown);

}  // namespace claimwatch::cli
