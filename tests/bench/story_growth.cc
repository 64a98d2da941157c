// What an article costs to link and to judge when few and when many stories are held.
//
// Made-up articles with the spread of words and names that news has; a third of them belong to
// recent stories. Their claims are those of generated reports, six to an event, and are judged
// against the ledger of the story that they were linked to. What Prepare() works out of the text
// alone (features, gists) is not counted here; the ingest case counts all. The time should stay
// about the same from a thousand stories to a million: the aim is 60 us for both, on one core.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <random>

#include "absl/container/flat_hash_map.h"
#include "server/ingest/prepare.h"
#include "server/ledger/ledger.h"
#include "server/story/story_index.h"
#include "tests/bench/news_generator.h"

namespace claimwatch {
namespace {

constexpr int kMeasured = 4096;
constexpr int kJudgedBefore = 2048;  // So that ledgers are there to be judged against.

const Catalogue& TheCatalogue() {
  static const auto* const catalogue = Catalogue::Load("").value().release();
  return *catalogue;
}

double Now() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double>(now).count();
}

struct Report {
  Features features;
  std::vector<KnownClaim> claims;
  std::vector<Gist> gists;
  std::string id;
};

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
  // The same with claims, of an event of its own for each story.
  Report ReportOn(std::uint32_t story) {
    Report report;
    report.features = Article(story);
    Prepared prepared = Prepare(GenerateReport(story, told_[story]++ % 6), absl::FromUnixSeconds(0),
                                absl::InfiniteDuration(), TheCatalogue());
    report.claims = std::move(prepared.claims);
    report.gists = std::move(prepared.gists);
    report.id = prepared.article.id;
    return report;
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
  absl::flat_hash_map<std::uint32_t, std::uint64_t> told_;
};

// What the sequencer does of linking and judging.
class Desk {
 public:
  std::uint32_t stories() const { return static_cast<std::uint32_t>(stories_); }

  // What is held before anything is measured, each article in the story that it was made for.
  void Hold(const Features& features, std::uint32_t story) {
    stories_ = std::max<std::int64_t>(stories_, story + 1);
    index_.Add(Sequence{++articles_}, features, StoryId{story + 1});
  }

  StoryId Link(const Features& features) {
    const claimwatch::Link link = index_.Find(features);
    const bool fresh = link.story == StoryId::kNone;
    if (fresh) ++stories_;
    const StoryId story = fresh ? StoryId{stories_} : link.story;
    index_.Add(Sequence{++articles_}, features, story, link.weighed.get());
    return story;
  }

  void Judge(StoryId story, Report report) {
    FreshArticle fresh;
    fresh.story = story;
    fresh.article_id = std::move(report.id);
    fresh.sequence = Sequence{articles_};
    fresh.sequenced = absl::FromUnixSeconds(1'900'000'000);
    fresh.claims = std::move(report.claims);
    fresh.gists = std::move(report.gists);
    for (std::size_t i = 0; i < fresh.claims.size(); ++i) {
      fresh.claims[i].id = MakeClaimId(fresh.sequence, static_cast<int>(i));
      fresh.claims[i].story = story;
    }
    StoryLedger& ledger = ledgers_[story];
    ledger.story = story;
    const Judgement judgement = claimwatch::Judge(ledger, std::move(fresh), TheCatalogue(), ids_);
    Apply(judgement, ledger);
    alerts_ += judgement.events.size();
  }

  std::size_t alerts() const { return alerts_; }

 private:
  StoryIndex index_{StoryOptions{}};
  absl::flat_hash_map<StoryId, StoryLedger> ledgers_;  // Of the stories judged here.
  IdSource ids_;
  std::int64_t stories_ = 0;
  std::int64_t articles_ = 0;
  std::size_t alerts_ = 0;
};

void LinkAndJudge(benchmark::State& state) {
  Press press;
  Desk desk;
  while (desk.stories() < static_cast<std::uint32_t>(state.range(0))) {
    const std::uint32_t story = press.NextStory(desk.stories());
    desk.Hold(press.Article(story), story);
  }
  for (int i = 0; i < kJudgedBefore; ++i) {
    Report report = press.ReportOn(press.NextStory(desk.stories()));
    desk.Judge(desk.Link(report.features), std::move(report));
  }
  std::vector<Report> fresh;
  for (std::uint32_t i = 0, stories = desk.stories(); i < kMeasured; ++i) {
    const std::uint32_t story = press.NextStory(stories);
    if (story == stories) ++stories;
    fresh.push_back(press.ReportOn(story));
  }
  std::size_t next = 0;
  double linking = 0;
  double judging = 0;
  for (auto unused : state) {
    Report& report = fresh[next++ % fresh.size()];
    const double begin = Now();
    const StoryId story = desk.Link(report.features);
    const double linked = Now();
    desk.Judge(story, std::move(report));
    linking += linked - begin;
    judging += Now() - linked;
  }
  state.counters["stories"] = static_cast<double>(desk.stories());
  state.counters["link_us"] = linking / kMeasured * 1e6;
  state.counters["judge_us"] = judging / kMeasured * 1e6;
  state.counters["events"] = static_cast<double>(desk.alerts());
}
BENCHMARK(LinkAndJudge)->Arg(1'000)->Arg(100'000)->Arg(1'000'000)->Iterations(kMeasured);

}  // namespace
}  // namespace claimwatch

BENCHMARK_MAIN();
