// A feed with hand-made events over a memory store: one article after another, each with as many
// events as asked for.
#pragma once

#include <memory>
#include <vector>

#include "server/base/check.h"
#include "server/feed/alert_feed.h"
#include "server/rpc/convert.h"
#include "server/store/memory_store.h"
#include "tests/fakes/records.h"

namespace claimwatch {

class FeedOf {
 public:
  FeedOf() {
    CW_CHECK(store.Commit(FirstBatch()).ok());
    feed = std::make_unique<AlertFeed>(store, *store.ReadState(), WireEvent);
  }

  // Commits and publishes; every event opens an alert of its own, of `kind`.
  void Article(int events, AlertKind kind = AlertKind::kRaised) {
    Batch batch = Next(events, kind);
    CW_CHECK(store.Commit(batch).ok());
    feed->Publish(batch.events);
  }
  // Commits without publishing, as between the two steps of the sequencer.
  std::vector<AlertEvent> CommitOnly(int events) {
    Batch batch = Next(events, AlertKind::kRaised);
    CW_CHECK(store.Commit(batch).ok());
    return batch.events;
  }

  MemoryStore store;
  std::unique_ptr<AlertFeed> feed;

 private:
  Batch Next(int events, AlertKind kind) {
    ++sequence_;
    Batch batch;
    batch.articles = {MakeArticle(sequence_, StoryId{1}, FigureId{1})};
    batch.stories = {MakeStory(StoryId{1}, sequence_, sequence_)};
    for (int i = 0; i < events; ++i) {
      Alert alert =
          MakeAlert(AlertId{++last_}, StoryId{1}, FigureId{1}, batch.articles[0].claims[0],
                    MakeClaim(1, 0, StoryId{1}, FigureId{1}, 11));
      alert.kind = kind;
      alert.update_time = alert.create_time = At(sequence_);
      batch.articles[0].alerts.push_back(alert.id);
      batch.events.push_back({last_, AlertChange::kOpened, alert});
    }
    batch.ids = {FigureId{2}, AlertId{last_}, last_};
    return batch;
  }

  int sequence_ = 1;
  std::int64_t last_ = 0;
};

}  // namespace claimwatch
