// Schema: what a filter can speak of: fields with a type each, and functions. FieldValue: what one
// record holds in a field.
//
// A filter is compiled against a schema once and then asked of many records, each behind a
// FieldSource. Values are views into the record. Tested by tests/filter/parser_test.cc.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

namespace claimwatch {

enum class FieldType : std::uint8_t {
  kString,  // = and != with "*" as a wildcard, ":" for a part of it; letters of either case
  kText,    // ":" alone: words somewhere in a longer text
  kId,      // = and !=: "s7"
  kEnum,    // = and !=: one of the names
  kOrder,   // An enum whose names stand in order: also < <= > >=
  kNumber,  // All comparisons
  kTime,    // All comparisons: 2022-01-07 or 2022-01-07T12:00:00Z
  kBool,    // = and !=: true, false
};

struct FieldSpec {
  std::string_view name;
  FieldType type;
  absl::Span<const std::string_view> names = {};  // Of an enum, in order from 0.
  std::string_view id_prefix = {};                // Of an id: "s"
};

struct FunctionSpec {
  std::string_view name;
  int arguments_min;  // All are numbers.
  int arguments_max;
  // The second argument must not be greater (-1) or less (+1) than the first; 0: it may be either.
  int second_side = 0;
};

struct Schema {
  std::string_view record;  // What it is about, for messages: "alert event"
  absl::Span<const FieldSpec> fields;
  absl::Span<const FunctionSpec> functions = {};
  int text_field = -1;  // Where a bare word is looked for; -1: bare words are errors.
};

// Absent where nothing is set. A field with several strings is met when one of them is.
struct FieldValue {
  bool present = false;
  double number = 0;         // kNumber; kBool, kEnum, kOrder and kId as a whole number
  std::int64_t integer = 0;  // kId, kEnum, kOrder, kBool
  absl::Time time;           // kTime
  absl::InlinedVector<std::string_view, 8> strings;  // kString, kText

  void Set(std::string_view text) {
    if (text.empty()) return;
    present = true;
    strings.push_back(text);
  }
  void SetNumber(double value) {
    present = true;
    number = value;
  }
  void SetInteger(std::int64_t value) {
    present = true;
    integer = value;
  }
  void SetTime(absl::Time value) {
    if (value == absl::InfinitePast() || value == absl::InfiniteFuture()) return;
    present = true;
    time = value;
  }
};

// One record, as a filter sees it.
class FieldSource {
 public:
  virtual ~FieldSource() = default;
  // Fills `value`, which is absent, with field `field` of the schema.
  virtual void Get(int field, FieldValue& value) const = 0;
  virtual bool Call(int /*function*/, absl::Span<const double> /*arguments*/) const {
    return false;
  }
};

// Index into schema.fields or .functions; -1: none of that name.
int FindField(const Schema& schema, std::string_view name);
int FindFunction(const Schema& schema, std::string_view name);
// Names of all fields and functions, for messages.
std::vector<std::string> NamesOf(const Schema& schema);

// Without regard to the case of ASCII letters.
bool EqualsFolded(std::string_view a, std::string_view b);
bool ContainsFolded(std::string_view text, std::string_view part);
// `pattern` holds "*" for any bytes; a byte 1 before "*" stands for the star itself.
bool MatchesPattern(std::string_view text, std::string_view pattern);

}  // namespace claimwatch
