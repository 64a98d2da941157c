// Role: what a sum, a flow or a share is of, by the word nearest to the number that says so.
//
// One story tells of a fine, a profit and a bonus, all in dollars; of oil that leaks and oil that
// is collected, both in barrels a day. The noun counted is the same; the verb or noun beside the
// number is not. A role is one of a short list of such words' classes, or empty. Figures of two
// roles are never compared; those of one role need less proof that they are one. Also tells how
// badly people were hurt, and the designation of a thing ("AK-47", "F-16").
// Pure. Tested by tests/ledger/role_test.cc.
#pragma once

#include <string>
#include <string_view>

#include "server/ledger/known_claim.h"

namespace claimwatch {

// "release" for "5,000 barrels leak each day", "fine" for "was fined $2 million", "serious" for
// "12 were seriously injured"; empty where no word says it. `dimension` as in FigureKey.
std::string RoleOf(const KnownClaim& claim, std::string_view dimension);

// Of things named by letters and a number, in canonical form: "seven AK 47s" -> "ak-47". Empty:
// none. Things that only belong to it ("AK-47 magazines") are not it.
std::string DesignationOf(const KnownClaim& claim);

}  // namespace claimwatch
