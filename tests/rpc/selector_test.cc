#include "server/rpc/selector.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "server/rpc/limits.h"
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
    EXPECT_EQ(selector.Matches(alert), row.matches) << row.selector;
  }
}

TEST(Selector, AlertsWithoutACurrentClaimHaveNoSourceToMiss) {
  Alert alert = SecondBatch().events[0].alert;
  alert.current = {};
  Selector selector;
  ASSERT_FALSE(ReadSelector(Parse("sources: 'x.example'"), "selector", selector).has_value());
  EXPECT_TRUE(selector.Matches(alert));
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

}  // namespace
}  // namespace claimwatch
