// Parts of which the text does not say which, and the whole that one of them may be.
//
// "At least four protesters were killed" is read as a part where the words name a group; where no
// whole is told beside it, it is all that is known so far. Tested by tests/ledger/identity_test.cc.
#pragma once

#include "server/ledger/identity.h"

namespace claimwatch {

// A part of persons of which the text says neither who nor where nor when.
bool IsNamelessPart(const KnownClaim& claim, const FigureKey& key);
// Makes the identity of such a part that of the whole.
void MakeWhole(Identity& identity);

}  // namespace claimwatch
