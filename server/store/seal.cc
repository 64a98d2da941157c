#include "server/store/seal.h"

#include <zstd.h>

#include <cstdint>
#include <memory>

#include "absl/strings/str_cat.h"
#include "server/base/check.h"
#include "server/base/hash.h"
#include "server/store/damage.h"

namespace claimwatch {
namespace {

// The first two were written before checksums were taken eight bytes at a time, and are only read.
constexpr char kPlainFnv = 1;
constexpr char kZstdFnv = 2;
constexpr char kPlain = 3;
constexpr char kZstd = 4;
constexpr std::size_t kHeaderBytes = 5;
constexpr int kLevel = 1;  // Level 3 saves 4 % more and costs half as much again.

std::uint32_t Checksum(char format, std::string_view content) {
  const auto seed = static_cast<unsigned char>(format);
  const bool fnv = format == kPlainFnv || format == kZstdFnv;
  return static_cast<std::uint32_t>(fnv ? Fnv64(content, seed) : FastHash(content, seed));
}

void WriteHeader(char format, std::string& sealed) {
  const std::uint32_t sum = Checksum(format, std::string_view(sealed).substr(kHeaderBytes));
  sealed[0] = format;
  for (int i = 0; i < 4; ++i) sealed[1 + i] = static_cast<char>(sum >> (8 * i));
}

std::uint32_t ReadChecksum(std::string_view sealed) {
  std::uint32_t sum = 0;
  for (int i = 0; i < 4; ++i) {
    sum |= static_cast<std::uint32_t>(static_cast<unsigned char>(sealed[1 + i])) << (8 * i);
  }
  return sum;
}

absl::StatusOr<std::string> Decompress(std::string_view content) {
  const unsigned long long size = ZSTD_getFrameContentSize(content.data(), content.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN ||
      size > kSealedContentMax) {
    return absl::DataLossError("a record's compressed frame has no plausible size");
  }
  thread_local const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(),
                                                                                  &ZSTD_freeDCtx);
  std::string plain(static_cast<std::size_t>(size), '\0');
  const std::size_t written = ZSTD_decompressDCtx(context.get(), plain.data(), plain.size(),
                                                  content.data(), content.size());
  if (ZSTD_isError(written) != 0 || written != plain.size()) {
    return absl::DataLossError("a record does not decompress");
  }
  return plain;
}

}  // namespace

std::string Seal(std::string_view content) {
  std::string sealed(kHeaderBytes, '\0');
  sealed.append(content);
  WriteHeader(kPlain, sealed);
  return sealed;
}

std::string SealCompressed(std::string_view content) {
  thread_local const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(),
                                                                                  &ZSTD_freeCCtx);
  std::string sealed(kHeaderBytes + ZSTD_compressBound(content.size()), '\0');
  const std::size_t written =
      ZSTD_compressCCtx(context.get(), sealed.data() + kHeaderBytes, sealed.size() - kHeaderBytes,
                        content.data(), content.size(), kLevel);
  CW_CHECK(ZSTD_isError(written) == 0);
  sealed.resize(kHeaderBytes + written);
  WriteHeader(kZstd, sealed);
  return sealed;
}

namespace {

absl::StatusOr<std::string> Open(std::string_view sealed) {
  if (sealed.size() < kHeaderBytes) return absl::DataLossError("a record is cut short");
  const std::string_view content = sealed.substr(kHeaderBytes);
  if (ReadChecksum(sealed) != Checksum(sealed[0], content)) {
    return absl::DataLossError("a record does not match its checksum");
  }
  switch (sealed[0]) {
    case kPlain:
    case kPlainFnv:
      return std::string(content);
    case kZstd:
    case kZstdFnv:
      return Decompress(content);
    default:
      break;
  }
  return absl::DataLossError("a record has an unknown format");
}

}  // namespace

absl::StatusOr<std::string> Unseal(std::string_view sealed) {
  absl::StatusOr<std::string> content = Open(sealed);
  if (!content.ok()) ++DamageCount();
  return content;
}

}  // namespace claimwatch
