// What stands between a speaker and the verb of saying, and who is behind one that only relays.
//
// "an official who asked not to be named said", "Anna Rell, the ministry's spokeswoman, said", "the
// daily reported, citing police". Looks some tokens back and forth. Tested by
// tests/claims/attribution_test.cc.
#pragma once

#include "server/claims/claim.h"
#include "server/claims/passage.h"

namespace claimwatch {

// "an official [who asked not to be named] said": where the clause begins; kNoToken: there is none.
std::uint32_t ClauseOfSpeaker(const Passage& passage, std::uint32_t verb);

// "Peter Hale, [who was paid a lot], said": one past the comma that opens what is put in before the
// verb; kNoToken: none.
std::uint32_t InsertionBefore(const Passage& passage, std::uint32_t verb);

// "Anna Rell, [the ministry's spokeswoman], said": the same of what the speaker is.
std::uint32_t AppositionBefore(const Passage& passage, std::uint32_t verb);

// "the daily reported, citing [police]", "the daily quoted [a doctor] as saying": whose words the
// one who says `verb` passes on; kNoToken for `verb`: there is no such verb.
Phrase OriginOf(const Passage& passage, std::uint32_t verb);

}  // namespace claimwatch
