#include "server/rpc/selector.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "server/rpc/filters.h"
#include "server/rpc/limits.h"
#include "server/store/memory_store.h"
#include "tests/fakes/records.h"

namespace claimwatch {
namespace {

v1::AlertSelector Parse(const std::string& text) {
  v1::AlertSelector selector;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &selector)) << text;
  return selector;
}

// The alert: raised, high, killed, story 1, figure 1, by wire.example.
struct Case {
  const char* selector;
  bool matches;
};
constexpr Case kCases[] = {
    {"", true},
    {"story_id: 's1'", true},
    {"story_id: 's2'", false},
    {"figure_id: 'f1'", true},
    {"figure_id: 'f2'", false},
    {"measures: 'killed'", true},
    {"measures: ['injured', 'killed', 'arrested']", true},
    {"measures: 'injured'", false},
    {"kinds: KIND_RAISED", true},
    {"kinds: [KIND_LOWERED, KIND_RAISED]", true},
    {"kinds: KIND_CONFLICT", false},
    {"min_severity: SEVERITY_HIGH", true},
    {"min_severity: SEVERITY_CRITICAL", false},
    {"sources: 'wire.example'", true},
    {"sources: 'WIRE.example'", false},
    {"story_id: 's1' measures: 'killed' kinds: KIND_RAISED min_severity: SEVERITY_LOW", true},
    {"story_id: 's1' measures: 'killed' kinds: KIND_LOWERED", false},
};

TEST(Selector, EveryFieldThatIsSetMustBeMet) {
  const Alert alert = SecondBatch().events[0].alert;
  for (const Case& row : kCases) {
    Selector selector;
    ASSERT_FALSE(ReadSelector(Parse(row.selector), "selector", selector).has_value());
    EXPECT_EQ(selector.Matches(alert, AlertChange::kOpened), row.matches) << row.selector;
  }
}

TEST(Selector, AlertsWithoutACurrentClaimHaveNoSourceToMiss) {
  Alert alert = SecondBatch().events[0].alert;
  alert.current = {};
  Selector selector;
  ASSERT_FALSE(ReadSelector(Parse("sources: 'x.example'"), "selector", selector).has_value());
  EXPECT_TRUE(selector.Matches(alert, AlertChange::kOpened));
}

TEST(Selector, WhatIsWrongIsNamed) {
  const std::pair<const char*, const char*> kBad[] = {
      {"story_id: '1'", "selector.story_id"},
      {"figure_id: 's1'", "selector.figure_id"},
      {"kinds: [KIND_RAISED, KIND_UNSPECIFIED]", "selector.kinds[1]"},
  };
  for (const auto& [text, field] : kBad) {
    Selector selector;
    const Outcome bad = ReadSelector(Parse(text), "selector", selector);
    ASSERT_TRUE(bad.has_value()) << text;
    ASSERT_EQ(bad->violations.size(), 1u);
    EXPECT_EQ(bad->violations[0].field, field);
  }
  v1::AlertSelector many;
  for (int i = 0; i <= kSelectorItemsMax; ++i) many.add_measures("killed");
  Selector selector;
  EXPECT_EQ(ReadSelector(many, "selector", selector)->violations[0].reason, "TOO_LARGE");
}

Selector WithFilter(const char* text, const AlertHistory& history) {
  FilterProblem problem;
  Selector selector;
  AddFilter(Filter::Compile(text, AlertSchema(), problem), history, selector);
  return selector;
}

TEST(Selector, AFilterIsPartOfIt) {
  MemoryStore store;
  const StoredHistory history(store);
  const AlertEvent event = SecondBatch().events[0];
  EXPECT_TRUE(WithFilter("measure = killed", history).Matches(event.alert, event.change));
  EXPECT_FALSE(WithFilter("measure = injured", history).Matches(event.alert, event.change));
  EXPECT_EQ(WithFilter("", history).key, "");
  EXPECT_EQ(WithFilter("measure=killed", history).key,
            WithFilter("(measure = 'killed')", history).key);
  Selector two = WithFilter("severity >= HIGH", history);
  FilterProblem problem;
  AddFilter(Filter::Compile("kind = LOWERED", AlertSchema(), problem), history, two);
  EXPECT_FALSE(two.Matches(event.alert, event.change)) << "all must let it through";
}

TEST(Selector, WhoAskForTheSameShareItAndEventsAreJudgedOnce) {
  MemoryStore store;
  const StoredHistory history(store);
  SelectorShare share;
  const auto one = share.Get(WithFilter("measure = killed", history));
  EXPECT_EQ(share.Get(WithFilter("measure=KILLED", history)), one);
  EXPECT_NE(share.Get(WithFilter("measure = injured", history)), one);
  AlertEvent event = SecondBatch().events[0];
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(one->Matches(event));
  EXPECT_EQ(one->judged(), 1);
  event.position += 256;  // In the same slot.
  event.alert.measure = "injured";
  EXPECT_FALSE(one->Matches(event));
  EXPECT_FALSE(one->Matches(event));
  EXPECT_EQ(one->judged(), 2);
}

TEST(Selector, OnesThatNobodyHoldsAreLetGo) {
  MemoryStore store;
  const StoredHistory history(store);
  SelectorShare share;
  const auto held = share.Get(WithFilter("origins > 0", history));
  for (int i = 1; i < 100; ++i) {
    share.Get(WithFilter(absl::StrCat("origins > ", i).c_str(), history));
  }
  EXPECT_EQ(share.Get(WithFilter("origins > 0", history)), held);
}

TEST(Filters, WhatIsWrongIsNamedWithItsPlace) {
  MemoryStore store;
  Filters filters(store);
  FilterPtr filter;
  EXPECT_FALSE(ReadFilter("", "filter", filters.alerts, filter).has_value());
  EXPECT_EQ(filter, nullptr);
  const Outcome bad =
      ReadFilter("measure = killed AND kind > RAISED", "filter", filters.alerts, filter);
  ASSERT_TRUE(bad.has_value());
  EXPECT_EQ(bad->reason, "FILTER_INVALID");
  EXPECT_EQ(bad->violations[0].field, "filter");
  EXPECT_EQ(bad->metadata[0], (std::pair<std::string, std::string>("position", "26")));
  EXPECT_EQ(bad->metadata[1], (std::pair<std::string, std::string>("possible", "=, !=, :")));
}

}  // namespace
}  // namespace claimwatch
