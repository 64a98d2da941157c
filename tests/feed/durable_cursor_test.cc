// The life of a delivery, stepped by hand: the clock is a number, and a restart is a new cursor
// from the record that the old one saved.
#include "server/feed/durable_cursor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "server/store/memory_store.h"
#include "tests/fakes/records.h"

namespace claimwatch {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class DurableCursorTest : public testing::Test {
 protected:
  DurableCursorTest() {
    EXPECT_TRUE(store_.Commit(FirstBatch()).ok());
    feed_ = std::make_unique<AlertFeed>(store_, *store_.ReadState(), nullptr);
    record_.id = "desk";
    record_.lease = absl::Seconds(60);
    record_.deliveries_max = 3;
    record_.outstanding_max = 4;
    Open();
  }

  // `count` more events, each opening an alert; every third is of another measure.
  void Publish(int count, std::int64_t forget_before = 0) {
    Batch batch;
    for (int i = 0; i < count; ++i) {
      const std::int64_t position = ++last_;
      Alert alert = MakeAlert(AlertId{position}, StoryId{1}, FigureId{1},
                              MakeClaim(1, 0, StoryId{1}, FigureId{1}, 12),
                              MakeClaim(1, 0, StoryId{1}, FigureId{1}, 11));
      alert.update_time = At(static_cast<int>(position));
      if (position % 3 == 0) alert.measure = "injured";
      batch.events.push_back({position, AlertChange::kOpened, alert, Sequence{position}});
    }
    batch.ids = {FigureId{2}, AlertId{last_}, last_};
    batch.forget_events_before = forget_before;
    ASSERT_TRUE(store_.Commit(batch).ok());
    feed_->Publish(batch.events);
    if (forget_before > 0) feed_->Forget(forget_before);
  }

  void Open() {
    cursor_ = std::make_unique<DurableCursor>(
        record_, *feed_, [](const AlertEvent& event) { return event.alert.measure == "killed"; });
  }
  // What was saved, and nothing else, outlives it.
  void Restart() { Open(); }
  void Save() {
    SubscriptionChanges changes = cursor_->Unsaved();
    record_ = changes.kept[0];
    for (ParkedRecord& parked : changes.parked) parked_.push_back(std::move(parked));
  }

  // "1 2x2": positions, and their count of deliveries from the second on. "-": nothing is due.
  std::string Take(int limit = 100) {
    const absl::StatusOr<std::vector<Leased>> leased = cursor_->Take(now_, limit);
    if (!leased.ok()) return absl::StatusCodeToString(leased.status().code());
    std::string line;
    for (const Leased& one : *leased) {
      absl::StrAppend(&line, line.empty() ? "" : " ", one.event->event.position);
      if (one.deliveries > 1) absl::StrAppend(&line, "x", one.deliveries);
    }
    return line.empty() ? "-" : line;
  }
  int Ack(std::vector<std::int64_t> positions) {
    Settlement settlement;
    settlement.ack = std::move(positions);
    return cursor_->Settle(settlement, now_);
  }

