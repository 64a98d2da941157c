#include "server/story/frequencies.h"

#include <array>
#include <cstddef>

#include "server/story/common_words.h"
#include "server/story/link_weights.h"
#include "server/story/log2.h"

namespace claimwatch {
namespace {

constexpr std::uint32_t kArticlesMax = 1 << 16;
// Coarse, so that a few articles more or less of other events do not move every weight a little.
constexpr float kStepsPerBit = 2;

}  // namespace

Frequencies::Frequencies() : counts_(kCounters) {}

void Frequencies::Count(const Features& features) {
  if (++articles_ >= kArticlesMax) Halve();
  for (const Term& term : features.terms) ++counts_[term.hash % kCounters];
}

float Frequencies::Surprise(TermKind kind, std::uint32_t hash) const {
  const bool word = kind == TermKind::kWord || kind == TermKind::kName;
  const Commonness commonness = word ? CommonnessOf(FoldedOf(kind, hash)) : Commonness::kRare;
  const float share = kLinkWeights.background[static_cast<std::size_t>(commonness)];
  const float before = kLinkWeights.background_articles;
  const auto count = static_cast<float>(counts_[hash % kCounters]);
  const float bits = Log2((static_cast<float>(articles_) + before) / (count + before * share));
  // NOLINTNEXTLINE(bugprone-incorrect-roundings): below 0 is as good as 0; std::round calls libm.
  return static_cast<float>(static_cast<int>(bits * kStepsPerBit + 0.5f)) / kStepsPerBit;
}

void Frequencies::Halve() {
  for (std::uint16_t& count : counts_) count = static_cast<std::uint16_t>(count / 2);
  articles_ /= 2;
}

}  // namespace claimwatch
