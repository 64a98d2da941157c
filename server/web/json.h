// proto3 JSON of any message of the contract, by name and in bytes: no generated class is needed.
//
// Unknown fields are errors, so that a misspelt one is not silently left out.
// Tested by tests/web/wire_test.cc.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace claimwatch {

// `type`: full name of a message, "claimwatch.v1.ListAlertsRequest".
absl::StatusOr<std::string> JsonToProto(const std::string& type, const std::string& json);
absl::StatusOr<std::string> ProtoToJson(const std::string& type, const std::string& bytes);

// A string as JSON writes it, with its quotes; also safe inside of HTML.
std::string JsonString(std::string_view text);

}  // namespace claimwatch
