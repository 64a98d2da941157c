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

// The first 16 bytes of SHA-256: equal hashes mean equal contents.
inline constexpr std::size_t kContentHashBytes = 16;
std::string ContentHash(std::string_view bytes);

}  // namespace claimwatch
