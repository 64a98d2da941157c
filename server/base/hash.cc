#include "server/base/hash.h"

#include <openssl/sha.h>

#include <algorithm>
#include <cstring>

namespace claimwatch {
std::uint64_t Fnv64(std::string_view bytes, std::uint64_t seed) {
  std::uint64_t h = kFnvBasis ^ MixBits(seed);
  for (const char c : bytes) h = (h ^ static_cast<unsigned char>(c)) * kFnvPrime;
  return MixBits(h);
}

// Four lanes of eight bytes, each step of which is a bijection of what it takes in: one word that
// differs always changes its lane.
std::uint64_t FastHash(std::string_view bytes, std::uint64_t seed) {
  constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15u;
  std::uint64_t lanes[4] = {MixBits(seed + kOdd), 2 * kOdd, 3 * kOdd, 4 * kOdd};
  const char* at = bytes.data();
  std::size_t left = bytes.size();
  const auto take = [&](std::uint64_t& lane, std::size_t size) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, size);
    lane = (lane ^ word) * kOdd;
    lane ^= lane >> 29;
    at += size;
    left -= size;
  };
  while (left >= 32) {
    for (std::uint64_t& lane : lanes) take(lane, 8);
  }
  for (std::size_t i = 0; left > 0; ++i) take(lanes[i], std::min<std::size_t>(left, 8));
  std::uint64_t sum = bytes.size();
  for (const std::uint64_t lane : lanes) sum = MixBits((sum ^ lane) * kOdd);
  return sum;
}

std::string ContentHash(std::string_view bytes) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest);
  return std::string(reinterpret_cast<const char*>(digest), kContentHashBytes);
}

}  // namespace claimwatch
