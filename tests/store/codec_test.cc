#include "server/store/codec.h"

#include <gtest/gtest.h>

#include "server/store/seal.h"
#include "server/text/units.h"
#include "tests/fakes/records.h"

namespace claimwatch {
namespace {

// Decodes as the store does: what it keeps beside the bytes is set before.
absl::StatusOr<ArticleRecord> Decode(const ArticleRecord& like, std::string_view bytes,
                                     bool texts = true) {
  ArticleRecord record;
  record.sequence = like.sequence;
  record.article.id = like.article.id;
  record.story = like.story;
  record.sequenced = like.sequenced;
  if (absl::Status status = DecodeArticle(bytes, texts, record); !status.ok()) return status;
  return record;
}

TEST(Codec, ArticlesComeBackWithTheirClaims) {
  const ArticleRecord given = MakeArticle(7, StoryId{3}, FigureId{0});
  auto record = Decode(given, EncodeArticle(given.article, given.claims));
  ASSERT_TRUE(record.ok()) << record.status();
  EXPECT_EQ(record->article, given.article);
  ASSERT_EQ(record->claims.size(), 2u);
  for (KnownClaim& claim : record->claims) claim.figure = FigureId{0};  // Placement's business.
  EXPECT_EQ(record->claims[0], given.claims[0]);
}

TEST(Codec, AClaimThatStatesNothingComesBackToo) {
  ArticleRecord given = MakeArticle(7, StoryId{3}, FigureId{0});
  KnownClaim bare;
  bare.id = MakeClaimId(given.sequence, 0);
  bare.story = given.story;
  bare.article_id = given.article.id;
  bare.source = given.article.source;
  bare.publish_time = given.article.publish_time;
  given.claims = {bare};
  auto record = Decode(given, EncodeArticle(given.article, given.claims));
  ASSERT_TRUE(record.ok()) << record.status();
  EXPECT_EQ(record->claims[0], bare);
}

TEST(Codec, UnitsAreKeptByTheirSymbols) {
  ArticleRecord given = MakeArticle(7, StoryId{3}, FigureId{0});
  for (const char* symbol : {"km", "USD", "%", "barrel", "°C"}) {
    given.claims[0].claim.quantity.unit = UnitWithSymbol(symbol);
    const auto record = Decode(given, EncodeArticle(given.article, given.claims));
    ASSERT_TRUE(record.ok()) << record.status();
    EXPECT_EQ(record->claims[0].claim.quantity.unit, UnitWithSymbol(symbol)) << symbol;
  }
}

TEST(Codec, UndatedClaimsTakeTheStamp) {
  ArticleRecord given = MakeArticle(7, StoryId{3}, FigureId{0});
  given.article.publish_time = absl::InfinitePast();
  const auto record = Decode(given, EncodeArticle(given.article, given.claims));
  ASSERT_TRUE(record.ok()) << record.status();
  EXPECT_EQ(record->article.publish_time, absl::InfinitePast());
  EXPECT_EQ(record->claims[0].publish_time, given.sequenced);
}

TEST(Codec, LeavesTextsOutWhereNotAskedFor) {
  const ArticleRecord given = MakeArticle(7, StoryId{3}, FigureId{0});
  const auto record = Decode(given, EncodeArticle(given.article, given.claims), false);
  ASSERT_TRUE(record.ok());
  EXPECT_EQ(record->article.body, "");
  EXPECT_EQ(record->article.source, given.article.source);
  EXPECT_EQ(record->claims[0].sentence_text, given.claims[0].sentence_text);
}

TEST(Codec, PlacementsMustFitTheirClaims) {
  ArticleRecord given = MakeArticle(7, StoryId{3}, FigureId{5});
  given.alerts = {AlertId{8}, AlertId{9}};
  given.copy_of = "a3";
  ArticleRecord record = given;
  record.alerts.clear();
  for (KnownClaim& claim : record.claims) claim.figure = FigureId::kNone;
  ASSERT_EQ(DecodePlacement(EncodePlacement(given), record), absl::OkStatus());
  EXPECT_EQ(record, given);

  const auto taken_back =
      WithRetraction(EncodePlacement(given), {given.sequence, At(9), "made up"});
  ASSERT_TRUE(taken_back.ok()) << taken_back.status();
  given.retracted = At(9);
  given.retract_reason = "made up";
  ASSERT_EQ(DecodePlacement(*taken_back, record), absl::OkStatus());
  EXPECT_EQ(record, given);

  record.claims.pop_back();
  EXPECT_EQ(DecodePlacement(EncodePlacement(given), record).code(), absl::StatusCode::kDataLoss);
}

TEST(Codec, FiguresStoriesAndAlertsComeBack) {
  const auto figures = DecodeFigures(
      FigureId{4}, EncodeFigures({MakeFigure(FigureId{4}), MakeFigure(FigureId{5}, FigureId{4})}));
  ASSERT_TRUE(figures.ok()) << figures.status();
  ASSERT_EQ(figures->size(), 2u);
  EXPECT_EQ((*figures)[1].id, FigureId{5});
  EXPECT_EQ((*figures)[1].whole, FigureId{4});
  EXPECT_EQ((*figures)[1].key, MakeFigure(FigureId{5}).key);

  StoryRecord story = MakeStory(StoryId{1}, 3, 2);
  const StoryRecord given = story;
  ASSERT_EQ(DecodeStory(EncodeStory(given), story), absl::OkStatus());
  EXPECT_EQ(story, given);

  Alert alert = SecondBatch().events[0].alert;
  alert.acknowledgement = {"ana", "seen", At(3)};
  alert.current.withdrawn = true;
  EXPECT_EQ(*DecodeAlert(EncodeAlert(alert)), alert);

  // Kept before outlets were counted: the one that told it is known.
  Alert uncounted = alert;
  uncounted.current_sources = 0;
  alert.current_sources = 1;
  EXPECT_EQ(*DecodeAlert(EncodeAlert(uncounted)), alert);
  alert.current = KnownClaim();
  alert.current_sources = 0;
  EXPECT_EQ(DecodeAlert(EncodeAlert(alert))->current_sources, 0);
}

TEST(Codec, RefusesWhatItHasNotWritten) {
  const ArticleRecord given = MakeArticle(7, StoryId{3}, FigureId{0});
  EXPECT_EQ(Decode(given, Seal("\xff\xff not a message")).status().code(),
            absl::StatusCode::kDataLoss);
  EXPECT_EQ(DecodeAlert(Seal("\x10\x7f")).status().code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace claimwatch
