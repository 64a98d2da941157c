// Tokens: base64url of (version, epoch length, epoch, position, checksum). The checksum tells a
// token that was cut or edited from one of another daemon; it is no secret.
#include <cstdint>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "server/base/hash.h"
#include "server/feed/alert_feed.h"

namespace claimwatch {
namespace {

constexpr char kVersion = 1;
constexpr std::size_t kEpochBytesMax = 64;
constexpr std::size_t kTokenBytesMax = 128;

void AppendInteger(std::uint64_t value, int bytes, std::string& out) {
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<char>(value >> (8 * i)));
}

std::uint64_t ReadInteger(std::string_view bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  }
  return value;
}

absl::Status NotOurs() { return absl::InvalidArgumentError("not a resume token of this service"); }

}  // namespace

std::string EncodeToken(const ResumePoint& point) {
  std::string bytes(1, kVersion);
  bytes.push_back(static_cast<char>(point.epoch.size()));
  bytes.append(point.epoch);
  AppendInteger(static_cast<std::uint64_t>(point.position), 8, bytes);
  AppendInteger(Fnv64(bytes), 4, bytes);
  std::string token;
  absl::WebSafeBase64Escape(bytes, &token);
  return token;
}

absl::StatusOr<ResumePoint> DecodeToken(std::string_view token) {
  std::string decoded;
  if (token.size() > kTokenBytesMax ||
      !absl::WebSafeBase64Unescape(absl::string_view(token.data(), token.size()), &decoded)) {
    return NotOurs();
  }
  const std::string_view bytes = decoded;
  if (bytes.size() < 2 || bytes[0] != kVersion) return NotOurs();
  const std::size_t epoch_size = static_cast<unsigned char>(bytes[1]);
  if (epoch_size > kEpochBytesMax || bytes.size() != 2 + epoch_size + 8 + 4) return NotOurs();
  ResumePoint point;
  point.epoch = std::string(bytes.substr(2, epoch_size));
  point.position = static_cast<std::int64_t>(ReadInteger(bytes.substr(2 + epoch_size, 8)));
  // As we write it, letter for letter: that is the checksum, and no padding, blank or loose bit.
  if (point.position < 0 || EncodeToken(point) != token) return NotOurs();
  return point;
}

}  // namespace claimwatch
