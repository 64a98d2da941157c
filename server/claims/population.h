// Population: which group of persons is counted, under one name for many wordings.
//
// "policemen", "police officers", "members of law enforcement" are all "police"; "people",
// "persons" and no noun at all are "people"; a nationality or other attribute stays in free words
// ("chinese people"). Conservative: a word it does not know makes a population of its own, never
// another's. Tested by tests/claims/population_test.cc.
#pragma once

#include <string>

#include "server/claims/noun_phrase.h"
#include "server/claims/passage.h"
#include "server/text/lexicon.h"

namespace claimwatch {

// For a phrase that counts persons, all or a `part` of them; "people" when it is elided.
std::string PopulationOf(const Passage& passage, const NounPhrase& np, bool part,
                         const Lexicon& lexicon);

// The counted noun in the singular, lower case: "business", "shopping centre"; empty when elided.
std::string CountedOf(const Passage& passage, const NounPhrase& np, const Lexicon& lexicon);

}  // namespace claimwatch
