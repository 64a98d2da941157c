// LedgerIndex: finds the figure of a fresh claim by hash, and what was told of it, without touching
// the claims.
//
// Derived from a StoryLedger's figures: Apply() keeps it up, and whoever fills the figures from a
// store gets it built at the first use. Figures of one question (measure, unit, noun, rate, status,
// scope) share a bucket; inside it place, period, population and, where needed, the words around
// the number decide. Tested by tests/ledger/ledger_test.cc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "server/ledger/figure.h"

namespace claimwatch {

inline constexpr std::size_t kCandidatesMax = 64;  // Newest figures of a bucket that are looked at.

struct LedgerIndex {
  absl::flat_hash_map<std::uint64_t, std::vector<std::uint32_t>> buckets;  // Ascending positions.
  std::vector<FigureState> states;                                         // One a figure.

  void Add(const Figure& figure, FigureState state);
  // Positions of the figures of a bucket, the newest kCandidatesMax, ascending.
  absl::Span<const std::uint32_t> Candidates(std::uint64_t bucket) const;
  static LedgerIndex Of(const std::vector<Figure>& figures);
};

}  // namespace claimwatch
