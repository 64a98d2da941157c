// Why a number phrase is no count, in words for people: what `claimwatch extract` shows.
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "server/text/number.h"
#include "tests/text/dump.h"

namespace claimwatch {
namespace {

struct ReasonCase {
  std::string_view text;
  std::string_view reasons;  // "kind: reason" of each number phrase, joined by "; ".
};

constexpr ReasonCase kCases[] = {
    {"It burned on 3 March 2011.", "date: a day of a month"},
    {"It burned in May 2010.", "date: a month and its year"},
    {"It burned on 10.02.2012.", "date: a date"},
    {"It burned in 2009.", "date: a year"},
    {"It was built in 300 BC.", "date: a year"},
    {"The war of 1914-18 ended.", "date: a span of years"},
    {"It was built in the 1990s.", "date: a decade"},
    {"It burned at 10:45 pm.", "time: a time of day"},
    {"Ann Lee, 36, was found.", "age: an age beside a name"},
    {"A 34-year-old man fled.", "age: an age: years old"},
    {"She is in her 40s.", "age: an age in decades"},
    {"It was the 12th attack.", "ordinal: a rank"},
    {"It was the third attack.", "ordinal: a rank"},
    {"A Boeing 737 landed.", "name: numbered by the word before it"},
    {"Flight MH17 was lost.", "name: glued to letters: a name"},
    {"Under Section 427 it is a crime.", "name: numbered by the word before it"},
    {"The S&P 500 fell.", "name: part of a name"},
    {"They won 3-2 in the end.", "score: a score or a tally"},
    {"Over there it rained.[19] Then it stopped.", "reference: a footnote"},
    {"Call 555-0134 now.", "reference: a phone number"},
    {"They live in Ostrel, PA 23456 now.", "reference: a ZIP code"},
    {"The fire was at 12 Main Street then.", "reference: an address"},
    {"It was on the 680-block of Elm Way.", "reference: an address"},
    {"It was in the 5000 blocks of Oak and Elm.", "reference: an address"},
    {"A man was shot in the 3600 blk.", "reference: an address"},
    {"Call the line: HELP (4357).", "reference: a word on a telephone's keys"},
    {"They met on County Road 2217 near Ostrel.", "name: numbered by the word before it"},
    {"Near exit 82 a man of Troop 4 fell.",
     "name: numbered by the word before it; name: numbered by the word before it"},
    {"It began between 8 and 8:30 p.m. there.", "time: a time of day; time: a time of day"},
    {"March 4 \u2013 8:42 p.m. \u2013 A fire.", "date: a day of a month; time: a time of day"},
    {"They gave their ages as 14, 18 and 29.",
     "age: an age: aged; age: an age in a list of ages; age: an age in a list of ages"},
    {"(\u00a92014 Ostrel Media)", "date: a year"},
    {"He got five years in prison.", "duration: a length of time"},
    {"The power was off for 29 hours.", "duration: a length of time"},
    {"Prices are three times as high.", "count: a multiple"},
    {"It fell by 12 percent.", "percent: a share"},
    {"It cost $12.", "money: a sum of money"},
    {"It is 12 km away.", "measurement: a measurement"},
    {"A 6.2-magnitude quake struck.", "measurement: the size of a quake"},
    {"No one was hurt.", "count: none of them"},
};

TEST(NumberReasons, AreToldForEveryKind) {
  for (const ReasonCase& c : kCases) {
    const Document document = ReadDocument(Field::kBody, c.text, TestLexicon());
    std::string reasons;
    for (const Number& number : FindNumbers(document, TestLexicon())) {
      const std::string dump = Dump(document, number);
      absl::StrAppend(&reasons, reasons.empty() ? "" : "; ", dump.substr(0, dump.find('{')), ": ",
                      number.reason);
    }
    EXPECT_EQ(reasons, c.reasons) << c.text;
  }
}

}  // namespace
}  // namespace claimwatch
