// When and where: items whose figures are marked with the time and the place that are theirs.
//
// tests/claims/drill/when_where_*.txt: a line is an article of one sentence of Friday, 1 March
// 2024, 10:00 UTC ("> " makes it a headline). A figure is {words|time|place}; what is left empty
// must not be read. Time: the phrase's words, ';', then "02-25..02-26" (first day, day after the
// last; one end may be open), "as 02-27", "now" for 10:00, or "?" where only the words count; days
// count, no hours. What is read may hold more words than are marked: "the province of" a name, the
// preposition of a day. Every wrong reading is printed; the floors are a little below what is
// reached.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tests/claims/marks.h"

namespace claimwatch {
namespace {

constexpr int kMarksMin = 60;
constexpr std::size_t kMoreBytesMax = 32;  // That a phrase may have beside the words marked.

struct Floor {
  const char* file;
  double time, dates, place;
};
constexpr Floor kFloors[] = {
    {"when_where_a.txt", 0.96, 0.96, 0.93},
    {"when_where_b.txt", 0.94, 0.90, 0.94},
};

struct WhenWhere {
  Mark figure;
  std::string time, dates, place;
};

struct Item {
  Article article;
  std::vector<WhenWhere> marks;
};

absl::Time MomentOf(const std::string& words, absl::Time now) {
  if (words == "now") return now;
  const bool year = words.find('-') == 4;
  absl::Time time;
  std::string error, text = absl::StrCat(year ? "" : "2024-", words);
  if (text.find('T') == std::string::npos) text += "T00";
  EXPECT_TRUE(absl::ParseTime("%Y-%m-%dT%H", text, absl::UTCTimeZone(), &time, &error)) << words;
  return time;
}

TimeScope ScopeOf(const std::string& dates, absl::Time now) {
  TimeScope scope;
  if (absl::StartsWith(dates, "as ")) {
    scope.as_of = MomentOf(dates.substr(3), now);
    return scope;
  }
  const std::vector<std::string> ends = absl::StrSplit(dates, "..");
  if (!ends.front().empty()) scope.begin = MomentOf(ends.front(), now);
  if (ends.size() > 1 && !ends[1].empty()) scope.end = MomentOf(ends[1], now);
  return scope;
}

// The day that a time begins in, and the one that it ends.
std::string FirstDay(absl::Time time) {
  return absl::FormatTime("%Y-%m-%d", time, absl::UTCTimeZone());
}
std::string LastDay(absl::Time time) { return FirstDay(time - absl::Seconds(1)); }

bool SameDates(const std::string& dates, const TimeScope& read, absl::Time now) {
  if (dates == "?") return true;
  const TimeScope marked = ScopeOf(dates, now);
  return FirstDay(marked.begin) == FirstDay(read.begin) &&
         LastDay(marked.end) == LastDay(read.end) && LastDay(marked.as_of) == LastDay(read.as_of);
}

bool SameWords(const std::string& marked, const std::string& read) {
  return absl::StrContains(read, marked) && read.size() <= marked.size() + kMoreBytesMax;
}

Item ReadItem(const std::string& line) {
  Item item;
  item.article = TestArticle("");
  const bool title = absl::StartsWith(line, "> ");
  std::string& text = title ? item.article.title : item.article.body;
  for (std::size_t at = title ? 2 : 0; at < line.size();) {
    if (line[at] != '{') {
      text.push_back(line[at++]);
      continue;
    }
    const std::size_t end = line.find('}', at);
    const std::vector<std::string> parts = absl::StrSplit(line.substr(at + 1, end - at - 1), '|');
    EXPECT_TRUE(end != std::string::npos && parts.size() == 3) << line;
    const std::pair<std::string, std::string> time =
        absl::StrSplit(parts[1], absl::MaxSplits(';', 1));
    WhenWhere mark;
    mark.time = time.first;
    mark.dates = time.second;
    mark.place = parts[2];
    mark.figure.field = title ? Field::kTitle : Field::kBody;
    mark.figure.span = {static_cast<std::uint32_t>(text.size()),
                        static_cast<std::uint32_t>(parts[0].size())};
    text += parts[0];
    item.marks.push_back(std::move(mark));
    at = end + 1;
  }
  return item;
}

struct Tallies {
  int figures = 0;
  Tally time, dates, place;
};

void Count(bool marked, bool read, bool hit, Tally* tally) {
  tally->marked += marked ? 1 : 0;
  tally->read += read ? 1 : 0;
  tally->hits += marked && read && hit ? 1 : 0;
}

void CountItem(const std::string& line, Tallies* tallies) {
  const Item item = ReadItem(line);
  const ReadArticle read = ReadClaims(item.article, TestCatalogue());
  for (const WhenWhere& mark : item.marks) {
    ++tallies->figures;
    const Claim* claim = ClaimAt(read.claims, mark.figure);
    const Claim none;
    const Claim& got = claim == nullptr ? none : *claim;
    const std::string& time = got.time.phrase.text;
    const bool words = SameWords(mark.time, time);
    const bool dates = words && SameDates(mark.dates, got.time, item.article.publish_time);
    const bool place = SameWords(mark.place, got.place.text);
    Count(!mark.time.empty(), !time.empty(), words, &tallies->time);
    Count(!mark.time.empty(), !time.empty(), dates, &tallies->dates);
    Count(!mark.place.empty(), !got.place.text.empty(), place, &tallies->place);
    const bool right = mark.time.empty() ? time.empty() : dates;
    if (right && (mark.place.empty() ? got.place.text.empty() : place)) continue;
    std::cout << "    " << (claim == nullptr ? "none" : Dump(got, TestCatalogue())) << " ["
              << absl::FormatTime("%m-%dT%H", got.time.begin, absl::UTCTimeZone()) << ".."
              << absl::FormatTime("%m-%dT%H", got.time.end, absl::UTCTimeZone()) << " as "
              << absl::FormatTime("%m-%dT%H", got.time.as_of, absl::UTCTimeZone()) << "]: " << line
              << "\n";
  }
}

TEST(WhenWhereTest, AccuracyDoesNotDrop) {
  const std::filesystem::path folder =
      std::filesystem::path(CLAIMWATCH_SOURCE_DIR) / "tests" / "claims" / "drill";
  for (const Floor& floor : kFloors) {
    std::ifstream in(folder / floor.file);
    Tallies all;
    for (std::string line; std::getline(in, line);) {
      if (!line.empty() && !absl::StartsWith(line, "## ")) CountItem(line, &all);
    }
    std::cout << floor.file << ": time " << all.time.F1() << "  with dates " << all.dates.F1()
              << "  place " << all.place.F1() << "  of " << all.figures << "\n";
    EXPECT_GE(all.figures, kMarksMin) << floor.file;
    EXPECT_GE(all.time.F1(), floor.time) << floor.file;
    EXPECT_GE(all.dates.F1(), floor.dates) << floor.file;
    EXPECT_GE(all.place.F1(), floor.place) << floor.file;
  }
}

}  // namespace
}  // namespace claimwatch
