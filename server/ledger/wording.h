// Wording: the one line that an alert shows, as a person would write it, and how much it matters.
//
// "Death toll raised: 225 (Prosecutor General, via wire.example) against 164 (Health Ministry, 4
// days earlier)". Tested by tests/ledger/wording_test.cc.
#pragma once

#include <string>
#include <string_view>

#include "server/claims/catalogue.h"
#include "server/ledger/alert.h"
#include "server/ledger/identity.h"
#include "server/ledger/known_claim.h"

namespace claimwatch {

// The number phrase as it was written, "over 1,300"; made up where the claim does not hold it.
std::string TellValue(const KnownClaim& claim);
// "Prosecutor General, via wire.example"
std::string TellWho(const KnownClaim& claim);
// "Death toll", "Arrests", "Homes damaged"; with the group or the place: "Death toll, police".
std::string TellFigure(const FigureKey& key);
// "Death toll raised: ... against ...". Uses kind, current and previous of the alert.
std::string Summarise(const Alert& alert, const FigureKey& key);
// From the measure's weight, the ratio, the absolute change and the origins behind the new value.
Severity SeverityOf(const Alert& alert, const Measure& measure);

}  // namespace claimwatch
