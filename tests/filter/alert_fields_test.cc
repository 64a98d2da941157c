// What can be said of an alert, and the rules that a user can set with it.
#include "server/filter/alert_fields.h"

#include <gtest/gtest.h>

#include "server/filter/filter.h"
#include "server/store/memory_store.h"
#include "tests/fakes/records.h"

namespace claimwatch {
namespace {

class NoHistory : public AlertHistory {
 public:
  std::vector<ValueChange> Before(const Alert&) const override { return {}; }
};

bool Matches(const std::string& text, const Alert& alert, AlertChange change = AlertChange::kOpened,
             const AlertHistory& history = NoHistory()) {
  FilterProblem problem;
  const auto filter = Filter::Compile(text, AlertSchema(), problem);
  EXPECT_NE(filter, nullptr) << text << ": " << ToString(problem);
  return filter != nullptr && filter->Matches(AlertFields(alert, change, history));
}

// A number as it stands in a text.
KnownClaim Told(std::int64_t id, std::int64_t number, const char* source) {
  KnownClaim claim = MakeClaim(1, 0, StoryId{1}, FigureId{1}, 1);
  claim.id = ClaimId{id};
  claim.source = source;
  claim.claim.quantity = {Decimal(number), Decimal(number), Bound::kExact, false, UnitId::kNone};
  return claim;
}

// al5, raised from 164 to 225, high, 3 origins against 2.
Alert Raised(std::int64_t from = 164, std::int64_t to = 225) {
  return MakeAlert(AlertId{5}, StoryId{1}, FigureId{1}, Told(9, to, "wire.example"),
                   Told(4, from, "desk.example"));
}

struct Case {
  const char* filter;
  bool matches;
};

constexpr Case kFields[] = {
    {"alert = al5", true},
    {"story = s1", true},
    {"story = s2", false},
    {"figure = f1", true},
    {"kind = RAISED", true},
    {"kind = LOWERED OR kind = CONFLICT", false},
    {"state = OPEN", true},
    {"severity >= HIGH", true},
    {"severity > HIGH", false},
    {"change = OPENED", true},
    {"change = WITHDRAWN", false},
    {"measure = killed", true},
    {"measure = kill*", true},
    {"population = people", true},
    {"subject:town", true},
    {"place = lima", true},
    {"unit = people", true},
    {"scope = PART", true},
    {"status = PROJECTED", true},
    {"source = wire.example", true},
    {"source = desk.example", false},
    {"previous_source = desk.example", true},
    {"attribution:ministry", true},
    {"article = a1", true},
    {"text:'toll raised'", true},
    {"text:'people were killed'", true},
    {"lima", true},
    {"volcano", false},
    {"current_value = 225", true},
    {"previous_value = 164", true},
    {"origins >= 3", true},
    {"origins >= 4", false},
    {"previous_origins = 2", true},
    {"acknowledged = false", true},
    {"acknowledged = true", false},
    {"publish_time = 2022-01-07T09:01:00Z", true},
    {"create_time >= 2022-01-07", true},
    {"update_time < 2022-01-08", true},
};

TEST(AlertFields, EveryField) {
  for (const Case& row : kFields)
    EXPECT_EQ(Matches(row.filter, Raised()), row.matches) << row.filter;
}

// Rules as a desk would set them: direction, how much, how many witnesses.
struct Rule {
  const char* filter;
  std::int64_t from;
  std::int64_t to;
  bool told;
};

constexpr Rule kRules[] = {
    {"direction = UP", 100, 101, true},
    {"direction = UP", 101, 100, false},
    {"direction = DOWN", 101, 100, true},
    {"direction = NONE", 100, 100, true},
    {"change_absolute >= 50", 100, 149, false},
    {"change_absolute >= 50", 100, 150, true},
    {"change_absolute >= 50", 150, 100, true},
    {"change_ratio >= 0.2", 100, 119, false},
    {"change_ratio >= 0.2", 100, 120, true},
    {"change_ratio >= 0.2", 100, 80, true},
    {"change_ratio >= 0.2", 0, 80, false},  // Of nothing there is no part.
    {"change_absolute >= 10 AND change_ratio >= 0.1", 1000, 1050, false},
    {"change_absolute >= 10 OR change_ratio >= 0.1", 1000, 1050, true},
    {"direction = UP AND origins >= 2 AND measure = killed", 10, 20, true},
    {"crossed_above(100)", 99, 100, true},
    {"crossed_above(100)", 100, 101, false},
    {"crossed_above(100)", 10, 99, false},
    {"crossed_above(100)", 120, 99, false},
    {"crossed_below(100)", 101, 100, true},
    {"crossed_below(100)", 99, 90, false},
    {"crossed_below(100)", 99, 120, false},
    {"NOT crossed_above(100)", 99, 100, false},
};

TEST(AlertFields, Rules) {
  for (const Rule& row : kRules) {
    EXPECT_EQ(Matches(row.filter, Raised(row.from, row.to)), row.told)
        << row.filter << " " << row.from << " -> " << row.to;
  }
}

TEST(AlertFields, AnAlertWithoutNumbersMeetsNoComparisonOfThem) {
  Alert alert = Raised();
  alert.previous.clear();
  EXPECT_TRUE(Matches("current_value > 0", alert));
  for (const char* filter : {"previous_value > 0", "change_absolute >= 0", "change_ratio >= 0",
                             "direction:*", "crossed_above(1)"}) {
    EXPECT_FALSE(Matches(filter, alert)) << filter;
  }
}

TEST(AlertFields, UnitsThatDifferAreComparedInTheirBase) {
  Alert alert = Raised(2, 2);
  alert.previous[0].claim.unit = "other people";
  EXPECT_TRUE(Matches("direction = NONE", alert));
}

// A walk of one figure's values; each step is an alert, told or not under the rule. The store holds
// the history.
struct Walk {
  const char* filter;
  std::vector<std::int64_t> values;
  std::vector<std::int64_t> told;  // Values whose alert passes.
};

TEST(AlertFields, ACrossingIsToldAgainOnlyAfterItsRearm) {
  const Walk kWalks[] = {
      // Without a re-arm every crossing is told.
      {"crossed_above(100)", {90, 110, 95, 105, 80, 120}, {110, 105, 120}},
      // 95 does not re-arm at 80; 80 does.
      {"crossed_above(100, 80)", {90, 110, 95, 105, 80, 120}, {110, 120}},
      // Slowly up, without ever having been at the re-arm: the first crossing is told.
      {"crossed_above(100, 50)", {70, 80, 90, 99, 100, 130}, {100}},
      {"crossed_above(100, 80)", {120, 90, 130}, {}},
      {"crossed_above(100, 80)", {120, 70, 90, 130}, {130}},
      {"crossed_below(50, 60)", {55, 45, 55, 40, 60, 50}, {45, 50}},
      {"crossed_below(50)", {55, 45, 55, 40, 60, 50}, {45, 40, 50}},
  };
  for (const Walk& walk : kWalks) {
    MemoryStore store;
    ASSERT_TRUE(store.Commit(FirstBatch()).ok());
    const StoredHistory history(store);
    std::vector<std::int64_t> told;
    std::vector<Alert> alerts;
    for (std::size_t i = 1; i < walk.values.size(); ++i) {
      Alert alert = Raised(walk.values[i - 1], walk.values[i]);
      alert.id = AlertId{static_cast<std::int64_t>(i)};
      Batch batch;
      batch.events = {{static_cast<std::int64_t>(i), AlertChange::kOpened, alert}};
      batch.ids = {FigureId{2}, alert.id, static_cast<std::int64_t>(i)};
      ASSERT_TRUE(store.Commit(batch).ok());
      if (Matches(walk.filter, alert, AlertChange::kOpened, history)) {
        told.push_back(walk.values[i]);
      }
      alerts.push_back(alert);
    }
    EXPECT_EQ(told, walk.told) << walk.filter;
    // Asked again when all is known, as by one who resumes: the same answers.
    std::vector<std::int64_t> again;
    for (std::size_t i = 0; i < alerts.size(); ++i) {
      if (Matches(walk.filter, alerts[i], AlertChange::kAcknowledged, history)) {
        again.push_back(walk.values[i + 1]);
      }
    }
    EXPECT_EQ(again, told) << walk.filter;
  }
}

TEST(AlertFields, AStateIsTheChangeThatBroughtItThere) {
  EXPECT_EQ(ChangeInto(AlertState::kOpen), AlertChange::kOpened);
  EXPECT_EQ(ChangeInto(AlertState::kSuperseded), AlertChange::kSuperseded);
  EXPECT_EQ(ChangeInto(AlertState::kResolved), AlertChange::kResolved);
  EXPECT_EQ(ChangeInto(AlertState::kWithdrawn), AlertChange::kWithdrawn);
}

}  // namespace
}  // namespace claimwatch
