#include "server/feed/alert_feed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "absl/synchronization/notification.h"
#include "server/store/memory_store.h"
#include "tests/fakes/records.h"

namespace claimwatch {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Events at positions first..last, one alert each.
std::vector<AlertEvent> Events(std::int64_t first, std::int64_t last) {
  std::vector<AlertEvent> events;
  const KnownClaim claim = MakeClaim(1, 0, StoryId{1}, FigureId{1}, 12);
  for (std::int64_t position = first; position <= last; ++position) {
    Alert alert = MakeAlert(AlertId{position}, StoryId{1}, FigureId{1}, claim, claim);
    events.push_back({position, AlertChange::kOpened, alert});
  }
  return events;
}

std::string Wire(const AlertEvent& event) { return "e" + std::to_string(event.position); }

class AlertFeedTest : public testing::Test {
 protected:
  // What the sequencer does: commit, then publish.
  void Commit(std::int64_t first, std::int64_t last, std::int64_t forget_before = 0) {
    Batch batch;
    batch.events = Events(first, last);
    batch.ids.last_position = last;
    batch.forget_events_before = forget_before;
    ASSERT_EQ(store_.Commit(batch), absl::OkStatus());
  }
  std::unique_ptr<AlertFeed> Start() {
    return std::make_unique<AlertFeed>(store_, *store_.ReadState(), &Wire);
  }
  static std::vector<std::string> Read(const AlertFeed& feed, std::int64_t after, int limit) {
    const auto events = feed.Read(after, limit);
    EXPECT_TRUE(events.ok()) << events.status();
    std::vector<std::string> wires;
    if (!events.ok()) return wires;
    for (const AlertFeed::FeedEventPtr& event : *events) wires.push_back(event->wire());
    return wires;
  }

  MemoryStore store_{"epoch-1"};
};

TEST_F(AlertFeedTest, BeginsWhereTheStoreEnds) {
  Commit(1, 3);
  const auto feed = Start();
  EXPECT_EQ(feed->epoch(), "epoch-1");
  EXPECT_EQ(feed->head(), 3);
  EXPECT_EQ(feed->oldest(), 1);
  EXPECT_THAT(Read(*feed, 0, 2), ElementsAre("e1", "e2"));
  EXPECT_THAT(Read(*feed, 2, 10), ElementsAre("e3"));
  EXPECT_THAT(Read(*feed, 3, 10), IsEmpty());
}

TEST_F(AlertFeedTest, GivesWhatIsPublishedAndNothingBefore) {
  Commit(1, 2);
  const auto feed = Start();
  Commit(3, 5);  // Durable, but not yet published.
  EXPECT_THAT(Read(*feed, 0, 10), ElementsAre("e1", "e2"));
  EXPECT_THAT(Read(*feed, 2, 10), IsEmpty());
  feed->Publish(Events(3, 5));
  EXPECT_EQ(feed->head(), 5);
  EXPECT_THAT(Read(*feed, 1, 10), ElementsAre("e2", "e3", "e4", "e5"));
  EXPECT_THAT(Read(*feed, 2, 2), ElementsAre("e3", "e4"));
}

TEST_F(AlertFeedTest, HandsOutOneCopyToAll) {
  const auto feed = Start();
  Commit(1, 1);
  feed->Publish(Events(1, 1));
  EXPECT_EQ(feed->Read(0, 1)->front(), feed->Read(0, 1)->front());
}

TEST_F(AlertFeedTest, RefusesAPositionAheadOfTheHead) {
  Commit(1, 2);
  const auto feed = Start();
  EXPECT_EQ(feed->Read(3, 10).status().code(), absl::StatusCode::kOutOfRange);
}

TEST_F(AlertFeedTest, SaysSoWhenAPositionIsOlderThanWhatIsKept) {
  Commit(1, 6, 4);
  const auto feed = Start();
  EXPECT_EQ(feed->oldest(), 4);
  EXPECT_EQ(feed->Read(2, 10).status().code(), absl::StatusCode::kOutOfRange);
  EXPECT_THAT(Read(*feed, 3, 10), ElementsAre("e4", "e5", "e6"));
}

TEST_F(AlertFeedTest, ForgetsWhatRetentionRemovedAlsoFromMemory) {
  const auto feed = Start();
  Commit(1, 6);
  feed->Publish(Events(1, 6));
  feed->Forget(4);
  EXPECT_EQ(feed->oldest(), 4);
  EXPECT_EQ(feed->Read(2, 10).status().code(), absl::StatusCode::kOutOfRange);
  EXPECT_THAT(Read(*feed, 3, 10), ElementsAre("e4", "e5", "e6"));
}

TEST_F(AlertFeedTest, ReadsFromTheStoreWhatMemoryHasLetGo) {
  const auto feed = Start();
  const auto kept = static_cast<std::int64_t>(kEventsKept);
  Commit(1, kept + 10);
  feed->Publish(Events(1, kept + 10));
  EXPECT_THAT(Read(*feed, 0, 2), ElementsAre("e1", "e2"));
  EXPECT_THAT(Read(*feed, 9, 2), ElementsAre("e10", "e11"));
  EXPECT_THAT(Read(*feed, 10, 1), ElementsAre("e11"));
  EXPECT_THAT(Read(*feed, kept + 9, 5), ElementsAre("e" + std::to_string(kept + 10)));
}

TEST_F(AlertFeedTest, WakesListenersOnNewsAndOnClosing) {
  const auto feed = Start();
  int woken = 0;
  const int key = feed->Listen([&] { ++woken; });
  feed->Publish({});
  EXPECT_EQ(woken, 0);
  feed->Publish(Events(1, 2));
  EXPECT_EQ(woken, 1);
  EXPECT_FALSE(feed->closed());
  feed->Close();
  EXPECT_EQ(woken, 2);
  EXPECT_TRUE(feed->closed());
  EXPECT_THAT(Read(*feed, 1, 10), ElementsAre("e2"));
  feed->Unlisten(key);
  feed->Publish(Events(3, 3));
  EXPECT_EQ(woken, 2);
}

TEST_F(AlertFeedTest, UnlistenWaitsForACallUnderWay) {
  const auto feed = Start();
  absl::Notification called, go_on;
  bool returned = false;
  const int key = feed->Listen([&] {
    called.Notify();
    go_on.WaitForNotification();
    returned = true;
  });
  std::thread publisher([&] { feed->Publish(Events(1, 1)); });
  called.WaitForNotification();
  std::thread release([&] { go_on.Notify(); });
  feed->Unlisten(key);
  EXPECT_TRUE(returned);
  publisher.join();
  release.join();
}

TEST_F(AlertFeedTest, ManyReadersSeeEveryEventOnceAndInOrder) {
  const auto feed = Start();
  constexpr std::int64_t kLast = 400;
  const auto follow = [&] {
    std::int64_t at = 0;
    while (at < kLast) {
      const auto events = feed->Read(at, 7);
      ASSERT_TRUE(events.ok()) << events.status();
      for (const AlertFeed::FeedEventPtr& event : *events) {
        ASSERT_EQ(event->event.position, at + 1);
        ++at;
      }
      if (events->empty()) std::this_thread::yield();
    }
  };
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) readers.emplace_back(follow);
  for (std::int64_t position = 1; position <= kLast; position += 4) {
    Commit(position, position + 3);
    feed->Publish(Events(position, position + 3));
  }
  for (std::thread& reader : readers) reader.join();
}

}  // namespace
}  // namespace claimwatch
