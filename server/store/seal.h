// Seal: bytes as they lie on disk, with a checksum, so that what the disk changed is never served.
//
// A sealed record is a format byte (plain or zstd), four bytes of checksum over format and content,
// and the content. SQLite checks its structure but not its content; we do.
// Tested by tests/store/seal_test.cc.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace claimwatch {

inline constexpr std::size_t kSealedContentMax = 64u << 20;  // Larger: not ours, DATA_LOSS.

std::string Seal(std::string_view content);
// Compressed (zstd); costs about 10 us for an article. Each thread keeps one compressor.
std::string SealCompressed(std::string_view content);

// Of either form. DATA_LOSS for what neither function can have written.
absl::StatusOr<std::string> Unseal(std::string_view sealed);

}  // namespace claimwatch
