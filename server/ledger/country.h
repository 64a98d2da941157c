// Country: of which country an outbreak's figure is told.
//
// A disease is counted country by country, and each country has its own total: "Mexico has
// confirmed 312 cases", "cases in the United States rose to 64". The country is the name that
// stands nearest to the number in its sentence; names of peoples and abbreviations count. Pure.
// Tested by tests/ledger/country_test.cc.
#pragma once

#include <string>

#include "server/ledger/known_claim.h"

namespace claimwatch {

// Canonical, lower case ("united states"); empty where the sentence names none, or says that it
// speaks of all ("worldwide", "in 20 countries").
std::string CountryOf(const KnownClaim& claim);

}  // namespace claimwatch
