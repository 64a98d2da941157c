// A whole daemon without its wires: clock, store, feed and ingestor, for tests that tell a story.
//
// Restart() ends everything but the store and begins again, as a new process would.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/synchronization/notification.h"
#include "server/base/check.h"
#include "server/feed/alert_feed.h"
#include "server/ingest/ingestor.h"
#include "server/store/memory_store.h"
#include "tests/fakes/failing_store.h"
#include "tests/fakes/fake_clock.h"

namespace claimwatch {

// Read once: it is the same for every test.
inline const Catalogue& SharedCatalogue() {
  static const auto* catalogue =
      new absl::StatusOr<std::unique_ptr<const Catalogue>>(Catalogue::Load(""));
  CW_CHECK(catalogue->ok());
  return ***catalogue;
}

class Newsroom {
 public:
  Newsroom() : Newsroom(std::make_unique<MemoryStore>()) {}
  explicit Newsroom(std::unique_ptr<ClaimStore> store) : kept_(std::move(store)) { Restart(); }

  void Restart() {
    ingestor_.reset();
    feed_ = std::make_unique<AlertFeed>(store_, *store_.ReadState(), nullptr);
    auto started = Ingestor::Start({.mend_every = absl::InfiniteDuration()}, StoryOptions(),
                                   SharedCatalogue(), clock_, store_, *feed_);
    CW_CHECK(started.ok());
    ingestor_ = *std::move(started);
  }

  std::vector<IngestResult> Ingest(std::vector<Article> batch) {
    absl::Notification told;
    std::vector<IngestResult> results;
    const absl::Status taken =
        ingestor_->Submit(std::move(batch), [&](std::vector<IngestResult> got) {
          results = std::move(got);
          told.Notify();
        });
    CW_CHECK(taken.ok());
    told.WaitForNotification();
    return results;
  }
  IngestResult Ingest(Article article) {
    return std::move(Ingest(std::vector<Article>{std::move(article)})[0]);
  }

  absl::StatusOr<std::vector<Alert>> Retract(const std::string& article_id,
                                             const std::string& reason) {
    absl::Notification told;
    absl::StatusOr<std::vector<Alert>> result;
    ingestor_->Retract(article_id, reason, [&](absl::StatusOr<std::vector<Alert>> got) {
      result = std::move(got);
      told.Notify();
    });
    told.WaitForNotification();
    return result;
  }

  absl::StatusOr<Alert> Acknowledge(AlertId alert, const std::string& by) {
    absl::Notification told;
    absl::StatusOr<Alert> result;
    ingestor_->Acknowledge(alert, by, "", [&](absl::StatusOr<Alert> got) {
      result = std::move(got);
      told.Notify();
    });
    told.WaitForNotification();
    return result;
  }

  // Everything that was pushed after `position`.
  std::vector<AlertEvent> EventsAfter(std::int64_t position) const {
    std::vector<AlertEvent> events;
    const auto read = feed_->Read(position, 1000);
    CW_CHECK(read.ok());
    for (const AlertFeed::FeedEventPtr& event : *read) events.push_back(event->event);
    return events;
  }

  FakeClock& clock() { return clock_; }
  FailingStore& store() { return store_; }
  AlertFeed& feed() { return *feed_; }
  Ingestor& ingestor() { return *ingestor_; }

 private:
  FakeClock clock_;
  std::unique_ptr<ClaimStore> kept_;
  FailingStore store_{*kept_};
  std::unique_ptr<AlertFeed> feed_;
  std::unique_ptr<Ingestor> ingestor_;
};

}  // namespace claimwatch
