// Hints: small signs around a number that say what its noun and verb leave open.
//
// Each is one question about one number: is it a team that was sent, are the men armed, does
// "buried" mean laid to rest? count_measure.cc asks them in its order. Tested by
// tests/claims/measure_test.cc.
#pragma once

#include "server/claims/draft.h"

namespace claimwatch {

// "Haiti has buried 72,000 victims": laid to rest.
bool IsBurial(const Passage& p, const Draft& draft);
// "The dead included 12 women", "Those arrested include 3 clerics": what the subject tells; kNone:
// no such subject.
MeasureId OfIncluders(const Passage& p, const Number& number);
// "25 men armed with rifles"
bool AreArmed(const Passage& p, const Draft& draft);
// "66 rescue teams"; `np` has a head.
bool AreTeams(const Passage& p, const NounPhrase& np);
// "One case has been confirmed", but not "in one case"
bool OneCase(const Passage& p, const NounPhrase& np);
// Police, soldiers and rescuers.
bool IsForce(const Passage& p, const Draft& draft);
// Not "magnitudes of 7.3 and 7.2", not "31 pieces of equipment".
bool CanBePeople(const Passage& p, const Draft& draft);
// "they fled -- nearly 100,000 to Chad"
bool FledTo(const Passage& p, const Draft& draft);
// "put the magnitude at 7.0"
bool TellsMagnitude(const Passage& p, const Number& number);
// Whether a measurement is told on the Richter scale.
bool IsOnRichter(const Passage& passage, const Number& number);
// "Temperatures were minus 20"
bool IsBelowZero(const Passage& p, const Draft& draft);

bool SpeaksOfHospital(const Passage& passage);
// "Six bodies could be seen": they were.
bool CouldBeSeen(const Passage& passage, std::uint32_t modal);
// Whether none of it is worth telling: "no injuries".
bool ZeroCounts(const KnownMeasures& known, MeasureId own);

}  // namespace claimwatch
