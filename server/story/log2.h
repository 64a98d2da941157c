// log2 in plain arithmetic: the same bits on every machine, and quick. Tested through
// tests/story/story_index_test.cc.
#pragma once

#include <bit>
#include <cstdint>

namespace claimwatch {

// Of a positive number; within 0.01 of the true value.
inline float Log2(float x) {
  const auto bits = std::bit_cast<std::uint32_t>(x);
  const auto exponent = static_cast<float>(static_cast<int>(bits >> 23) - 127);
  const float m = std::bit_cast<float>((bits & 0x7fffffu) | 0x3f800000u);
  return exponent + (-0.33582878f * m + 2.0f) * m - 1.65871022f;
}

}  // namespace claimwatch
