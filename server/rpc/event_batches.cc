#include "server/rpc/event_batches.h"

#include "server/rpc/convert.h"
#include "server/rpc/limits.h"
#include "server/rpc/wire_buffer.h"

namespace claimwatch {
namespace {

constexpr std::size_t kBatchesHeld = 256;

}  // namespace

bool EventBatches::IsFarBehind(std::int64_t after) const {
  return feed_.head() - after > static_cast<std::int64_t>(kEventsKept);
}

absl::StatusOr<EventBatches::BatchPtr> EventBatches::After(std::int64_t after,
                                                           const SharedSelector& selector) {
  const std::int64_t head = feed_.head();
  Place place(after, selector.key());
  {
    absl::MutexLock lock(&mu_);
    if (made_at_head_ != head || made_.size() >= kBatchesHeld) made_.clear();
    made_at_head_ = head;
    if (const auto found = made_.find(place); found != made_.end()) return found->second;
  }
  absl::StatusOr<BatchPtr> batch = Make(after, selector);
  if (batch.ok()) {
    absl::MutexLock lock(&mu_);
    if (made_at_head_ == head) made_.emplace(std::move(place), *batch);
  }
  return batch;
}

absl::StatusOr<EventBatches::BatchPtr> EventBatches::Make(std::int64_t after,
                                                          const SharedSelector& selector) const {
  absl::StatusOr<std::vector<AlertFeed::FeedEventPtr>> events = ReadWhole(after);
  if (!events.ok()) return events.status();
  auto batch = std::make_shared<EventBatch>();
  batch->position = events->empty() ? after : events->back()->event.position;
  std::string pieces;
  for (const AlertFeed::FeedEventPtr& event : *events) {
    if (!selector.Matches(event->event)) continue;
    if (batch->events == 0) batch->committed = event->event.alert.update_time;
    pieces += event->wire();
    ++batch->events;
  }
  if (batch->events > 0) {
    pieces += WireTail(EncodeToken({feed_.epoch(), batch->position}), batch->position);
    batch->bytes = ToBuffer(pieces);
  }
  return BatchPtr(std::move(batch));
}

// At most kWriteEventsMax events, but the last article's whole; fewer when they are large.
absl::StatusOr<std::vector<AlertFeed::FeedEventPtr>> EventBatches::ReadWhole(
    std::int64_t after) const {
  absl::StatusOr<std::vector<AlertFeed::FeedEventPtr>> events = feed_.Read(after, kWriteEventsMax);
  if (!events.ok() || events->empty()) return events;
  while (static_cast<int>(events->size()) >= kWriteEventsMax &&
         static_cast<int>(events->size()) < kWriteEventsHardMax) {
    absl::StatusOr<std::vector<AlertFeed::FeedEventPtr>> more =
        feed_.Read(events->back()->event.position, kWriteEventsMax);
    if (!more.ok()) return more;
    std::size_t same = 0;
    while (same < more->size() && SameArticle(events->back()->event, (*more)[same]->event)) {
      events->push_back((*more)[same++]);
    }
    if (same < more->size() || more->empty()) break;
  }
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < events->size(); ++i) {
    bytes += (*events)[i]->wire().size();
    const bool article_ends =
        i + 1 < events->size() && !SameArticle((*events)[i]->event, (*events)[i + 1]->event);
    if (bytes >= kWriteBytesMax && article_ends) events->resize(i + 1);
  }
  return events;
}

}  // namespace claimwatch
