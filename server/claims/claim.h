// Claim: one numeric statement of one article, with its place in the text.
//
// A value type: pure text work makes it, later stages add only ids. Every part that was read out of
// the text has its span (principle: every number keeps its receipt). Tested by
// tests/claims/*_test.cc.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "server/text/document.h"
#include "server/text/number.h"

namespace claimwatch {

// What kind of thing is counted: an index into the Catalogue, whose names are the API's.
enum class MeasureId : std::uint16_t { kNone = 0 };

enum class Scope : std::uint8_t { kTotal, kPart, kIncrement, kRate };
enum class Status : std::uint8_t { kStated, kProjected, kDenied, kPastEvent };

// Words taken from the text. Empty text: not stated.
struct Phrase {
  std::string text;
  Span span;
  friend bool operator==(const Phrase&, const Phrase&) = default;
};

// When the figure holds. What is not stated is InfinitePast / InfiniteFuture.
struct TimeScope {
  Phrase phrase;                            // "on Monday", "since January"
  absl::Time begin = absl::InfinitePast();  // Flow figures: [begin, end).
  absl::Time end = absl::InfiniteFuture();
  absl::Time as_of = absl::InfinitePast();  // Stated as-of moment, if any.
  friend bool operator==(const TimeScope&, const TimeScope&) = default;
};

struct Claim {
  // Where.
  Field field = Field::kBody;
  Span quote;     // The number phrase with its modifiers.
  Span sentence;  // The sentence that holds it.

  // How many of what.
  Quantity quantity;  // In the unit that claims tell (units.h).
  std::string unit;   // "people", "USD", "%", "km", or the counted noun: "business".
  MeasureId measure = MeasureId::kNone;
  Phrase subject;          // "members of law enforcement and the military"
  std::string counted;     // Head noun in the singular: "member", "business", "vehicle".
  std::string population;  // Canonical group: "people", "police", "children", "foreigners", or
                           // free words from the subject ("mine worker"). Empty: things.
  std::string per;         // Rates: "day", "100000 people"; else empty.

  Scope scope = Scope::kTotal;
  Status status = Status::kStated;
  Phrase attribution;  // "the Kazakh Health Ministry and Interior Ministry"
  Phrase place;        // "in Almaty" -> "Almaty"
  TimeScope time;

  bool approximate() const { return quantity.approximate; }
  friend bool operator==(const Claim&, const Claim&) = default;
};

// Names as the API spells them, without the enum's prefix: "TOTAL", "PAST_EVENT".
std::string_view Name(Scope scope);
std::string_view Name(Status status);

}  // namespace claimwatch
