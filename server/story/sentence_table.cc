#include "server/story/sentence_table.h"

#include <algorithm>
#include <bit>

namespace claimwatch {
namespace {

constexpr std::size_t kSentencesPerArticle = 8;
constexpr std::size_t kSetsMin = 1 << 10;

}  // namespace

SentenceTable::SentenceTable(std::size_t articles)
    : sets_(std::bit_ceil(std::max(articles * kSentencesPerArticle / kWays, kSetsMin))),
      articles_(std::bit_ceil(std::max<std::size_t>(articles, kSetsMin))) {}

const SentenceTable::Said* SentenceTable::Look(std::uint32_t fingerprint) const {
  for (const Said& said : sets_[SetOf(fingerprint)]) {
    if (said.fingerprint == fingerprint && said.number != 0) return &said;
  }
  return nullptr;
}

void SentenceTable::Add(Sequence article, StoryId story,
                        const std::vector<std::uint32_t>& fingerprints) {
  const std::uint32_t number = ++last_;
  articles_[PlaceOf(number)] = {article, story, number,
                                static_cast<std::uint32_t>(fingerprints.size())};
  for (const std::uint32_t fingerprint : fingerprints) {
    if (Look(fingerprint) != nullptr) continue;  // Whoever said it first.
    auto& set = sets_[SetOf(fingerprint)];
    auto oldest = std::min_element(
        set.begin(), set.end(), [](const Said& a, const Said& b) { return a.number < b.number; });
    *oldest = {fingerprint, number};
  }
}

std::optional<SaidBefore> SentenceTable::Find(
    const std::vector<std::uint32_t>& fingerprints) const {
  std::vector<std::uint32_t> numbers;
  for (const std::uint32_t fingerprint : fingerprints) {
    const Said* said = Look(fingerprint);
    if (said != nullptr) numbers.push_back(said->number);
  }
  std::sort(numbers.begin(), numbers.end());
  std::optional<SaidBefore> best;
  for (auto run = numbers.begin(); run != numbers.end();) {
    const auto end = std::upper_bound(run, numbers.end(), *run);
    const Known& known = articles_[PlaceOf(*run)];
    const int shared = static_cast<int>(end - run);
    if (known.number == *run && (!best.has_value() || shared > best->sentences)) {
      const auto fewer = std::min<std::size_t>(known.sentences, fingerprints.size());
      best = SaidBefore{known.article, known.story, shared, static_cast<int>(fewer)};
    }
    run = end;
  }
  return best;
}

}  // namespace claimwatch
