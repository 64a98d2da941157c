// Matching, over a made-up schema: every type with every comparator, and values that are absent.
#include "server/filter/filter.h"

#include <gtest/gtest.h>

namespace claimwatch {
namespace {

constexpr std::string_view kSizes[] = {"SMALL", "MIDDLE", "LARGE"};
constexpr std::string_view kColours[] = {"RED", "BLUE"};
constexpr FieldSpec kFields[] = {
    {"name", FieldType::kString},
    {"size", FieldType::kOrder, kSizes},
    {"colour", FieldType::kEnum, kColours},
    {"weight", FieldType::kNumber},
    {"made", FieldType::kTime},
    {"id", FieldType::kId, {}, "x"},
    {"new", FieldType::kBool},
    {"story", FieldType::kText},
    {"nothing", FieldType::kString},
    {"none", FieldType::kNumber},
};
constexpr Schema kSchema = {"a box", kFields};

// A box: two names, middle, blue, 2.5, made on 2022-01-07, x7, not new.
class Box : public FieldSource {
 public:
  void Get(int field, FieldValue& value) const override {
    switch (field) {
      case 0:
        value.Set("Old Box");
        return value.Set("crate*1");
      case 1:
        return value.SetInteger(1);
      case 2:
        return value.SetInteger(1);
      case 3:
        return value.SetNumber(2.5);
      case 4:
        return value.SetTime(absl::FromUnixSeconds(1'641'513'600));
      case 5:
        return value.SetInteger(7);
      case 6:
        return value.SetInteger(0);
      case 7:
        return value.Set("It stood in the attic for Years.");
      default:
        return;
    }
  }
};

struct Case {
  const char* text;
  bool matches;
};

constexpr Case kCases[] = {
    {"", true},
    {"name = 'old box'", true},
    {"name = old", false},
    {"name = old*", true},
    {"name = *box", true},
    {"name = *l*b*", true},
    {"name = *z*", false},
    {"name = 'crate\\*1'", true},
    {"name = 'crate\\**'", true},
    {"name = 'old\\*'", false},
    {"name != 'old box'", false},  // One of the names is that.
    {"name != barrel", true},
    {"name:box", true},
    {"name:BOX", true},
    {"name:'b*x'", true},
    {"name:barrel", false},
    {"size = MIDDLE", true},
    {"size > SMALL", true},
    {"size >= MIDDLE", true},
    {"size < MIDDLE", false},
    {"size <= large", true},
    {"size != MIDDLE", false},
    {"colour = BLUE", true},
    {"colour:BLUE", true},
    {"colour = RED", false},
    {"colour != RED", true},
    {"weight = 2.5", true},
    {"weight = 2.50", true},
    {"weight > 2.4", true},
    {"weight > 2.5", false},
    {"weight >= 25e-1", true},
    {"weight < -2.5", false},
    {"made = 2022-01-07", true},
    {"made > 2022-01-06T23:59:59Z", true},
    {"made < 2022-01-07T01:00:00+01:00", false},
    {"made <= 2022-01-07T01:00:00+01:00", true},
    {"id = x7", true},
    {"id != x8", true},
    {"new = false", true},
    {"new != false", false},
    {"story:attic", true},
    {"story:'attic for years'", true},
    {"story:'att*years'", true},
    {"story:cellar", false},
    // What is not there meets no comparison but the opposite of one.
    {"nothing = a", false},
    {"nothing:a", false},
    {"nothing != a", true},
    {"nothing:*", false},
    {"none < 1", false},
    {"none >= 1", false},
    {"none != 1", true},
    {"NOT none = 1", true},
    {"weight:*", true},
    {"colour = RED OR size = MIDDLE", true},
    {"colour = RED size = MIDDLE", false},
    {"NOT (colour = RED size = MIDDLE)", true},
    {"-colour = RED AND -size = LARGE", true},
};

TEST(Filter, Matches) {
  const Box box;
  for (const Case& row : kCases) {
    FilterProblem problem;
    const auto filter = Filter::Compile(row.text, kSchema, problem);
    ASSERT_NE(filter, nullptr) << row.text << ": " << ToString(problem);
    EXPECT_EQ(filter->Matches(box), row.matches) << row.text;
  }
}

TEST(Filter, NotEqualIsTheOppositeOfEqual) {
  const Box box;
  for (const FieldSpec& field : kFields) {
    for (const char* argument : {"a", "SMALL", "RED", "1", "2022-01-07", "x7", "true"}) {
      FilterProblem problem;
      const std::string name(field.name);
      const auto equal = Filter::Compile(name + " = " + argument, kSchema, problem);
      const auto unequal = Filter::Compile(name + " != " + argument, kSchema, problem);
      ASSERT_EQ(equal == nullptr, unequal == nullptr);
      if (equal == nullptr) continue;
      EXPECT_NE(equal->Matches(box), unequal->Matches(box)) << name << " = " << argument;
    }
  }
}

TEST(Filter, ABareWordNeedsATextField) {
  FilterProblem problem;
  EXPECT_EQ(Filter::Compile("attic", kSchema, problem), nullptr);
  EXPECT_EQ(problem.message, "\"attic\" stands alone; name a field");
}

}  // namespace
}  // namespace claimwatch
