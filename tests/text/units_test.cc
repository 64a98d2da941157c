#include "server/text/units.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "server/text/embedded_data.h"
#include "tests/text/dump.h"

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

// Whether some figure of the text is in the unit.
bool ReadsUnit(const std::string& text, std::string_view symbol) {
  const Document document = ReadDocument(Field::kBody, std::string_view(text), TestLexicon());
  for (const Number& number : FindNumbers(document, TestLexicon())) {
    const Unit& unit = GetUnit(number.quantity.unit);
    if (unit.symbol == symbol) return true;
    if (symbol == "barrel/day" && unit.symbol == "barrel" && number.per == "day") return true;
  }
  return false;
}

// "12.5 km", "12.5km", "$12.5", "Rs 12.5".
bool ReadsForm(const std::string& example, const std::string& form, std::string_view symbol) {
  for (const char* place : {"12.5 $", "12.5$", "$12.5", "$ 12.5"}) {
    const std::string figure = absl::StrReplaceAll(place, {{"$", form}});
    if (ReadsUnit(absl::StrReplaceAll(example, {{"12 {}", figure}}), symbol)) return true;
  }
  return false;
}

TEST(Units, EveryEntryIsReadInItsExample) {
  int entries = 0;
  for (const absl::string_view line :
       absl::StrSplit(absl::string_view(kDataUnits.data(), kDataUnits.size()), '\n')) {
    if (line.empty() || line[0] == '#') continue;
    const std::vector<std::string> cells = absl::StrSplit(line, '\t');
    ASSERT_EQ(cells.size(), 7u) << line;
    const std::string& symbol = cells[0];
    const std::string& example = cells[6];
    if (example.find("{}") == std::string::npos) {
      EXPECT_TRUE(ReadsUnit(example, symbol)) << symbol << ": " << example;
    }
    for (const absl::string_view name : absl::StrSplit(cells[4], '|', absl::SkipEmpty())) {
      if (absl::EndsWith(name, "-currency") || name == "basis-free point") continue;
      EXPECT_TRUE(ReadsUnit(absl::StrReplaceAll(example, {{"{}", name}}), symbol))
          << symbol << ": " << name;
    }
    for (const absl::string_view form : absl::StrSplit(cells[5], '|', absl::SkipEmpty())) {
      EXPECT_TRUE(ReadsForm(example, std::string(form), symbol)) << symbol << ": " << form;
    }
    ++entries;
  }
  EXPECT_GE(entries, 250);
}

TEST(Units, AnOperatorAddsOne) {
  ASSERT_TRUE(AddUnit({"quintal", "100 kg", {"quintal", "quintal of grain"}}).ok());
  EXPECT_TRUE(AddUnit({"quintal", "100 kg", {"quintal"}}).ok()) << "the same again";
  EXPECT_EQ(Symbol("quintals"), "quintal");
  EXPECT_EQ(KindOfUnit(FindUnit("quintal")), NumberKind::kMeasurement);
  EXPECT_EQ(DumpNumbers("They lost 12 quintals."), "measurement{12 quintal @10+2 '12'}");
  EXPECT_EQ(Symbol("km"), "km") << "ids that were given keep their meaning";
  ASSERT_TRUE(AddUnit({"QQD", "money", {"quilldollar"}}).ok());
  EXPECT_EQ(KindOfUnit(FindUnit("quilldollars")), NumberKind::kMoney);
  ASSERT_TRUE(AddUnit({"lorryload", "-", {"lorryload"}}).ok());
  EXPECT_EQ(GetUnit(FindUnitSymbol("lorryload")).dimension, "own:lorryload");
  EXPECT_EQ(FindUnitSymbol("no such symbol"), UnitId::kNone);
}

TEST(Units, AnOperatorIsToldWhatIsWrong) {
  const auto error = [](const NewUnit& unit) { return std::string(AddUnit(unit).message()); };
  EXPECT_EQ(error({"", "-", {"x"}}), "a unit needs a symbol and a name");
  EXPECT_EQ(
      error({"sackful", "60 stones of it", {"sackful"}}),
      "unit 'sackful' is worth '60 stones of it': write a size and the symbol of a known unit "
      "(\"60 kg\"), \"money\", or \"-\" for a kind of its own");
  EXPECT_EQ(error({"km", "2 m", {"kay"}}), "unit 'km' is there already: give yours another symbol");
  EXPECT_EQ(error({"klick", "1 km", {"klick", "kilometre"}}),
            "'kilometre' is the unit 'km' already: leave it out");
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
