#include "server/ingest/prepare.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "server/ingest/limits.h"
#include "server/store/codec.h"

namespace claimwatch {
namespace {

const Catalogue& TheCatalogue() {
  static const auto* catalogue =
      new absl::StatusOr<std::unique_ptr<const Catalogue>>(Catalogue::Load(""));
  return ***catalogue;
}

Article Quake() {
  Article article;
  article.id = "a1";
  article.source = "wire.example";
  article.title = "Quake strikes Lima";
  article.body = "A strong quake struck Lima on Friday. It killed 12 people, the mayor said.";
  article.language = "en";
  article.publish_time = absl::FromUnixSeconds(1'641'546'000);
  return article;
}

Prepared Ready(Article article) {
  return Prepare(std::move(article), absl::FromUnixSeconds(1'641'550'000), absl::Hours(48),
                 TheCatalogue());
}

TEST(Prepare, DoesAllThatNeedsNoPlaceInTheSequence) {
  const Prepared made = Ready(Quake());
  ASSERT_EQ(made.problems.size(), 0u);
  EXPECT_TRUE(made.language_read);
  EXPECT_EQ(made.story_title, "Quake strikes Lima");
  EXPECT_EQ(made.content_hash.size(), 16u);
  ASSERT_EQ(made.claims.size(), 1u);
  const KnownClaim& claim = made.claims[0];
  EXPECT_EQ(claim.measure, "killed");
  EXPECT_EQ(claim.quote_text, "12");
  EXPECT_EQ(claim.sentence_text, "It killed 12 people, the mayor said.");
  EXPECT_EQ(claim.source, "wire.example");
  EXPECT_EQ(claim.publish_time, Quake().publish_time);
  EXPECT_EQ(claim.id, ClaimId::kNone);
}

TEST(Prepare, GivesUpTheTextOnceItIsEncoded) {
  const Prepared made = Ready(Quake());
  EXPECT_TRUE(made.article.title.empty());
  EXPECT_TRUE(made.article.body.empty());
  ArticleRecord record;
  record.article.id = "a1";
  ASSERT_EQ(DecodeArticle(made.encoded, true, record), absl::OkStatus());
  EXPECT_EQ(record.article, Quake());
  ASSERT_EQ(record.claims.size(), 1u);
  EXPECT_EQ(record.claims[0].claim, made.claims[0].claim);
}

TEST(Prepare, EncodesFeaturesThatComeBack) {
  const Prepared made = Ready(Quake());
  const auto decoded = DecodeFeatures(made.encoded_features);
  ASSERT_TRUE(decoded.ok()) << decoded.status();
  EXPECT_EQ(*decoded, made.features);
}

TEST(Prepare, MakesTheSameOfManyAsOfEach) {
  std::vector<Article> articles(2 * kStageArticlesMax + 3, Quake());
  for (std::size_t i = 0; i < articles.size(); ++i) {
    articles[i].id = absl::StrCat("a", i);
    articles[i].body = absl::StrCat("The quake killed ", i + 2, " people in Lima and hurt 70.");
  }
  articles[3].body = "caf\xe9";
  articles[5].body += std::string(kStageBytesMax, '\n');
  const std::vector<Article> given = articles;
  std::vector<Prepared> made(articles.size());
  Prepare(std::span(articles), absl::FromUnixSeconds(1'641'550'000), absl::Hours(48),
          TheCatalogue(), std::span(made));
  for (std::size_t i = 0; i < given.size(); ++i) {
    const Prepared alone = Ready(given[i]);
    EXPECT_EQ(made[i].article, alone.article) << i;
    EXPECT_EQ(made[i].problems.size(), i == 3 ? 1u : 0u);
    EXPECT_EQ(made[i].content_hash, alone.content_hash);
    EXPECT_EQ(made[i].features, alone.features);
    EXPECT_EQ(made[i].encoded, alone.encoded);
    EXPECT_EQ(made[i].gists.size(), alone.gists.size());
    EXPECT_EQ(made[i].claims.size(), i == 3 ? 0u : 2u);
  }
}

TEST(Prepare, LeavesABadArticleAlone) {
  Article article = Quake();
  article.body = "caf\xe9";
  const Prepared made = Ready(article);
  ASSERT_EQ(made.problems.size(), 1u);
  EXPECT_EQ(made.problems[0].field, "body");
  EXPECT_TRUE(made.claims.empty());
}

TEST(Prepare, CallsAStoryByItsFirstLine) {
  Article article = Quake();
  article.title = "  ";
  article.body = "\n  First line of it.\nSecond line.";
  EXPECT_EQ(Ready(article).story_title, "First line of it.");
  article.body.assign(500, 'x');
  EXPECT_EQ(Ready(article).story_title.size(), 120u);
}

TEST(Prepare, DoesNotReadWhatItDoesNotUnderstand) {
  Article article = Quake();
  article.language = "fr";
  article.title = "Un séisme frappe Lima";
  article.body = "Un fort séisme a frappé Lima vendredi. Il a fait 12 morts, selon le maire.";
  const Prepared made = Ready(article);
  EXPECT_EQ(made.problems.size(), 0u);
  EXPECT_FALSE(made.language_read);
  EXPECT_TRUE(made.claims.empty());
}

TEST(HashContent, TellsFieldsApartAndIgnoresTheHint) {
  const std::string hash = HashContent(Quake());
  Article moved = Quake();
  moved.title = "Quake strikes Lima" + moved.body.substr(0, 1);
  moved.body.erase(0, 1);
  EXPECT_NE(HashContent(moved), hash);
  Article later = Quake();
  later.publish_time += absl::Microseconds(1);
  EXPECT_NE(HashContent(later), hash);
  Article hinted = Quake();
  hinted.story_hint = "lima-quake";
  EXPECT_EQ(HashContent(hinted), hash);
}

}  // namespace
}  // namespace claimwatch
