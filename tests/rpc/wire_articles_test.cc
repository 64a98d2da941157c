#include "server/rpc/wire_articles.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/rpc/wire_buffer.h"

namespace claimwatch {
namespace {

// One article as it stands on the wire, read by itself: "id: field description" or "id: fine".
std::string ReadOne(const std::string& bytes) {
  CutBatch batch;
  batch.add_articles(bytes);
  const ReadBatch read = ReadArticles(batch);
  if (read.articles.size() == 1) return read.articles[0].id + ": fine";
  std::string line = read.results[0].article_id + ":";
  for (const FieldProblem& problem : read.results[0].problems) {
    line += " " + problem.field + " " + problem.description;
  }
  return line;
}

TEST(WireArticles, TheBadFieldIsBlamed) {
  v1::Article good;
  good.set_article_id("a1");
  good.set_body("Nine hurt");
  v1::Article body = good, both = good, id = good;
  body.set_body("Nine \xc3");
  both.set_title("\xff");
  both.set_source("\xed\xa0\x80");
  id.set_article_id("a\xff");
  wire::Article time;
  time.set_article_id("a1");
  time.set_publish_time("\x08");  // A varint that breaks off.
  const std::pair<std::string, const char*> kCases[] = {
      {good.SerializeAsString(), "a1: fine"},
      {body.SerializeAsString(), "a1: body is not valid UTF-8"},
      {both.SerializeAsString(), "a1: source is not valid UTF-8 title is not valid UTF-8"},
      {id.SerializeAsString(), "a\\xff: article_id is not valid UTF-8"},
      {time.SerializeAsString(), "a1: publish_time does not read as a google.protobuf.Timestamp"},
      {"\x0a\x05only", ": article does not read as a claimwatch.v1.Article"},
      {"", ": fine"},
  };
  for (const auto& [bytes, line] : kCases) EXPECT_EQ(ReadOne(bytes), line);
}

TEST(WireArticles, GoodOnesKnowTheirPlaces) {
  CutBatch batch;
  v1::Article article;
  for (const char* id : {"a", "b", "c"}) {
    article.set_article_id(id);
    batch.add_articles(article.SerializeAsString());
    batch.add_articles("\x0a\x05only");
  }
  CutBatch cut;
  ASSERT_TRUE(CutArticles(ToBuffer(batch), cut));
  const ReadBatch read = ReadArticles(cut);
  EXPECT_EQ(read.results.size(), 6u);
  EXPECT_THAT(read.places, testing::ElementsAre(0, 2, 4));
  EXPECT_EQ(read.articles[2].id, "c");
  EXPECT_FALSE(CutArticles(ToBuffer(std::string_view("\x12\x7f")), cut));
}

}  // namespace
}  // namespace claimwatch
