// Gzip by zlib, bounded: a small body may inflate to a large one. Tested by tests/web/wire_test.cc.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace claimwatch {

// INVALID_ARGUMENT: no gzip, cut short, or more than `bytes_max` when inflated.
absl::StatusOr<std::string> Gunzip(std::string_view bytes, std::size_t bytes_max);

std::string Gzip(std::string_view bytes);

}  // namespace claimwatch
