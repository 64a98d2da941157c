// Verdict: the outcome of comparing two claims, always with its reason from a closed list.
//
// Identity first, value last: two claims are compared only when measure, unit, population, place,
// time scope, status and scope say that they answer the same question; the value never makes them
// the same. Then what they *mean* to a reader is compared, then what they assert (interval.h).
// Tested by tests/ledger/verdict_test.cc, one row a reason.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "server/claims/catalogue.h"
#include "server/ledger/known_claim.h"

namespace claimwatch {

enum class Reason : std::uint8_t {
  // Not comparable:
  kOtherStory,
  kOtherMeasure,
  kOtherUnit,
  kOtherPopulation,
  kOtherCounted,
  kOtherPlace,
  kOtherPeriod,
  kPartOf,
  kIncrement,
  kRate,
  kDenied,
  kProjected,
  kPastEvent,
  kWithdrawn,
  // Comparable, and no news:
  kAgrees,
  kRefines,
  kCopy,
  kEcho,
  kArrivesLate,
  // Comparable, and news:
  kRaised,
  kLowered,
  kConflict,
  kCorrected,
  kRetracted,
  kSelfContradiction,
  kBoundBroken,
};

bool IsComparable(Reason reason);  // The two claims answer the same question.
bool IsNews(Reason reason);
std::string_view Name(Reason reason);  // "OTHER_PLACE"

struct Comparison {
  Reason reason = Reason::kOtherMeasure;
  std::string explanation;  // In words, for people: "164 (9 Jan) and 225 (15 Jan) ... raised".
};

// Two claims by themselves, `known` first told. What needs the figure's history (echo, late
// arrival) is decided in ledger.h.
Comparison Compare(const KnownClaim& known, const KnownClaim& fresh, const Catalogue& catalogue);
// The same, for a measure at hand.
Comparison CompareAs(const KnownClaim& known, const KnownClaim& fresh, const Measure& measure);

// Two values of one figure clash: kRaised, kLowered or, when independent sources assert figures
// that exclude each other at about one time, kConflict. Sources of one outlet, one sentence or one
// speaker are not independent.
Reason ReasonOfChange(const KnownClaim& known, const KnownClaim& fresh, const Measure& measure);

// How close two sources must be to be in conflict. A toll that is higher an hour later has risen; a
// toll that is lower was not counted anew within half a day.
inline constexpr absl::Duration kConflictWindow = absl::Hours(24);
inline constexpr absl::Duration kTollConflictWindow = absl::Minutes(60);
inline constexpr absl::Duration kTollFallWindow = absl::Hours(12);

}  // namespace claimwatch
