// The drill: hundreds of single sentences, as reporters word them, with every figure marked by
// hand (marks.h); what whole articles hold by chance is here by intent.
//
// tests/claims/drill/*.txt: "## group" opens a group, mostly a measure; a line is an article of one
// sentence, "> " before it makes it a headline. Many sentences hold look-alikes that are no claims.
// Every wrong figure is printed, and each group's tally, for whoever works on the rules; the floors
// are a little below what is reached.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/claims/marks.h"

namespace claimwatch {
namespace {

// The beginning of the file's name, and its floors.
struct Floor {
  const char* files;
  double figure, measure;
};
constexpr Floor kFloors[] = {
    {"people", 0.985, 0.92},  {"things_a", 0.99, 0.99}, {"things_b", 0.98, 0.98},
    {"things_c", 0.98, 0.96}, {"things_d", 0.98, 0.91}, {"things_e", 0.98, 0.855},
};

struct Tallies {
  Tally figure, measure;
};

MarkedText ReadLine(const std::string& line) {
  MarkedText story;
  story.article = TestArticle("");
  if (absl::StartsWith(line, "> ")) {
    AddText(line.substr(2), Field::kTitle, &story.article.title, &story);
  } else {
    AddText(line, Field::kBody, &story.article.body, &story);
  }
  return story;
}

bool SameInterval(const Claim& claim, const Mark& mark) {
  if (!mark.interval) return true;
  const double low = claim.quantity.low ? claim.quantity.low->ToDouble()
                                        : -std::numeric_limits<double>::infinity();
  const double high = claim.quantity.high ? claim.quantity.high->ToDouble()
                                          : std::numeric_limits<double>::infinity();
  return low == mark.interval->first && high == mark.interval->second;
}

std::size_t IndexOf(const Claim& claim, const ReadArticle& read) {
  return static_cast<std::size_t>(&claim - read.claims.data());
}

void Count(const std::string& line, Tallies* tallies) {
  const MarkedText story = ReadLine(line);
  const ReadArticle read = ReadClaims(story.article, TestCatalogue());
  std::vector<bool> expected(read.claims.size());
  int excused = 0, marked = 0;
  for (const Mark& mark : story.marks) {
    const Claim* claim = ClaimAt(read.claims, mark);
    if (claim != nullptr && expected[IndexOf(*claim, read)]) claim = nullptr;  // Another mark's.
    if (claim != nullptr) expected[IndexOf(*claim, read)] = true;
    if (mark.optional) {
      excused += claim != nullptr ? 1 : 0;
      continue;
    }
    ++marked;
    const bool found = claim != nullptr && SameInterval(*claim, mark);
    const bool same = found && TestCatalogue().Get(claim->measure).name == mark.measure;
    tallies->figure.hits += found ? 1 : 0;
    tallies->measure.hits += same ? 1 : 0;
    if (same) continue;
    std::cout << "    " << mark.measure << " read as "
              << (claim == nullptr ? "none" : Dump(*claim, TestCatalogue())) << ": " << line
              << "\n";
  }
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (expected[i]) continue;
    std::cout << "    none read as " << Dump(read.claims[i], TestCatalogue()) << ": " << line
              << "\n";
  }
  for (Tally* tally : {&tallies->figure, &tallies->measure}) {
    tally->marked += marked;
    tally->read += static_cast<int>(read.claims.size()) - excused;
  }
}

void Add(const Tally& from, Tally* to) {
  to->hits += from.hits;
  to->marked += from.marked;
  to->read += from.read;
}

void Print(const std::string& name, const Tallies& tallies) {
  std::cout << name << ": figure " << tallies.figure.F1() << "  with measure "
            << tallies.measure.F1() << "  of " << tallies.figure.marked << "\n";
}

// The tally of all the files whose names begin with `prefix`.
Tallies CountFiles(const std::string& prefix) {
  const std::filesystem::path folder =
      std::filesystem::path(CLAIMWATCH_SOURCE_DIR) / "tests" / "claims" / "drill";
  Tallies all;
  std::map<std::string, Tallies> groups;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (!absl::StartsWith(name, prefix)) continue;
    std::ifstream in(entry.path());
    std::string group;
    for (std::string line; std::getline(in, line);) {
      if (absl::StartsWith(line, "## ")) {
        group = absl::StrCat(name, " ", line.substr(3));
      } else if (!line.empty()) {
        Count(line, &groups[group]);
      }
    }
  }
  for (const auto& [group, tallies] : groups) {
    Print(group, tallies);
    Add(tallies.figure, &all.figure);
    Add(tallies.measure, &all.measure);
  }
  return all;
}

TEST(DrillTest, AccuracyDoesNotDrop) {
  for (const Floor& floor : kFloors) {
    const Tallies all = CountFiles(floor.files);
    Print(floor.files, all);
    EXPECT_GE(all.figure.marked, 100) << floor.files;
    EXPECT_GE(all.figure.F1(), floor.figure) << floor.files;
    EXPECT_GE(all.measure.F1(), floor.measure) << floor.files;
  }
}

}  // namespace
}  // namespace claimwatch
