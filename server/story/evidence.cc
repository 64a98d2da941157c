#include "server/story/evidence.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

#include "server/story/log2.h"
#include "server/story/themes.h"

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

// What an article and a story hold in common, by kind, and what of it stands in one article.
struct Shared {
  std::array<float, kTermKinds> mine{};  // Sum of the article's weights,
  std::array<float, kTermKinds> dot{};   // and of their products with the story's.
  float one = 0;                         // Marks shared with the nearest of the latest articles,
  float half = 0;                        // and with half of them.
};

// A quake is no bus crash; what lasts may well turn from one kind into another.
float OtherTheme(Themes a, Themes b) {
  constexpr float kMayTurn = 0.4f;
  if (a == 0 || b == 0 || (a & b) != 0) return 0;
  return ((a | b) & kLastingThemes) != 0 ? kMayTurn : 1.0f;
}

constexpr float kMarkBits = 8;  // A mark or two: a rare name tells as much.
constexpr float kManyMarkBits = 32;
constexpr float kRunningGap = 3.0f;  // Seven days.

// Evidence that rests on other evidence.
void AddProducts(const Story& story, Evidence& e) {
  const float size = Log2(static_cast<float>(story.articles));
  e[kSizeWords] = size * e[kWords];
  e[kSizeNames] = size * e[kNames];
  e[kGapWords] = e[kGap] * e[kWords];
  e[kGapNames] = e[kGap] * e[kNames];
  e[kGapOtherDay] = e[kGap] * e[kOtherDay];
  e[kLastingOtherDay] = e[kLasting] * e[kOtherDay];
  e[kLastingGap] = e[kLasting] * e[kGap];
  e[kOtherNamesWords] = e[kOtherNames] * e[kWords];
  e[kSizeCoreMarks] = size * e[kCoreMarks];
  e[kWordsHigh] = std::max(e[kWords] - kLinkWeights.words_high, 0.0f);
  e[kRunning] = e[kGap] < kRunningGap ? std::max(size - 2, 0.0f) : 0.0f;
}

class Comparison {
 public:
  Comparison(const WeighedArticle& article, std::span<const Story* const> stories)
      : article_(article),
        stories_(stories),
        table_(article.terms),
        holders_(article.terms.size(), 0) {
    matches_.reserve(stories.size() * 16);
    overlaps_.reserve(stories.size());
    for (const Story* story : stories) overlaps_.push_back(Meet(*story));
  }

  Evidence Of(std::size_t index) const { return Of(*stories_[index], overlaps_[index]); }
  // Of a story that is no candidate, as if it were one.
  Evidence OfGuest(const Story& story);

