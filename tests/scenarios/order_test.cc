// Two promises about order: stories that have nothing to do with each other may arrive in any
// interleaving, and the daemon may be stopped and started before any article, and yet every article
// finds the same story, the same claims in the same figures, and the same alerts.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "server/base/check.h"
#include "tests/scenarios/outcomes.h"
#include "tests/scenarios/scenario.h"

namespace claimwatch {
namespace {

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

TEST(Order, IndependentStoriesMayInterleaveInAnyWay) {
  const std::vector<Stream> streams = AllStreams();
  const auto apart = Outcomes(Interleave(streams, 0));
  for (unsigned seed = 1; seed <= 6; ++seed) {
    const auto mixed = Outcomes(Interleave(streams, seed));
    ASSERT_EQ(mixed.size(), apart.size());
    for (const auto& [article, told] : apart) {
      EXPECT_EQ(mixed.at(article), told) << article << ", seed " << seed;
    }
  }
}

TEST(Order, ARestartBeforeEveryArticleChangesNothing) {
  for (unsigned seed = 0; seed <= 2; ++seed) {
    const Stream articles = Interleave(AllStreams(), seed);
    EXPECT_EQ(Outcomes(articles, 1), Outcomes(articles)) << "seed " << seed;
  }
}

// The comparisons above compare something.
TEST(Order, TheStreamsTellAlerts) {
  std::string all;
  for (const auto& [article, told] : Outcomes(Interleave(AllStreams(), 0))) {
    absl::StrAppend(&all, told, "\n");
  }
  EXPECT_NE(all.find("raised: "), std::string::npos);
  EXPECT_NE(all.find("lowered: "), std::string::npos);
  EXPECT_NE(all.find("disputed: "), std::string::npos);
}

}  // namespace
}  // namespace claimwatch
