// Text with its figures marked by hand, as the accuracy tests keep it, and what was read of it.
//
// A figure is {words|measure flags}: p part, i increment, r rate (else total); proj, den, past
// (else stated); opt: neither rewarded nor punished (a duration always is); =low..high or =value
// where the interval matters. Used by news_test.cc and drill_test.cc.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "tests/claims/reading.h"

namespace claimwatch {

struct Mark {
  Field field = Field::kBody;
  Span span;
  std::string measure;
  Scope scope = Scope::kTotal;
  Status status = Status::kStated;
  bool optional = false;
  std::optional<std::pair<double, double>> interval;  // None: any will do.
};

// An article, or one sentence, with its marks.
struct MarkedText {
  Article article;
  std::vector<Mark> marks;
};

// "=2..3", "=24..", "=..50", "=7"; an end left out is unbounded.
inline std::pair<double, double> ReadInterval(const std::string& words) {
  const std::vector<std::string> ends = absl::StrSplit(words, "..");
  double low = -std::numeric_limits<double>::infinity(), high = -low;
  EXPECT_TRUE(ends.front().empty() || absl::SimpleAtod(ends.front(), &low)) << words;
  EXPECT_TRUE(ends.back().empty() || absl::SimpleAtod(ends.back(), &high)) << words;
  return {low, high};
}

inline Mark ReadMark(Field field, Span span, const std::string& flags) {
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
      mark.interval = ReadInterval(flag.substr(1));
    }
  }
  return mark;
}

// Appends `marked` to `text` without its marks, which go to `story`.
inline void AddText(const std::string& marked, Field field, std::string* text, MarkedText* story) {
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

// Hits and what there was to hit, of one demand.
struct Tally {
  int hits = 0, marked = 0, read = 0;
  double F1() const {
    return marked + read == 0 ? 0 : 2.0 * hits / static_cast<double>(marked + read);
  }
};

// The claim whose figure meets the mark, or null.
inline const Claim* ClaimAt(const std::vector<Claim>& claims, const Mark& mark) {
  for (const Claim& claim : claims) {
    const bool meets = claim.quote.begin < mark.span.end() && mark.span.begin < claim.quote.end();
    if (claim.field == mark.field && meets) return &claim;
  }
  return nullptr;
}

}  // namespace claimwatch
