#include "server/text/units.h"

#include <gtest/gtest.h>

#include <string>

namespace claimwatch {
namespace {

std::string Symbol(std::string_view written) {
  return std::string(GetUnit(FindUnit(written)).symbol);
}

struct NameCase {
  std::string_view written;
  std::string_view symbol;  // Empty: no unit.
};

constexpr NameCase kNames[] = {
    {"km", "km"},
    {"Kilometres", "km"},
    {"sq. miles", ""},
    {"square miles", "sq mi"},
    {"per cent", "%"},
    {"%", "%"},
    {"percentage points", "pp"},
    {"US$", "USD"},
    {"dollars", "USD"},
    {"Australian dollars", "AUD"},
    {"RM", "MYR"},
    {"euros", "EUR"},
    {"\xe2\x82\xac", "EUR"},
    {"mW", ""},
    {"MW", "MW"},
    {"MB", "MB"},
    {"feet", "ft"},
    {"centuries", "century"},
    {"nautical mile", "nmi"},
    {"tonnes", "t"},
    {"houses", ""},
    {"", ""},
    {"of", ""},
    {"a wording that is much too long to be the name of any unit", ""},
};

TEST(Units, AreFoundByNameAndWrittenForm) {
  for (const NameCase& c : kNames) EXPECT_EQ(Symbol(c.written), c.symbol) << c.written;
}

TEST(Units, StartFilterNeverHidesAUnit) {
  for (const NameCase& c : kNames) {
    if (!c.symbol.empty()) {
      EXPECT_TRUE(MayStartUnit(c.written.substr(0, c.written.find(' ')))) << c.written;
    }
  }
  EXPECT_FALSE(MayStartUnit("villagers"));
}

TEST(Units, TellTheKindOfAFigure) {
  EXPECT_EQ(KindOfUnit(FindUnit("$")), NumberKind::kMoney);
  EXPECT_EQ(KindOfUnit(FindUnit("%")), NumberKind::kPercent);
  EXPECT_EQ(KindOfUnit(FindUnit("basis points")), NumberKind::kPercent);
  EXPECT_EQ(KindOfUnit(FindUnit("weeks")), NumberKind::kDuration);
  EXPECT_EQ(KindOfUnit(FindUnit("km")), NumberKind::kMeasurement);
  EXPECT_EQ(KindOfUnit(UnitId::kNone), NumberKind::kCount);
}

Quantity Of(std::string_view value, std::string_view unit) {
  Quantity q;
  q.low = q.high = Decimal::Parse(value);
  q.unit = FindUnit(unit);
  return q;
}

std::string Told(std::string_view value, std::string_view unit) {
  const Quantity told = InToldUnit(Of(value, unit));
  return told.low->ToString() + " " + std::string(GetUnit(told.unit).symbol);
}

TEST(Units, AreToldAsReadersTellThem) {
  EXPECT_EQ(Told("22", "miles"), "35.4 km");
  EXPECT_EQ(Told("6", "miles"), "9.66 km");
  EXPECT_EQ(Told("13", "nautical miles"), "24.1 km");
  EXPECT_EQ(Told("78", "cents"), "0.78 USD");
  EXPECT_EQ(Told("4", "decades"), "40 year");
  EXPECT_EQ(Told("42", "gallons"), "42 gallon");
  EXPECT_EQ(Told("2", "km"), "2 km");
}

TEST(Units, TellSharesInPercent) {
  Quantity share;
  share.low = Decimal::Of(666666666666667, -15);
  share.unit = UnitWithSymbol("share");
  const Quantity told = InToldUnit(share);
  EXPECT_EQ(told.low, Decimal::Parse("66.67"));
  EXPECT_FALSE(told.high.has_value());
  EXPECT_EQ(GetUnit(told.unit).symbol, "%");
}

TEST(Units, CompareInTheBaseUnit) {
  EXPECT_EQ(InBaseUnit(Of("3", "km")).low, InBaseUnit(Of("3000", "metres")).low);
  EXPECT_EQ(InBaseUnit(Of("2", "hectares")).low, InBaseUnit(Of("20000", "square metres")).low);
  EXPECT_EQ(InBaseUnit(Of("50", "%")).low, Decimal::Parse("0.5"));
  const Quantity plain = Of("7", "");
  EXPECT_EQ(InBaseUnit(plain), plain);
}

TEST(Units, ConvertWithinADimensionOnly) {
  const Unit& km = GetUnit(FindUnit("km"));
  const Unit& hour = GetUnit(FindUnit("hour"));
  EXPECT_EQ(Convert(Decimal(5), km, km), Decimal(5));
  EXPECT_DEATH(Convert(Decimal(5), km, hour), "CHECK failed");
  EXPECT_DEATH(UnitWithSymbol("no such symbol"), "CHECK failed");
}

}  // namespace
}  // namespace claimwatch
