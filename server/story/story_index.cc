#include "server/story/story_index.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "absl/strings/str_format.h"
#include "server/base/check.h"
#include "server/base/hash.h"
#include "server/story/evidence.h"
#include "server/story/incidents.h"
#include "server/story/story_index_parts.h"

namespace claimwatch {
namespace {

constexpr std::size_t kIndexedTermsMax = 28;  // Of an article, under which its story is found.
constexpr std::size_t kQueryTermsMax = kSoughtTermsMax;
constexpr std::size_t kCandidatesMax = 24;
constexpr std::size_t kFirstTermsBytes = 256;  // Of a candidate: what follows is fetched unasked.

void Prefetch(const void* begin, std::size_t bytes) {
  constexpr std::size_t kLine = 64;
  for (std::size_t at = 0; at < bytes; at += kLine) {
    __builtin_prefetch(static_cast<const char*>(begin) + at);
  }
}

std::uint64_t HintOf(const Features& features) {
  if (features.story_hint.empty()) return 0;
  return std::max<std::uint64_t>(Fnv64(features.story_hint), 1);
}

// Stories met under the article's terms, with the weight of the terms: a table for one article.
class Votes {
 public:
  Votes() { votes_.reserve(kQueryTermsMax * Postings::kBucket); }
  void Add(std::uint32_t slot, float weight) {
    std::size_t at = slot * 0x9e3779b1u >> (32 - kBits);
    while (places_[at] != 0 && votes_[places_[at] - 1].second != slot) at = (at + 1) % kPlaces;
    if (places_[at] == 0) {
      votes_.emplace_back(0.0f, slot);
      places_[at] = static_cast<std::uint16_t>(votes_.size());
    }
    votes_[places_[at] - 1].first += weight;
  }
  std::vector<std::pair<float, std::uint32_t>>& all() { return votes_; }

 private:
  static constexpr int kBits = 11;
  static constexpr std::size_t kPlaces = 1 << kBits;
  static_assert(kPlaces >= 2 * kQueryTermsMax * Postings::kBucket);

  std::array<std::uint16_t, kPlaces> places_{};
  std::vector<std::pair<float, std::uint32_t>> votes_;
};

// A copy shares most of the sentences of the shorter text, or a third where these are many: that
// several long sentences are equal by chance does not happen, but editors change the rest.
bool IsCopy(const SaidBefore& said) {
  if (said.sentences >= 4) return said.sentences * 3 >= said.out_of;
  if (said.sentences >= 2) return said.sentences * 2 > said.out_of;
  return said.sentences == 1 && said.out_of == 1;
}

// For logs and people.
std::string InWords(const Evidence& evidence, float score) {
  return absl::StrFormat("%s: words %.2f, names %.2f, %.1f days apart; %+.2f",
                         score >= 0 ? "same event" : "another event", evidence[kWords],
                         evidence[kNames], std::exp2(evidence[kGap]) - 1, score);
}

}  // namespace

// Stories that bear another hint, or have slept too long, are not looked at.
bool StoryIndex::Impl::MayHold(const Story& story, const WeighedArticle& article,
                               std::uint64_t hint) const {
  if (hint != 0 && story.hint != 0 && story.hint != hint) return false;
  if (!article.timed || !story.timed) return true;
  const std::int64_t window = absl::ToInt64Seconds(options.window);
  return article.seconds - story.last_seconds <= window &&
         story.first_seconds - article.seconds <= window;
}

std::vector<std::uint32_t> StoryIndex::Impl::Candidates(
    const WeighedArticle& article, const std::optional<SaidBefore>& said) const {
  Votes votes;
  const std::size_t terms = std::min(article.terms.size(), kQueryTermsMax);
  for (std::size_t i = 0; i < terms; ++i) postings.Prefetch(article.terms[i].hash);
  for (std::size_t i = 0; i < terms; ++i) {
    const WeighedTerm& term = article.terms[i];
    postings.ForEach(term.hash, [&](std::uint32_t slot) { votes.Add(slot, term.weight); });
  }
  if (said.has_value()) {
    const auto known = by_id.find(said->story);
    if (known != by_id.end()) votes.Add(known->second, 1e6f);  // Looked at in any case.
  }
  // The best voted ones by number alone: to look at each story would cost a cache miss each.
  auto& all = votes.all();
  const std::size_t count = std::min(all.size(), kCandidatesMax);
  std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count), all.end(),
                    [](const auto& a, const auto& b) {
                      return a.first != b.first ? a.first > b.first : a.second < b.second;
                    });
  for (std::size_t i = 0; i < count; ++i) Prefetch(&stories[all[i].second], sizeof(Story));
  std::vector<std::uint32_t> slots;
  slots.reserve(count);
  for (std::size_t i = 0; i < count; ++i) slots.push_back(all[i].second);
  return slots;
}

