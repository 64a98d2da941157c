// The noun phrase of a number: "12 [members of law enforcement and the military]".
//
// A shallow reading to the right of the number: modifiers, head noun, an of-phrase and a second
// noun joined by "and". What cannot belong to the phrase (a finite verb, a preposition, a comma)
// ends it. Bounded look-ahead, so linear. Tested by tests/claims/measure_test.cc.
#pragma once

#include <cstdint>

#include "server/claims/passage.h"

namespace claimwatch {

struct NounPhrase {
  std::uint32_t begin = 0;          // First token of the words; == end when there are none.
  std::uint32_t end = 0;            // One past the head noun.
  std::uint32_t tail = 0;           // One past the of-phrase and joined nouns.
  std::uint32_t head = kNoToken;    // The noun that is counted.
  std::uint32_t inner = kNoToken;   // The noun of the of-phrase: "members of *parliament*"; without
                                    // a head, the word of the whole: "12 of the *dead*".
  std::uint32_t joined = kNoToken;  // The second noun: "shopping centres and *banks*".
  bool partitive = false;           // of them, of whom, of the 16
  bool others = false;              // 12 others
  std::uint32_t state = kNoToken;   // A modifier that tells what happened: "12 *wounded* men".

  bool elided() const { return head == kNoToken; }
};

NounPhrase ReadNounPhrase(const Passage& passage, const Number& number);

}  // namespace claimwatch
