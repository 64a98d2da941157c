// Words: what sentences have in common, as hashes; and canonical words for keys.
//
// Only used where a key cannot tell two questions apart. Words are weighed by how rare they are in
// news (story/common_words.h), those next to the number twice. Linear in the sentence; no word is
// copied. Tested by tests/ledger/words_test.cc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "server/ledger/known_claim.h"

namespace claimwatch {

// A word of a sentence, hashed, with what it says (rare words more); sorted by hash, unique.
struct WordWeight {
  std::uint32_t hash = 0;
  std::uint16_t weight = 0;
  friend bool operator==(const WordWeight&, const WordWeight&) = default;
};
using WordWeights = std::vector<WordWeight>;

// The words of one sentence, for the claims that stand in it.
class SentenceWords {
 public:
  explicit SentenceWords(std::string_view sentence);
  // Those around the number of a claim of this sentence, and of its subject.
  WordWeights Around(const Claim& claim) const;

 private:
  struct Placed {
    std::uint32_t hash;
    std::size_t at;
  };
  std::vector<Placed> words_;  // But for numbers.
};
// The words of the claim's sentence around the number, and of its subject.
WordWeights WordsAround(const KnownClaim& claim);
// In [0, 1]: how much of what both say is the same, rare words counting more.
double Similarity(const WordWeights& a, const WordWeights& b);
// Whether every word of the phrase is among them.
bool HoldsWordsOf(const WordWeights& words, std::string_view phrase);

// Whether two wordings of an attribution name the same speaker ("the Health Ministry", "Kazakh
// Health Ministry"). Two empty ones do not.
bool SameSpeaker(std::string_view a, std::string_view b);

// Content words of a phrase, sorted and joined by spaces: "the AK-47 rifles" -> "ak-47 rifle".
std::string Canonical(std::string_view phrase);
// Lower case and singular: "Rifles" -> "rifle".
std::string Singular(std::string_view word);

// The next word of `text` from `*at` on, empty at the end; `*at` moves behind it. A possessive 's
// is not part of it.
std::string_view NextWord(std::string_view text, std::size_t* at);
// "dozen", "about", "12": a word that says how many, not of what.
bool SaysHowMany(std::string_view word);
// Whether one of the phrases, which are in lower case, stands in the sentence, whatever its case,
// from the beginning of a word on: "mistake" is in "Mistakenly, ...".
bool SaysAny(std::string_view sentence, absl::Span<const std::string_view> phrases);
// "the", "said": a word that says nothing of any event.
bool SaysNothing(std::string_view word);

}  // namespace claimwatch
