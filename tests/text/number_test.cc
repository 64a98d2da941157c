// What holds for numbers as such: token ranges, marks, closed bounds, rates. The tables by theme
// are number_{amounts,bounds,units,kinds}_test.cc.
#include "server/text/number.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/text/units.h"
#include "tests/text/dump.h"

namespace claimwatch {
namespace {

struct Read {
  Document document;
  std::vector<Number> numbers;
};

Read ReadAll(std::string_view text) {
  Read read;
  read.document = ReadDocument(Field::kBody, text, TestLexicon());
  read.numbers = FindNumbers(read.document, TestLexicon());
  return read;
}

// The wording of tokens [first, end).
std::string_view Wording(const Document& document, std::uint32_t first, std::uint32_t end) {
  return document.Surface(Join(document.tokens[first].span, document.tokens[end - 1].span));
}

TEST(Number, HoldsPhraseDigitsAndUnitApart) {
  const Read read = ReadAll("It flowed at over 1,300 litres per day.");
  ASSERT_EQ(read.numbers.size(), 1u);
  const Number& n = read.numbers[0];
  EXPECT_EQ(read.document.Surface(n.span), "over 1,300");
  EXPECT_EQ(read.document.Surface(n.digits), "1,300");
  EXPECT_EQ(Wording(read.document, n.end, n.unit_end), "litres");
  EXPECT_EQ(Wording(read.document, n.unit_end, n.per_end), "per day");
  EXPECT_STREQ(n.reason, "a measurement");
}

TEST(Number, HasNoRateWithoutOne) {
  const Read read = ReadAll("The 20 km road.");
  ASSERT_EQ(read.numbers.size(), 1u);
  EXPECT_EQ(read.numbers[0].per_end, read.numbers[0].unit_end);
}

TEST(Number, ClosesStrictBoundsOfCountsOnly) {
  const auto closed = [](std::string_view text) {
    const Read read = ReadAll(text);
    EXPECT_EQ(read.numbers.size(), 1u) << text;
    return ClosedOnIntegers(read.numbers.at(0));
  };
  EXPECT_EQ(closed("over 1,300 huts").low, Decimal(1301));
  EXPECT_EQ(closed("fewer than 50 huts").high, Decimal(49));
  EXPECT_EQ(closed("at least 12 huts").low, Decimal(12));
  EXPECT_EQ(closed("over $5").low, Decimal(5));
  EXPECT_EQ(closed("more than 2.5 km").low, Decimal::Parse("2.5"));
}

TEST(Number, SaysWhyAPhraseIsNoQuantity) {
  const Read read = ReadAll("In 2009 Flight 12 left; they won 3-2.");
  std::vector<std::string> reasons;
  for (const Number& n : read.numbers) reasons.push_back(n.reason);
  EXPECT_THAT(reasons, testing::ElementsAre("a year", "numbered by the word before it",
                                            "a score or a tally"));
}

TEST(Number, MarksWhatDoesNotCountByItself) {
  const Read read = ReadAll("one of the huts, three times as many, a 15-member team, $5 each");
  ASSERT_EQ(read.numbers.size(), 4u);
  EXPECT_TRUE(read.numbers[0].weak);
  EXPECT_TRUE(read.numbers[1].weak);
  EXPECT_TRUE(read.numbers[2].compound);
  EXPECT_TRUE(read.numbers[3].each);
}

TEST(Number, StaysInsideItsSentence) {
  EXPECT_EQ(DumpNumbers("He left at least\n\n40 huts. More than. 50 tents"),
            "count{40 @18+2 '40'}; count{50 @38+2 '50'}");
}

}  // namespace
}  // namespace claimwatch
