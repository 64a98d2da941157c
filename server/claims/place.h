// Place: where the sentence says that the counted was ("103 of them in Almaty").
//
// Only a name after in/at/near/across that stands close behind the counted or opens the sentence.
// Tested by tests/claims/scope_test.cc.
#pragma once

#include <cstdint>

#include "server/claims/passage.h"

namespace claimwatch {

struct PlacePhrase {
  std::uint32_t begin = kNoToken;  // First token of the name, after the preposition and articles.
  std::uint32_t end = 0;
  std::uint32_t name = kNoToken;  // Its last capitalised word; none in "in the village".
  bool local = false;             // Its noun is a kind of place: in the city.
  bool throughout = false;        // across the province: all of it
  bool narrow = false;            // A village, a hospital: smaller than most events.
  bool destination = false;       // Where they went: "fled to Tunisia".
  bool neighbour = false;         // "in neighbouring Chad": beside the event's own country.

  bool found() const { return begin != kNoToken; }
};

// "in", "near", "across": a word that a place may follow.
bool IsPlacePreposition(const Passage& passage, std::uint32_t i);
// The place whose name follows the word at `i`.
PlacePhrase PlaceNameAfter(const Passage& passage, std::uint32_t i);

// The place that "the city" or "the town" stands for: the last one that the sentence names before
// the number. Not found: none is named.
PlacePhrase NamedBeforeNumber(const Passage& passage, std::uint32_t number);

// `number` is the first token of the number, `tail` one past its noun phrase.
PlacePhrase FindPlace(const Passage& passage, std::uint32_t number, std::uint32_t tail);

}  // namespace claimwatch
