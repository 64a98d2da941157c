// The accuracy check of the reading: more than a hundred and eighty invented news articles in
// agency style, with every figure marked by hand.
//
// tests/claims/news/*.txt: "# date headline" opens an article, the lines after it are its body. A
// figure is {words|measure flags}: p part, i increment, r rate (else total); proj, den, past (else
// stated); opt: neither rewarded nor punished; =low..high where the interval matters. The floors
// are a little below what is reached: a change that loses more than it wins fails here, one that
// wins may raise them.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "tests/claims/reading.h"

namespace claimwatch {
namespace {

constexpr double kFigureFloor = 0.988;
constexpr double kMeasureFloor = 0.91;
constexpr double kFullFloor = 0.79;

struct Mark {
  Field field = Field::kBody;
  Span span;
  std::string measure;
  Scope scope = Scope::kTotal;
  Status status = Status::kStated;
  bool optional = false;
};

struct Story {
  Article article;
  std::vector<Mark> marks;
};

Mark ReadMark(Field field, Span span, const std::string& flags) {
  Mark mark;
  mark.field = field;
  mark.span = span;
  for (const std::string& flag : std::vector<std::string>(absl::StrSplit(flags, ' '))) {
    if (mark.measure.empty()) {
      mark.measure = flag;
      mark.optional = flag == "duration";
    } else if (flag == "p") {
      mark.scope = Scope::kPart;
    } else if (flag == "i") {
      mark.scope = Scope::kIncrement;
    } else if (flag == "r") {
      mark.scope = Scope::kRate;
    } else if (flag == "proj") {
      mark.status = Status::kProjected;
    } else if (flag == "den") {
      mark.status = Status::kDenied;
    } else if (flag == "past") {
      mark.status = Status::kPastEvent;
    } else if (flag == "opt") {
      mark.optional = true;
    } else {
      EXPECT_EQ(flag.substr(0, 1), "=") << "unknown flag " << flag;
    }
  }
  return mark;
}

// Appends `marked` to `text` without its marks, which go to `story`.
void AddText(const std::string& marked, Field field, std::string* text, Story* story) {
  for (std::size_t at = 0; at < marked.size();) {
    if (marked[at] != '{') {
      text->push_back(marked[at++]);
      continue;
    }
    const std::size_t bar = marked.find('|', at), end = marked.find('}', at);
    ASSERT_TRUE(bar < end && end != std::string::npos) << marked;
    const Span span{static_cast<std::uint32_t>(text->size()),
                    static_cast<std::uint32_t>(bar - at - 1)};
    text->append(marked, at + 1, bar - at - 1);
    story->marks.push_back(ReadMark(field, span, marked.substr(bar + 1, end - bar - 1)));
    at = end + 1;
  }
}

std::vector<Story> LoadStories() {
  const std::filesystem::path folder =
      std::filesystem::path(CLAIMWATCH_SOURCE_DIR) / "tests" / "claims" / "news";
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<Story> stories;
  for (const std::filesystem::path& file : files) {
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
      if (line.empty()) continue;
      if (line[0] == '#') {
        stories.emplace_back();
        Article& article = stories.back().article;
        article.language = "en";
        std::string error;
        EXPECT_TRUE(absl::ParseTime("%Y-%m-%d", line.substr(2, 10), &article.publish_time, &error));
        AddText(line.substr(13), Field::kTitle, &article.title, &stories.back());
      } else {
        std::string& body = stories.back().article.body;
        AddText(absl::StrCat(line, "\n"), Field::kBody, &body, &stories.back());
      }
    }
  }
  return stories;
}

// Hits and what there was to hit, of one demand.
struct Tally {
  int hits = 0, marked = 0, read = 0;
  double F1() const {
    return marked + read == 0 ? 0 : 2.0 * hits / static_cast<double>(marked + read);
  }
};

// The claim whose figure meets the mark, or null.
const Claim* ClaimAt(const std::vector<Claim>& claims, const Mark& mark) {
  for (const Claim& claim : claims) {
    const bool meets = claim.quote.begin < mark.span.end() && mark.span.begin < claim.quote.end();
    if (claim.field == mark.field && meets) return &claim;
  }
  return nullptr;
}

struct Tallies {
  Tally figure, measure, full;
};

void Count(const Story& story, Tallies* tallies) {
  const ReadArticle read = ReadClaims(story.article, TestCatalogue());
  int excused = 0, marked = 0;
  for (const Mark& mark : story.marks) {
    const Claim* claim = ClaimAt(read.claims, mark);
    if (mark.optional) {
      excused += claim != nullptr ? 1 : 0;
      continue;
    }
    ++marked;
    if (claim == nullptr) continue;
    const bool same = TestCatalogue().Get(claim->measure).name == mark.measure;
    ++tallies->figure.hits;
    tallies->measure.hits += same ? 1 : 0;
    tallies->full.hits +=
        same && claim->scope == mark.scope && claim->status == mark.status ? 1 : 0;
  }
  for (Tally* tally : {&tallies->figure, &tallies->measure, &tallies->full}) {
    tally->marked += marked;
    tally->read += static_cast<int>(read.claims.size()) - excused;
  }
}

TEST(NewsTest, AccuracyDoesNotDrop) {
  const std::vector<Story> stories = LoadStories();
  ASSERT_GE(stories.size(), 180u);
  Tallies tallies;
  for (const Story& story : stories) Count(story, &tallies);
  std::cout << "figure " << tallies.figure.F1() << "  with measure " << tallies.measure.F1()
            << "  full claim " << tallies.full.F1() << "  of " << tallies.full.marked
            << " figures in " << stories.size() << " articles\n";
  EXPECT_GE(tallies.figure.F1(), kFigureFloor);
  EXPECT_GE(tallies.measure.F1(), kMeasureFloor);
  EXPECT_GE(tallies.full.F1(), kFullFloor);
}

}  // namespace
}  // namespace claimwatch
