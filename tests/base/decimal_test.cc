#include "server/base/decimal.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace claimwatch {
namespace {

struct ParseCase {
  std::string_view text;
  std::string_view told;  // ToString(); "-" for refused.
};

constexpr ParseCase kParses[] = {
    {"164", "164"},
    {"-3", "-3"},
    {"2.5", "2.5"},
    {"2.50", "2.5"},
    {"0", "0"},
    {"-0", "0"},
    {"0.000", "0"},
    {".5", "0.5"},
    {"5.", "5"},
    {"007", "7"},
    {"2000000000", "2000000000"},
    {"0.0025", "0.0025"},
    {"123456789012345", "123456789012345"},
    {"1234567890123456", "1234567890123460"},  // 15 digits are kept.
    {"1234567890123445", "1234567890123440"},  // Half to even.
    {"1234567890123455", "1234567890123460"},
    {"999999999999999.5", "1000000000000000"},  // Rounding carries over.
    {"100000000000000000000", "100000000000000000000"},
    {"1000000000000000000000", "1e+21"},
    {"1500000000000000000000", "1.5e+21"},
    {"0.0000000000000000000001", "1e-22"},
    {"1234567890123456789012345678901234567890", "1.23456789012346e+39"},
    {"", "-"},
    {"-", "-"},
    {".", "-"},
    {"1,300", "-"},
    {"1.2.3", "-"},
    {" 1", "-"},
    {"1e5", "-"},
    {"--1", "-"},
};

TEST(Decimal, ParsesWhatIsPlainAndTellsItBack) {
  for (const ParseCase& c : kParses) {
    const auto value = Decimal::Parse(c.text);
    EXPECT_EQ(value.has_value() ? value->ToString() : "-", c.told) << c.text;
  }
}

TEST(Decimal, HoldsEqualValuesAlike) {
  EXPECT_EQ(Decimal::Of(10, 2), Decimal(1000));
  EXPECT_EQ(Decimal::Of(1000, -3), Decimal(1));
  EXPECT_EQ(Decimal::Parse("1.50"), Decimal::Of(15, -1));
  EXPECT_EQ(Decimal(0), Decimal::Of(0, 9));
  EXPECT_EQ(Decimal(1000).digits(), 1);
  EXPECT_EQ(Decimal(1000).exponent(), 3);
}

TEST(Decimal, KnowsWholeNumbers) {
  EXPECT_TRUE(Decimal(1000).IsInteger());
  EXPECT_TRUE(Decimal(0).IsInteger());
  EXPECT_TRUE(Decimal(0).IsZero());
  EXPECT_FALSE(Decimal::Of(25, -1).IsInteger());
}

TEST(Decimal, Calculates) {
  EXPECT_EQ(Decimal(3) * Decimal::Of(5, -1), Decimal::Of(15, -1));
  EXPECT_EQ(Decimal::Of(1, -1) + Decimal::Of(2, -1), Decimal::Of(3, -1));
  EXPECT_EQ(Decimal(1) - Decimal(1), Decimal(0));
  EXPECT_EQ(Decimal(5) - Decimal(12), Decimal(-7));
  EXPECT_EQ(Decimal::Of(1, 30) + Decimal(1), Decimal::Of(1, 30));
  EXPECT_EQ(Decimal::Of(1, 200) * Decimal::Of(1, 200), Decimal::Of(Decimal::kDigitsMax, 300));
  EXPECT_EQ(Decimal::Of(1, -200) * Decimal::Of(1, -200), Decimal(0));
}

TEST(Decimal, Orders) {
  const Decimal ascending[] = {Decimal::Of(-1, 20), Decimal(-3),         Decimal::Of(-1, -20),
                               Decimal(0),          Decimal::Of(1, -20), Decimal::Of(25, -1),
                               Decimal(3),          Decimal(30),         Decimal::Of(1, 20)};
  for (std::size_t i = 0; i < std::size(ascending); ++i) {
    for (std::size_t j = 0; j < std::size(ascending); ++j) {
      EXPECT_EQ(ascending[i] < ascending[j], i < j) << i << " " << j;
      EXPECT_EQ(ascending[i] == ascending[j], i == j) << i << " " << j;
    }
  }
}

TEST(Decimal, GoesThroughADoubleUnchanged) {
  for (const std::string_view text : {"0", "1", "-2.5", "0.1", "1301", "999999999999999",
                                      "0.000001", "123456.789", "2000000000000000000"}) {
    const Decimal value = *Decimal::Parse(text);
    EXPECT_EQ(Decimal::FromDouble(value.ToDouble()), value) << text;
  }
  EXPECT_EQ(Decimal::FromDouble(1.0 / 3), Decimal::Parse("0.333333333333333"));
  EXPECT_EQ(Decimal::FromDouble(std::nan("")), std::nullopt);
  EXPECT_EQ(Decimal::FromDouble(std::numeric_limits<double>::infinity()), std::nullopt);
}

TEST(Decimal, ClampsWhatIsOutOfReach) {
  EXPECT_EQ(Decimal::Of(1, 400), Decimal::Of(Decimal::kDigitsMax, 300));
  EXPECT_EQ(Decimal::Of(-1, 400), Decimal::Of(-Decimal::kDigitsMax, 300));
  EXPECT_EQ(Decimal::Of(1, -400), Decimal(0));
  EXPECT_EQ(Decimal(std::numeric_limits<std::int64_t>::min()).ToString(), "-9223372036854780000");
}

}  // namespace
}  // namespace claimwatch
