// Speaker: the words that name who speaks ("the ministry", "rescue chief Per Holm"), left or right
// of a verb of saying.
//
// Names are taken word by word: what can stand in a name and what ends it. Tested by
// tests/claims/attribution_test.cc.
#pragma once

#include "server/claims/claim.h"
#include "server/claims/passage.h"

namespace claimwatch {

inline constexpr std::uint32_t kNameMax = 16;

// May stand inside the words that name a speaker.
bool InName(const Passage& passage, std::uint32_t i);

// Tokens [begin, end) without what is no part of the name.
Phrase SpeakerWords(const Passage& passage, std::uint32_t begin, std::uint32_t end);

// The name that begins at `i`, and the one that stands before the verb.
Phrase NameAfter(const Passage& passage, std::uint32_t i);
Phrase NameBefore(const Passage& passage, std::uint32_t verb);

// "the toll", "that", "which".
bool IsNoSpeaker(const Passage& passage, const Phrase& phrase);

// Who can tell something: a person, an authority, a name; "citing [police]", not "citing [costs]".
bool CanTell(const Passage& passage, const Phrase& phrase);

}  // namespace claimwatch
