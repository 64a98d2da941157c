#include "client/cli/phrase_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/client/fake_daemon.h"

namespace claimwatch::cli {
namespace {

namespace pb = ::claimwatch::v1;

pb::NumberPhrase Phrase(const std::string& body, const std::string& words) {
  pb::NumberPhrase phrase;
  phrase.mutable_quote()->set_field(pb::Quote::FIELD_BODY);
  phrase.mutable_quote()->set_begin(static_cast<int>(body.find(words)));
  phrase.mutable_quote()->set_end(static_cast<int>(body.find(words) + words.size()));
  phrase.mutable_quote()->set_text(words);
  return phrase;
}

TEST(ExtractText, ShowsEveryPhraseInItsPlace) {
  pb::Article article;
  article.set_article_id("a1");
  article.set_body(
      "The quake that struck the valley before dawn on a cold day in 2022 brought down walls and "
      "killed 12 people, the ministry said.");
  pb::ExtractClaimsResponse answer;
  *answer.add_claims() = client::SampleClaim("x1");
  pb::NumberPhrase year = Phrase(article.body(), "2022");
  year.set_kind(pb::NumberPhrase::KIND_DATE);
  year.set_reason("a year");
  *answer.add_quantities() = year;
  pb::NumberPhrase toll = Phrase(article.body(), "12");
  toll.set_kind(pb::NumberPhrase::KIND_COUNT);
  toll.set_claim_id("x1");
  toll.set_reason("\"killed\" governs it");
  *toll.mutable_quantity() = client::SampleClaim("x1").quantity();
  *answer.add_quantities() = toll;
  EXPECT_EQ(ExtractText(article, answer, {}),
            "a1: 1 claim in 2 number phrases\n"
            "  …struck the valley before dawn on a cold day in [2022] brought down walls and "
            "killed 12 people, the…\n"
            "    read    date\n"
            "    claim   none\n"
            "    why     a year\n"
            "  …cold day in 2022 brought down walls and killed [12] people, the ministry "
            "said.\n"
            "    read    count: 12 people\n"
            "    claim   killed: 12 people · says the Health Ministry · x1\n"
            "    why     \"killed\" governs it\n");
}

TEST(ExtractText, OffsetsThatDoNotFitDoNoHarm) {
  pb::Article article;
  article.set_body("short");
  pb::ExtractClaimsResponse answer;
  pb::Quote& quote = *answer.add_quantities()->mutable_quote();
  quote.set_field(pb::Quote::FIELD_BODY);
  quote.set_begin(100);
  quote.set_end(200);
  quote.set_text("12");
  EXPECT_THAT(ExtractText(article, answer, {}), testing::HasSubstr("  [12]\n"));
}

TEST(ExtractText, SaysWhenTheLanguageIsNotRead) {
  pb::ExtractClaimsResponse answer;
  answer.set_reading(pb::READING_LANGUAGE_NOT_READ);
  EXPECT_EQ(ExtractText({}, answer, {}),
            "text: 0 claims in 0 number phrases; not in a language that is read\n");
}

}  // namespace
}  // namespace claimwatch::cli
