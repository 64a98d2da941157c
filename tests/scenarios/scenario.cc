#include "tests/scenarios/scenario.h"

#include <map>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace claimwatch {
namespace {

std::string Str(absl::string_view text) { return std::string(text.data(), text.size()); }

class Parser {
 public:
  absl::Status Line(absl::string_view line) {
    ++number_;
    if (absl::StartsWith(line, "#")) return absl::OkStatus();
    const absl::string_view text = absl::StripAsciiWhitespace(line);
    if (text.empty()) return absl::OkStatus();
    if (absl::StartsWith(line, " ")) return Indented(text);
    absl::string_view rest = text;
    if (absl::ConsumePrefix(&rest, "AT ")) return At(rest);
    if (absl::ConsumePrefix(&rest, "EXPECT ")) return Expect(rest);
    if (absl::ConsumePrefix(&rest, "GAP ")) {
      gap_ = Str(rest);
      return absl::OkStatus();
    }
    return Wrong("begins with neither AT, EXPECT nor GAP");
  }

  Scenario Take() { return {std::move(steps_), std::move(gap_)}; }

 private:
  absl::Status Wrong(absl::string_view why) const {
    return absl::InvalidArgumentError(absl::StrCat("line ", number_, " ", why));
  }

  // Takes the first word off.
  static absl::string_view Word(absl::string_view& rest) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    const absl::string_view word = rest.substr(0, end);
    rest = absl::StripLeadingAsciiWhitespace(rest.substr(end));
    return word;
  }

  static bool ReadTime(absl::string_view word, absl::Time& time) {
    std::string error;
    return absl::ParseTime("%Y-%m-%dT%H:%M%Ez", word, &time, &error);
  }

  absl::Status At(absl::string_view rest) {
    Step step;
    step.line = number_;
    absl::Time published;
    if (!ReadTime(Word(rest), published)) return Wrong("has no time such as 2024-03-01T10:00Z");
    step.arrives = published;
    absl::string_view verb = Word(rest);
    if (verb == "ARRIVES") {
      if (!ReadTime(Word(rest), step.arrives)) return Wrong("does not say when it ARRIVES");
      verb = Word(rest);
    }
    const std::string outlet = Str(Word(rest));
    if (!absl::ConsumePrefix(&rest, "\"") || !absl::ConsumeSuffix(&rest, "\"")) {
      return Wrong("has no text in quotation marks");
    }
    if (verb == "ARTICLE") ++counts_[outlet];
    if (counts_[outlet] == 0) return Wrong("speaks of an outlet without articles");
    step.article.id = absl::StrCat(outlet, "-", counts_[outlet]);
    if (verb == "RETRACT") {
      step.kind = Step::Kind::kRetract;
      step.reason = Str(rest);
    } else if (verb == "ARTICLE" || verb == "REVISE") {
      step.article.source = absl::StrCat(outlet, ".example");
      step.article.body = Str(rest);
      step.article.language = "en";
      step.article.publish_time = published;
    } else {
      return Wrong("says neither ARTICLE, REVISE nor RETRACT");
    }
    steps_.push_back(std::move(step));
    return absl::OkStatus();
  }

  absl::Status Indented(absl::string_view text) {
    if (steps_.empty()) return Wrong("belongs to no article");
    Article& article = steps_.back().article;
    if (absl::ConsumePrefix(&text, "title: ")) {
      article.title = Str(text);
    } else if (absl::ConsumePrefix(&text, "language: ")) {
      article.language = Str(text);
    } else if (absl::ConsumePrefix(&text, "hint: ")) {
      article.story_hint = Str(text);
    } else {
      absl::StrAppend(&article.body, "\n\n", text);
    }
    return absl::OkStatus();
  }

  absl::Status Expect(absl::string_view rest) {
    if (steps_.empty()) return Wrong("expects something before anything happened");
    Expectation expectation;
    expectation.line = number_;
    if (rest == "NO ALERT") {
      expectation.kind = Expectation::Kind::kNoAlert;
    } else if (rest == "NOT READ") {
      expectation.kind = Expectation::Kind::kNotRead;
    } else if (absl::ConsumePrefix(&rest, "ALERT ")) {
      expectation.kind = Expectation::Kind::kAlert;
      expectation.words = Str(rest);
    } else if (absl::ConsumePrefix(&rest, "STORIES ")) {
      expectation.kind = Expectation::Kind::kStories;
      expectation.words = Str(rest);
    } else {
      const std::string change = Str(Word(rest));
      if (change != "WITHDRAWN" && change != "SUPERSEDED" && change != "RESOLVED") {
        return Wrong("expects something that is not in README.md");
      }
      expectation.kind = Expectation::Kind::kChange;
      expectation.words = absl::StrCat(change, " ", rest);
    }
    steps_.back().expected.push_back(std::move(expectation));
    return absl::OkStatus();
  }

  int number_ = 0;
  std::map<std::string, int> counts_;  // Articles of each outlet so far.
  std::vector<Step> steps_;
  std::string gap_;
};

}  // namespace

absl::StatusOr<Scenario> ParseScenario(const std::string& text) {
  Parser parser;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    if (absl::Status status = parser.Line(line); !status.ok()) return status;
  }
  return parser.Take();
}

}  // namespace claimwatch