Link StoryIndex::Impl::Best(const Features& features, const WeighedArticle& article,
                            const std::optional<SaidBefore>& said) const {
  std::vector<const Story*> candidates;
  candidates.reserve(kCandidatesMax);
  for (const std::uint32_t slot : Candidates(article, said)) {
    candidates.push_back(&stories[slot]);
    Prefetch(stories[slot].core.data(), kFirstTermsBytes);
  }
  Link link;
  if (candidates.empty()) {
    link.reason = "nothing like it is known";
    return link;
  }
  const std::vector<Evidence> evidence = CollectEvidence(article, candidates);
  std::size_t best = candidates.size();
  std::vector<float> scores;
  scores.reserve(evidence.size());
  for (std::size_t i = 0; i < evidence.size(); ++i) {
    scores.push_back(Score(evidence[i]));
    // Too old ones were only needed as rivals: what they share too tells nothing.
    if (!MayHold(*candidates[i], article, HintOf(features))) continue;
    if (best == candidates.size() || scores[i] > scores[best]) best = i;
  }
  if (best == candidates.size()) {
    link.reason = "nothing like it is known";
    return link;
  }
  link.score = scores[best];
  if (scores[best] >= 0) {
    link.story = candidates[best]->id;
    link.incident =
        ChooseIncident(article, features.roundup, *candidates[best], evidence[best], candidates);
  }
  link.reason = InWords(evidence[best], scores[best]);
  return link;
}

std::uint32_t StoryIndex::Impl::SlotFor(StoryId id) {
  const auto known = by_id.find(id);
  std::uint32_t slot = kNoSlot;
  if (known != by_id.end()) {
    slot = known->second;
    TakeOut(slot);
  } else {
    slot = FreshSlot();
    stories[slot] = Story{};
    stories[slot].id = id;
    by_id[id] = slot;
  }
  PutFirst(slot);
  return slot;
}

// A new slot, or that of the story that was used least lately.
std::uint32_t StoryIndex::Impl::FreshSlot() {
  if (stories.size() < options.stories_max) {
    stories.emplace_back();
    return static_cast<std::uint32_t>(stories.size() - 1);
  }
  const std::uint32_t slot = oldest;
  TakeOut(slot);
  by_id.erase(stories[slot].id);
  return slot;
}

// Hints outlast their stories in memory, so that a story that sleeps is found again by its hint;
// beyond the bound the one that was heard first is forgotten.
void StoryIndex::Impl::KeepHint(std::uint64_t hint, StoryId id) {
  const auto [known, fresh] = by_hint.try_emplace(hint, id);
  known->second = id;
  if (!fresh) return;
  hints.push_back(hint);
  if (hints.size() <= kHintsPerStory * options.stories_max) return;
  by_hint.erase(hints.front());
  hints.pop_front();
}

void StoryIndex::Impl::TakeOut(std::uint32_t slot) {
  const Story& story = stories[slot];
  (story.newer == kNoSlot ? newest : stories[story.newer].older) = story.older;
  (story.older == kNoSlot ? oldest : stories[story.older].newer) = story.newer;
}

void StoryIndex::Impl::PutFirst(std::uint32_t slot) {
  stories[slot].newer = kNoSlot;
  stories[slot].older = newest;
  (newest == kNoSlot ? oldest : stories[newest].newer) = slot;
  newest = slot;
}

StoryIndex::StoryIndex(StoryOptions options) : impl_(std::make_unique<Impl>(options)) {
  CW_CHECK(options.stories_max > 0);
}
StoryIndex::~StoryIndex() = default;

Link StoryIndex::Find(const Features& features) const {
  impl_->sentences.Prefetch(features.fingerprints);
  const std::optional<SaidBefore> said = impl_->sentences.Find(features.fingerprints);
  const std::uint64_t hint = HintOf(features);
  const auto hinted = impl_->by_hint.find(hint);
  Link link;
  if (hint != 0 && hinted != impl_->by_hint.end()) {
    link.story = hinted->second;
    link.reason = "the same story hint";
  } else if (!IsRead(features)) {
    link.reason = "its language is not read";
  } else if (said.has_value() && IsCopy(*said) && !impl_->by_id.contains(said->story)) {
    link.story = said->story;
    link.reason = "a copy of an article of a story that slept";
  } else {
    auto weighed = std::make_shared<const WeighedArticle>(Weigh(features, impl_->frequencies));
    link = impl_->Best(features, *weighed, said);
    link.weighed = std::move(weighed);
  }
  if (said.has_value() && said->story == link.story && IsCopy(*said)) link.copy_of = said->article;
  return link;
}

void StoryIndex::Add(Sequence article, const Features& features, StoryId id,
                     const WeighedArticle* known) {
  impl_->sentences.Prefetch(features.fingerprints);
  std::optional<WeighedArticle> own;
  if (known == nullptr) own = Weigh(features, impl_->frequencies);
  const WeighedArticle& weighed = known != nullptr ? *known : *own;
  const std::size_t terms = IsRead(features) ? std::min(weighed.terms.size(), kIndexedTermsMax) : 0;
  for (std::size_t i = 0; i < terms; ++i) impl_->postings.Prefetch(weighed.terms[i].hash);
  const std::uint32_t slot = impl_->SlotFor(id);
  Story& story = impl_->stories[slot];
  EnrichIncident(story, weighed, features.roundup, features.incident);
  Enrich(story, weighed);
  impl_->sentences.Add(article, id, features.fingerprints);
  if (const std::uint64_t hint = HintOf(features); hint != 0) {
    story.hint = hint;
    impl_->KeepHint(hint, id);
  }
  if (!IsRead(features)) return;
  impl_->frequencies.Count(features);
  for (std::size_t i = 0; i < terms; ++i) impl_->postings.Put(weighed.terms[i].hash, slot);
}

std::size_t StoryIndex::size() const { return impl_->stories.size(); }

}  // namespace claimwatch
