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

struct Story {
  StoryId id = StoryId::kNone;
  std::uint64_t hint = 0;
  std::vector<KeptArticle> recent;  // Oldest first.
};

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
  const Probe probe(article);
  Link link;
  link.score = -100;
  StoryId best = StoryId::kNone;
  for (const std::uint32_t index : Candidates(article)) {
    const Story& story = stories[index];
    if (hint != 0 && story.hint != 0 && story.hint != hint) continue;
    for (const KeptArticle& known : story.recent) {
      const double score = Score(probe.Compare(known));
      if (score > link.score) {
        link.score = score;
        best = story.id;
      }
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
  if (fresh) impl_->stories.push_back({id, 0, {}});
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
  if (story.recent.size() >= kRecentMax) story.recent.erase(story.recent.begin());
  story.recent.push_back(std::move(article));
}

std::size_t StoryIndex::size() const { return impl_->stories.size(); }

}  // namespace claimwatch
