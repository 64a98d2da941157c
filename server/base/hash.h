// Hashes that are the same on every machine, build and day: they go into the store.
//
// Fnv64 is FNV-1a (Fowler, Noll, Vo) with a finishing mix (MurmurHash3's fmix64). Not for
// adversaries: where two different texts must never meet, use ContentHash.
// Tested by tests/base/hash_test.cc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace claimwatch {

std::uint64_t Fnv64(std::string_view bytes, std::uint64_t seed = 0);

// The parts of Fnv64, for those who make their bytes one by one.
inline constexpr std::uint64_t kFnvBasis = 0xcbf29ce484222325ULL;
inline constexpr std::uint64_t kFnvPrime = 0x100000001b3ULL;
inline std::uint64_t MixBits(std::uint64_t h) {
  h ^= h >> 33;
  h *= 0xff51afd7ed558ccdULL;
  h ^= h >> 33;
  h *= 0xc4ceb9fe1a85ec53ULL;
  return h ^ (h >> 33);
}

// Eight bytes at a time, for checksums of whole records: ten times as fast as Fnv64. The bytes of a
// word are taken in the order of x86 and ARM, which both count from the low end.
std::uint64_t FastHash(std::string_view bytes, std::uint64_t seed = 0);

// The first 16 bytes of SHA-256: equal hashes mean equal contents.
inline constexpr std::size_t kContentHashBytes = 16;
std::string ContentHash(std::string_view bytes);

}  // namespace claimwatch
