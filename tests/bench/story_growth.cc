// What an article costs to link when few and when many stories are held.
//
// Made-up articles with the spread of words and names that news has; a third of them belong to
// recent stories. The time should stay about the same from a thousand stories to a million.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "server/story/story_index.h"

namespace claimwatch {
namespace {

class Press {
 public:
  // An article of the story with this number; articles of one story share most terms.
  Features Article(std::uint32_t story) {
    std::mt19937 own(story * 2654435761u + 17);
    Features features;
    Put(features, TermKind::kWord, own, 70, 40'000);
    Put(features, TermKind::kWord, dice_, 25, 40'000);
    Put(features, TermKind::kName, own, 25, 800'000);
    Put(features, TermKind::kNamePair, own, 12, 20'000'000);
    Put(features, TermKind::kNumber, own, 6, 5'000);
    Put(features, TermKind::kDay, own, 3, 1'000);
    std::sort(features.terms.begin(), features.terms.end(), [](const Term& a, const Term& b) {
      return a.kind != b.kind ? a.kind < b.kind : a.hash < b.hash;
    });
    const auto same = [](const Term& a, const Term& b) { return a.hash == b.hash; };
    features.terms.erase(std::unique(features.terms.begin(), features.terms.end(), same),
                         features.terms.end());
    for (int i = 0; i < 20; ++i) features.fingerprints.push_back(dice_() | 1);
    std::sort(features.fingerprints.begin(), features.fingerprints.end());
    features.time = absl::FromUnixSeconds(1'900'000'000) + absl::Seconds(20 * ++articles_);
    return features;
  }
  std::uint32_t NextStory(std::uint32_t stories) {
    const bool known = stories > 0 && dice_() % 10 < 3;
    return known ? stories - 1 - dice_() % std::min(stories, 2000u) : stories;
  }

 private:
  static void Put(Features& features, TermKind kind, std::mt19937& dice, int count, double words) {
    for (int i = 0; i < count; ++i) {
      const double even = static_cast<double>(dice() >> 8) / (1 << 24);
      const auto word = static_cast<std::uint32_t>(std::pow(words, even));  // Zipf's law.
      features.terms.push_back({TermHash(kind, (word + 1) * 2654435761u),
                                static_cast<std::uint16_t>(256 + i % 4 * 100),
                                static_cast<std::uint8_t>(kind)});
    }
  }

  std::mt19937 dice_{1};
  std::int64_t articles_ = 0;
};

void LinkAnArticle(benchmark::State& state) {
  Press press;
  StoryIndex index{StoryOptions{}};
  std::uint32_t stories = 0;
  std::int64_t articles = 0;
  const auto take = [&](const Features& features) {
    const Link link = index.Find(features);
    const bool fresh = link.story == StoryId::kNone;
    if (fresh) ++stories;
    index.Add(static_cast<Sequence>(++articles), features,
              fresh ? static_cast<StoryId>(stories) : link.story);
  };
  while (stories < static_cast<std::uint32_t>(state.range(0))) {
    take(press.Article(press.NextStory(stories)));
  }
  std::vector<Features> fresh;
  for (int i = 0; i < 4096; ++i) fresh.push_back(press.Article(press.NextStory(stories)));
  std::size_t next = 0;
  for (auto unused : state) take(fresh[next++ % fresh.size()]);
  state.counters["stories"] = static_cast<double>(index.size());
}
BENCHMARK(LinkAnArticle)->Arg(1'000)->Arg(100'000)->Arg(1'000'000)->Iterations(4096);

}  // namespace
}  // namespace claimwatch

BENCHMARK_MAIN();
