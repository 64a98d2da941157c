// KnownClaim: a claim with who published it, when, and where it stands in the history.
//
// What the ledger compares and the store keeps. Tested through tests/ledger/*.
#pragma once

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "server/claims/claim.h"
#include "server/story/ids.h"

namespace claimwatch {

struct KnownClaim {
  ClaimId id = ClaimId::kNone;
  StoryId story = StoryId::kNone;
  FigureId figure = FigureId::kNone;
  std::string article_id;
  std::string source;
  std::string measure;        // Catalogue name, so that a record outlives a change of catalogue.
  std::string quote_text;     // The number phrase as written,
  std::string sentence_text;  // and its sentence: evidence travels with the claim.
  std::uint32_t origin =
      0;  // Claims with one origin are one witness (claim sentence's fingerprint).
  std::uint32_t incident = 0;  // Of the story (story/incidents.h): the article may be of another.
  absl::Time publish_time = absl::InfinitePast();  // The article's; as sequenced when not stated.
  bool withdrawn = false;  // Its article was revised or retracted, or its figure taken back.
  Claim claim;
  friend bool operator==(const KnownClaim&, const KnownClaim&) = default;
};

// The moment that the figure is about: stated as-of, else publication.
absl::Time AsOf(const KnownClaim& claim);

}  // namespace claimwatch
