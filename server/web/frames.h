// Frames: what gRPC-Web and Connect put around a message, one byte of flags and four of length.
//
// Tested by tests/web/wire_test.cc.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace claimwatch {

inline constexpr std::uint8_t kFrameCompressed = 0x01;
inline constexpr std::uint8_t kFrameConnectEnd = 0x02;
inline constexpr std::uint8_t kFrameTrailers = 0x80;
inline constexpr std::size_t kFrameHeaderBytes = 5;

struct Frame {
  std::uint8_t flags = 0;
  std::string_view message;  // Into what was read.
};

std::string FrameHeader(std::uint8_t flags, std::size_t size);

// The one frame that the body of a unary or server-streaming request is. `known_flags`: those that
// may be set. INVALID_ARGUMENT says what is wrong: cut short, more than one, flags of another
// protocol, more bytes than a message may have.
absl::StatusOr<Frame> ReadOnlyFrame(std::string_view body, std::uint8_t known_flags);

}  // namespace claimwatch
