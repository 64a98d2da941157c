#include "server/story/evidence.h"

#include <algorithm>
#include <cmath>

namespace claimwatch {
namespace {

constexpr std::size_t kKeptTermsMax = 96;
constexpr std::size_t kKeptPrintsMax = 24;

const std::vector<KeptTerm>& CoreOf(const Story& story) {
  return story.core.empty() ? story.recent.front().terms : story.core;
}

float LogDays(std::int64_t seconds) {
  return std::log2(1.0f + static_cast<float>(std::abs(seconds)) / 86400.0f);
}

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

Probe::Probe(const KeptArticle& article) : article_(article), met_(article.terms.size(), 0) {
  for (std::size_t i = 0; i < article.terms.size(); ++i) {
    std::size_t at = article.terms[i].hash % kSlots;
    while (table_[at] != 0) at = (at + 1) % kSlots;
    table_[at] = static_cast<std::uint16_t>(i + 1);
  }
}

int Probe::Find(std::uint32_t hash) const {
  for (std::size_t at = hash % kSlots; table_[at] != 0; at = (at + 1) % kSlots) {
    if (article_.terms[table_[at] - 1].hash == hash) return table_[at] - 1;
  }
  return -1;
}

void Probe::Meet(const Story& story) {
  for (const KeptTerm& term : CoreOf(story)) {
    const int mine = Find(term.hash);
    if (mine >= 0) ++met_[static_cast<std::size_t>(mine)];
  }
}

Evidence Probe::Compare(const Story& story) const {
  Evidence evidence{};
  evidence[kBias] = 1;
  CompareBest(story, evidence);
  CompareCore(story, evidence);
  evidence[kSize] = std::log2(static_cast<float>(story.articles));
  evidence[kGapNames] = evidence[kGap] * evidence[kNames];
  evidence[kGapWords] = evidence[kGap] * evidence[kWords];
  return evidence;
}

void Probe::CompareBest(const Story& story, Evidence& evidence) const {
  constexpr auto kDayKind = static_cast<std::size_t>(TermKind::kDay);
  float best = -1;
  float gap = 1e9f;
  for (const KeptArticle& known : story.recent) {
    std::array<float, kTermKinds> dot{};
    for (const KeptTerm& term : known.terms) {
      const int at = Find(term.hash);
      if (at < 0) continue;
      const auto mine = static_cast<std::size_t>(at);
      const float crowd =
          1 + kLinkWeights.crowd * static_cast<float>(met_[mine] - (met_[mine] > 0));
      dot[term.kind] += article_.terms[mine].weight * term.weight / crowd;
    }
    const auto cosine = [&](TermKind kind) {
      const auto k = static_cast<std::size_t>(kind);
      const float norms = article_.norm[k] * known.norm[k];
      return norms > 0 ? dot[k] / norms : 0.0f;
    };
    const float words = cosine(TermKind::kWord);
    const float names = cosine(TermKind::kName);
    if (article_.timed && known.timed)
      gap = std::min(gap, LogDays(article_.seconds - known.seconds));
    if (words + names <= best) continue;
    best = words + names;
    evidence[kWords] = words;
    evidence[kNames] = names;
    const bool days = article_.norm[kDayKind] > 0 && known.norm[kDayKind] > 0;
    evidence[kSameDay] = days && dot[kDayKind] > 0 ? 1.0f : 0.0f;
    evidence[kOtherDay] = days && dot[kDayKind] <= 0 ? 1.0f : 0.0f;
  }
  evidence[kGap] = gap < 1e8f ? gap : 0;
}

void Probe::CompareCore(const Story& story, Evidence& evidence) const {
  std::array<float, kTermKinds> covered{};
  for (const KeptTerm& term : CoreOf(story)) {
    const int at = Find(term.hash);
    if (at < 0) continue;
    const auto mine = static_cast<std::size_t>(at);
    const float crowd = 1 + kLinkWeights.crowd * static_cast<float>(met_[mine] - (met_[mine] > 0));
    covered[term.kind] += article_.terms[mine].weight / crowd;
  }
  std::array<float, kTermKinds> all{};
  for (const KeptTerm& term : article_.terms) all[term.kind] += term.weight;
  const auto share = [&](TermKind kind) {
    const auto k = static_cast<std::size_t>(kind);
    return all[k] > 0 ? covered[k] / all[k] : 0.0f;
  };
  const auto bits = [&](TermKind kind) {
    return std::min(covered[static_cast<std::size_t>(kind)], kLinkWeights.bits_cap);
  };
  evidence[kWordCover] = share(TermKind::kWord);
  evidence[kNameCover] = share(TermKind::kName);
  evidence[kPairs] = bits(TermKind::kNamePair);
  evidence[kNumbers] = bits(TermKind::kNumber);
}

float Score(const Evidence& evidence) {
  float score = 0;
  for (std::size_t i = 0; i < kEvidenceKinds; ++i) score += kLinkWeights.evidence[i] * evidence[i];
  return score;
}

}  // namespace claimwatch
