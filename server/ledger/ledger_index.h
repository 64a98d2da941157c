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
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "server/ledger/figure.h"

namespace claimwatch {

inline constexpr std::size_t kCandidatesMax = 64;  // Newest figures of a bucket that are looked at.

struct LedgerIndex {
  absl::flat_hash_map<std::uint64_t, std::vector<std::uint32_t>> buckets;  // Ascending positions.
  std::vector<FigureState> states;                                         // One a figure.

  void Add(const Figure& figure, FigureState state);
  static LedgerIndex Of(const std::vector<Figure>& figures);
};

std::uint64_t BucketOf(const FigureKey& key);

enum class KindMatch : std::uint8_t { kSame, kMaybe, kOther };
KindMatch MatchKinds(const std::string& a, const std::string& b);
bool SameMeasure(std::string_view a, std::string_view b);
// What two things must show when one of them does not say of which kind it is.
Evidence EvidenceFor(const FigureKey& a, const FigureKey& b, Evidence needs);

// How two keys of one bucket differ; kSame when they do not.
enum class KeyDifference : std::uint8_t { kSame, kPopulation, kPlace, kPeriod };
KeyDifference Differ(const FigureKey& a, const FigureKey& b);

}  // namespace claimwatch