 private:
  Evidence Of(const Story& story, const Overlap& overlap) const;
  Shared Share(const Story& story, const Overlap& overlap) const;
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
  // Without a branch, for which terms are in common nobody can predict.
  std::array<std::uint16_t, kCoreTermsMax> maybe;
  std::size_t count = 0;
  for (std::size_t i = 0; i < story.core.size(); ++i) {
    maybe[count] = static_cast<std::uint16_t>(i);
    count += table_.MayHold(story.core[i].hash) ? 1 : 0;
  }
  for (const std::uint16_t i : std::span(maybe).first(count)) {
    const int mine = table_.Find(story.core[i].hash);
    if (mine < 0) continue;
    matches_.push_back({static_cast<std::uint16_t>(mine), i});
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

Shared Comparison::Share(const Story& story, const Overlap& overlap) const {
  Shared shared;
  std::array<float, kMembers> with{};  // Marks shared with each of the latest articles.
  const int half = static_cast<int>(std::min(story.articles, kMembers) + 1) / 2;
  for (std::size_t i = overlap.first; i < overlap.end; ++i) {
    const WeighedTerm& mine = article_.terms[matches_[i].mine];
    const StoredTerm& theirs = story.core[matches_[i].theirs];
    const auto rivals = static_cast<float>(holders_[matches_[i].mine] - 1);
    const float weight = mine.weight / (1 + kLinkWeights.crowd * rivals);
    shared.mine[mine.kind] += weight;
    shared.dot[mine.kind] += weight * WeightOf(theirs);
    if (mine.kind == static_cast<std::uint8_t>(TermKind::kWord)) continue;
    if (std::popcount(theirs.members) >= half) shared.half += weight;
    for (std::uint32_t m = 0; m < kMembers; ++m) {
      with[m] += (theirs.members >> m & 1) != 0 ? weight : 0.0f;
    }
  }
  shared.one = *std::max_element(with.begin(), with.end());
  return shared;
}

Evidence Comparison::Of(const Story& story, const Overlap& overlap) const {
  const Shared shared = Share(story, overlap);
  const auto cosine = [&](TermKind kind) {
    const float norms = article_.norm[At(kind)] * std::sqrt(overlap.norm[At(kind)]);
    return norms > 0 ? shared.dot[At(kind)] / norms : 0.0f;
  };
  const auto disjoint = [&](TermKind kind) {
    const bool both = article_.norm[At(kind)] > 0 && overlap.norm[At(kind)] > 0;
    return both && shared.dot[At(kind)] <= 0 ? 1.0f : 0.0f;
  };
  const auto share = [](float part, float whole) { return whole > 0 ? part / whole : 0.0f; };
  Evidence evidence{};
  evidence[kBias] = 1;
  evidence[kWords] = cosine(TermKind::kWord);
  evidence[kNames] = cosine(TermKind::kName);
  evidence[kOtherDay] = disjoint(TermKind::kDay);
  evidence[kOtherNumbers] = disjoint(TermKind::kNumber);
  evidence[kOtherPairs] = disjoint(TermKind::kNamePair);
  evidence[kGap] = Gap(story);
  evidence[kWordCover] = share(shared.mine[At(TermKind::kWord)], article_.word_sum);
  evidence[kSameDay] = shared.dot[At(TermKind::kDay)] > 0 ? 1.0f : 0.0f;
  evidence[kPairs] = cosine(TermKind::kNamePair);
  evidence[kNumbers] = cosine(TermKind::kNumber);
  const bool named =
      article_.norm[At(TermKind::kName)] > 0 && overlap.norm[At(TermKind::kName)] > 0;
  evidence[kOtherNames] = named && evidence[kNames] < kNamesInCommon ? 1.0f : 0.0f;
  evidence[kNameCover] = share(shared.mine[At(TermKind::kName)], article_.name_sum);
  evidence[kMemberMarks] = Log2(1 + shared.one / kMarkBits);
  evidence[kMemberCover] = share(shared.one, article_.mark_sum);
  evidence[kCoreMarks] = Log2(1 + shared.half / kMarkBits);
  const bool marked = evidence[kMemberCover] >= kLinkWeights.marked_cover &&
                      evidence[kMemberMarks] >= kLinkWeights.marked_bits;
  evidence[kMarked] = marked ? 1.0f : 0.0f;
  evidence[kFewMarks] = 1 / (1 + article_.mark_sum / kManyMarkBits);
  evidence[kOtherTheme] = OtherTheme(article_.themes, story.themes);
  evidence[kLasting] = (article_.themes & story.themes & kLastingThemes) != 0 ? 1.0f : 0.0f;
  AddProducts(story, evidence);
  return evidence;
}

// What each candidate has to stand out from: the most alike of the others.
class Rivals {
 public:
  static constexpr std::size_t kGuest = ~std::size_t{0};  // No candidate: all others are rivals.

  void Enter(std::size_t who, const Evidence& evidence) {
    words_.Enter(who, Beyond(evidence[kWords]));
    names_.Enter(who, Beyond(evidence[kNames]));
    marks_.Enter(who, evidence[kMemberMarks]);
    alike_.Enter(who, evidence[kWords] + evidence[kNames]);
  }

  void Tell(std::size_t who, Evidence& e) const {
    e[kRivalWords] = words_.Other(0, who);
    e[kRivalNames] = names_.Other(0, who);
    e[kRivalMarks] = marks_.Other(0, who);
    e[kDense] = alike_.Other(2, who);
    e[kWordsShare] = e[kWords] / (e[kWords] + e[kRivalWords] + 0.05f);
    e[kNamesShare] = e[kNames] / (e[kNames] + e[kRivalNames] + 0.05f);
    e[kMarksShare] = e[kMemberMarks] / (e[kMemberMarks] + e[kRivalMarks] + 0.5f);
  }

 private:
  // What is alike only as all reports are alike is no rival, so that events which have nothing to
  // do with each other leave each other alone, in whatever order they come.
  static float Beyond(float likeness) { return std::max(likeness - kLinkWeights.rival_min, 0.0f); }

  // The greatest four, with whose they are.
  class Greatest {
   public:
    void Enter(std::size_t who, float value) {
      for (auto& [kept, owner] : all_) {
        if (value <= kept) continue;
        std::swap(value, kept);
        std::swap(who, owner);
      }
    }
    // The one of that rank among those of all but `who`; 0 where there are not so many.
    float Other(std::size_t rank, std::size_t who) const {
      for (const auto& [kept, owner] : all_) {
        if (owner == who) continue;
        if (rank-- == 0) return kept;
      }
      return 0;
    }

   private:
    std::array<std::pair<float, std::size_t>, 4> all_{};
  };

  Greatest words_;
  Greatest names_;
  Greatest marks_;
  Greatest alike_;
};

}  // namespace

std::vector<Evidence> CollectEvidence(const WeighedArticle& article,
                                      std::span<const Story* const> stories) {
  const Comparison comparison(article, stories);
  std::vector<Evidence> all;
  all.reserve(stories.size());
  Rivals rivals;
  for (std::size_t i = 0; i < stories.size(); ++i) {
    all.push_back(comparison.Of(i));
    rivals.Enter(i, all.back());
  }
  for (std::size_t i = 0; i < all.size(); ++i) rivals.Tell(i, all[i]);
  return all;
}

std::vector<Evidence> CollectEvidenceOfEach(const WeighedArticle& article,
                                            std::span<const Story* const> stories,
                                            std::span<const Story* const> others) {
  Comparison comparison(article, others);
  Rivals rivals;
  for (std::size_t i = 0; i < others.size(); ++i) rivals.Enter(i, comparison.Of(i));
  std::vector<Evidence> all;
  all.reserve(stories.size());
  for (const Story* story : stories) {
    all.push_back(comparison.OfGuest(*story));
    rivals.Tell(Rivals::kGuest, all.back());
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
