#include "server/ledger/ledger_index.h"

#include <utility>

namespace claimwatch {

void LedgerIndex::Add(const Figure& figure, FigureState state) {
  buckets[BucketOf(figure.key)].push_back(static_cast<std::uint32_t>(states.size()));
  states.push_back(std::move(state));
}

absl::Span<const std::uint32_t> LedgerIndex::Candidates(std::uint64_t bucket) const {
  const auto found = buckets.find(bucket);
  if (found == buckets.end()) return {};
  const absl::Span<const std::uint32_t> all = found->second;
  return all.size() > kCandidatesMax ? all.subspan(all.size() - kCandidatesMax) : all;
}

LedgerIndex LedgerIndex::Of(const std::vector<Figure>& figures) {
  LedgerIndex index;
  for (const Figure& figure : figures) index.Add(figure, FigureState::Of(figure));
  return index;
}

}  // namespace claimwatch
