// Scenario: a story of news and what should be said of it, read from a file that needs no C++.
//
// The format is told in README.md beside this file. Tested by tests/scenarios/scenario_test.cc,
// which also plays every file.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "server/text/article.h"

namespace claimwatch {

struct Expectation {
  enum class Kind { kAlert, kNoAlert, kChange, kStories, kNotRead };
  Kind kind = Kind::kNoAlert;
  std::string words;  // "raised killed 12 -> 30", "withdrawn killed 30", "2"
  int line = 0;
};

struct Step {
  enum class Kind { kArticle, kRetract };
  Kind kind = Kind::kArticle;
  absl::Time arrives;
  Article article;     // kRetract: its id alone.
  std::string reason;  // kRetract
  std::vector<Expectation> expected;
  int line = 0;
};

struct Scenario {
  std::vector<Step> steps;
  std::string gap;  // Why the daemon does not get it right yet; empty: it does.
};

// Errors name the line and what is wrong with it.
absl::StatusOr<Scenario> ParseScenario(const std::string& text);

}  // namespace claimwatch
