// Aside: figures beside the event.
//
// Names ("14 AK 47 rifles"), the base of a rate ("per 100,000"), the speaker's own family, and how
// many live in a place: they look like counts of the event and are none.
// Tested by tests/claims/measure_test.cc.
#pragma once

#include "server/claims/noun_phrase.h"
#include "server/claims/passage.h"
#include "server/claims/predicate.h"

namespace claimwatch {

bool IsBaseOfRate(const Passage& passage, const Number& number);
bool IsInsideWord(const Passage& passage, const Number& number);
bool IsGunSize(const Passage& passage, const Number& number);
bool IsModelName(const Passage& passage, const Number& number);
bool IsSpeakersOwn(const Passage& passage, const Number& number);
// A plain count, whatever verb stands around it.
bool CountsInhabitants(const Passage& passage, const Number& number, const NounPhrase& np);
// "The captain, 52, said"
bool IsAgeBetweenCommas(const Passage& passage, const Number& number);
// "a 60-member rescue team"
bool IsTeamSent(const Passage& passage, const Number& number);
// The verb at `at` is a "hit" that harms nobody's body.
bool IsClientHit(const Passage& passage, std::uint32_t at, const NounPhrase& np);
bool IsThereWhere(const Passage& passage, const Number& number, const NounPhrase& np,
                  CountedClass counted);

// "an 11-storey block fell", "the five storey hotel": how the block is built, whatever became of
// it.
bool CountsStoreys(const Passage& passage, const Number& number);

}  // namespace claimwatch
