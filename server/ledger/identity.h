// Identity: which question a claim answers, worked out from everything but its value.
//
// A FigureKey says it in canonical words. For tolls of a whole event or of a named group the key is
// enough ("killed, police"). For the rest (sums of money, distances, shares, parts of which the
// text does not say which) a key is not enough and the words around the number must be much the
// same too: measures such as "money" hold a hundred different questions in one story. So an
// Identity also carries hashed words of the sentence. Default: not comparable. Tested by
// tests/ledger/verdict_test.cc and identity_test.cc.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/claims/catalogue.h"
#include "server/ledger/known_claim.h"

namespace claimwatch {

// What makes two claims answers to one question; all parts are canonical (lower case, singular).
struct FigureKey {
  std::string measure;
  std::string dimension;  // Of the unit: "people", "money:USD", "length"; "count" for other things.
  std::string counted;    // Only for measures keyed by noun.
  std::string population;  // "people", "police"; of things: which of them ("ak-47").
  std::string place;       // Empty: the event as a whole.
  std::string period;      // Empty: until now.
  std::string per;         // Rates.
  Status status = Status::kStated;
  Scope scope = Scope::kTotal;
  auto operator<=>(const FigureKey&) const = default;
};

// A word of a sentence, hashed, with what it says (rare words more); sorted by hash, unique.
struct WordWeight {
  std::uint32_t hash = 0;
  std::uint16_t weight = 0;
  friend bool operator==(const WordWeight&, const WordWeight&) = default;
};
using WordWeights = std::vector<WordWeight>;

// How much the words around the number must say before two claims of one key are one figure.
enum class Evidence : std::uint8_t {
  kKey,     // The key says it all.
  kSome,    // The nouns agree; the sentences must not be strangers.
  kStrong,  // The sentences must say much the same.
};

struct Identity {
  FigureKey key;
  Evidence needs = Evidence::kKey;
  WordWeights words;  // Around the number; empty when the key is enough.
};

// The words of the sentence around the number and of the subject.
WordWeights WordsAround(const KnownClaim& claim);

Identity IdentityOf(const KnownClaim& claim, const Measure& measure);

// In [0, 1]: how much of what both say is the same, rare words counting more.
double Similarity(const WordWeights& a, const WordWeights& b);

// Whether the words around a number are alike enough for `needs`.
bool Suffices(double similarity, Evidence needs);

// Persons to whom something happened: one number a group, and the key alone tells which.
bool IsToll(const Measure& measure);

// Period of a part of which the text does not say which part it is.
inline constexpr char kUnclearPart[] = "part";

// "people", "victims", "residents": no group of its own.
bool IsEverybody(std::string_view population);

// Content words of a phrase in canonical form, sorted, joined by spaces: "the AK-47 rifles" ->
// "ak-47 rifle".
std::string Canonical(std::string_view phrase);

// Whether two wordings of an attribution name the same speaker ("the Health Ministry", "Kazakh
// Health Ministry"). Two empty ones do not.
bool SameSpeaker(std::string_view a, std::string_view b);

}  // namespace claimwatch
