// Random schedules of ingest, delivery, settling, saving (which may fail) and restart: what a named
// subscription promises holds under all of them. Each event that is let through is delivered until
// it is acknowledged or parked, and ends as exactly one of the two; nothing comes again after its
// acknowledgement was saved, or under its lease. A failure prints the seed and what happened.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <set>

#include "absl/strings/str_cat.h"
#include "server/base/check.h"
#include "server/feed/durable_cursor.h"
#include "server/store/memory_store.h"
#include "tests/fakes/records.h"

namespace claimwatch {
namespace {

constexpr char kId[] = "desk";
constexpr int kDeliveriesAllowed = 3;
constexpr int kOutstandingAllowed = 6;
constexpr absl::Duration kLease = absl::Seconds(60);

bool IsLetThrough(std::int64_t position) { return position % 3 != 0; }

enum class Sabotage { kNone, kLosesWhatIsPending, kForgetsLeases };

// One subscription with all that it was told and that it said.
class Desk {
 public:
  explicit Desk(Sabotage sabotage) : sabotage_(sabotage) {
    CW_CHECK(store_.Commit(FirstBatch()).ok());
    feed_ = std::make_unique<AlertFeed>(store_, *store_.ReadState(), nullptr);
    SubscriptionRecord record;
    record.id = kId;
    record.lease = kLease;
    record.deliveries_max = kDeliveriesAllowed;
    record.outstanding_max = kOutstandingAllowed;
    SubscriptionChanges begun;
    begun.kept = {record};
    Keep(std::move(begun));
    Open();
  }

  void ObservedStep(std::uint32_t what, std::uint32_t how) {
    switch (what % 10) {
      case 0:
      case 1:
        return Publish(1 + how % 5);
      case 2:
      case 3:
      case 4:
        return Take(1 + how % 4);
      case 5:
        return Settle(how);
      case 6:
        return Save(true);
      case 7:
        return Save(how % 3 != 0);
      case 8:
        now_ += how % 2 == 0 ? kLease / 2 : 2 * kLease;
        return Note("time passes");
      default:
        if (how % 3 == 0) Open();
    }
  }

