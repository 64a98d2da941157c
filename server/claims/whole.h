// Whole: a figure that is smaller than the article's whole is a part of it, unless it is told as a
// rival or an older count.
//
// "The quake killed 306 people ... Fifty died in the town": nothing beside the fifty calls them a
// part, but the article has told all of the dead before. The words around the second figure decide
// whether it is told against the first ("police put it at 50", "up from 50") or beside it; what is
// left is a part. In annotated news some four in five such figures are parts. Linear in the
// claims. Tested by tests/claims/scope_test.cc.
#pragma once

#include <vector>

#include "server/claims/claim.h"
#include "server/claims/draft.h"
#include "server/claims/passage.h"

namespace claimwatch {

// What the sentence knows of a claim that the claim itself does not hold.
struct ClaimTrait {
  Level level = Level::kNone;
  bool rival = false;   // A toll, an estimate, an older count: told against other counts.
  bool clause = false;  // "...; at least 12 died in action": compared inside its sentence, too.
  bool nation = false;  // In an outbreak, the sentence names a country: its toll is whole.
  bool aside = false;   // "four of them critically": told in passing, of another figure.
  bool whole = false;   // "in the war", "so far": of all that the article is about.
};

// Whether the words make `draft` a count of the whole that stands against others of it.
bool IsRivalCount(const Passage& passage, const Draft& draft);
// Whether the number opens what stands after a semicolon.
bool OpensClause(const Passage& passage, const Draft& draft);

// Whether the sentence names a country.
bool NamesCountry(const Passage& passage);

// "62 died" in one attack beside "1,934 have been killed in the war": a part, wherever it stands.
void SettleByWar(const Catalogue& catalogue, const std::vector<ClaimTrait>& traits,
                 std::vector<Claim>* claims);

// `traits` by claim.
void SettleSmaller(const Catalogue& catalogue, bool crisis, const std::vector<ClaimTrait>& traits,
                   std::vector<Claim>* claims);

}  // namespace claimwatch
