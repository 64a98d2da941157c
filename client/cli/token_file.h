// The place in the feed, kept in a file from one run to the next.
//
// Tested by tests/client/cli_test.py.
#pragma once

#include <string>

#include "absl/status/status.h"

namespace claimwatch::cli {

// Written beside and moved over: a run that dies half-way leaves the token of before.
absl::Status SaveToken(const std::string& path, const std::string& token);

// Empty: there is none.
std::string LoadToken(const std::string& path);

}  // namespace claimwatch::cli
