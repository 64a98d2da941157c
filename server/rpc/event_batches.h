// EventBatches: runs of committed events as ready messages, made once for all who stand at one
// place.
//
// The cost of telling many subscribers is per write, not per event; so what gathered is joined from
// the events' wire forms into one message, and streams with one place and one selector share it. A
// batch ends where an article's events end, so that no token falls between them. Owned by AlertHub;
// thread-safe. May read the store when the place is older than what the feed holds in memory.
// Tested by tests/rpc/event_batches_test.cc.
#pragma once

#include <grpcpp/support/byte_buffer.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "server/feed/alert_feed.h"
#include "server/rpc/selector.h"

namespace claimwatch {

struct EventBatch {
  grpc::ByteBuffer bytes;  // Events, token and position; empty when the selector let none through.
  std::int64_t position = 0;  // All up to here that the selector lets through is told.
  int events = 0;             // In `bytes`.
  absl::Time committed = absl::InfinitePast();  // The first of them.
};

class EventBatches {
 public:
  using BatchPtr = std::shared_ptr<const EventBatch>;

  explicit EventBatches(const AlertFeed& feed) : feed_(feed) {}

  // What follows `after`; its position is `after` when nothing does. OUT_OF_RANGE: retention has
  // removed it.
  absl::StatusOr<BatchPtr> After(std::int64_t after, const SharedSelector& selector);

  // Whether After() would have to read the store.
  bool IsFarBehind(std::int64_t after) const;

 private:
  using Place = std::pair<std::int64_t, std::string>;  // (after, selector's key)

  absl::StatusOr<BatchPtr> Make(std::int64_t after, const SharedSelector& selector) const;
  absl::StatusOr<std::vector<AlertFeed::FeedEventPtr>> ReadWhole(std::int64_t after) const;

  const AlertFeed& feed_;  // Synchronises itself.

  absl::Mutex mu_;  // A leaf: not held while a batch is made.
  std::map<Place, BatchPtr> made_ ABSL_GUARDED_BY(mu_);
  std::int64_t made_at_head_ ABSL_GUARDED_BY(mu_) = -1;  // made_ is good for this head only.
};

}  // namespace claimwatch
