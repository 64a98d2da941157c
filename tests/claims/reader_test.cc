// The whole of "text -> claims": both fields, any bytes, other languages, bounds, reasons.
#include "server/claims/reader.h"

#include <string>

#include "gtest/gtest.h"
#include "tests/claims/reading.h"

namespace claimwatch {
namespace {

// Every span lies inside its text and quotes it.
void ExpectSpansHold(const Article& article, const ReadArticle& read) {
  const auto inside = [&](Field field, Span span) {
    const std::string& text = field == Field::kTitle ? article.title : article.body;
    return span.begin <= text.size() && span.size <= text.size() - span.begin;
  };
  const auto quotes = [&](Field field, const Phrase& phrase) {
    const std::string& text = field == Field::kTitle ? article.title : article.body;
    return phrase.text.empty() || (inside(field, phrase.span) &&
                                   text.substr(phrase.span.begin, phrase.span.size) == phrase.text);
  };
  for (const Claim& claim : read.claims) {
    EXPECT_TRUE(inside(claim.field, claim.quote));
    EXPECT_TRUE(inside(claim.field, claim.sentence));
    EXPECT_GT(claim.quote.size, 0u);
    EXPECT_GE(claim.quote.begin, claim.sentence.begin);
    EXPECT_LE(claim.quote.end(), claim.sentence.end());
    for (const Phrase* phrase :
         {&claim.subject, &claim.attribution, &claim.place, &claim.time.phrase}) {
      EXPECT_TRUE(quotes(claim.field, *phrase)) << phrase->text;
    }
  }
}

TEST(ReaderTest, HeadlineComesBeforeBodyAndEachNumberSaysWhatBecameOfIt) {
  const Article article =
      TestArticle("A bus crash on May 4 killed 12 people, police said.", "12 dead in bus crash");
  const ReadArticle read = ReadClaims(article, TestCatalogue());
  ASSERT_EQ(read.claims.size(), 2u);
  EXPECT_EQ(read.claims[0].field, Field::kTitle);
  EXPECT_EQ(read.claims[1].field, Field::kBody);
  ASSERT_EQ(read.numbers.size(), 3u);
  EXPECT_EQ(read.numbers[0].claim, 0);
  EXPECT_EQ(read.numbers[1].claim, -1);
  EXPECT_NE(read.numbers[1].reason, "");
  EXPECT_EQ(read.numbers[2].claim, 1);
  ExpectSpansHold(article, read);
}

TEST(ReaderTest, TheSameArticleIsAlwaysReadAlike) {
  const Article article = TestArticle(
      "Floods killed 40 people, including 6 children, and displaced 12,000, the ministry said. In "
      "Galle district 112 houses collapsed. Another 3 people died on Sunday.");
  const ReadArticle first = ReadClaims(article, TestCatalogue());
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(ReadClaims(article, TestCatalogue()).claims, first.claims);
  }
  EXPECT_EQ(first.claims.size(), 5u);
}

TEST(ReaderTest, OtherLanguagesYieldNoClaims) {
  const auto reading = [](std::string_view language, std::string_view body) {
    Article article = TestArticle(body);
    article.language = std::string(language);
    const ReadArticle read = ReadClaims(article, TestCatalogue());
    if (read.reading == Reading::kLanguageNotRead) {
      EXPECT_TRUE(read.claims.empty());
    }
    return read.reading;
  };
  constexpr std::string_view kEnglish = "The flood has killed 12 people in the town, police said.";
  EXPECT_EQ(reading("en", kEnglish), Reading::kRead);
  EXPECT_EQ(reading("en-GB", kEnglish), Reading::kRead);
  EXPECT_EQ(reading("", kEnglish), Reading::kRead);
  EXPECT_EQ(reading("de", kEnglish), Reading::kLanguageNotRead);
  EXPECT_EQ(reading("",
                    "Bei dem Hochwasser sind mindestens 12 Menschen ums Leben gekommen, wie "
                    "die Polizei am Montag mitteilte."),
            Reading::kLanguageNotRead);
  EXPECT_EQ(reading("", "Al menos 12 personas murieron en las inundaciones, dijo la policía."),
            Reading::kLanguageNotRead);
  EXPECT_EQ(reading("", "При наводнении погибли 12 человек, сообщила полиция."),
            Reading::kLanguageNotRead);
}

TEST(ReaderTest, AnyBytesAreReadWithSpansInsideTheText) {
  const std::string cases[] = {
      "",
      "12",
      "killed",
      std::string("A bomb killed 12\0 people.", 25),
      "A bomb killed 12 \xFF\xFE people, \xC3 including 3 \xE2\x80 children.",
      "\xEF\xBB\xBF"
      "12 dead \xE2\x80\x93 police",
      "(((12))) \"\"\"killed\"\"\" 12 12 12, 12 and 12 of 12 of the 12",
      "12 of 12 of 12 of them, of whom 12, including 12 (12 and 12) - 12 - 12",
      "\xC2\xA0"
      "12\xC2\xA0people\xC2\xA0were\xC2\xA0killed.",
      "Of the of the of 12 of",
  };
  for (const std::string& text : cases) {
    const Article article = TestArticle(text, text);
    ExpectSpansHold(article, ReadClaims(article, TestCatalogue()));
  }
}

TEST(ReaderTest, EveryPrefixOfATextCanBeRead) {
  const std::string text =
      "At least 53 people, including four policemen, were reported to have been killed in Ciudad "
      "Real on Friday (12 men and 3 women), bringing the toll to 1,200; \xE2\x80\x9C"
      "40 others are "
      "missing\xE2\x80\x9D, said Ann Lee, a nurse at a clinic \xE2\x80\x94 5,000 barrels a day.";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    const Article article = TestArticle(text.substr(0, size));
    ExpectSpansHold(article, ReadClaims(article, TestCatalogue()));
  }
}

TEST(ReaderTest, ClaimsOfAnArticleAreBounded) {
  std::string body;
  for (int i = 0; i < 1000; ++i) body += "A bomb killed 12 people. ";
  const Article article = TestArticle(body);
  const ReadArticle read = ReadClaims(article, TestCatalogue());
  EXPECT_EQ(read.claims.size(), kArticleClaimsMax);
  EXPECT_EQ(read.numbers.size(), 1000u);
  EXPECT_EQ(read.numbers.back().claim, -1);
  EXPECT_NE(read.numbers.back().reason, "");
}

TEST(ReaderTest, LengthsAreToldInKilometresAndSharesInPercent) {
  EXPECT_EQ(Reads("The wave reached 10 miles inland."),
            "measurement 16.1 km total stated 'inland'");
  EXPECT_EQ(Reads("Two-thirds of the crop was lost.").substr(0, 16), "percent 66.67 % ");
}

}  // namespace
}  // namespace claimwatch
