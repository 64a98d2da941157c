// Plays every scenario of this folder: once in memory, once on disk with a restart before each
// step.
#include "tests/scenarios/scenario.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "server/ledger/wording.h"
#include "server/store/sqlite_store.h"
#include "tests/fakes/newsroom.h"
#include "tests/fakes/temporary_directory.h"

namespace claimwatch {
namespace {

std::string ReadFile(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

// "raised killed 12 -> 30"; a figure that is taken back stands alone.
std::string Describe(const Alert& alert) {
  std::string values = TellValue(alert.current);
  if (alert.kind == AlertKind::kRetracted) {
    values = TellValue(alert.previous[0]);
  } else if (!alert.previous.empty()) {
    values = absl::StrCat(TellValue(alert.previous[0]), " -> ", values);
  }
  std::string kind(Name(alert.kind));
  std::replace(kind.begin(), kind.end(), '_', ' ');
  return absl::StrCat(absl::AsciiStrToLower(kind), " ", alert.measure, " ", values);
}

// Plays one scenario and compares what happens with what was foretold.
class Player {
 public:
  Player(Newsroom& newsroom, bool restarts) : newsroom_(newsroom), restarts_(restarts) {}

  // What went otherwise than foretold, in words; empty: nothing.
  std::string Play(const std::vector<Step>& steps) {
    for (const Step& step : steps) {
      if (restarts_) newsroom_.Restart();
      newsroom_.clock().Set(step.arrives);
      const std::int64_t before = newsroom_.feed().head();
      const bool read = Do(step);
      CheckAlerts(step, newsroom_.EventsAfter(before));
      for (const Expectation& expected : step.expected) CheckOther(expected, before, read);
    }
    return std::move(complaints_);
  }

 private:
  // Whether the article was read.
  bool Do(const Step& step) {
    if (step.kind == Step::Kind::kRetract) {
      const absl::Status status = newsroom_.Retract(step.article.id, step.reason).status();
      if (!status.ok()) Complain(step.line, status.ToString());
      return true;
    }
    const IngestResult result = newsroom_.Ingest(step.article);
    if (!result.status.ok()) Complain(step.line, result.status.ToString());
    return result.receipt.article.language_read;
  }

  void CheckAlerts(const Step& step, const std::vector<AlertEvent>& events) {
    std::vector<std::string> opened, foretold;
    for (const AlertEvent& event : events) {
      if (event.change == AlertChange::kOpened) opened.push_back(Describe(event.alert));
    }
    for (const Expectation& expected : step.expected) {
      if (expected.kind == Expectation::Kind::kAlert) foretold.push_back(expected.words);
    }
    std::sort(opened.begin(), opened.end());
    std::sort(foretold.begin(), foretold.end());
    if (opened == foretold) return;
    Complain(step.line,
             absl::StrCat("opened {", absl::StrJoin(opened, "; "), "}, foretold {",
                          absl::StrJoin(foretold, "; "), "}\n", Claims(step.article.id)));
  }

  void CheckOther(const Expectation& expected, std::int64_t before, bool read) {
    if (expected.kind == Expectation::Kind::kNotRead && read) {
      Complain(expected.line, "it was read");
    }
    if (expected.kind == Expectation::Kind::kChange) {
      std::vector<std::string> changed;
      for (const AlertEvent& event : newsroom_.EventsAfter(before)) {
        changed.push_back(absl::StrCat(std::string(Name(event.change)), " ", event.alert.measure,
                                       " ", TellValue(event.alert.current)));
      }
      if (std::find(changed.begin(), changed.end(), expected.words) == changed.end()) {
        Complain(expected.line, absl::StrCat("what changed was ", absl::StrJoin(changed, "; ")));
      }
    }
    if (expected.kind == Expectation::Kind::kStories) {
      const std::string held = absl::StrCat(newsroom_.store().ReadState()->stories);
      if (held != expected.words) Complain(expected.line, absl::StrCat("there are ", held));
    }
  }

  void Complain(int line, const std::string& what) {
    absl::StrAppend(&complaints_, "line ", line, ": ", what, "\n");
  }

  // What was read, so that a failure can be understood.
  std::string Claims(const std::string& article_id) {
    std::string lines;
    const auto record = newsroom_.store().FindArticle(article_id);
    if (!record.ok()) return "";
    for (const KnownClaim& claim : record->claims) {
      absl::StrAppend(&lines, "  read in ", ToString(record->story), ": ",
                      Dump(claim.claim, SharedCatalogue()), " ", ToString(claim.figure), "\n");
    }
    return lines;
  }

  Newsroom& newsroom_;
  const bool restarts_;
  std::string complaints_;
};

class ScenarioTest : public testing::TestWithParam<std::string> {
 protected:
  void Play(Newsroom& newsroom, bool restarts) {
    const absl::StatusOr<Scenario> scenario = ParseScenario(
        ReadFile(absl::StrCat(CLAIMWATCH_SOURCE_DIR, "/tests/scenarios/", GetParam(), ".txt")));
    ASSERT_TRUE(scenario.ok()) << scenario.status();
    ASSERT_FALSE(scenario->steps.empty());
    const std::string complaints = Player(newsroom, restarts).Play(scenario->steps);
    if (!complaints.empty() && !scenario->gap.empty()) {
      GTEST_SKIP() << "known gap: " << scenario->gap << "\n" << complaints;
    }
    EXPECT_EQ(complaints, "");
  }
};

TEST_P(ScenarioTest, InOneGo) {
  Newsroom newsroom;
  Play(newsroom, false);
}

TEST_P(ScenarioTest, OnDiskWithRestarts) {
  TemporaryDirectory directory;
  auto store = SqliteStore::Open(absl::StrCat(directory.path(), "/claimwatch.db"));
  ASSERT_TRUE(store.ok()) << store.status();
  Newsroom newsroom(*std::move(store));
  Play(newsroom, true);
}

std::vector<std::string> Scenarios() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(
           absl::StrCat(CLAIMWATCH_SOURCE_DIR, "/tests/scenarios"))) {
    if (entry.path().extension() == ".txt" && entry.path().stem() != "CMakeLists") {
      names.push_back(entry.path().stem().string());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

INSTANTIATE_TEST_SUITE_P(Scenarios, ScenarioTest, testing::ValuesIn(Scenarios()),
                         [](const auto& info) { return info.param; });

TEST(ParseScenario, NamesTheLineThatIsWrong) {
  const auto message = [](const char* text) {
    return std::string(ParseScenario(text).status().message());
  };
  EXPECT_EQ(message("# fine\n\nWHEN something"), "line 3 begins with neither AT, EXPECT nor GAP");
  EXPECT_EQ(message("AT noon ARTICLE wire \"x\""), "line 1 has no time such as 2024-03-01T10:00Z");
  EXPECT_EQ(message("AT 2024-03-01T10:00Z ARTICLE wire x"),
            "line 1 has no text in quotation marks");
  EXPECT_EQ(message("AT 2024-03-01T10:00Z REVISE wire \"x\""),
            "line 1 speaks of an outlet without articles");
  EXPECT_EQ(message("EXPECT NO ALERT"), "line 1 expects something before anything happened");
}

TEST(ParseScenario, ReadsAnArticle) {
  const auto scenario = ParseScenario(
      "AT 2024-03-01T10:00Z ARRIVES 2024-03-02T10:00Z ARTICLE wire \"One.\"\n"
      "    title: Headline\n"
      "    Two.\n"
      "EXPECT ALERT raised killed 12 -> 30\n"
      "GAP not there yet\n");
  ASSERT_TRUE(scenario.ok()) << scenario.status();
  EXPECT_EQ(scenario->gap, "not there yet");
  ASSERT_EQ(scenario->steps.size(), 1u);
  const Step& step = scenario->steps.front();
  EXPECT_EQ(step.article.id, "wire-1");
  EXPECT_EQ(step.article.source, "wire.example");
  EXPECT_EQ(step.article.title, "Headline");
  EXPECT_EQ(step.article.body, "One.\n\nTwo.");
  EXPECT_EQ(step.arrives - step.article.publish_time, absl::Hours(24));
  ASSERT_EQ(step.expected.size(), 1u);
  EXPECT_EQ(step.expected[0].words, "raised killed 12 -> 30");
}

}  // namespace
}  // namespace claimwatch
