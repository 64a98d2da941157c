// Two promises about order: stories that have nothing to do with each other may arrive in any
// interleaving, and the daemon may be stopped and started before any article, and yet every article
// finds the same story, the same claims in the same figures, and the same alerts.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <random>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "server/ledger/wording.h"
#include "tests/fakes/newsroom.h"
#include "tests/scenarios/scenario.h"

namespace claimwatch {
namespace {

using Stream = std::vector<Article>;

// The articles of a scenario; their ids and outlets are made its own.
Stream ArticlesOf(const std::string& name) {
  std::ostringstream text;
  text << std::ifstream(absl::StrCat(CLAIMWATCH_SOURCE_DIR, "/tests/scenarios/", name, ".txt"))
              .rdbuf();
  const absl::StatusOr<Scenario> scenario = ParseScenario(text.str());
  CW_CHECK(scenario.ok());
  Stream articles;
  for (const Step& step : scenario->steps) {
    if (step.kind != Step::Kind::kArticle) continue;
    articles.push_back(step.article);
    articles.back().id = absl::StrCat(name, "/", step.article.id);
  }
  return articles;
}

std::vector<Stream> AllStreams() {
  std::vector<Stream> streams;
  for (const char* name :
       {"stream_cholera", "stream_wildfire", "stream_oil_leak", "stream_protest_march",
        "stream_bank_fine", "stream_hostages", "stream_election", "stream_recall",
        "stream_airport_strike", "stream_bombing_agencies", "stream_explosion_two_plants"}) {
    streams.push_back(ArticlesOf(name));
  }
  return streams;
}

// All articles one after the other, those of a stream in their order; `seed` 0: stream by stream.
Stream Interleave(const std::vector<Stream>& streams, unsigned seed) {
  std::vector<std::size_t> turns;
  for (std::size_t i = 0; i < streams.size(); ++i) turns.insert(turns.end(), streams[i].size(), i);
  std::mt19937 chance(seed);
  if (seed != 0) std::shuffle(turns.begin(), turns.end(), chance);
  std::vector<std::size_t> next(streams.size(), 0);
  Stream all;
  for (const std::size_t i : turns) all.push_back(streams[i][next[i]++]);
  return all;
}

// What came of every article, in names that do not depend on the order of ids: a story and a figure
// are called after the first article and claim in them.
std::map<std::string, std::string> Outcomes(const Stream& articles, bool restarts) {
  Newsroom newsroom;
  newsroom.clock().Set(absl::FromCivil(absl::CivilDay(2030, 1, 1), absl::UTCTimeZone()));
  std::map<StoryId, std::string> stories;
  std::map<FigureId, std::string> figures;
  std::map<std::string, std::string> outcomes;
  for (const Article& article : articles) {
    if (restarts) newsroom.Restart();
    const IngestResult result = newsroom.Ingest(article);
    CW_CHECK(result.status.ok());
    const ArticleRecord& record = result.receipt.article;
    std::string& told = outcomes[article.id];
    absl::StrAppend(&told, "in ", stories.try_emplace(record.story, article.id).first->second);
    for (std::size_t i = 0; i < record.claims.size(); ++i) {
      const KnownClaim& claim = record.claims[i];
      const std::string name = absl::StrCat(article.id, "#", i);
      absl::StrAppend(&told, "\n  ", Dump(claim.claim, SharedCatalogue()), " ",
                      figures.try_emplace(claim.figure, name).first->second);
    }
    for (const Alert& alert : result.receipt.alerts) absl::StrAppend(&told, "\n  ", alert.summary);
  }
  return outcomes;
}

TEST(Order, IndependentStoriesMayInterleaveInAnyWay) {
  const std::vector<Stream> streams = AllStreams();
  const auto apart = Outcomes(Interleave(streams, 0), false);
  for (unsigned seed = 1; seed <= 6; ++seed) {
    const auto mixed = Outcomes(Interleave(streams, seed), false);
    ASSERT_EQ(mixed.size(), apart.size());
    for (const auto& [article, told] : apart) {
      EXPECT_EQ(mixed.at(article), told) << article << ", seed " << seed;
    }
  }
}

TEST(Order, ARestartBeforeEveryArticleChangesNothing) {
  for (unsigned seed = 0; seed <= 2; ++seed) {
    const Stream articles = Interleave(AllStreams(), seed);
    EXPECT_EQ(Outcomes(articles, true), Outcomes(articles, false)) << "seed " << seed;
  }
}

// The comparisons above compare something.
TEST(Order, TheStreamsTellAlerts) {
  std::string all;
  for (const auto& [article, told] : Outcomes(Interleave(AllStreams(), 0), false)) {
    absl::StrAppend(&all, told, "\n");
  }
  EXPECT_NE(all.find("raised: "), std::string::npos);
  EXPECT_NE(all.find("lowered: "), std::string::npos);
  EXPECT_NE(all.find("disputed: "), std::string::npos);
}

}  // namespace
}  // namespace claimwatch