  // Takes and acknowledges until nothing comes.
  void Finish() {
    for (int quiet = 0, rounds = 0; quiet < 2 && rounds < 1000; ++rounds) {
      now_ += 2 * kLease;
      const std::size_t before = leases_.size();
      Take(100);
      quiet = leases_.size() == before && leases_.empty() ? quiet + 1 : 0;
      Settlement all;
      all.ack_up_to = last_;
      Acknowledge(all);
      Save(true);
    }
    std::set<std::int64_t> parked;
    const absl::StatusOr<std::vector<ParkedRecord>> listed = store_.ListParked(kId, 0, 10'000);
    CW_CHECK(listed.ok());
    for (const ParkedRecord& record : *listed) {
      parked.insert(record.event.position);
      const bool often = record.deliveries == kDeliveriesAllowed;
      if (!often && record.note != "asked for") Break(record.event.position, "is parked too early");
    }
    for (std::int64_t position = 1; position <= last_; ++position) {
      const bool settled = acknowledged_.contains(position) != parked.contains(position);
      if (IsLetThrough(position) && !settled) Break(position, "does not end as one of the two");
    }
  }

  const std::string& broken() const { return broken_; }
  const std::string& story() const { return story_; }

 private:
  struct Lease {
    absl::Time end;
    int deliveries;
  };

  void Note(const std::string& line) { absl::StrAppend(&story_, "  ", line, "\n"); }
  void Break(std::int64_t position, const std::string& what) {
    if (broken_.empty()) broken_ = absl::StrCat("event ", position, " ", what);
  }

  void Keep(SubscriptionChanges changes) {
    Batch batch;
    batch.ids = {FigureId{2}, AlertId{last_}, last_};
    batch.subscriptions = std::move(changes);
    CW_CHECK(store_.Commit(batch).ok());
  }

  void Publish(std::uint32_t count) {
    Batch batch;
    for (; count > 0; --count) {
      const std::int64_t position = ++last_;
      Alert alert = MakeAlert(AlertId{position}, StoryId{1}, FigureId{1},
                              MakeClaim(1, 0, StoryId{1}, FigureId{1}, 12),
                              MakeClaim(1, 0, StoryId{1}, FigureId{1}, 11));
      batch.events.push_back({position, AlertChange::kOpened, alert, Sequence{position}});
    }
    batch.ids = {FigureId{2}, AlertId{last_}, last_};
    CW_CHECK(store_.Commit(batch).ok());
    feed_->Publish(batch.events);
    Note(absl::StrCat("events up to ", last_));
  }

  // What was saved, and nothing else, outlives a restart.
  void Open() {
    cursor_ = std::make_unique<DurableCursor>(
        store_.ReadSubscriptions()->front(), *feed_,
        [](const AlertEvent& event) { return IsLetThrough(event.position); });
    leases_.clear();
    said_.clear();
    fresh_.clear();
    Note("restart");
  }

  void Take(int limit) {
    const absl::StatusOr<std::vector<Leased>> leased = cursor_->Take(now_, limit);
    CW_CHECK(leased.ok());
    if (sabotage_ == Sabotage::kForgetsLeases && !leases_.empty()) {
      Heard(leases_.begin()->first, 1, now_ + kLease);
    }
    for (const Leased& one : *leased) {
      Heard(one.event->event.position, one.deliveries, one.lease_end);
    }
    if (cursor_->outstanding() > kOutstandingAllowed) Break(0, "is one too many outstanding");
  }

  void Heard(std::int64_t position, int deliveries, absl::Time lease_end) {
    Note(absl::StrCat("told ", position, "x", deliveries));
    if (!IsLetThrough(position)) Break(position, "is not let through, and told");
    if (acknowledged_.contains(position)) Break(position, "comes after its acknowledgement");
    if (said_.contains(position)) Break(position, "comes after it was settled");
    if (deliveries > kDeliveriesAllowed) Break(position, "comes too often");
    const auto lease = leases_.find(position);
    if (lease != leases_.end() && lease->second.end > now_) Break(position, "is under its lease");
    leases_[position] = {lease_end, deliveries};
  }

  void Settle(std::uint32_t how) {
    if (leases_.empty()) return;
    auto chosen = leases_.begin();
    std::advance(chosen, how / 4 % leases_.size());
    const std::int64_t position = chosen->first;
    Settlement settlement;
    switch (how % 4) {
      case 0:
        settlement.retry = {position};
        chosen->second.end = absl::InfinitePast();
        Note(absl::StrCat("retry ", position));
        cursor_->Settle(settlement, now_);
        return;
      case 1:
        settlement.park = {position};
        settlement.note = "asked for";
        Note(absl::StrCat("park ", position));
        if (cursor_->Settle(settlement, now_) == 1) said_.insert(position);
        leases_.erase(chosen);
        return;
      default:
        settlement.ack = {position};
        return Acknowledge(settlement);
    }
  }

  void Acknowledge(const Settlement& settlement) {
    if (cursor_->Settle(settlement, now_) == 0) return;
    for (auto lease = leases_.begin(); lease != leases_.end();) {
      const std::int64_t position = lease->first;
      const bool named =
          std::find(settlement.ack.begin(), settlement.ack.end(), position) != settlement.ack.end();
      if (!named && position > settlement.ack_up_to) {
        ++lease;
        continue;
      }
      Note(absl::StrCat("ack ", position));
      // One that was delivered often enough may have been parked meanwhile.
      fresh_.insert(position);
      said_.insert(position);
      lease = leases_.erase(lease);
    }
  }

  void Save(bool works) {
    SubscriptionChanges changes = cursor_->Unsaved();
    Note(works ? "saved" : "not saved");
    if (!works) return cursor_->Restore(std::move(changes));
    if (sabotage_ == Sabotage::kLosesWhatIsPending && !changes.kept[0].pending.empty()) {
      changes.kept[0].pending.pop_back();
    }
    for (const ParkedRecord& parked : changes.parked) {
      fresh_.erase(parked.event.position);
      leases_.erase(parked.event.position);
    }
    Keep(std::move(changes));
    for (const std::int64_t position : fresh_) {
      if (said_.contains(position)) acknowledged_.insert(position);
    }
    fresh_.clear();
  }

  const Sabotage sabotage_;
  MemoryStore store_;
  std::unique_ptr<AlertFeed> feed_;
  std::unique_ptr<DurableCursor> cursor_;
  absl::Time now_ = At(1000);
  std::int64_t last_ = 0;
  std::map<std::int64_t, Lease> leases_;  // Told in this life, not settled.
  std::set<std::int64_t> said_;           // Settled in this life.
  std::set<std::int64_t> fresh_;          // Acknowledged since the last save.
  std::set<std::int64_t> acknowledged_;   // For good.
  std::string broken_;
  std::string story_;
};

// What is broken, with all that led to it; empty: nothing.
std::string FindBroken(std::uint32_t seed, int length, Sabotage sabotage = Sabotage::kNone) {
  std::mt19937 chance(seed);
  Desk desk(sabotage);
  for (int i = 0; i < length && desk.broken().empty(); ++i) {
    const auto what = static_cast<std::uint32_t>(chance());
    desk.ObservedStep(what, static_cast<std::uint32_t>(chance()));
  }
  if (desk.broken().empty()) desk.Finish();
  if (desk.broken().empty()) return "";
  return absl::StrCat("seed ", seed, ": ", desk.broken(), "\n", desk.story());
}

TEST(NamedProperties, HoldUnderRandomSchedules) {
  for (std::uint32_t seed = 1; seed <= 500; ++seed) ASSERT_EQ(FindBroken(seed, 100), "");
}

TEST(NamedProperties, ABrokenPromiseIsFound) {
  for (const Sabotage sabotage : {Sabotage::kLosesWhatIsPending, Sabotage::kForgetsLeases}) {
    int found = 0;
    for (std::uint32_t seed = 1; seed <= 20; ++seed)
      found += FindBroken(seed, 100, sabotage).empty() ? 0 : 1;
    EXPECT_GT(found, 5) << static_cast<int>(sabotage);
  }
}

}  // namespace
}  // namespace claimwatch
