#include "server/ingest/validate.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "server/ingest/limits.h"

namespace claimwatch {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'641'546'000);  // 2022-01-07T09:00:00Z

Article Good() {
  Article article;
  article.id = "a1";
  article.source = "wire.example";
  article.title = "Toll rises";
  article.body = "Twelve people died.";
  article.language = "en";
  article.publish_time = kNow;
  return article;
}

// "field: description" of each problem, one a line.
std::string Problems(const Article& article) {
  std::string lines;
  for (const FieldProblem& problem : Validate(article, kNow, absl::Hours(48))) {
    absl::StrAppend(&lines, problem.field, ": ", problem.description, "\n");
  }
  return lines;
}

struct Case {
  const char* what;
  void (*change)(Article&);
  const char* expected;
};

const Case kCases[] = {
    {"nothing wrong", [](Article&) {}, ""},
    {"title alone", [](Article& a) { a.body.clear(); }, ""},
    {"body alone", [](Article& a) { a.title.clear(); }, ""},
    {"no source, language or time",
     [](Article& a) {
       a.source.clear();
       a.language.clear();
       a.publish_time = absl::InfinitePast();
     },
     ""},
    {"no id", [](Article& a) { a.id.clear(); },
     "article_id: is empty; an article needs an id that is unique for ever\n"},
    {"id too long", [](Article& a) { a.id.assign(257, 'x'); },
     "article_id: is 257 bytes; the limit is 256\n"},
    {"id with a line break", [](Article& a) { a.id = std::string("a\nb"); },
     "article_id: holds a control character\n"},
    {"empty article",
     [](Article& a) {
       a.title = std::string(" ");
       a.body = std::string("\n\t");
     },
     "body: is empty, and so is the title: there is nothing to read\n"},
    {"body at the limit", [](Article& a) { a.body.assign(1 << 20, 'x'); }, ""},
    {"body over the limit", [](Article& a) { a.body.assign((1 << 20) + 1, 'x'); },
     "body: is 1048577 bytes; the limit is 1048576\n"},
    {"title over the limit", [](Article& a) { a.title.assign(5000, 'x'); },
     "title: is 5000 bytes; the limit is 4096\n"},
    {"body is not UTF-8", [](Article& a) { a.body = std::string("caf\xe9"); },
     "body: is not valid UTF-8\n"},
    {"two problems",
     [](Article& a) {
       a.source = std::string("\xff");
       a.url.assign(3000, 'u');
     },
     "source: is not valid UTF-8\nurl: is 3000 bytes; the limit is 2048\n"},
    {"hint over the limit", [](Article& a) { a.story_hint.assign(300, 'h'); },
     "story_hint: is 300 bytes; the limit is 256\n"},
    {"odd language", [](Article& a) { a.language = std::string("english!"); },
     "language: is not a language tag (BCP 47), such as \"en\" or \"pt-BR\"\n"},
    {"a day ahead", [](Article& a) { a.publish_time = kNow + absl::Hours(47); }, ""},
    {"far future", [](Article& a) { a.publish_time = kNow + absl::Hours(49); },
     "publish_time: is 2022-01-09T10:00:00+00:00, in the future; the latest that is taken now is "
     "2022-01-09T09:00:00+00:00\n"},
    {"endless future", [](Article& a) { a.publish_time = absl::InfiniteFuture(); },
     "publish_time: is infinite-future, in the future; the latest that is taken now is "
     "2022-01-09T09:00:00+00:00\n"},
    {"long ago",
     [](Article& a) {
       a.publish_time = absl::FromCivil(absl::CivilYear(1755), absl::UTCTimeZone());
     },
     ""},
    {"before the year 1000",
     [](Article& a) {
       a.publish_time = absl::FromCivil(absl::CivilYear(999), absl::UTCTimeZone());
     },
     "publish_time: is before the year 1000\n"},
};

TEST(Validate, NamesTheFieldAndTheBound) {
  for (const Case& c : kCases) {
    Article article = Good();
    c.change(article);
    EXPECT_EQ(Problems(article), c.expected) << c.what;
  }
}

TEST(Validate, ReadsLanguageTagsByTheirShape) {
  for (const char* tag : {"en", "pt-BR", "zh-Hant-TW", "i-klingon", "x-own", "sl-rozaj-1994"}) {
    EXPECT_TRUE(IsLanguageTag(tag)) << tag;
  }
  for (const char* tag : {"", "-", "en-", "-en", "en_US", "e1", "toolongtag", "en US", "en--US"}) {
    EXPECT_FALSE(IsLanguageTag(tag)) << tag;
  }
}

}  // namespace
}  // namespace claimwatch
