#include "client/cli/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace claimwatch::cli {
namespace {

namespace pb = ::claimwatch::v1;
using testing::HasSubstr;
using testing::Not;

TEST(ToJson, ZeroAndAbsentDiffer) {
  pb::Quantity quantity;
  quantity.set_low(0);
  quantity.set_unit("people");
  const std::string json = ToJson(quantity);
  EXPECT_THAT(json, HasSubstr("\"low\":0}"));
  EXPECT_THAT(json, Not(HasSubstr("\"high\"")));
  EXPECT_THAT(json, HasSubstr("\"approximate\":false"));
  EXPECT_THAT(json, HasSubstr("\"unit\":\"people\""));
}

TEST(ToJson, OffsetsAreNumbersEnumsAreNamesAndSequencesAreStrings) {
  pb::Receipt receipt;
  receipt.set_article_id("a1");
  receipt.set_sequence(7);
  pb::Quote& quote = *receipt.add_claims()->mutable_quote();
  quote.set_field(pb::Quote::FIELD_BODY);
  quote.set_begin(1834);
  quote.set_end(1844);
  const std::string json = ToJson(receipt);
  EXPECT_THAT(json, HasSubstr("\"sequence\":\"7\""));
  EXPECT_THAT(json, HasSubstr("{\"field\":\"FIELD_BODY\",\"begin\":1834,\"end\":1844,"));
  EXPECT_THAT(json, HasSubstr("\"duplicate\":false"));
  EXPECT_THAT(json, HasSubstr("\"alerts\":[]"));
  EXPECT_THAT(json, Not(HasSubstr("\"error\"")));
  EXPECT_THAT(json, Not(HasSubstr("\n")));
}

TEST(ToJson, NumbersKeepTheirDigits) {
  pb::Quantity quantity;
  quantity.set_low(0.1);
  quantity.set_high(2'000'000'000);
  EXPECT_THAT(ToJson(quantity), HasSubstr("\"low\":0.1,\"high\":2000000000}"));
}

TEST(EventJson, CarriesTheTokenOfItsMessage) {
  pb::AlertEvent event;
  event.set_position(3);
  EXPECT_THAT(EventJson(event, "e-1_9"), testing::EndsWith(",\"resumeToken\":\"e-1_9\"}"));
  EXPECT_THAT(EventJson(event, ""), Not(HasSubstr("resumeToken")));
  EXPECT_THAT(EventJson(event, "a\"\n"), testing::EndsWith("\"a\\u0022\\u000a\"}"));
}

TEST(ParseArticle, ReadsBothSpellings) {
  const auto camel =
      ParseArticle(R"({"articleId":"a1","publishTime":"2022-01-10T09:00:00Z","body":"x"})", false);
  const auto snake = ParseArticle(
      R"({"article_id":"a1","publish_time":"2022-01-10T09:00:00Z","body":"x"})", false);
  ASSERT_TRUE(camel.ok() && snake.ok());
  EXPECT_EQ(camel->publish_time().seconds(), 1'641'805'200);
  EXPECT_EQ(camel->SerializeAsString(), snake->SerializeAsString());
}

TEST(ParseArticle, SaysWhatIsWrong) {
  const char kTypo[] = R"({"articleId":"a1","publishedAt":"yesterday"})";
  EXPECT_THAT(std::string(ParseArticle(kTypo, false).status().message()), HasSubstr("publishedAt"));
  EXPECT_TRUE(ParseArticle(kTypo, true).ok());
  for (const char* line : {"", "not JSON", "[]", "{\"articleId\":", "{\"articleId\":7,}", "\xff",
                           "{\"publishTime\":\"yesterday\"}", "{\"title\":\"\xff\"}"}) {
    EXPECT_TRUE(absl::IsInvalidArgument(ParseArticle(line, false).status())) << line;
  }
}

}  // namespace
}  // namespace claimwatch::cli
