#include "server/story/evidence.h"

#include <algorithm>
#include <cmath>

#include "server/story/log2.h"

namespace claimwatch {
namespace {

// Where the article's terms stand, by hash.
class TermTable {
 public:
  explicit TermTable(const std::vector<WeighedTerm>& terms) : terms_(terms) {
    for (std::size_t i = 0; i < terms.size(); ++i) {
      std::size_t at = terms[i].hash % kSlots;
      while (table_[at] != 0) at = (at + 1) % kSlots;
      table_[at] = static_cast<std::uint16_t>(i + 1);
      const std::uint32_t hash = terms[i].hash;
      seen_[hash / 64 % kSeenWords] |= std::uint64_t{1} << hash % 64;
    }
  }

  // False: the article has no such term. Most terms of most stories are told apart here.
  bool MayHold(std::uint32_t hash) const {
    return (seen_[hash / 64 % kSeenWords] >> hash % 64 & 1) != 0;
  }

  // Index of the term, or -1.
  int Find(std::uint32_t hash) const {
    for (std::size_t at = hash % kSlots; table_[at] != 0; at = (at + 1) % kSlots) {
      if (terms_[table_[at] - 1].hash == hash) return table_[at] - 1;
    }
    return -1;
  }

 private:
  static constexpr std::size_t kSlots = 1024;
  static_assert(kSlots > 2 * (96 + 48 + 32 + 24 + 8), "room for kArticleTermsMax");

  const std::vector<WeighedTerm>& terms_;
  static constexpr std::size_t kSeenWords = 64;
  std::array<std::uint16_t, kSlots> table_{};
  std::array<std::uint64_t, kSeenWords> seen_{};
};

struct Match {
  std::uint16_t mine = 0;    // Index of the article's term,
  std::uint16_t theirs = 0;  // and of the story's.
};

// A story next to the article: the terms that both hold.
struct Overlap {
  std::size_t first = 0;  // Range of matches.
  std::size_t end = 0;
  std::array<float, kTermKinds> norm{};  // Of the story.
};

constexpr float kNoLikeness = -1.0f;
constexpr float kNamesInCommon = 0.08f;  // A cosine of less is next to none.

constexpr std::size_t At(TermKind kind) { return static_cast<std::size_t>(kind); }

class Comparison {
 public:
  Comparison(const WeighedArticle& article, std::span<const Story* const> stories)
      : article_(article),
        stories_(stories),
        table_(article.terms),
        holders_(article.terms.size(), 0) {
    matches_.reserve(stories.size() * 16);
    for (const Story* story : stories) overlaps_.push_back(Meet(*story));
  }

  Evidence Of(std::size_t index) const { return Of(*stories_[index], overlaps_[index]); }
  // Of a story that is no candidate, as if it were one.
  Evidence OfGuest(const Story& story);

 private:
  Evidence Of(const Story& story, const Overlap& overlap) const;
  Overlap Meet(const Story& story);
  float Gap(const Story& story) const;

