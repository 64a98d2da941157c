// Identity: which question a claim answers, worked out from everything but its value.
//
// A FigureKey says it in canonical words. For tolls of a whole event or of a named group the key is
// enough ("killed, police"). For the rest (sums of money, distances, shares, parts of which the
// text does not say which) a key is not enough and the words around the number must be much the
// same too: measures such as "money" hold a hundred different questions in one story. Default: not
// comparable. Tested by tests/ledger/identity_test.cc.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "server/claims/catalogue.h"
#include "server/ledger/known_claim.h"

namespace claimwatch {

// What makes two claims answers to one question; all parts are canonical (lower case, singular).
struct FigureKey {
  std::string measure;
  std::string dimension;  // Of the unit: "people", "money:USD", "length"; "count" for other things.
  std::string counted;    // Only for measures keyed by noun.
  std::string population;  // "people", "police"; of things: which of them ("ak-47").
  std::string place;       // Empty: the event as a whole; of an outbreak's total its country.
  std::string period;      // Empty: until now; else kUnclearPart, kYear.
  std::string per;         // Rates.
  std::string role;        // What a sum or flow is of, how badly hurt (role.h); empty: not said.
  Status status = Status::kStated;
  Scope scope = Scope::kTotal;
  std::uint32_t incident = 0;  // Of the story: figures of two are never compared.
  auto operator<=>(const FigureKey&) const = default;
};

// Period of a part of which the text does not say which part it is.
inline constexpr char kUnclearPart[] = "part";
// Period of a figure of the running or the last year.
inline constexpr char kYear[] = "year";

// How much the words around the number must say before two claims of one key are one figure.
enum class Proof : std::uint8_t {
  kKey,     // The key says it all.
  kSome,    // The nouns agree; the sentences must not be strangers.
  kStrong,  // The sentences must say much the same.
};
bool Suffices(double similarity, Proof needs);

struct Identity {
  FigureKey key;
  Proof needs = Proof::kKey;
};
Identity IdentityOf(const KnownClaim& claim, const Measure& measure);

// In an outbreak the whole is told country by country: makes it the claim's country's.
void SetCountry(const KnownClaim& claim, Identity& identity);

// Makes an identity that of an unclear part: a number of which only its sentence can be known
// again, if its place and its day do not speak against it.
void MakeUnclear(const KnownClaim& claim, Identity& identity);

// Persons to whom something happened: one number a group, and the key alone tells which.
bool IsToll(const Measure& measure);
// "people", "victims", "residents": no group of its own.
bool IsEverybody(std::string_view population);
// Count and equipment are two readings of one thing: "two boats".
bool SameMeasure(std::string_view a, std::string_view b);

// Hash of what must be equal: measure, unit, noun, rate, status and scope.
std::uint64_t BucketOf(const FigureKey& key);

// How two keys of one bucket differ; kSame when they do not.
enum class KeyDifference : std::uint8_t { kSame, kIncident, kPopulation, kPlace, kPeriod };
KeyDifference Differ(const FigureKey& a, const FigureKey& b);
inline bool SameQuestion(const FigureKey& a, const FigureKey& b) {
  return BucketOf(a) == BucketOf(b) && Differ(a, b) == KeyDifference::kSame;
}
// What two claims of one question must show: more where only one says of which kind it is
// ("rifles", "AK-47 rifles").
Proof ProofFor(const FigureKey& a, const FigureKey& b, Proof needs);

}  // namespace claimwatch
