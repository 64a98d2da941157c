// Bounds of the wire: what one message, stream or page may hold. app/limits.h lists them with all
// others and says what happens at each. Tested by tests/app/limits_test.cc.
#pragma once

#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"

namespace claimwatch {

// One message in either direction. Far above an article's own limit, so that an article that is too
// large gets an error of its own instead of ending the stream.
inline constexpr std::size_t kMessageBytesMax = 16 << 20;
// Articles of one stream that are read but not answered; beyond it reading stops.
inline constexpr std::size_t kStreamArticlesInFlightMax = 1024;
inline constexpr std::size_t kStreamBytesInFlightMax = 8 << 20;  // Likewise, of their texts.
// Streams of articles at a time.
inline constexpr int kIngestStreamsMax = 1000;
// New connections from one address in a second; the rest are closed at once.
inline constexpr int kConnectionsPerSecondMax = 5000;
// Streams of any kind on one connection.
inline constexpr int kConnectionStreamsMax = 256;
// Header bytes of one call.
inline constexpr int kMetadataBytesMax = 16 << 10;
// Unary calls that wait for a thread of the pool.
inline constexpr std::size_t kCallsWaitingMax = 1024;

// Lists.
inline constexpr int kPageSizeDefault = 50;
inline constexpr int kPageSizeMax = 1000;
inline constexpr int kHistoryEntriesMax = 1000;
// Records looked at for one page of a list whose selector lets little through.
inline constexpr int kPageScanMax = 20'000;

// Feed. One write carries what gathered, but no more than this (an article's events stay together).
inline constexpr int kWriteEventsMax = 256;
inline constexpr int kWriteEventsHardMax = 2048;
inline constexpr std::size_t kWriteBytesMax = 1 << 20;
// Two rounds of writing to many streams are at least this far apart: events that come in between
// share a write.
inline constexpr absl::Duration kFlushTick = absl::Milliseconds(2);
// A write that the peer does not take for this long ends its stream.
inline constexpr absl::Duration kWriteStallMax = absl::Seconds(30);

// Text fields of requests.

inline constexpr int kSplitArticlesMax = 1000;        // SplitStoryRequest.article_ids
inline constexpr std::size_t kReasonBytesMax = 1024;  // RetractArticleRequest.reason
inline constexpr std::size_t kByBytesMax = 128;       // AcknowledgeAlertRequest.by
inline constexpr std::size_t kNoteBytesMax = 4096;    // AcknowledgeAlertRequest.note
inline constexpr std::size_t kRequestIdBytesMax = 64;
inline constexpr std::size_t kClientIdBytesMax = 128;
inline constexpr int kSelectorItemsMax = 64;
inline constexpr std::size_t kSubscriptionIdBytesMax = 64;

static_assert(kWriteEventsMax <= kWriteEventsHardMax);
static_assert(kPageSizeDefault <= kPageSizeMax);

}  // namespace claimwatch
