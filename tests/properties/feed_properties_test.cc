// Random schedules of ingest, subscribe, read, disconnect, resume, retention and restart: every
// subscriber's history keeps every promise. A failure prints the seed and the smallest schedule and
// history that break one.
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/properties/checker.h"
#include "tests/properties/schedule.h"
#include "tests/properties/subject.h"

namespace claimwatch {
namespace {

// The first promise that is broken, and by whom.
struct Finding {
  std::size_t subscriber = 0;
  BrokenPromise violation;
};

std::optional<Finding> FindBroken(const Outcomes& outcomes) {
  for (std::size_t i = 0; i < outcomes.histories.size(); ++i) {
    if (const auto violation = Check(outcomes.world, outcomes.histories[i])) {
      return Finding{i, *violation};
    }
  }
  return std::nullopt;
}

// The smallest schedule that breaks the same promise.
Schedule Smallest(const Schedule& schedule, const std::string& property, bool durable,
                  Sabotage sabotage) {
  return Shrink(schedule, [&](const Schedule& smaller) {
    const auto found = FindBroken(RunSchedule(smaller, durable, sabotage));
    return found.has_value() && found->violation.property == property;
  });
}

// Schedule and history, for people.
std::string CounterExample(const Schedule& schedule, bool durable, Sabotage sabotage) {
  const Outcomes outcomes = RunSchedule(schedule, durable, sabotage);
  const auto found = FindBroken(outcomes);
  if (!found.has_value()) return "not found again: is something not deterministic?";
  std::string text = absl::StrCat(Dump(found->violation), "\nschedule:\n", Dump(schedule),
                                  "history of subscriber ", found->subscriber, ":\n");
  const History& history = outcomes.histories[found->subscriber];
  for (std::size_t i = 0; i < history.steps.size(); ++i) {
    absl::StrAppend(&text, "  ", i, ". ", Dump(history.steps[i]), "\n");
  }
  return text;
}

void HoldsFor(std::uint32_t seeds, int length, bool durable) {
  for (std::uint32_t seed = 1; seed <= seeds; ++seed) {
    const Schedule schedule = DrawSchedule(seed, length);
    const auto found = FindBroken(RunSchedule(schedule, durable));
    if (!found.has_value()) continue;
    const Schedule smallest =
        Smallest(schedule, found->violation.property, durable, Sabotage::kNone);
    FAIL() << "seed " << seed << ", length " << length << ": "
           << CounterExample(smallest, durable, Sabotage::kNone);
  }
}

TEST(FeedProperties, HoldUnderRandomSchedules) { HoldsFor(400, 80, false); }

TEST(FeedProperties, HoldWithTheStoreOnDisk) { HoldsFor(6, 60, true); }

TEST(FeedProperties, SchedulesReachWhatMatters) {
  int refused = 0, overtaken = 0, snapshots = 0, resumed = 0, heartbeats = 0;
  for (std::uint32_t seed = 1; seed <= 100; ++seed) {
    for (const History& history : RunSchedule(DrawSchedule(seed, 80), false).histories) {
      for (const ObservedStep& step : history.steps) {
        refused += step.kind == ObservedStep::Kind::kRefused ? 1 : 0;
        overtaken += step.reason == "REASON_OVERTAKEN" ? 1 : 0;
        snapshots += step.snapshot.empty() ? 0 : 1;
        resumed += step.kind == ObservedStep::Kind::kOpened && step.start == Start::kToken ? 1 : 0;
        heartbeats += step.kind == ObservedStep::Kind::kMessage && step.events.empty() ? 1 : 0;
      }
    }
  }
  EXPECT_GT(refused, 10);
  EXPECT_GT(overtaken, 10);
  EXPECT_GT(snapshots, 10);
  EXPECT_GT(resumed, 10);
  EXPECT_GT(heartbeats, 10);
}

TEST(FeedProperties, ABrokenPromiseIsFoundAndMadeSmall) {
  const std::pair<Sabotage, const char*> kSabotages[] = {
      {Sabotage::kLosesAfterResume, "reliable"},
      {Sabotage::kTellsTwice, "unique"},
      {Sabotage::kTornToken, "atomic"},
      {Sabotage::kHeartbeatRunsAhead, "bookmarkable"},
  };
  for (const auto& [sabotage, property] : kSabotages) {
    bool caught = false;
    for (std::uint32_t seed = 1; seed <= 100 && !caught; ++seed) {
      const Schedule schedule = DrawSchedule(seed, 80);
      const auto found = FindBroken(RunSchedule(schedule, false, sabotage));
      if (!found.has_value() || found->violation.property != property) continue;
      caught = true;
      const Schedule smallest = Smallest(schedule, property, false, sabotage);
      EXPECT_LE(smallest.size(), 6u) << CounterExample(smallest, false, sabotage);
      EXPECT_NE(CounterExample(smallest, false, sabotage).find(property), std::string::npos);
    }
    EXPECT_TRUE(caught) << property;
  }
}

}  // namespace
}  // namespace claimwatch
