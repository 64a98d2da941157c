// Phrases of time, marked by hand before they were read; the articles are of Friday, 1 March 2024.
#include "server/claims/time_phrase.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/claims/reading.h"

namespace claimwatch {
namespace {

std::string DayOf(absl::Time time) {
  if (time == absl::InfinitePast() || time == absl::InfiniteFuture()) return "";
  return absl::FormatTime("%Y-%m-%d", time, absl::UTCTimeZone());
}

// "on Monday 2024-02-26..2024-02-27", "by noon @2024-03-01"; what is not known is left out.
std::string TimeOf(const std::string& text) {
  const Article article = TestArticle(text);
  const ReadArticle read = ReadClaims(article, TestCatalogue());
  if (read.claims.empty()) return "no claim";
  const TimeScope& time = read.claims[0].time;
  std::string told = time.phrase.text;
  const std::string from = DayOf(time.begin), to = DayOf(time.end), as_of = DayOf(time.as_of);
  if (!from.empty() || !to.empty()) absl::StrAppend(&told, " ", from, "..", to);
  if (!as_of.empty()) absl::StrAppend(&told, " @", as_of);
  return told;
}

struct Case {
  const char* text;
  const char* time;
};

template <std::size_t count>
void ExpectTimes(const Case (&cases)[count]) {
  for (const Case& c : cases) EXPECT_EQ(TimeOf(c.text), c.time) << c.text;
}

TEST(TimePhraseTest, ADay) {
  ExpectTimes({
      {"The flood killed 12 people on Monday.", "on Monday 2024-02-26..2024-02-27"},
      {"The flood killed 12 people Thursday.", "Thursday 2024-02-29..2024-03-01"},
      {"The flood killed 12 people last Friday.", "last Friday 2024-02-23..2024-02-24"},
      {"The blast killed 12 people on Friday morning.", "on Friday morning 2024-03-01..2024-03-02"},
      {"The blast killed 12 people late on Tuesday.", "late on Tuesday 2024-02-27..2024-02-28"},
      {"The blast killed 12 people on 3 February.", "on 3 February 2024-02-03..2024-02-04"},
      {"The blast killed 12 people on February 3.", "on February 3 2024-02-03..2024-02-04"},
      {"The raid on Nov. 20 killed 12 people.", "on Nov. 20 2023-11-20..2023-11-21"},
      {"The blast killed 12 people early on Tuesday.", "early on Tuesday 2024-02-27..2024-02-28"},
      {"Some 12 people were hurt yesterday.", "yesterday 2024-02-29..2024-03-01"},
      {"Twelve people were hurt today when a wall fell.", "today 2024-03-01..2024-03-02"},
      {"Shelling overnight wounded 12 people.", "overnight"},
  });
}

TEST(TimePhraseTest, SeveralDays) {
  ExpectTimes({
      {"Fighting killed 12 people last week.", "last week 2024-02-19..2024-02-26"},
      {"Fighting killed 12 people this week.", "this week 2024-02-26..2024-03-02"},
      {"Some 12 people were arrested over the weekend.", "over the weekend 2024-02-24..2024-02-26"},
      {"Fires have killed 12 people in the past 24 hours.",
       "in the past 24 hours 2024-02-29..2024-03-02"},
      {"Fires have killed 12 people over the last three days.",
       "over the last three days 2024-02-27..2024-03-02"},
      {"In the past two weeks 12 people have been hurt.",
       "In the past two weeks 2024-02-16..2024-03-02"},
      {"The ministry confirmed 12 deaths within the past week.",
       "within the past week 2024-02-23..2024-03-02"},
      {"Fires killed 12 people in January.", "in January 2024-01-01..2024-02-01"},
      {"Police arrested 12 people in October.", "in October 2023-10-01..2023-11-01"},
      {"Fires have killed 12 people this year.", "this year 2024-01-01..2024-03-02"},
      {"Police arrested 12 people between 3 and 9 February.",
       "between 3 and 9 February 2024-02-03..2024-02-10"},
      {"Police arrested 12 people between 3 January and 9 February.",
       "between 3 January and 9 February 2024-01-03..2024-02-10"},
      {"From Monday to Wednesday 12 people were hurt.",
       "From Monday to Wednesday 2024-02-26..2024-02-29"},
      {"Storms hurt 12 people during the weekend.", "during the weekend 2024-02-24..2024-02-26"},
      {"Some 12 people were hurt in the last few days.", "in the last few days"},
      {"In the first six months of the year 12 people were killed.", "In the first six months"},
      {"The town will feed 12 people next month.", "next month 2024-04-01..2024-05-01"},
      {"In June last year 12 people were hurt.", "In June last year 2023-06-01..2023-07-01"},
  });
}

TEST(TimePhraseTest, UntilNow) {
  ExpectTimes({
      {"At least 12 people have died since Monday.", "since Monday 2024-02-26.."},
      {"At least 12 people have died since 3 February.", "since 3 February 2024-02-03.."},
      {"At least 12 people have died since January.", "since January 2024-01-01.."},
      {"At least 12 people have died since last week.", "since last week 2024-02-19.."},
      {"At least 12 people have died since the start of the year.",
       "since the start of the year 2024-01-01.."},
      {"At least 12 people have died since the beginning of January.",
       "since the beginning of January 2024-01-01.."},
      {"At least 12 people have died since the protests began.", "since the protests began"},
      {"Some 12 people have so far been found dead.", "so far @2024-03-01"},
      {"Police have arrested 12 people so far this year.",
       "so far this year 2024-01-01.. @2024-03-01"},
      {"Rescuers have found 12 bodies to date.", "to date @2024-03-01"},
  });
}

TEST(TimePhraseTest, TheStateThen) {
  ExpectTimes({
      {"As of Monday 12 people were missing.", "As of Monday @2024-02-26"},
      {"As of 27 February, 12 people were missing.", "As of 27 February @2024-02-27"},
      {"By Thursday evening 12 people had died.", "By Thursday evening @2024-02-29"},
      {"The toll had risen to 12 by Wednesday.", "by Wednesday @2024-02-28"},
      {"By Friday 12 people had died.", "By Friday @2024-03-01"},
      {"As of noon, 12 people were missing.", "As of noon @2024-03-01"},
      {"By 6 p.m. 12 people were missing.", "By 6 p.m. @2024-03-01"},
      {"By midday on Thursday 12 people had died.", "By midday on Thursday @2024-02-29"},
      {"By dusk on Thursday 12 people had died.", "By dusk on Thursday @2024-02-29"},
      {"As of 6 p.m. on Thursday 12 people were missing.", "As of 6 p.m. on Thursday @2024-02-29"},
  });
}

TEST(TimePhraseTest, OfWhatIsSaidOrOfNothing) {
  ExpectTimes({
      {"The ministry said on Monday that 12 people were missing.", ""},
      {"Twelve people died, police said on Tuesday.", ""},
      {"Officials said in January that 12 people had died.", ""},
      {"The storm killed 12 people in April Springs.", ""},
      {"In December the mayor told the court that 12 clerks had died.", ""},
      {"Last week it said it would cut 12 jobs.", ""},
      {"On Monday, police said, 12 people were hurt.", "On Monday 2024-02-26..2024-02-27"},
      {"The bank, founded in 1850, lost 12 people to the fire.", ""},
      {"Some 12 people were killed by the 1998 cyclone.", ""},
      {"The flood may have killed 12 people.", ""},
      {"Some 12 people were held for three days.", ""},
      {"The crew of 12 sailors was hurt by the mast.", ""},
      {"Police killed 12 people in the town of May.", ""},
  });
}

// Without a time of publication only what the text says by itself is known.
TEST(TimePhraseTest, AnArticleOfNoTime) {
  Article article =
      TestArticle("The flood killed 12 people on Monday. The fire killed 40 people on 3 May 2021.");
  article.publish_time = absl::InfinitePast();
  const ReadArticle read = ReadClaims(article, TestCatalogue());
  ASSERT_EQ(read.claims.size(), 2u);
  EXPECT_EQ(read.claims[0].time.phrase.text, "on Monday");
  EXPECT_EQ(read.claims[0].time.begin, absl::InfinitePast());
  EXPECT_EQ(read.claims[1].time.phrase.text, "on 3 May 2021");
  EXPECT_EQ(DayOf(read.claims[1].time.begin), "2021-05-03");
}

}  // namespace
}  // namespace claimwatch
