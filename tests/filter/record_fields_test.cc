#include "server/filter/record_fields.h"

#include <gtest/gtest.h>

#include "server/filter/filter.h"
#include "tests/fakes/records.h"

namespace claimwatch {
namespace {

struct Case {
  const char* filter;
  bool matches;
};

void Check(const Case& row, const Schema& schema, const FieldSource& record) {
  FilterProblem problem;
  const auto filter = Filter::Compile(row.filter, schema, problem);
  ASSERT_NE(filter, nullptr) << row.filter << ": " << ToString(problem);
  EXPECT_EQ(filter->Matches(record), row.matches) << row.filter;
}

TEST(RecordFields, OfAClaim) {
  const KnownClaim claim = MakeClaim(3, 0, StoryId{2}, FigureId{4}, 12);
  constexpr Case kCases[] = {
      {"story = s2 figure = f4", true},
      {"claim:*", true},
      {"article = a3", true},
      {"measure = killed AND place = Lima", true},
      {"population = police", false},
      {"subject:town", true},
      {"unit = people", true},
      {"scope = TOTAL", false},
      {"status = PROJECTED", true},
      {"source = *.example", true},
      {"attribution:ministry", true},
      {"text:'over 12'", true},
      {"people", true},
      {"value > 12 value <= 1300", true},
      {"withdrawn = false", true},
      {"publish_time > 2022-01-07", true},
      {"as_of_time < 2022-01-07T09:00:00Z", true},
  };
  for (const Case& row : kCases) Check(row, ClaimSchema(), ClaimFields(claim));
}

TEST(RecordFields, OfAStory) {
  const StoryRecord story = MakeStory(StoryId{7}, 30, 12);
  constexpr Case kCases[] = {
      {"story = s7", true},
      {"toll", true},
      {"text:quake", false},
      {"articles >= 12 claims = 24", true},
      {"first_time < last_time", false},
  };
  for (const Case& row : kCases) {
    if (std::string_view(row.filter) == "first_time < last_time") {  // Fields are no arguments.
      FilterProblem problem;
      EXPECT_EQ(Filter::Compile(row.filter, StorySchema(), problem), nullptr);
      continue;
    }
    Check(row, StorySchema(), StoryFields(story));
  }
}

TEST(RecordFields, OfAFigure) {
  Figure figure = MakeFigure(FigureId{2}, FigureId{1});
  constexpr Case kCases[] = {
      {"figure = f2 whole = f1", true},
      {"measure = killed", true},
      {"population = people", true},
      {"place = lima", true},
      {"scope = PART", true},
      {"status != STATED", true},
      {"claims = 0", true},
      {"value:*", false},
  };
  for (const Case& row : kCases) Check(row, FigureSchema(), FigureFields(figure));
}

}  // namespace
}  // namespace claimwatch
