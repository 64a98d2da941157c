// AlertFeed: committed alert events, in order, for any number of readers.
//
// The last kEventsKept events are in memory; older ones are read from the store by whoever needs
// them. Readers are cursors (a position), so a slow one costs no memory. Publish never blocks on a
// reader: listeners are told that there is something new and fetch it themselves.
// Owned by App; outlives every reader. Thread-safe. Tested by tests/feed/alert_feed_test.cc.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/call_once.h"
#include "absl/status/statusor.h"
#include "server/ledger/alert.h"
#include "server/store/claim_store.h"

namespace claimwatch {

// An event as it is handed to readers: the thought, and its wire form made once for all of them.
class FeedEvent {
 public:
  using Serialise = std::function<std::string(const AlertEvent&)>;

  explicit FeedEvent(AlertEvent told, std::shared_ptr<const Serialise> serialise = nullptr)
      : event(std::move(told)), serialise_(std::move(serialise)) {}

  const AlertEvent event;

  // What the serialiser made of it; feed does not look inside. Made by the first reader who asks,
  // not by the sequencer, for which all articles wait. Thread-safe.
  const std::string& wire() const {
    absl::call_once(made_, [this] {
      if (serialise_ && *serialise_) wire_ = (*serialise_)(event);
    });
    return wire_;
  }

 private:
  const std::shared_ptr<const Serialise> serialise_;  // Of the feed, which readers may outlive.
  mutable absl::once_flag made_;
  mutable std::string wire_;  // Set under made_.
};

inline constexpr std::size_t kEventsKept = 8192;

class AlertFeed {
 public:
  using Serialise = FeedEvent::Serialise;
  using FeedEventPtr = std::shared_ptr<const FeedEvent>;

  // Starts at the store's last position. `store` is borrowed.
  AlertFeed(const ClaimStore& store, StoreState state, Serialise serialise);
  ~AlertFeed();

  // After the commit, by the sequencer only; positions follow on.
  void Publish(std::vector<AlertEvent> events);

  // Retention: events before `oldest` are gone from the store; by the sequencer only.
  void Forget(std::int64_t oldest);

  std::int64_t head() const;    // Position of the newest event; 0: none yet.
  std::int64_t oldest() const;  // Position of the oldest event that can still be read.
  const std::string& epoch() const;

  // Events after a position, at most `limit`, from memory or else from the store; empty at the
  // head. OUT_OF_RANGE when the position is ahead of the head or older than what is kept.
  absl::StatusOr<std::vector<FeedEventPtr>> Read(std::int64_t after, int limit) const;

  // `wake` is called (on the publisher's thread: do no work there) whenever there is something new
  // or the feed closes. Returns a key for Unlisten, which waits until a call under way has ended.
  int Listen(std::function<void()> wake);
  void Unlisten(int key);

  // The daemon stops: readers get what is left, then see closed().
  void Close();
  bool closed() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Resume tokens: URL-safe text that holds epoch and position. INVALID_ARGUMENT for what is none of
// ours; the caller compares the epoch.
struct ResumePoint {
  std::string epoch;
  std::int64_t position = 0;
};
std::string EncodeToken(const ResumePoint& point);
absl::StatusOr<ResumePoint> DecodeToken(std::string_view token);

}  // namespace claimwatch
