#include "server/story/story_index.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "server/base/hash.h"
#include "server/story/evidence.h"
#include "server/story/frequencies.h"

namespace claimwatch {
namespace {

constexpr std::size_t kIndexedTermsMax = 24;
constexpr std::size_t kQueryTermsMax = 32;
constexpr std::size_t kPostingsMax = 64;
constexpr std::size_t kCandidatesMax = 24;
constexpr std::size_t kRecentMax = 8;

constexpr std::size_t kCoreTermsMax = 192;

void AddRivals(std::vector<Evidence>& all) {
  float sum = 0;
  for (const Evidence& e : all) sum += e[kWords] + e[kNames];
  for (std::size_t i = 0; i < all.size(); ++i) {
    float words = 0;
    float names = 0;
    for (std::size_t j = 0; j < all.size(); ++j) {
      if (i == j) continue;
      words = std::max(words, all[j][kWords]);
      names = std::max(names, all[j][kNames]);
    }
    all[i][kRivalWords] = words;
    all[i][kRivalNames] = names;
    all[i][kRivalMean] = all.size() > 1 ? (sum - all[i][kWords] - all[i][kNames]) /
                                              static_cast<float>(all.size() - 1)
                                        : 0;
  }
}

// Adds the article's terms to the story's core.
void Enrich(Story& story, const KeptArticle& article) {
  if (story.articles == 1) {
    story.core = story.recent.front().terms;
  }
  absl::flat_hash_map<std::uint32_t, std::size_t> at;
  for (std::size_t i = 0; i < story.core.size(); ++i) at[story.core[i].hash] = i;
  for (const KeptTerm& term : article.terms) {
    const auto [found, fresh] = at.try_emplace(term.hash, story.core.size());
    if (fresh) {
      story.core.push_back(term);
    } else {
      story.core[found->second].weight += term.weight;
    }
  }
  std::sort(story.core.begin(), story.core.end(), [](const KeptTerm& a, const KeptTerm& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.hash < b.hash;
  });
  if (story.core.size() > kCoreTermsMax) story.core.resize(kCoreTermsMax);
}

}  // namespace

struct StoryIndex::Impl {
  explicit Impl(StoryOptions o) : options(o) {}

  std::vector<std::uint32_t> Candidates(const KeptArticle& article) const;
  Link Best(const KeptArticle& article, std::uint64_t hint) const;
  Sequence CopyIn(const KeptArticle& article, const Story& story) const;

  StoryOptions options;
  Frequencies frequencies;
  std::vector<Story> stories;
  absl::flat_hash_map<StoryId, std::uint32_t> by_id;
  absl::flat_hash_map<std::uint64_t, StoryId> by_hint;
  absl::flat_hash_map<std::uint32_t, std::vector<std::uint32_t>> postings;
};

std::vector<std::uint32_t> StoryIndex::Impl::Candidates(const KeptArticle& article) const {
  absl::flat_hash_map<std::uint32_t, float> met;
  for (std::size_t i = 0; i < std::min(article.terms.size(), kQueryTermsMax); ++i) {
    const auto found = postings.find(article.terms[i].hash);
    if (found == postings.end()) continue;
    for (const std::uint32_t story : found->second) met[story] += article.terms[i].weight;
  }
  std::vector<std::pair<float, std::uint32_t>> ranked;
  for (const auto& [story, weight] : met) ranked.emplace_back(-weight, story);
  std::sort(ranked.begin(), ranked.end());
  if (ranked.size() > kCandidatesMax) ranked.resize(kCandidatesMax);
  std::vector<std::uint32_t> candidates;
  for (const auto& [weight, story] : ranked) candidates.push_back(story);
  return candidates;
}

Link StoryIndex::Impl::Best(const KeptArticle& article, std::uint64_t hint) const {
  Probe probe(article);
  const std::vector<std::uint32_t> candidates = Candidates(article);
  for (const std::uint32_t index : candidates) probe.Meet(stories[index]);
  Link link;
  link.score = -100;
  StoryId best = StoryId::kNone;
  std::vector<Evidence> all;
  for (const std::uint32_t index : candidates) all.push_back(probe.Compare(stories[index]));
  AddRivals(all);
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const Story& story = stories[candidates[i]];
    if (hint != 0 && story.hint != 0 && story.hint != hint) continue;
    const Evidence& evidence = all[i];
    const double score = Score(evidence) - kLinkWeights.threshold;
    if (score > link.score) {
      link.score = score;
      best = story.id;
    }
  }
  if (link.score >= 0) link.story = best;
  link.reason = absl::StrCat(link.score >= 0 ? "same event: " : "new event: best ", link.score);
  return link;
}

Sequence StoryIndex::Impl::CopyIn(const KeptArticle& article, const Story& story) const {
  for (const KeptArticle& known : story.recent) {
    std::vector<std::uint32_t> common;
    std::set_intersection(article.fingerprints.begin(), article.fingerprints.end(),
                          known.fingerprints.begin(), known.fingerprints.end(),
                          std::back_inserter(common));
    const std::size_t smaller = std::min(article.fingerprints.size(), known.fingerprints.size());
    if (smaller > 0 && common.size() * 2 > smaller) return known.sequence;
  }
  return Sequence::kNone;
}

StoryIndex::StoryIndex(StoryOptions options) : impl_(std::make_unique<Impl>(options)) {}
StoryIndex::~StoryIndex() = default;

Link StoryIndex::Find(const Features& features) const {
  const std::uint64_t hint = features.story_hint.empty() ? 0 : Fnv64(features.story_hint);
  Link link;
  const KeptArticle article = Keep(features, impl_->frequencies);
  const auto hinted = impl_->by_hint.find(hint);
  if (hint != 0 && hinted != impl_->by_hint.end()) {
    link = {hinted->second, 1.0, "story hint", Sequence::kNone};
  } else if (!IsRead(features)) {
    link.reason = "language not read";
  } else {
    link = impl_->Best(article, hint);
  }
  if (link.story == StoryId::kNone) return link;
  const auto known = impl_->by_id.find(link.story);
  if (known != impl_->by_id.end())
    link.copy_of = impl_->CopyIn(article, impl_->stories[known->second]);
  return link;
}

void StoryIndex::Add(Sequence sequence, const Features& features, StoryId id) {
  impl_->frequencies.Count(features);
  KeptArticle article = Keep(features, impl_->frequencies);
  article.sequence = sequence;
  const auto [known, fresh] =
      impl_->by_id.try_emplace(id, static_cast<std::uint32_t>(impl_->stories.size()));
  if (fresh) impl_->stories.emplace_back().id = id;
  Story& story = impl_->stories[known->second];
  if (!features.story_hint.empty()) {
    story.hint = Fnv64(features.story_hint);
    impl_->by_hint[story.hint] = id;
  }
  if (IsRead(features)) {
    for (std::size_t i = 0; i < std::min(article.terms.size(), kIndexedTermsMax); ++i) {
      std::vector<std::uint32_t>& posting = impl_->postings[article.terms[i].hash];
      if (std::find(posting.begin(), posting.end(), known->second) != posting.end()) continue;
      if (posting.size() >= kPostingsMax) posting.erase(posting.begin());
      posting.push_back(known->second);
    }
  }
  if (story.articles > 0) Enrich(story, article);
  ++story.articles;
  if (story.recent.size() >= kRecentMax) story.recent.erase(story.recent.begin());
  story.recent.push_back(std::move(article));
}

std::size_t StoryIndex::size() const { return impl_->stories.size(); }

}  // namespace claimwatch
