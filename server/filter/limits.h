// Bounds of a filter: what one expression may hold. app/limits.h lists them with all others.
//
// Tested by tests/filter/parser_test.cc.
#pragma once

#include <cstddef>

namespace claimwatch {

// Of the expression as it is sent; more is refused.
inline constexpr std::size_t kFilterBytesMax = 4096;
// Parentheses and NOTs inside each other.
inline constexpr int kFilterDepthMax = 32;
// Comparisons and calls of one expression.
inline constexpr int kFilterTermsMax = 256;
// Compiled filters that are kept for the next request that holds the same text.
inline constexpr std::size_t kFiltersKeptMax = 1024;
// Earlier alerts of a figure that crossed_above() looks back over; beyond it the rule is armed.
inline constexpr int kCrossingAlertsMax = 1000;

}  // namespace claimwatch
