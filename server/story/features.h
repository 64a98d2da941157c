// Features: what story linking needs to know of an article, worked out from its text alone.
//
// Made by the readers, in parallel, before the article is sequenced; small enough to be kept for
// every article in the window and stored with it, so that a restart links exactly as before.
// Tested by tests/story/features_test.cc.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "server/claims/reader.h"

namespace claimwatch {

// A word or name of an article, hashed (base/hash.h), with how much the article makes of it.
struct Term {
  std::uint32_t hash = 0;
  std::uint16_t weight = 0;  // Term frequency, headline and lead counted more; 256 = once.
  std::uint8_t kind = 0;     // Feature kinds of story/: plain word, name, place, number...
  friend bool operator==(const Term&, const Term&) = default;
};

struct Features {
  std::vector<Term> terms;                    // Sorted by (kind, hash), unique.
  std::vector<std::uint32_t> fingerprints;    // Of the sentences, for finding copies; sorted.
  std::vector<std::uint32_t> claim_sentences; // Fingerprint of each claim's sentence, by claim.
  absl::Time time = absl::InfinitePast();     // Publication time, else unknown.
  std::string story_hint;
  std::string language;
  friend bool operator==(const Features&, const Features&) = default;
};

Features ComputeFeatures(const Article& article, const ReadArticle& read, const Catalogue& catalogue);

// For the store. Decode fails on what Encode cannot have written.
std::string Encode(const Features& features);
absl::StatusOr<Features> DecodeFeatures(std::string_view bytes);

}  // namespace claimwatch
