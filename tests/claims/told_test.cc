// The drill of telling: who says so, and whether it is stated, projected, denied or told of an
// earlier event, sentence by sentence, marked by hand before they were read.
//
// tests/claims/drill/told_*.txt: "## group" opens a group; a line is an article of a sentence or
// two, "> " before it makes it a headline. [words] are a speaker, {words} or {words|flags} a
// figure: proj, den, past (else stated); sN its speaker is the Nth, s0 nobody (else the last one
// marked). Figures that are not read are counted, but it is the business of other tests that they
// be.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "gtest/gtest.h"
#include "tests/claims/marks.h"

namespace claimwatch {
namespace {

constexpr std::size_t kLastSpeaker = ~std::size_t{0};

struct Telling {
  Mark figure;
  std::size_t speaker = kLastSpeaker;  // From 1; 0: nobody.
};

struct ToldText {
  std::string text;
  std::vector<std::string> speakers;
  std::vector<Telling> figures;
};

Telling ReadTelling(Field field, Span span, std::string_view flags, Status usual) {
  Telling telling;
  telling.figure.field = field;
  telling.figure.span = span;
  telling.figure.status = usual;
  for (const absl::string_view flag :
       absl::StrSplit(absl::string_view(flags.data(), flags.size()), ' ', absl::SkipEmpty())) {
    if (flag == "proj") {
      telling.figure.status = Status::kProjected;
    } else if (flag == "den") {
      telling.figure.status = Status::kDenied;
    } else if (flag == "past") {
      telling.figure.status = Status::kPastEvent;
    } else if (flag == "stated") {
      telling.figure.status = Status::kStated;
    } else {
      EXPECT_TRUE(flag.size() == 2 && flag[0] == 's') << "unknown flag " << flag;
      telling.speaker = static_cast<std::size_t>(flag[1] - '0');
    }
  }
  return telling;
}

ToldText ReadMarks(std::string_view line, Field field, Status usual) {
  ToldText told;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] != '[' && line[at] != '{') {
      told.text.push_back(line[at]);
      continue;
    }
    const std::size_t end = line.find(line[at] == '[' ? ']' : '}', at);
    const std::string_view held = line.substr(at + 1, end - at - 1);
    const std::string_view words = held.substr(0, held.find('|'));
    if (line[at] == '[') {
      told.speakers.emplace_back(words);
    } else {
      const Span span{static_cast<std::uint32_t>(told.text.size()),
                      static_cast<std::uint32_t>(words.size())};
      const std::string_view flags = held.substr(std::min(held.size(), words.size() + 1));
      told.figures.push_back(ReadTelling(field, span, flags, usual));
    }
    told.text.append(words);
    at = end;
  }
  return told;
}

// A speaker without the article before it, which says nothing of who it is.
std::string Bare(std::string_view speaker) {
  std::string bare = absl::AsciiStrToLower(absl::string_view(speaker.data(), speaker.size()));
  for (const char* article : {"the ", "a ", "an "}) {
    if (absl::StartsWith(bare, article)) return bare.substr(std::string(article).size());
  }
  return bare;
}

struct Tallies {
  int figures = 0, found = 0;
  Tally speaker;
  Tally status[4];  // By the status that is marked: hits of marked.

  void Add(const Tallies& other) {
    figures += other.figures;
    found += other.found;
    speaker.hits += other.speaker.hits;
    speaker.marked += other.speaker.marked;
    speaker.read += other.speaker.read;
    for (int k = 0; k < 4; ++k) {
      status[k].hits += other.status[k].hits;
      status[k].marked += other.status[k].marked;
      status[k].read += other.status[k].read;
    }
  }
  double StatusRight() const {
    int hits = 0;
    for (const Tally& each : status) hits += each.hits;
    return found == 0 ? 0 : static_cast<double>(hits) / found;
  }
};

