#include "server/feed/alert_feed.h"

#include <algorithm>
#include <deque>
#include <map>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "server/base/check.h"

namespace claimwatch {

struct AlertFeed::Impl {
  Impl(const ClaimStore& s, StoreState state, Serialise make)
      : store(s),
        serialise(std::make_shared<const Serialise>(std::move(make))),
        epoch(std::move(state.epoch)),
        head(state.ids.last_position),
        oldest(state.oldest_position) {}

  FeedEventPtr Make(AlertEvent event) const;
  void WakeAll() ABSL_LOCKS_EXCLUDED(listeners_mu);
  absl::StatusOr<std::vector<FeedEventPtr>> ReadStored(std::int64_t after, int limit) const;

  const ClaimStore& store;
  const std::shared_ptr<const Serialise> serialise;
  const std::string epoch;

  mutable absl::Mutex mu;                               // A leaf.
  std::deque<FeedEventPtr> recent ABSL_GUARDED_BY(mu);  // Dense; the last one is at `head`.
  std::int64_t head ABSL_GUARDED_BY(mu);
  std::int64_t oldest ABSL_GUARDED_BY(mu);
  bool closed ABSL_GUARDED_BY(mu) = false;

  // Held while listeners are called, so that Unlisten waits for a call under way.
  absl::Mutex listeners_mu ABSL_ACQUIRED_BEFORE(mu);
  std::map<int, std::function<void()>> listeners ABSL_GUARDED_BY(listeners_mu);
  int last_key ABSL_GUARDED_BY(listeners_mu) = 0;
};

AlertFeed::FeedEventPtr AlertFeed::Impl::Make(AlertEvent event) const {
  return std::make_shared<const FeedEvent>(std::move(event), serialise);
}

void AlertFeed::Impl::WakeAll() {
  absl::MutexLock lock(&listeners_mu);
  for (const auto& [key, wake] : listeners) wake();
}

AlertFeed::AlertFeed(const ClaimStore& store, StoreState state, Serialise serialise)
    : impl_(std::make_unique<Impl>(store, std::move(state), std::move(serialise))) {}

AlertFeed::~AlertFeed() = default;

void AlertFeed::Publish(std::vector<AlertEvent> events) {
  if (events.empty()) return;
  std::vector<FeedEventPtr> made;  // Outside the lock; readers go on meanwhile.
  made.reserve(events.size());
  for (AlertEvent& event : events) made.push_back(impl_->Make(std::move(event)));
  {
    absl::MutexLock lock(&impl_->mu);
    for (FeedEventPtr& event : made) {
      CW_CHECK(event->event.position == impl_->head + 1);
      ++impl_->head;
      impl_->recent.push_back(std::move(event));
    }
    while (impl_->recent.size() > kEventsKept) impl_->recent.pop_front();
  }
  impl_->WakeAll();
}

std::int64_t AlertFeed::head() const {
  absl::MutexLock lock(&impl_->mu);
  return impl_->head;
}

std::int64_t AlertFeed::oldest() const {
  absl::MutexLock lock(&impl_->mu);
  return impl_->oldest;
}

void AlertFeed::Forget(std::int64_t oldest) {
  absl::MutexLock lock(&impl_->mu);
  impl_->oldest = std::max(impl_->oldest, oldest);
}

const std::string& AlertFeed::epoch() const { return impl_->epoch; }

absl::StatusOr<std::vector<AlertFeed::FeedEventPtr>> AlertFeed::Read(std::int64_t after,
                                                                     int limit) const {
  std::int64_t unread = 0;
  {
    absl::MutexLock lock(&impl_->mu);
    if (after > impl_->head) {
      return absl::OutOfRangeError(
          absl::StrCat("position ", after, " is ahead of the newest, ", impl_->head));
    }
    if (after + 1 < impl_->oldest) {
      return absl::OutOfRangeError(absl::StrCat("events up to ", impl_->oldest - 1,
                                                " are no longer kept; asked for those after ",
                                                after));
    }
    unread = impl_->head - after;
    const auto held = static_cast<std::int64_t>(impl_->recent.size());
    const std::int64_t before_held = impl_->head - held;  // Position before the first in memory.
    if (after >= before_held) {
      const auto first = impl_->recent.begin() + (after - before_held);
      const std::int64_t count = std::min<std::int64_t>(std::max(limit, 0), unread);
      return std::vector<FeedEventPtr>(first, first + count);
    }
  }
  // The store may be ahead of what is published: no reader hears of that before the others.
  return impl_->ReadStored(after, static_cast<int>(std::min<std::int64_t>(limit, unread)));
}

absl::StatusOr<std::vector<AlertFeed::FeedEventPtr>> AlertFeed::Impl::ReadStored(std::int64_t after,
                                                                                 int limit) const {
  absl::StatusOr<std::vector<AlertEvent>> events = store.ReadEvents(after, limit);
  if (!events.ok()) return events.status();
  std::vector<FeedEventPtr> made;
  made.reserve(events->size());
  for (AlertEvent& event : *events) made.push_back(Make(std::move(event)));
  return made;
}

int AlertFeed::Listen(std::function<void()> wake) {
  absl::MutexLock lock(&impl_->listeners_mu);
  impl_->listeners.emplace(++impl_->last_key, std::move(wake));
  return impl_->last_key;
}

void AlertFeed::Unlisten(int key) {
  absl::MutexLock lock(&impl_->listeners_mu);
  impl_->listeners.erase(key);
}

void AlertFeed::Close() {
  {
    absl::MutexLock lock(&impl_->mu);
    impl_->closed = true;
  }
  impl_->WakeAll();
}

bool AlertFeed::closed() const {
  absl::MutexLock lock(&impl_->mu);
  return impl_->closed;
}

}  // namespace claimwatch
