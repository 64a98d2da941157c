// Base64 as gRPC-Web and Connect use it: standard or URL-safe alphabet, padded or not.
//
// A gRPC-Web text body is a chain of encodings, each with its own padding, cut anywhere; so padding
// is taken in the middle, at the end of any group of four. Tested by tests/web/wire_test.cc.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace claimwatch {

std::string EncodeBase64(std::string_view bytes, bool padded = true);

// Both alphabets, padding optional at the very end. INVALID_ARGUMENT names the first bad place.
absl::StatusOr<std::string> DecodeBase64(std::string_view text);

}  // namespace claimwatch
