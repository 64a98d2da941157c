#include "server/story/evidence.h"

#include <algorithm>
#include <cmath>

#include "server/story/link_weights.h"

namespace claimwatch {
namespace {

constexpr std::size_t kKeptTermsMax = 96;
constexpr std::size_t kKeptPrintsMax = 24;

}  // namespace

KeptArticle Keep(const Features& features, const Frequencies& frequencies) {
  KeptArticle kept;
  kept.terms.reserve(features.terms.size());
  for (const Term& term : features.terms) {
    const float surprise = frequencies.Surprise(static_cast<TermKind>(term.kind), term.hash);
    if (surprise <= 0) continue;
    kept.terms.push_back({term.hash, term.kind, surprise * static_cast<float>(term.weight) / 256});
  }
  std::sort(kept.terms.begin(), kept.terms.end(), [](const KeptTerm& a, const KeptTerm& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.hash < b.hash;
  });
  if (kept.terms.size() > kKeptTermsMax) kept.terms.resize(kKeptTermsMax);
  for (const KeptTerm& term : kept.terms) kept.norm[term.kind] += term.weight * term.weight;
  for (float& norm : kept.norm) norm = std::sqrt(norm);
  kept.fingerprints = features.fingerprints;
  if (kept.fingerprints.size() > kKeptPrintsMax) kept.fingerprints.resize(kKeptPrintsMax);
  kept.timed = features.time != absl::InfinitePast() && features.time != absl::InfiniteFuture();
  kept.seconds = kept.timed ? absl::ToUnixSeconds(features.time) : 0;
  return kept;
}

Probe::Probe(const KeptArticle& article) : article_(article) {
  for (std::size_t i = 0; i < article.terms.size(); ++i) {
    std::size_t at = article.terms[i].hash % kSlots;
    while (table_[at] != 0) at = (at + 1) % kSlots;
    table_[at] = static_cast<std::uint16_t>(i + 1);
  }
}

const KeptTerm* Probe::Find(std::uint32_t hash) const {
  for (std::size_t at = hash % kSlots; table_[at] != 0; at = (at + 1) % kSlots) {
    const KeptTerm& term = article_.terms[table_[at] - 1];
    if (term.hash == hash) return &term;
  }
  return nullptr;
}

Evidence Probe::Compare(const KeptArticle& known) const {
  std::array<float, kTermKinds> dot{};
  std::array<float, kTermKinds> shared{};
  for (const KeptTerm& term : known.terms) {
    const KeptTerm* mine = Find(term.hash);
    if (mine == nullptr) continue;
    dot[term.kind] += mine->weight * term.weight;
    shared[term.kind] += std::sqrt(mine->weight * term.weight);
  }
  const auto cosine = [&](TermKind kind) {
    const auto k = static_cast<std::size_t>(kind);
    const float norms = article_.norm[k] * known.norm[k];
    return norms > 0 ? dot[k] / norms : 0.0f;
  };
  constexpr auto kDay = static_cast<std::size_t>(TermKind::kDay);
  Evidence evidence;
  evidence.words = cosine(TermKind::kWord);
  evidence.names = cosine(TermKind::kName);
  evidence.pairs = shared[static_cast<std::size_t>(TermKind::kNamePair)];
  evidence.numbers = shared[static_cast<std::size_t>(TermKind::kNumber)];
  const bool days = article_.norm[kDay] > 0 && known.norm[kDay] > 0;
  evidence.same_day = days && dot[kDay] > 0;
  evidence.other_day = days && dot[kDay] == 0;
  if (article_.timed && known.timed) {
    evidence.gap_days = static_cast<float>(std::abs(article_.seconds - known.seconds)) / 86400.0f;
  }
  return evidence;
}

float Score(const Evidence& e) {
  const LinkWeights& w = kLinkWeights;
  return w.bias + w.words * e.words + w.names * e.names + w.pairs * std::min(e.pairs, 40.0f) +
         w.numbers * std::min(e.numbers, 40.0f) + (e.same_day ? w.same_day : 0) +
         (e.other_day ? w.other_day : 0) + w.gap * std::log2(1 + e.gap_days);
}

}  // namespace claimwatch
