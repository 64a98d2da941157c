// Common words of English news, so that document frequencies need not be learnt from nothing.
//
// A small list of our own in four steps, from "the" to "hospital". A word that is in no step is
// taken to be rare until the stream shows otherwise. Words are folded before they are looked up
// (FoldWord), so a step names one form of each. Tested by tests/story/features_test.cc.
#pragma once

#include <cstdint>
#include <string_view>

namespace claimwatch {

enum class Commonness : std::uint8_t {
  kRare,        // In no list: perhaps one article in a few thousand.
  kOccasional,  // In about one article of a hundred: hospital, protest, vessel.
  kCommon,      // In about one of fifteen: police, city, week.
  kFrequent,    // In about every third: year, people, time.
  kFunction,    // Says nothing of any event: the, of, said.
};

// Of a folded form's hash (FoldedHash).
Commonness CommonnessOf(std::uint32_t folded_hash);

// Hash of a word in lower case without its plural "s" and the like: "Fires" and "fire" are one,
// "Libyans", "Libyan" and "Libya" are one. Never 0. ASCII letters are folded, others taken as is.
std::uint32_t FoldedHash(std::string_view word);

}  // namespace claimwatch
