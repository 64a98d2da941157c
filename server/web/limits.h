// Bounds of the HTTP front. app/limits.h lists them with all others and says what happens at each.
// Tested by tests/web/wire_test.cc.
#pragma once

#include <cstddef>

#include "absl/time/time.h"
#include "server/rpc/limits.h"

namespace claimwatch {

// Connections at a time; one more is answered 503 and closed.
inline constexpr int kHttpConnectionsMax = 16'384;
// Request line and header fields together: 431.
inline constexpr std::size_t kHttpHeaderBytesMax = 16 << 10;
// A request's body as it comes: 413. In it a message may stand in base64 with its frame.
inline constexpr std::size_t kHttpBodyBytesMax = (kMessageBytesMax / 3 + 16) * 4;
// All bodies that are read or answered at a time; beyond it 503.
inline constexpr std::size_t kHttpBodiesBytesMax = 256 << 20;
// A header must be whole this long after its first byte; a connection without one is closed.
inline constexpr absl::Duration kHttpHeaderTimeMax = absl::Seconds(10);
// Between two pieces of a body.
inline constexpr absl::Duration kHttpBodyIdleMax = absl::Seconds(30);
// Between two requests.
inline constexpr absl::Duration kHttpKeepAliveMax = absl::Seconds(75);
// A longer timeout of a caller is none.
inline constexpr absl::Duration kHttpTimeoutMax = absl::Hours(24);
// What a client still sends after its last answer is read for this long.
inline constexpr absl::Duration kHttpLingerMax = absl::Seconds(2);
// Bytes on one stream after which it is told to come back, because browsers keep what they read.
inline constexpr std::size_t kHttpStreamBytesMax = 32 << 20;
// What the kernel may hold for a stream whose reader is slow.
inline constexpr int kHttpStreamSendBytesMax = 256 << 10;
// Work above this leaves the threads that serve connections to the pool.
inline constexpr std::size_t kHttpInlineBytesMax = 32 << 10;
// The dashboard's files, together, in memory; more and the daemon does not start.
inline constexpr std::size_t kHttpFilesBytesMax = 32 << 20;

static_assert(kHttpBodyBytesMax > kMessageBytesMax + kMessageBytesMax / 3);
static_assert(kHttpBodiesBytesMax >= 2 * kHttpBodyBytesMax);

}  // namespace claimwatch
