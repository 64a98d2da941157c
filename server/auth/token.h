// API tokens: 32 random bytes in letters, kept as their SHA-256 only.
//
// A token has 256 bits of chance, so one plain hash is as good as a slow one: there is nothing to
// guess. Tested by tests/auth/credentials_test.cc.
#pragma once

#include <string>
#include <string_view>

namespace claimwatch {

inline constexpr std::string_view kTokenPrefix = "cw_";  // So that scanners for secrets know it.

// "cw_" and 43 characters of A-Z a-z 0-9 - _.
std::string NewToken();
// 32 bytes.
std::string TokenDigest(std::string_view token);
// Takes the same time wherever they differ.
bool SameDigest(std::string_view a, std::string_view b);

}  // namespace claimwatch
