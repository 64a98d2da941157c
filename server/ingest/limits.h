// Limits of ingest: every size and count that can grow has its bound here, with what happens there.
//
// Tested by tests/ingest/validate_test.cc (sizes) and tests/ingest/ingestor_test.cc (counts).
#pragma once

#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"

namespace claimwatch {

// Of one article; beyond: INVALID_ARGUMENT for this article, naming the field and the bound.
inline constexpr std::size_t kArticleIdBytesMax = 256;
inline constexpr std::size_t kSourceBytesMax = 256;
inline constexpr std::size_t kTitleBytesMax = 4 << 10;
inline constexpr std::size_t kBodyBytesMax = 1 << 20;
inline constexpr std::size_t kLanguageBytesMax = 35;  // RFC 5646, 4.4.1
inline constexpr std::size_t kUrlBytesMax = 2 << 10;
inline constexpr std::size_t kStoryHintBytesMax = 256;
inline constexpr int kPublishYearMin = 1000;

// Of one batch; beyond: INVALID_ARGUMENT for the batch.
inline constexpr std::size_t kBatchArticlesMax = 1024;

// Of all that is under way; beyond: RESOURCE_EXHAUSTED, the caller waits. A batch is always taken
// when nothing else is under way.
inline constexpr std::size_t kArticlesInFlightMax = 8192;
inline constexpr std::size_t kBytesInFlightMax = 64u << 20;  // Texts as they came in.

// Articles that a reader thread prepares step by step together; beyond: after them.
inline constexpr std::size_t kStageArticlesMax = 16;
inline constexpr std::size_t kStageBytesMax = 256u << 10;  // Of texts.

// Articles in one transaction; beyond: the next one. A whole batch is never cut.
inline constexpr std::size_t kGroupArticlesMax = 512;

// Ledgers that are held ready; beyond: the least recently used are read from the store again.
inline constexpr std::size_t kLedgersMax = 50'000;
inline constexpr std::size_t kLedgerClaimsMax = 100'000;  // About 1.3 KB each, figures and all.

// Alert events that one commit forgets for retention; beyond: the next commit goes on.
inline constexpr std::int64_t kEventsForgottenAtOnceMax = 4096;

// Articles that are worth an index file: adding them again at a start takes a third of a second.
inline constexpr std::int64_t kIndexFileArticlesMin = 20'000;

// Versions of articles in stories that a user merges or splits: all of them are judged anew in one
// go; beyond: INVALID_ARGUMENT.
inline constexpr std::size_t kStoryChangeArticlesMax = 10'000;

// The title that a story without one gets from its text.
inline constexpr std::size_t kStoryTitleBytesMax = 120;

static_assert(kBatchArticlesMax <= kArticlesInFlightMax, "a batch must fit when nothing waits");

}  // namespace claimwatch
