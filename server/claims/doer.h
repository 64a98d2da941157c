// Who did it: the words around a figure that make persons the doers of a deed, or the ones that
// police look for. Tested by tests/claims/measure_test.cc.
#pragma once

#include <cstdint>

#include "server/claims/draft.h"
#include "server/claims/noun_phrase.h"
#include "server/claims/passage.h"

namespace claimwatch {

// Police, and who does their work: "investigators".
bool IsPolice(const Passage& p, std::uint32_t i);
// "looking for two divers" at its verb: not for witnesses, not for jobs.
bool IsSearch(const Passage& p, std::uint32_t verb, const NounPhrase& np);
// "police are looking for two men", "detectives are hunting two youths", "Police hunt three": the
// token left of the figure.
bool IsHunted(const Passage& p, std::uint32_t i, const NounPhrase& np);
// "a fire set by 3 youths", "shot by 2 men", "a robbery by 2 men": the deed before the word "by"
// at `by`, or kNoToken.
std::uint32_t DeedBefore(const Passage& p, std::uint32_t by);
// "three men robbed a shop", "ten militants attacked the hotel"
bool DidIt(const Passage& p, const Draft& draft);

}  // namespace claimwatch
