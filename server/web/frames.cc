#include "server/web/frames.h"

#include "absl/strings/str_cat.h"
#include "server/web/limits.h"

namespace claimwatch {

std::string FrameHeader(std::uint8_t flags, std::size_t size) {
  const char header[kFrameHeaderBytes] = {static_cast<char>(flags), static_cast<char>(size >> 24),
                                          static_cast<char>(size >> 16),
                                          static_cast<char>(size >> 8), static_cast<char>(size)};
  return {header, kFrameHeaderBytes};
}

absl::StatusOr<Frame> ReadOnlyFrame(std::string_view body, std::uint8_t known_flags) {
  if (body.size() < kFrameHeaderBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("holds no message: ", body.size(), " bytes, and the header of a frame has 5"));
  }
  const auto flags = static_cast<std::uint8_t>(body[0]);
  std::uint32_t size = 0;
  for (std::size_t i = 1; i < kFrameHeaderBytes; ++i) {
    size = size << 8 | static_cast<unsigned char>(body[i]);
  }
  if ((flags & ~known_flags) != 0) {
    return absl::InvalidArgumentError(absl::StrCat("begins with the flags 0x",
                                                   absl::Hex(flags, absl::kZeroPad2),
                                                   ", which a request does not have here"));
  }
  if (size > kMessageBytesMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("announces a message of ", size, " bytes, limit ", kMessageBytesMax));
  }
  body.remove_prefix(kFrameHeaderBytes);
  if (body.size() != size) {
    return absl::InvalidArgumentError(
        absl::StrCat("announces a message of ", size, " bytes and holds ", body.size()));
  }
  return Frame{flags, body};
}

}  // namespace claimwatch
