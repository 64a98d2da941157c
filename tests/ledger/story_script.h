// Small stories as text: articles with the claims read in them, and the alert events to expect.
//
//   2024-03-01T10:00 a1 wire: killed 12 people by=Ministry
//   2024-03-01T14:00 a2 post: killed 30 people; injured >=40 people
//   => OPENED RAISED killed 12 -> 30
//   2024-03-02T09:00 a1@2 wire: killed 13 people          (a revision of a1)
//   2024-03-02T10:00 RETRACT a2 a hoax
//   2024-03-02T11:00 ACK killed
//
// A claim: MEASURE QUANTITY NOUN and any of part increment projected denied past title kind=AK-47
// in=Almaty on=2024-03-01 as_of=2024-03-01T08:00 rate=day by=Ministry unit=km origin=7, then maybe
// "a sentence with # for the number". Quantities: 12 >=12 >1300 <=50 <50 ~500 nearly:50 40..60
// dozens scores hundreds thousands. NOUN is the group for persons ("people", "police"), else the
// thing.
// A line that ends in ";" goes on in the next one, and so does one before a sentence.
// "=>" lines are the events of the article above, in order; none: no event.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/ledger/ledger.h"

namespace claimwatch {

// Null for a measure that the scripts do not know.
const Measure* ScriptMeasure(std::string_view name);

KnownClaim ClaimOfScript(std::string_view script);
Quantity QuantityOfScript(std::string_view script);
absl::Time TimeOfScript(std::string_view script);

// "OPENED RAISED killed 12 -> 30", with " x2" for two origins behind the new value.
std::string Dump(const AlertEvent& event);

// What a story gives: for each article its line and the events as "=>" lines.
struct Played {
  std::string transcript;            // As the script should be, comments aside.
  StoryLedger ledger;                // At the end.
  std::vector<Comparison> verdicts;  // Of all claims, in order.
  std::vector<AlertEvent> events;    // All of them.
};
// `rebuild`: before every step the ledger is made anew from its claims, as after a restart.
Played Play(std::string_view script, bool rebuild = false);

// The script without blank lines and indentation, for comparing with a transcript.
std::string Tidy(std::string_view script);

}  // namespace claimwatch