  const WeighedArticle& article_;
  std::span<const Story* const> stories_;
  const TermTable table_;
  std::vector<std::uint16_t> holders_;  // Candidates that hold each of the article's terms.
  std::vector<Match> matches_;
  std::vector<Overlap> overlaps_;
};

Overlap Comparison::Meet(const Story& story) {
  Overlap overlap;
  overlap.first = matches_.size();
  overlap.norm = story.norm;
  for (std::size_t i = 0; i < story.core.size(); ++i) {
    const StoredTerm& term = story.core[i];
    if (!table_.MayHold(term.hash)) continue;
    const int mine = table_.Find(term.hash);
    if (mine < 0) continue;
    matches_.push_back({static_cast<std::uint16_t>(mine), static_cast<std::uint16_t>(i)});
    ++holders_[static_cast<std::size_t>(mine)];
  }
  overlap.end = matches_.size();
  return overlap;
}

float Comparison::Gap(const Story& story) const {
  if (!article_.timed || !story.timed) return 0;
  const std::int64_t before = story.first_seconds - article_.seconds;
  const std::int64_t after = article_.seconds - story.last_seconds;
  const std::int64_t seconds = std::max<std::int64_t>({before, after, 0});
  const float gap = Log2(1.0f + static_cast<float>(seconds) / 86400.0f);
  // Of an event that goes on an article is not late.
  const bool goes_on = article_.ongoing && gap < kLinkWeights.ongoing_gap;
  return goes_on ? std::min(gap, kLinkWeights.soon_gap) : gap;
}

Evidence Comparison::OfGuest(const Story& story) {
  const Overlap overlap = Meet(story);
  const Evidence evidence = Of(story, overlap);
  for (std::size_t i = overlap.first; i < overlap.end; ++i) --holders_[matches_[i].mine];
  matches_.resize(overlap.first);
  return evidence;
}

Evidence Comparison::Of(const Story& story, const Overlap& overlap) const {
  std::array<float, kTermKinds> shared{};
  std::array<float, kTermKinds> dot{};
  for (std::size_t i = overlap.first; i < overlap.end; ++i) {
    const WeighedTerm& mine = article_.terms[matches_[i].mine];
    const StoredTerm& theirs = story.core[matches_[i].theirs];
    const auto rivals = static_cast<float>(holders_[matches_[i].mine] - 1);
    const float weight = mine.weight / (1 + kLinkWeights.crowd * rivals);
    shared[mine.kind] += weight;
    dot[mine.kind] += weight * WeightOf(theirs);
  }
  const auto cosine = [&](TermKind kind) {
    const float norms = article_.norm[At(kind)] * std::sqrt(overlap.norm[At(kind)]);
    return norms > 0 ? dot[At(kind)] / norms : 0.0f;
  };
  const auto disjoint = [&](TermKind kind) {
    const bool both = article_.norm[At(kind)] > 0 && overlap.norm[At(kind)] > 0;
    return both && dot[At(kind)] <= 0 ? 1.0f : 0.0f;
  };
  Evidence evidence{};
  evidence[kBias] = 1;
  evidence[kWords] = cosine(TermKind::kWord);
  evidence[kNames] = cosine(TermKind::kName);
  evidence[kOtherDay] = disjoint(TermKind::kDay);
  evidence[kOtherNumbers] = disjoint(TermKind::kNumber);
  evidence[kOtherPairs] = disjoint(TermKind::kNamePair);
  evidence[kGap] = Gap(story);
  evidence[kWordCover] =
      article_.word_sum > 0 ? shared[At(TermKind::kWord)] / article_.word_sum : 0.0f;
  const float size = Log2(static_cast<float>(story.articles));
  evidence[kSizeWords] = size * evidence[kWords];
  evidence[kSizeNames] = size * evidence[kNames];
  evidence[kGapWords] = evidence[kGap] * evidence[kWords];
  evidence[kGapNames] = evidence[kGap] * evidence[kNames];
  evidence[kSameDay] = dot[At(TermKind::kDay)] > 0 ? 1.0f : 0.0f;
  evidence[kPairs] = cosine(TermKind::kNamePair);
  evidence[kNumbers] = cosine(TermKind::kNumber);
  evidence[kGapOtherDay] = evidence[kGap] * evidence[kOtherDay];
  const bool named =
      article_.norm[At(TermKind::kName)] > 0 && overlap.norm[At(TermKind::kName)] > 0;
  evidence[kOtherNames] = named && evidence[kNames] < kNamesInCommon ? 1.0f : 0.0f;
  evidence[kOtherNamesWords] = evidence[kOtherNames] * evidence[kWords];
  evidence[kNameCover] =
      article_.name_sum > 0 ? shared[At(TermKind::kName)] / article_.name_sum : 0.0f;
  return evidence;
}

// The most similar other candidate shows what any article of the kind shares.
void AddRivals(std::vector<Evidence>& all) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = 0; j < all.size(); ++j) {
      if (i == j) continue;
      all[i][kRivalWords] = std::max(all[i][kRivalWords], all[j][kWords]);
      all[i][kRivalNames] = std::max(all[i][kRivalNames], all[j][kNames]);
    }
  }
}

}  // namespace

std::vector<Evidence> CollectEvidence(const WeighedArticle& article,
                                      std::span<const Story* const> stories) {
  const Comparison comparison(article, stories);
  std::vector<Evidence> all;
  all.reserve(stories.size());
  for (std::size_t i = 0; i < stories.size(); ++i) all.push_back(comparison.Of(i));
  AddRivals(all);
  return all;
}

std::vector<Evidence> CollectEvidenceOfEach(const WeighedArticle& article,
                                            std::span<const Story* const> stories,
                                            std::span<const Story* const> rivals) {
  Comparison comparison(article, rivals);
  float rival_words = 0;
  float rival_names = 0;
  for (std::size_t i = 0; i < rivals.size(); ++i) {
    const Evidence rival = comparison.Of(i);
    rival_words = std::max(rival_words, rival[kWords]);
    rival_names = std::max(rival_names, rival[kNames]);
  }
  std::vector<Evidence> all;
  all.reserve(stories.size());
  for (const Story* story : stories) {
    all.push_back(comparison.OfGuest(*story));
    all.back()[kRivalWords] = rival_words;
    all.back()[kRivalNames] = rival_names;
  }
  return all;
}

float Score(const Evidence& evidence) {
  float score = 0;
  for (std::size_t i = 0; i < kEvidenceKinds; ++i) score += kLinkWeights.evidence[i] * evidence[i];
  const bool alike = evidence[kWords] + evidence[kNames] >= kLinkWeights.likeness_min;
  return alike ? score : std::min(score, kNoLikeness);
}

}  // namespace claimwatch
