// Evidence: what speaks for and against an article being about a story's event.
//
// An article's terms are laid out once in a small table; every candidate's articles are then probed
// against it, so that a comparison costs a candidate's terms and no sorting.
// Tested through tests/story/story_index_test.cc.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "server/story/features.h"
#include "server/story/frequencies.h"
#include "server/story/ids.h"

namespace claimwatch {

// A term as a story keeps it: with the surprise it had when its article came.
struct KeptTerm {
  std::uint32_t hash = 0;
  std::uint8_t kind = 0;
  float weight = 0;  // Term weight (1 = once) times surprise.
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

struct Evidence {
  float words = 0;         // Cosine of the words, 0 to 1.
  float names = 0;         // Cosine of the names.
  float pairs = 0;         // Bits of surprise in the name pairs that both hold.
  float numbers = 0;       // In the numbers that both hold.
  bool same_day = false;   // Both name a day, and one they share.
  bool other_day = false;  // Both name days, and share none.
  float gap_days = 0;      // Between the publications.
};

// The article that is being linked, laid out for comparison.
class Probe {
 public:
  explicit Probe(const KeptArticle& article);
  Evidence Compare(const KeptArticle& known) const;

 private:
  static constexpr std::size_t kSlots = 512;
  const KeptTerm* Find(std::uint32_t hash) const;

  const KeptArticle& article_;
  std::array<std::uint16_t, kSlots> table_{};
};

float Score(const Evidence& evidence);

}  // namespace claimwatch
