#include "server/story/story.h"

#include <algorithm>
#include <cmath>

namespace claimwatch {
namespace {

constexpr std::uint32_t kHalvedAfter = 128;  // Articles; their sums stay below kStoredWeightMax.
constexpr std::uint16_t kStoredWeightMax = 60'000;

std::uint16_t Stored(float weight) {
  return static_cast<std::uint16_t>(
      std::min(weight * kStoredUnits + 0.5f, static_cast<float>(kStoredWeightMax)));
}

// The heaviest terms of the article, as a story stores them, in order of hash.
std::vector<StoredTerm> ToStored(const WeighedArticle& article, std::uint8_t member) {
  std::vector<StoredTerm> stored;
  stored.reserve(std::min(article.terms.size(), kSoleTermsMax));
  for (const WeighedTerm& term : article.terms) {
    if (stored.size() == kSoleTermsMax) break;
    stored.push_back({term.hash, Stored(term.weight), term.kind, member});
  }
  std::sort(stored.begin(), stored.end(),
            [](const StoredTerm& a, const StoredTerm& b) { return a.hash < b.hash; });
  return stored;
}

// Old weights fade when the sums grow too large to be held.
void Halve(Story& story) {
  for (StoredTerm& term : story.core) term.weight = static_cast<std::uint16_t>(term.weight / 2);
}

std::vector<StoredTerm> Merged(const std::vector<StoredTerm>& a, const std::vector<StoredTerm>& b) {
  std::vector<StoredTerm> merged;
  merged.reserve(a.size() + b.size());
  auto left = a.begin();
  for (const StoredTerm& right : b) {
    while (left != a.end() && left->hash < right.hash) merged.push_back(*left++);
    merged.push_back(right);
    if (left != a.end() && left->hash == right.hash) {
      merged.back().weight =
          static_cast<std::uint16_t>(std::min<int>(left->weight + right.weight, kStoredWeightMax));
      merged.back().members = static_cast<std::uint8_t>(right.members | left->members);
      ++left;
    }
  }
  merged.insert(merged.end(), left, a.end());
  return merged;
}

void KeepHeaviest(std::vector<StoredTerm>& terms, std::size_t count) {
  if (terms.size() <= count) return;
  const auto heavier = [](const StoredTerm& a, const StoredTerm& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.hash < b.hash;
  };
  std::nth_element(terms.begin(), terms.begin() + static_cast<std::ptrdiff_t>(count), terms.end(),
                   heavier);
  terms.resize(count);
  std::sort(terms.begin(), terms.end(),
            [](const StoredTerm& a, const StoredTerm& b) { return a.hash < b.hash; });
}

void PutHeaviestFirst(std::vector<WeighedTerm>& terms) {
  const auto heavier = [](const WeighedTerm& a, const WeighedTerm& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.hash < b.hash;
  };
  const auto cut = [&](std::size_t count) {
    return terms.begin() + static_cast<std::ptrdiff_t>(std::min(count, terms.size()));
  };
  std::nth_element(terms.begin(), cut(kSoleTermsMax), terms.end(), heavier);
  std::nth_element(terms.begin(), cut(kSoughtTermsMax), cut(kSoleTermsMax), heavier);
  std::sort(terms.begin(), cut(kSoughtTermsMax), heavier);
}

}  // namespace

std::array<float, kTermKinds> SquaresOf(const std::vector<StoredTerm>& core) {
  std::array<float, kTermKinds> squares{};
  for (const StoredTerm& term : core) squares[term.kind] += WeightOf(term) * WeightOf(term);
  return squares;
}

WeighedArticle Weigh(const Features& features, const Frequencies& frequencies) {
  WeighedArticle article;
  article.terms.reserve(features.terms.size());
  for (const Term& term : features.terms) frequencies.Prefetch(term.hash);
  for (const Term& term : features.terms) {
    const float surprise = frequencies.Surprise(static_cast<TermKind>(term.kind), term.hash);
    if (surprise <= 0) continue;
    const float weight = surprise * static_cast<float>(term.weight) / 256;
    article.terms.push_back({term.hash, term.kind, weight});
    article.norm[term.kind] += weight * weight;
    const bool word = term.kind == static_cast<std::uint8_t>(TermKind::kWord);
    (word ? article.word_sum : article.mark_sum) += weight;
    if (term.kind == static_cast<std::uint8_t>(TermKind::kName)) article.name_sum += weight;
  }
  for (float& norm : article.norm) norm = std::sqrt(norm);
  PutHeaviestFirst(article.terms);
  article.timed = features.time != absl::InfinitePast() && features.time != absl::InfiniteFuture();
  article.ongoing = features.ongoing;
  article.themes = features.themes;
  article.seconds = article.timed ? absl::ToUnixSeconds(features.time) : 0;
  return article;
}

void Enrich(Story& story, const WeighedArticle& article) {
  if (article.timed) {
    story.first_seconds =
        story.timed ? std::min(story.first_seconds, article.seconds) : article.seconds;
    story.last_seconds =
        story.timed ? std::max(story.last_seconds, article.seconds) : article.seconds;
    story.timed = true;
  }
  story.themes = static_cast<std::uint16_t>(story.themes | article.themes);
  ++story.articles;
  if (story.articles % kHalvedAfter == 0) Halve(story);
  // The article takes the place of the one that was added kMembers articles before.
  const auto member = static_cast<std::uint8_t>(1u << story.articles % kMembers);
  for (StoredTerm& term : story.core) {
    term.members = static_cast<std::uint8_t>(term.members & ~member);
  }
  std::vector<StoredTerm> fresh = ToStored(article, member);
  if (story.core.empty()) {
    story.core = std::move(fresh);
    story.norm = SquaresOf(story.core);
    return;
  }
  std::vector<StoredTerm> merged = Merged(story.core, fresh);
  KeepHeaviest(merged, kCoreTermsMax);
  story.core.assign(merged.begin(), merged.end());
  story.norm = SquaresOf(story.core);
}

}  // namespace claimwatch
