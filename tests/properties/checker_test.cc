// The checker itself: a history that keeps every promise, and for each promise histories that break
// it in one place.
#include "tests/properties/checker.h"

#include <gtest/gtest.h>

#include <functional>

namespace claimwatch {
namespace {

// Article 1: events 1, 2; article 2: event 3; article 3: events 4, 5, 6. Alert 2 is closed by 3;
// odd events are of measure one.
World SmallWorld() {
  return {{1, 1, true, false, 1}, {1, 2, true, false, 0}, {2, 2, false, true, 1},
          {3, 3, true, false, 0}, {3, 4, true, false, 1}, {3, 1, false, false, 0}};
}

ObservedStep Opened(Start start, std::int64_t oldest, std::int64_t head, std::int64_t token = -1) {
  ObservedStep step;
  step.kind = ObservedStep::Kind::kOpened;
  step.start = start;
  step.oldest = oldest;
  step.head = head;
  step.token = token;
  return step;
}

ObservedStep Told(std::vector<std::int64_t> events, std::int64_t position) {
  ObservedStep step;
  step.events = std::move(events);
  step.position = position;
  return step;
}

ObservedStep Started(std::int64_t at, std::int64_t position) {
  ObservedStep step = Told({}, position);
  step.started_at = at;
  return step;
}

ObservedStep Broken() {
  ObservedStep step;
  step.kind = ObservedStep::Kind::kBroken;
  return step;
}

// From the beginning, broken off after article 2, resumed, and quiet at the end.
History Whole() {
  History history;
  history.steps = {Opened(Start::kBeginning, 1, 3),
                   Started(0, 0),
                   Told({1, 2}, 2),
                   Told({3}, 3),
                   Told({}, 3),
                   Broken(),
                   Opened(Start::kToken, 1, 6, 3),
                   Started(3, 3),
                   Told({4, 5, 6}, 6)};
  history.steps[4].caught_up = true;
  history.ends_quiet = true;
  return history;
}

History Snapshot() {
  History history;
  history.steps = {Opened(Start::kSnapshot, 1, 3), Started(3, -1), Told({}, 3), Told({4, 5, 6}, 6)};
  history.steps[2].snapshot = {1};
  return history;
}

TEST(Checker, HistoriesThatKeepEveryPromise) {
  EXPECT_FALSE(Check(SmallWorld(), Whole()).has_value());
  // Alert 1 changes with event 6: the live part tells it, so both are right.
  EXPECT_FALSE(Check(SmallWorld(), Snapshot()).has_value());
  History touched = Snapshot();
  touched.steps[2].snapshot = {};
  EXPECT_FALSE(Check(SmallWorld(), touched).has_value());
  History nothing = Whole();
  nothing.selection = Selection::kNothing;
  for (ObservedStep& step : nothing.steps) step.events.clear();
  EXPECT_FALSE(Check(SmallWorld(), nothing).has_value());
  // A message without a token, in the middle of a large article.
  History torn = Whole();
  torn.steps.back() = Told({4, 5}, -1);
  torn.steps.push_back(Told({6}, 6));
  EXPECT_FALSE(Check(SmallWorld(), torn).has_value());
}

struct Case {
  const char* what;
  const char* property;
  std::function<void(History&)> harm;
};

const Case kLostAndDisordered[] = {
    {"an event is left out", "reliable", [](History& h) { h.steps[2].events = {2}; }},
    {"the last event is left out", "reliable",
     [](History& h) {
       h.steps[8].events = {4, 5};
     }},
    {"the end is never reached", "reliable", [](History& h) { h.steps.pop_back(); }},
    {"an event that never was", "reliable",
     [](History& h) {
       h.steps[8].events = {4, 5, 6, 7};
     }},
    {"an event twice", "unique",
     [](History& h) {
       h.steps[3].events = {2, 3};
     }},
    {"an event twice in a message", "unique",
     [](History& h) {
       h.steps[2].events = {1, 2, 2};
     }},
    {"events in the wrong order", "ordered",
     [](History& h) {
       h.steps[2].events = {2, 1};
     }},
    {"a position that falls", "ordered", [](History& h) { h.steps[4].position = 2; }},
    {"a message before started", "ordered", [](History& h) { h.steps.erase(h.steps.begin() + 1); }},
    {"a message after the break", "ordered",
     [](History& h) { h.steps.erase(h.steps.begin() + 6); }},
};

const Case kTokensAndFilters[] = {
    {"a token inside an article", "atomic",
     [](History& h) {
       h.steps[2] = Told({1}, 1), h.steps[3].events = {2, 3};
     }},
    {"a resume that tells what was told", "resumable",
     [](History& h) {
       h.steps[8].events = {3, 4, 5, 6};
     }},
    {"a resume that starts elsewhere", "resumable", [](History& h) { h.steps[7].started_at = 4; }},
    {"a token behind what was told", "resumable", [](History& h) { h.steps[8].position = 5; }},
    {"a good token that is refused", "resumable",
     [](History& h) {
       h.steps[6].kind = ObservedStep::Kind::kRefused;
       h.steps[6].reason = "TOKEN_TOO_OLD";
       h.steps.resize(7);
     }},
    {"an old token that is taken", "resumable", [](History& h) { h.steps[6].oldest = 6; }},
    {"overtaken without need", "resumable",
     [](History& h) { h.steps[8].reason = "REASON_OVERTAKEN"; }},
    {"a heartbeat that runs ahead", "bookmarkable", [](History& h) { h.steps[8] = Told({}, 6); }},
    {"a position ahead of the world", "bookmarkable", [](History& h) { h.steps[8].position = 9; }},
    {"caught up too early", "reliable", [](History& h) { h.steps[2].caught_up = true; }},
    {"an event that does not pass", "filter-exact",
     [](History& h) { h.selection = Selection::kOpenedOnly; }},
};

TEST(Checker, EveryBrokenPromiseIsNamed) {
  std::vector<Case> cases(std::begin(kLostAndDisordered), std::end(kLostAndDisordered));
  cases.insert(cases.end(), std::begin(kTokensAndFilters), std::end(kTokensAndFilters));
  for (const Case& row : cases) {
    History history = Whole();
    row.harm(history);
    const std::optional<BrokenPromise> found = Check(SmallWorld(), history);
    ASSERT_TRUE(found.has_value()) << row.what;
    EXPECT_EQ(found->property, row.property) << row.what << ": " << Dump(*found);
  }
}

TEST(Checker, BrokenSnapshotsAreNamed) {
  World calm = SmallWorld();
  calm.resize(3);  // Nothing happens after the snapshot.
  const std::pair<const char*, std::vector<std::int64_t>> kCases[] = {
      {"missing", {}}, {"closed before", {1, 2}}, {"twice", {1, 1}}};
  for (const auto& [what, alerts] : kCases) {
    History history = Snapshot();
    history.steps.pop_back();
    history.steps[2].snapshot = alerts;
    const std::optional<BrokenPromise> found = Check(calm, history);
    ASSERT_TRUE(found.has_value()) << what;
    EXPECT_EQ(found->property, "snapshot") << what;
  }
  History history = Snapshot();
  history.steps[3].snapshot = {1};
  EXPECT_EQ(Check(SmallWorld(), history)->what, "alert 1 outside of a snapshot");
}

}  // namespace
}  // namespace claimwatch
