// Evidence: what speaks for and against an article being about a story's event.
//
// An article's terms are laid out once in a small table; every candidate story is then probed
// against it, so that a comparison costs the story's terms and no sorting. Terms that many of the
// candidates hold (the city, the agency's turn of phrase, page furniture) are worth less.
// Tested through tests/story/story_index_test.cc.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "server/story/features.h"
#include "server/story/frequencies.h"
#include "server/story/ids.h"
#include "server/story/link_weights.h"

namespace claimwatch {

// A term as a story keeps it.
struct KeptTerm {
  std::uint32_t hash = 0;
  std::uint8_t kind = 0;
  float weight = 0;  // Term weight (1 = once) times surprise when its article came.
};

// An article as its story keeps it.
struct KeptArticle {
  std::vector<KeptTerm> terms;  // The heaviest, heaviest first.
  std::array<float, kTermKinds> norm{};
  std::vector<std::uint32_t> fingerprints;
  std::int64_t seconds = 0;
  bool timed = false;
  Sequence sequence = Sequence::kNone;
};

KeptArticle Keep(const Features& features, const Frequencies& frequencies);

struct Story {
  StoryId id = StoryId::kNone;
  std::uint64_t hint = 0;
  std::uint32_t articles = 0;
  std::int64_t first_seconds = 0;
  std::int64_t last_seconds = 0;
  bool timed = false;
  std::vector<KeptTerm> core;       // Terms of all its articles; empty while there is one article.
  std::vector<KeptArticle> recent;  // Oldest first.
};

using Evidence = std::array<float, kEvidenceKinds>;

// The article that is being linked, laid out for comparison.
class Probe {
 public:
  explicit Probe(const KeptArticle& article);
  // Learns which of the article's terms the candidate holds. Call for all, then Compare.
  void Meet(const Story& story);
  Evidence Compare(const Story& story) const;

 private:
  static constexpr std::size_t kSlots = 1024;
  int Find(std::uint32_t hash) const;  // Index of the article's term, or -1.
  void CompareBest(const Story& story, Evidence& evidence) const;
  void CompareCore(const Story& story, Evidence& evidence) const;

  const KeptArticle& article_;
  std::array<std::uint16_t, kSlots> table_{};
  std::vector<std::uint16_t> met_;  // By term: how many candidates hold it.
};

float Score(const Evidence& evidence);

}  // namespace claimwatch
