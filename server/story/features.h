// Features: what story linking needs to know of an article, worked out from its text alone.
//
// Made by the readers, in parallel, before the article is sequenced; small enough to be kept for
// every article in the window and stored with it, so that a restart links exactly as before.
// Rests on tokens, not on claims, so that an article in a language that is not read has features
// too. Tested by tests/story/features_test.cc.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/claims/reader.h"

namespace claimwatch {

enum class TermKind : std::uint8_t {
  kWord,      // A content word.
  kName,      // A capitalised word: of a person, a place, a body.
  kNamePair,  // Two of them side by side: "Cerise Avenue".
  kNumber,    // An age, a house number, a figure of three digits or more.
  kDay,       // A day that the text names: "Tuesday", "Nov. 3", worked out from publication.
};
inline constexpr int kTermKinds = 5;

// A word or name of an article, hashed (base/hash.h), with how much the article makes of it.
struct Term {
  std::uint32_t hash = 0;    // The kind is mixed in: terms of two kinds never share a hash.
  std::uint16_t weight = 0;  // Term frequency, headline and lead counted more; 256 = once.
  std::uint8_t kind = 0;     // A TermKind.
  friend bool operator==(const Term&, const Term&) = default;
};

struct Features {
  std::vector<Term> terms;                     // Sorted by (kind, hash), unique.
  std::vector<std::uint32_t> fingerprints;     // Of the sentences, for finding copies; sorted.
  std::vector<std::uint32_t> claim_sentences;  // Fingerprint of each claim's sentence, by claim.
  absl::Time time = absl::InfinitePast();      // Publication time, else unknown.
  std::string story_hint;
  std::string language;        // Empty: read as English.
  std::uint16_t themes = 0;    // What kind of event it tells of (themes.h).
  bool roundup = false;        // Sums up several incidents (roundup.h).
  bool ongoing = false;        // Says that its event has been going on (ongoing.h).
  std::uint32_t incident = 0;  // Of its story (incidents.h); set when it is sequenced.
  friend bool operator==(const Features&, const Features&) = default;
};

// Bounds of an article's features; what says least is left out.
inline constexpr int kArticleTermsMax[kTermKinds] = {96, 48, 32, 24, 8};
inline constexpr std::size_t kArticleFingerprintsMax = 48;

// The hash of a term, and back to the folded word's hash (common_words.h) for words and names.
std::uint32_t TermHash(TermKind kind, std::uint32_t folded_hash);
std::uint32_t FoldedOf(TermKind kind, std::uint32_t term_hash);
// How two names side by side are hashed.
std::uint32_t PairHash(std::uint32_t first_folded, std::uint32_t second_folded);

// The article is in a language that we read. An article that was recognised as another one than it
// says has the language "und".
inline bool IsRead(const Features& features) {
  return features.language.empty() || features.language.starts_with("en");
}

Features ComputeFeatures(const Article& article, const ReadArticle& read,
                         const Catalogue& catalogue);

// For the store. Decode fails on what Encode cannot have written. Times are kept to the second.
std::string Encode(const Features& features);
absl::StatusOr<Features> DecodeFeatures(std::string_view bytes);

}  // namespace claimwatch
