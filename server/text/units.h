// Units: what figures are written in, and how written units compare.
//
// A table (server/text/data/units.tsv): symbol, names, dimension, factor to the dimension's base
// unit. Figures are kept as written; comparison converts both sides to the base unit, and only
// within one dimension. Two readers' habits are part of the table: lengths in miles and nautical
// miles are told in kilometres, gallons and barrels stay what they are. An operator adds units at
// start; an id once given keeps its meaning. Thread-safe, but only one thread may add.
// Tested by tests/text/units_test.cc.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "server/base/decimal.h"
#include "server/text/number.h"

namespace claimwatch {

struct Unit {
  UnitId id = UnitId::kNone;
  std::string_view symbol;      // "km", "USD", "%", "barrel"; what the API shows.
  std::string_view dimension;   // "length", "money:USD", "ratio", "volume:barrel"
  Decimal factor = 1;           // to the dimension's base unit
  UnitId told = UnitId::kNone;  // the unit in which claims tell it; itself for most
};

// The unit of an id from FindUnit() or of kNone (no symbol, dimension ""); else a CHECK failure.
const Unit& GetUnit(UnitId id);

// The unit written so: "km", "Kilometres", "US$", "sq. miles"; kNone if there is none. Words are
// found in any case and in the plural, written forms ("mW", "MW") only as they stand.
UnitId FindUnit(std::string_view written);

// Whether any unit's wording can start with this token: a quick "no" for most words.
bool MayStartUnit(std::string_view token);

// The unit with exactly this symbol, as the store keeps it; kNone if there is none.
UnitId FindUnitSymbol(std::string_view symbol);
// The same; a CHECK failure if there is none. For the few that code names.
UnitId UnitWithSymbol(std::string_view symbol);

// A unit of the operator's own.
struct NewUnit {
  std::string symbol;
  std::string worth;               // "3625 l": so much of a known unit; "-": of its own kind;
                                   // "money": a currency of its own.
  std::vector<std::string> names;  // Words in the singular, lower case; plurals are made by rule.
};
// Adds a unit for the whole process, from one thread at a time; adding the same one again changes
// nothing. INVALID_ARGUMENT says what is wrong with it and what to write instead.
absl::Status AddUnit(const NewUnit& unit);

// What a figure in this unit is: money, a share, a duration, a measurement; kNone is a count.
NumberKind KindOfUnit(UnitId id);

// `value` written in `from`, told in `to` of the same dimension (a CHECK).
Decimal Convert(const Decimal& value, const Unit& from, const Unit& to);

// The quantity with both bounds in the unit that claims tell (miles -> km, approximate stays). What
// is converted has the decimals that a reader would give it: two below 10 and for shares, else one.
Quantity InToldUnit(const Quantity& quantity);
// The quantity in its dimension's base unit, for comparison.
Quantity InBaseUnit(const Quantity& quantity);

}  // namespace claimwatch