  MemoryStore store_;
  std::unique_ptr<AlertFeed> feed_;
  SubscriptionRecord record_;
  std::unique_ptr<DurableCursor> cursor_;
  std::vector<ParkedRecord> parked_;
  std::int64_t last_ = 0;
  absl::Time now_ = At(1000);
};

TEST_F(DurableCursorTest, DeliversWhatIsLetThroughUpToTheBound) {
  EXPECT_EQ(Take(), "-");
  EXPECT_FALSE(cursor_->IsDue(now_));
  Publish(9);  // 3, 6 and 9 are not let through.
  EXPECT_TRUE(cursor_->IsDue(now_));
  EXPECT_EQ(Take(2), "1 2");
  EXPECT_EQ(Take(), "4 5");
  EXPECT_EQ(Take(), "-") << "four are outstanding";
  EXPECT_FALSE(cursor_->IsDue(now_));
  EXPECT_EQ(Ack({2, 5}), 2);
  EXPECT_EQ(Take(), "7 8");
  EXPECT_EQ(cursor_->settled(), 0);
  EXPECT_EQ(Ack({1}), 1);
  EXPECT_EQ(cursor_->settled(), 3);
  Settlement all;
  all.ack_up_to = 8;
  EXPECT_EQ(cursor_->Settle(all, now_), 3);
  EXPECT_EQ(Take(), "-");
  EXPECT_EQ(cursor_->settled(), 9);
  EXPECT_EQ(cursor_->OldestUnsettled(), absl::InfinitePast());
}

TEST_F(DurableCursorTest, ALeaseThatEndsIsDeliveredAgainAndInTheEndParked) {
  Publish(2);
  EXPECT_EQ(Take(), "1 2");
  Ack({2});
  now_ += absl::Seconds(59);
  EXPECT_EQ(Take(), "-");
  now_ += absl::Seconds(1);
  EXPECT_TRUE(cursor_->IsDue(now_));
  EXPECT_EQ(Take(), "1x2");
  now_ += absl::Seconds(60);
  EXPECT_EQ(Take(), "1x3");
  now_ += absl::Seconds(60);
  EXPECT_EQ(Take(), "-");
  Save();
  ASSERT_THAT(parked_, SizeIs(1));
  EXPECT_EQ(parked_[0].event.position, 1);
  EXPECT_EQ(parked_[0].deliveries, 3);
  EXPECT_EQ(parked_[0].note, "its deliveries are used up");
  EXPECT_EQ(cursor_->record().parked, 1);
  EXPECT_EQ(cursor_->settled(), 2);
}

TEST_F(DurableCursorTest, ExtendRetryAndPark) {
  Publish(5);
  EXPECT_EQ(Take(), "1 2 4 5");
  now_ += absl::Seconds(50);
  Settlement settlement;
  settlement.extend = {1};
  settlement.retry = {2};
  settlement.park = {4};
  settlement.note = "no such desk";
  EXPECT_EQ(cursor_->Settle(settlement, now_), 3);
  EXPECT_EQ(Take(), "2x2") << "at once";
  now_ += absl::Seconds(10);
  EXPECT_EQ(Take(), "5x2") << "its lease is the old one";
  now_ += absl::Seconds(50);
  EXPECT_EQ(Take(), "1x2 2x3");
  Save();
  ASSERT_THAT(parked_, SizeIs(1));
  EXPECT_EQ(parked_[0].note, "no such desk");
}

TEST_F(DurableCursorTest, WhatIsNotOutstandingIsPassedOver) {
  Publish(2);
  EXPECT_EQ(Ack({1}), 0) << "not delivered yet";
  EXPECT_EQ(Take(), "1 2");
  EXPECT_EQ(Ack({1, 1, 77}), 1);
  EXPECT_EQ(Ack({1}), 0);
}

TEST_F(DurableCursorTest, ARestartDeliversWhatIsNotSettledAtOnce) {
  Publish(5);
  EXPECT_EQ(Take(), "1 2 4 5");
  Ack({2});
  Save();
  Restart();
  EXPECT_EQ(cursor_->settled(), 0);
  EXPECT_EQ(Take(), "1x2 4x2 5x2");
  Restart();  // Nothing was saved since: the counts begin where they were.
  EXPECT_EQ(Take(), "1x2 4x2 5x2");
  EXPECT_EQ(Ack({1, 4, 5}), 3);
  Save();
  Restart();
  EXPECT_EQ(Take(), "-");
}

TEST_F(DurableCursorTest, WhatCouldNotBeCommittedIsKeptForTheNext) {
  Publish(2);
  Take();
  Settlement settlement;
  settlement.park = {1};
  cursor_->Settle(settlement, now_);
  SubscriptionChanges changes = cursor_->Unsaved();
  EXPECT_FALSE(cursor_->HasUnsaved());
  cursor_->Restore(std::move(changes));
  EXPECT_TRUE(cursor_->HasUnsaved());
  Save();
  EXPECT_THAT(parked_, SizeIs(1));
}

TEST_F(DurableCursorTest, ParkedEventsCanBeReplayed) {
  Publish(1);
  Take();
  Settlement settlement;
  settlement.park = {1};
  cursor_->Settle(settlement, now_);
  Save();
  cursor_->Replay(parked_);
  cursor_->Replay(parked_);  // Again: nothing more.
  EXPECT_EQ(cursor_->record().parked, 0);
  EXPECT_EQ(Take(), "1");
  const SubscriptionChanges changes = cursor_->Unsaved();
  EXPECT_THAT(changes.unparked, ElementsAre(std::make_pair(std::string("desk"), 1)));
  EXPECT_THAT(changes.parked, IsEmpty());
}

TEST_F(DurableCursorTest, RetentionThatOvertakesItIsSaidUntilItIsMoved) {
  Publish(6);
  EXPECT_EQ(Take(2), "1 2");
  Publish(1, 6);
  EXPECT_EQ(Take(), "OUT_OF_RANGE") << "4 and 5 are gone";
  EXPECT_TRUE(cursor_->overtaken());
  EXPECT_EQ(Take(), "OUT_OF_RANGE");
  cursor_->Seek(5);
  EXPECT_FALSE(cursor_->overtaken());
  EXPECT_EQ(Take(), "7");
}

TEST_F(DurableCursorTest, AfterARestartEventsThatRetentionRemovedAreSaidToo) {
  Publish(2);
  EXPECT_EQ(Take(), "1 2");
  Ack({2});
  Save();
  Publish(1, 2);
  EXPECT_EQ(Take(), "-") << "it still has what it delivered";
  Restart();
  EXPECT_EQ(Take(), "OUT_OF_RANGE");
}

TEST_F(DurableCursorTest, OneThatStandsStillShowsItsAge) {
  Publish(5);
  EXPECT_EQ(cursor_->OldestUnsettled(), At(1));
  EXPECT_EQ(Take(), "1 2 4 5");
  Ack({1});
  EXPECT_EQ(cursor_->OldestUnsettled(), At(2));
}

TEST_F(DurableCursorTest, ALongWayWithoutAnythingToDeliverIsSavedNowAndThen) {
  cursor_ =
      std::make_unique<DurableCursor>(record_, *feed_, [](const AlertEvent&) { return false; });
  Publish(5000);
  int takes = 0;
  while (cursor_->IsDue(now_) && takes < 100) {
    EXPECT_EQ(Take(), "-");
    ++takes;
  }
  EXPECT_EQ(takes, (5000 + kScanEventsMax - 1) / kScanEventsMax);
  EXPECT_TRUE(cursor_->HasUnsaved());
  EXPECT_EQ(cursor_->settled(), 5000);
}

}  // namespace
}  // namespace claimwatch
