#include "server/filter/parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "server/filter/alert_fields.h"
#include "server/filter/limits.h"

namespace claimwatch {
namespace {

using testing::HasSubstr;

// The tree, or "@<byte> <what is wrong>".
std::string Read(const std::string& text) {
  FilterProblem problem;
  const auto filter = Filter::Compile(text, AlertSchema(), problem);
  return filter != nullptr ? filter->canonical()
                           : absl::StrCat("@", problem.position, " ", problem.message);
}

struct Case {
  const char* text;
  const char* tree;
};

constexpr Case kTrees[] = {
    {"", "(all)"},
    {"   ", "(all)"},
    {"measure = killed", "(= measure \"killed\")"},
    {"measure=killed", "(= measure \"killed\")"},
    {"measure = 'killed'", "(= measure \"killed\")"},
    {"measure = \"KILLED\"", "(= measure \"killed\")"},
    {"severity >= HIGH", "(>= severity HIGH)"},
    {"severity >= severity_high", "(>= severity HIGH)"},
    {"kind != KIND_RAISED", "(!= kind RAISED)"},
    {"story = s7", "(= story s7)"},
    {"origins > 2", "(> origins 2)"},
    {"change_ratio >= 0.50", "(>= change_ratio 0.5)"},
    {"change_ratio >= 5e-1", "(>= change_ratio 0.5)"},
    {"current_value < -3", "(< current_value -3)"},
    {"acknowledged = false", "(= acknowledged false)"},
    {"create_time > 2022-01-07", "(> create_time 2022-01-07T00:00:00+00:00)"},
    {"create_time > 2022-01-07T12:30Z", "(> create_time 2022-01-07T12:30:00+00:00)"},
    {"create_time>2022-01-07T12:30:00+01:00", "(> create_time 2022-01-07T11:30:00+00:00)"},
    {"create_time > '2022-01-07T12:30:00.5Z'", "(> create_time 2022-01-07T12:30:00.5+00:00)"},
    // A blank is an AND, and OR binds closer than AND, both as AIP-160 has it.
    {"origins > 2 measure = killed", "(and (> origins 2) (= measure \"killed\"))"},
    {"measure = a OR measure = b AND origins > 2",
     "(and (or (= measure \"a\") (= measure \"b\")) (> origins 2))"},
    {"measure = a OR (measure = b AND origins > 2)",
     "(or (= measure \"a\") (and (= measure \"b\") (> origins 2)))"},
    {"NOT measure = a", "(not (= measure \"a\"))"},
    {"-measure = a", "(not (= measure \"a\"))"},
    {"NOT (measure = a OR measure = b)", "(not (or (= measure \"a\") (= measure \"b\")))"},
    {"((measure = a))", "(= measure \"a\")"},
    // Wildcards, and a star that is none.
    {"source = *.example", "(= source ~\"*.example\")"},
    {"source = 'a\\*b'", "(= source ~\"a\\x01*b\")"},
    {"place:*", "(: place *)"},
    {"place:lim*", "(: place ~\"lim*\")"},
    {"text:'death toll'", "(: text \"death toll\")"},
    // Words that stand alone are looked for in the text.
    {"quake", "(: text \"quake\")"},
    {"quake NOT drill", "(and (: text \"quake\") (not (: text \"drill\")))"},
    {"'two words'", "(: text \"two words\")"},
    {"crossed_above(100)", "(crossed_above 100)"},
    {"crossed_above(100, 90) measure=killed",
     "(and (crossed_above 100 90) (= measure \"killed\"))"},
    {"crossed_below(-5, -4)", "(crossed_below -5 -4)"},
};

TEST(Parser, Trees) {
  for (const Case& row : kTrees) EXPECT_EQ(Read(row.text), row.tree) << row.text;
}

constexpr Case kProblems[] = {
    {"severty > HIGH", "@0 \"severty\" is no field of an alert event"},
    {"severity > HIHG", "@11 severity is never \"HIHG\""},
    {"severity HIGH", "@9 severity wants a comparison"},
    {"severity", "@8 severity wants a comparison"},
    {"measure > killed", "@8 measure cannot be compared by \">\""},
    {"text = quake", "@5 text cannot be compared by \"=\""},
    {"kind >= RAISED", "@5 kind cannot be compared by \">=\""},
    {"origins > many", "@10 origins wants a number, not \"many\""},
    {"origins > 0x10", "@10 origins wants a number, not \"0x10\""},
    {"origins > inf", "@10 origins wants a number, not \"inf\""},
    {"origins > 1e999", "@10 origins wants a number, not \"1e999\""},
    {"create_time > monday", "@14 create_time wants a time, not \"monday\""},
    {"story = 7", "@8 story wants an id, not \"7\""},
    {"story = f7", "@8 story wants an id, not \"f7\""},
    {"story = s007", "@8 story wants an id, not \"s007\""},
    {"acknowledged = maybe", "@15 acknowledged wants true or false, not \"maybe\""},
    {"measure =", "@9 measure is compared with nothing: the end"},
    {"measure = AND", "(= measure \"and\")"},
    {"measure = ''", "@10 measure is compared with an empty text"},
    {"measure = 'killed", "@10 measure is compared with nothing: a quote that is not closed"},
    {"measure = killed AND", "@20 AND wants something after it"},
    {"measure = killed OR", "@19 a comparison is wanted, not the end"},
    {"AND measure = killed", "@0 a comparison is wanted, not \"AND\""},
    {"NOT", "@3 a comparison is wanted, not the end"},
    {"NOT NOT measure = a", "@4 a comparison is wanted, not \"NOT\""},
    {"(measure = a", "@12 the parenthesis of byte 0 is not closed"},
    {"measure = a)", "@11 \")\" closes nothing"},
    {"()", "@1 nothing in parentheses"},
    {"measure ! a", "@8 measure wants a comparison"},
    {"measure = a; drop", "@11 a comparison is wanted, not \";\""},
    {"= a", "@0 a comparison is wanted, not \"=\""},
    {"crossed(100)", "@0 \"crossed\" is no function of an alert event"},
    {"crossed_above()", "@14 a number is wanted, not \")\""},
    {"crossed_above(a)", "@14 a number is wanted, not \"a\""},
    {"crossed_above(1, 2)",
     "@0 crossed_above(): the second number must not be greater than the first"},
    {"crossed_below(1, 0)",
     "@0 crossed_below(): the second number must not be less than the first"},
    {"crossed_above(1, 0, 0)", "@0 crossed_above() takes 1 to 2 numbers, not 3"},
    {"crossed_above(1 2)", "@16 after an argument, not \"2\""},
};

TEST(Parser, WhatIsWrongIsNamedWithItsPlace) {
  for (const Case& row : kProblems) EXPECT_EQ(Read(row.text), row.tree) << row.text;
}

TEST(Parser, AProblemSaysWhatIsPossible) {
  const std::pair<const char*, const char*> kPossible[] = {
      {"severty = LOW", "severity, change"},
      {"severity = GRAVE", "LOW, MEDIUM, HIGH, CRITICAL"},
      {"kind < RAISED", "=, !=, :"},
      {"text = a", "possible here: :"},
      {"acknowledged = 1", "true, false"},
      {"figure = 9", "an id such as f7"},
      {"update_time < x", "2022-01-07T12:00:00Z"},
      {"crossing(1)", "crossed_above(), crossed_below()"},
  };
  for (const auto& [text, part] : kPossible) {
    FilterProblem problem;
    EXPECT_EQ(Filter::Compile(text, AlertSchema(), problem), nullptr);
    EXPECT_THAT(ToString(problem), HasSubstr(part)) << text;
  }
}

std::string Repeat(const std::string& part, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += part;
  return all;
}

TEST(Parser, SizeDepthAndTermsAreBounded) {
  const auto nested = [](int depth) {
    return Repeat("(", depth) + "origins > 1" + Repeat(")", depth);
  };
  EXPECT_EQ(Read(nested(kFilterDepthMax)), "(> origins 1)");
  EXPECT_THAT(Read(nested(kFilterDepthMax + 1)), HasSubstr("@32 more than 32 parentheses deep"));
  EXPECT_THAT(Read(Repeat("(a) ", kFilterTermsMax)), HasSubstr("(and "));
  EXPECT_THAT(Read(Repeat("a ", kFilterTermsMax + 1)), HasSubstr("more than 256 comparisons"));
  EXPECT_EQ(Read(std::string(kFilterBytesMax, ' ')), "(all)");
  EXPECT_THAT(Read(std::string(kFilterBytesMax + 1, ' ')), HasSubstr("the limit is 4096"));
}

TEST(Parser, ACanonicalTreeIsItsOwn) {
  for (const Case& row : kTrees) {
    FilterProblem problem;
    const auto again = Filter::Compile(absl::StrCat("(", row.text, ")"), AlertSchema(), problem);
    if (std::string_view(row.tree) == "(all)") continue;
    ASSERT_NE(again, nullptr) << row.text;
    EXPECT_EQ(again->canonical(), row.tree);
  }
}

}  // namespace
}  // namespace claimwatch
