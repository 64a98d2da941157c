// Numbers: every number phrase of a field, with what it asserts, its unit and its kind.
//
// "over 1,300", "$2 billion-$3 billion", "two dozen", "between 40 and 60", "no one", "one in five".
// A phrase is read together with its modifiers, and says why it is a count of something or why it
// is not (a date, an age, a name that holds a number): that reason is what `claimwatch extract`
// shows. Nothing is dropped: what is no quantity is returned with its kind. One pass, left to
// right, longest match wins, linear in tokens. What a number counts is decided in claims/.
// Tested by tests/text/number_test.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/decimal.h"
#include "server/text/document.h"

namespace claimwatch {

enum class NumberKind : std::uint8_t {
  kCount,        // 164 people, dozens, "no injuries"
  kMoney,        // $2 billion
  kPercent,      // 12 %, "a fifth", "one in five"
  kMeasurement,  // 22 miles, 7.6 magnitude, 40 degrees
  kDuration,     // 29 hours, three weeks, prison terms
  kAge,          // 35-year-old, aged 12
  // Read, but no quantities:
  kDate,
  kTime,
  kOrdinal,
  kName,
  kScore,
  kReference,
};

// How the words bound the figure; what a reader takes them to mean depends on it.
enum class Bound : std::uint8_t {
  kExact,     // 164
  kAtLeast,   // at least 12, 12 or more, 45+
  kMoreThan,  // over 1,300 (low = 1,300 as written; see ClosedOnIntegers)
  kUpTo,      // up to 50, as many as 50, at most
  kLessThan,  // fewer than 50, under 50 (high = 50 as written)
  kNearly,    // nearly 500, almost 500, close to 500 (approximate)
  kAbout,     // about 500, some 500, roughly, around, an estimated (approximate)
  kRange,     // between 40 and 60, 2-3 million, from 12 to 15
  kVague,     // dozens, scores, hundreds, thousands, tens of thousands (low only)
};

// Unit in which a figure is written; an index into the table of units (units.h).
enum class UnitId : std::uint16_t { kNone = 0 };

// A closed interval of numbers in the unit as it is written. Absent bound: unbounded.
struct Quantity {
  std::optional<Decimal> low;
  std::optional<Decimal> high;
  Bound bound = Bound::kExact;
  bool approximate = false;  // about, nearly, some, roughly, an estimated
  UnitId unit = UnitId::kNone;

  friend bool operator==(const Quantity&, const Quantity&) = default;
};

struct Number {
  Span span;                // The phrase with its modifiers: "over 1,300", "300 others" is "300".
  Span digits;              // The number alone: "1,300", "$2 billion-$3 billion".
  std::uint32_t first = 0;  // Token range of `span`.
  std::uint32_t end = 0;
  std::uint32_t unit_end = 0;  // One past the last token of the unit words, >= end ("22 miles").
  NumberKind kind = NumberKind::kCount;
  Quantity quantity;
  const char* reason = "";  // Static text: why this kind, for people ("a year", "an age").
  bool increment = false;   // another 12, 12 more, an additional 12, 12 others is not one
  bool others = false;      // 12 others, the other three
  bool each = false;        // per-item wording inside the phrase ("50 each")
  bool compound = false;    // part of a compound word: "15-member", "two-storey"
  bool weak = false;     // a figure in form only: "one of the best", "three times", "first three"
  std::string_view per;  // what a rate is over: "day" of "a day" and of "bpd", "100,000 people"
  std::uint32_t per_end = 0;  // one past "per day", "a gallon"; == unit_end when there is no rate
};

// All number phrases, in order, not overlapping.
std::vector<Number> FindNumbers(const Document& document, const Lexicon& lexicon);

// The quantity of a count as a closed interval of whole numbers: "over 1,300" is 1,301 and more,
// "fewer than 50" up to 49. Others are left as they are: no bound is told for measures and money.
Quantity ClosedOnIntegers(const Number& number);

// One line for tests: "count{>1300 @7+10 'over 1,300'}".
std::string Dump(const Document& document, const Number& number);

}  // namespace claimwatch
