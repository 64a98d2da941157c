#include "tests/story/look_alikes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "server/story/story_index.h"
#include "tests/bench/news_generator.h"
#include "tests/story/reading.h"

namespace claimwatch {
namespace {

// Which story each report was put into.
std::vector<std::pair<std::int64_t, int>> Link(const std::vector<LookAlike>& told) {
  StoryIndex index{StoryOptions{.stories_max = 1000}};
  std::vector<std::pair<std::int64_t, int>> linked;
  std::int64_t stories = 0;
  for (const LookAlike& one : told) {
    Features features = ComputeFeatures(one.article, ReadClaims(one.article, StandardCatalogue()),
                                        StandardCatalogue());
    const claimwatch::Link link = index.Find(features);
    const StoryId story = link.story == StoryId::kNone ? StoryId{++stories} : link.story;
    features.incident = link.incident;
    index.Add(static_cast<Sequence>(linked.size() + 1), features, story);
    linked.emplace_back(static_cast<std::int64_t>(story), one.incident);
  }
  return linked;
}

double F1(double precision, double recall) { return 2 * precision * recall / (precision + recall); }

// Of pairs of reports: in one story, and on one incident.
double Pairwise(const std::vector<std::pair<std::int64_t, int>>& linked) {
  double both = 0;
  double story = 0;
  double incident = 0;
  for (std::size_t i = 0; i < linked.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const bool one_story = linked[i].first == linked[j].first;
      const bool one_incident = linked[i].second == linked[j].second;
      story += one_story;
      incident += one_incident;
      both += one_story && one_incident;
    }
  }
  return F1(both / story, both / incident);
}

class LookAlikes : public testing::TestWithParam<Trade> {};

TEST_P(LookAlikes, AreToldAsOrdered) {
  const std::vector<LookAlike> told = TellLookAlikes(GetParam(), 3, 40);
  std::set<std::string> ids;
  std::set<int> incidents;
  for (const LookAlike& one : told) {
    ids.insert(one.article.id);
    incidents.insert(one.incident);
    EXPECT_EQ(one.article.body.find_first_of("{}"), std::string::npos) << one.article.body;
    EXPECT_EQ(one.article.title.find_first_of("{}"), std::string::npos) << one.article.title;
  }
  EXPECT_EQ(ids.size(), told.size());
  EXPECT_EQ(incidents.size(), 40u);
  EXPECT_TRUE(std::is_sorted(told.begin(), told.end(), [](const auto& a, const auto& b) {
    return a.article.publish_time < b.article.publish_time;
  }));
}

// Words that hardly change from one incident to the next do not draw them into one story. What is
// asked is well below what is reached; that all snowballs into one story gives less than 0.2.
TEST_P(LookAlikes, DoNotSnowball) {
  const double least = GetParam() == Trade::kSmallQuakes ? 0.55 : 0.75;
  EXPECT_GE(Pairwise(Link(TellLookAlikes(GetParam(), 11, 200))), least);
}

// A hundred events at a time, told in the same sentences: only names, places and figures differ.
TEST(GeneratedReports, OfEventsAtOneTimeStayApart) {
  constexpr int kRounds = 3, kEvents = 100, kReports = 6;
  std::vector<LookAlike> told;
  for (int i = 0; i < kRounds * kReports * kEvents; ++i) {
    const int event = i / (kReports * kEvents) * kEvents + i % kEvents;
    const int report = i / kEvents % kReports;
    told.push_back(
        {GenerateReport(static_cast<std::uint64_t>(event), static_cast<std::uint64_t>(report)),
         event});
  }
  EXPECT_GE(Pairwise(Link(told)), 0.85);
}

INSTANTIATE_TEST_SUITE_P(Trades, LookAlikes,
                         testing::Values(Trade::kHouseFires, Trade::kRoadCrashes, Trade::kShootings,
                                         Trade::kSmallQuakes, Trade::kStorms),
                         [](const auto& info) {
                           std::string name = Name(info.param);
                           std::erase(name, ' ');
                           return name;
                         });

}  // namespace
}  // namespace claimwatch