void Judge(const Claim& claim, const ToldText& told, const Telling& telling,
           const std::string& line, Tallies* tallies) {
  const std::size_t speaker = std::min(telling.speaker, told.speakers.size());
  const std::string expected = speaker == 0 ? "" : Bare(told.speakers[speaker - 1]);
  const std::string read = Bare(claim.attribution.text);
  ++tallies->found;
  tallies->speaker.marked += expected.empty() ? 0 : 1;
  tallies->speaker.read += read.empty() ? 0 : 1;
  tallies->speaker.hits += !read.empty() && read == expected ? 1 : 0;
  const Status status = telling.figure.status;
  ++tallies->status[static_cast<int>(status)].marked;
  ++tallies->status[static_cast<int>(claim.status)].read;
  tallies->status[static_cast<int>(status)].hits += claim.status == status ? 1 : 0;
  if (read == expected && claim.status == status) return;
  std::cout << "    '" << expected << "' read as " << Dump(claim, TestCatalogue()) << ": " << line
            << "\n";
}

void Count(const std::string& line, Status usual, Tallies* tallies) {
  const Field field = absl::StartsWith(line, "> ") ? Field::kTitle : Field::kBody;
  const ToldText told = ReadMarks(std::string(absl::StripPrefix(line, "> ")), field, usual);
  const bool title = field == Field::kTitle;
  const Article article = TestArticle(title ? "" : told.text, title ? told.text : "");
  const ReadArticle read = ReadClaims(article, TestCatalogue());
  for (const Telling& telling : told.figures) {
    ++tallies->figures;
    const Claim* claim = ClaimAt(read.claims, telling.figure);
    if (claim == nullptr) {
      std::cout << "    not read: " << line << "\n";
    } else {
      Judge(*claim, told, telling, line, tallies);
    }
  }
}

// What a group's figures are where no flag says so.
Status UsualOf(std::string_view group) {
  if (group == "projected") return Status::kProjected;
  if (group == "denied") return Status::kDenied;
  return group == "past event" ? Status::kPastEvent : Status::kStated;
}

void Print(const std::string& name, const Tallies& all) {
  std::cout << name << ": " << all.found << " of " << all.figures << " figures, speaker "
            << all.speaker.hits << " right of " << all.speaker.marked << " marked, "
            << all.speaker.read << " read: F1 " << all.speaker.F1() << "; status "
            << all.StatusRight() << " (stated, projected, denied, past:";
  for (const Tally& each : all.status) std::cout << " " << each.hits << "/" << each.marked;
  std::cout << ")\n";
}

Tallies CountFile(const std::string& name) {
  std::ifstream in(std::filesystem::path(CLAIMWATCH_SOURCE_DIR) / "tests" / "claims" / "drill" /
                   name);
  EXPECT_TRUE(in.good()) << name;
  Tallies all, of_group;
  std::string group;
  const auto close = [&] {
    if (!group.empty()) Print(absl::StrCat(name, " ", group), of_group);
    all.Add(of_group);
    of_group = Tallies();
  };
  for (std::string line; std::getline(in, line);) {
    if (absl::StartsWith(line, "## ")) {
      close();
      group = line.substr(3);
    } else if (!line.empty()) {
      Count(line, UsualOf(group), &of_group);
    }
  }
  close();
  Print(name, all);
  return all;
}

// A file and its floors, a little below what is reached. At first sight, before the rules were
// mended from it, speakers and statuses were read at .685 and .918 (told_a.txt), .886 and .881
// (told_b.txt), .833 and .935 (told_d.txt), .689 and .930 (told_c.txt; .767 with four marks set
// right that named as a speaker one who does not tell the figure, or cut a name short).
struct Floor {
  const char* file;
  double speaker, status;
};
constexpr Floor kFloors[] = {
    {"told_a.txt", 0.99, 0.99},
    {"told_b.txt", 0.99, 0.94},
    {"told_c.txt", 0.98, 0.94},
    {"told_d.txt", 0.9, 0.93},
};

TEST(ToldTest, AccuracyDoesNotDrop) {
  for (const Floor& floor : kFloors) {
    const Tallies all = CountFile(floor.file);
    EXPECT_GE(all.found, all.figures * 9 / 10) << floor.file;
    EXPECT_GE(all.speaker.F1(), floor.speaker) << floor.file;
    EXPECT_GE(all.StatusRight(), floor.status) << floor.file;
  }
}

}  // namespace
}  // namespace claimwatch
