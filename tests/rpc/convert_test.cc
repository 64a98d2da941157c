#include "server/rpc/convert.h"

#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include "tests/fakes/records.h"

namespace claimwatch {
namespace {

TEST(Convert, TimesGoThereAndBack) {
  for (const absl::Time time : {absl::UnixEpoch(), absl::FromUnixNanos(-1),
                                absl::FromUnixNanos(1'641'546'000'123'456'789)}) {
    EXPECT_EQ(FromProto(ToProto(time)), time);
  }
  EXPECT_EQ(ToProto(absl::FromUnixNanos(-1)).nanos(), 999'999'999);
  EXPECT_EQ(FromProto(ToProto(absl::Milliseconds(1500))), absl::Milliseconds(1500));
  google::protobuf::Timestamp beyond;
  beyond.set_seconds(std::int64_t{1} << 60);
  EXPECT_LT(FromProto(beyond), absl::InfiniteFuture());
  EXPECT_GT(FromProto(beyond), absl::FromCivil(absl::CivilYear(9998), absl::UTCTimeZone()));
}

TEST(Convert, AnArticleGoesThereAndBack) {
  const Article article = MakeArticle(1, StoryId{1}, FigureId{1}).article;
  v1::Article message;
  ToProto(article, message);
  const Article back = FromProto(std::move(message));
  EXPECT_EQ(back.id, article.id);
  EXPECT_EQ(back.body, article.body);
  EXPECT_EQ(back.story_hint, article.story_hint);
  EXPECT_EQ(back.publish_time, article.publish_time);
  EXPECT_EQ(FromProto(v1::Article()).publish_time, absl::InfinitePast());
}

// The shape that the contract promises to readers of JSON.
TEST(Convert, AClaimAsJson) {
  KnownClaim claim = MakeClaim(1, 0, StoryId{7}, FigureId{3}, 1300);
  claim.claim.quantity = {Decimal(1301), std::nullopt, Bound::kMoreThan, false, UnitId::kNone};
  claim.claim.time = {};
  claim.claim.place = {};
  claim.claim.status = Status::kStated;
  v1::Claim message;
  ToProto(claim, message);
  EXPECT_FALSE(message.has_time_scope());
  EXPECT_FALSE(message.has_place_quote());
  for (auto* clear : {"sentence", "subject_quote", "attribution_quote", "publish_time"}) {
    message.GetReflection()->ClearField(&message, message.GetDescriptor()->FindFieldByName(clear));
  }
  std::string json;
  ASSERT_TRUE(google::protobuf::util::MessageToJsonString(message, &json).ok());
  EXPECT_EQ(json,
            R"({"claimId":")" + ToString(claim.id) +
                R"(","articleId":"a1","figureId":"f3","storyId":"s7","source":"wire.example",)"
                R"("measure":"killed","quantity":{"low":1301,"unit":"people",)"
                R"("bound":"BOUND_MORE_THAN","meantLow":1301,"meantHigh":1400},)"
                R"("subject":"people in the town","counted":"person","population":"people",)"
                R"("scope":"SCOPE_PART","status":"STATUS_STATED","per":"day",)"
                R"("attribution":"the ministry","quote":{"field":"FIELD_BODY","begin":4,"end":13,)"
                R"("text":"over 1300"},"sequence":"1"})");
}

TEST(Convert, EveryPhraseHasItsPlace) {
  v1::Claim message;
  ToProto(MakeClaim(1, 0, StoryId{7}, FigureId{3}, 12), message);
  EXPECT_EQ(message.subject_quote().begin(), 14);
  EXPECT_EQ(message.subject_quote().end(), 20);
  EXPECT_EQ(message.attribution_quote().begin(), 21);
  EXPECT_EQ(message.place_quote().text(), "Lima");
  EXPECT_EQ(message.time_scope().text(), "since Monday");
  EXPECT_EQ(message.time_scope().as_of_time().seconds(), absl::ToUnixSeconds(At(-30)));
  EXPECT_EQ(message.sentence().text(), "Over 12 people were killed.");
  EXPECT_EQ(message.status(), v1::Claim::STATUS_PROJECTED);
}

TEST(Convert, PiecesOfTheFeedJoinIntoOneMessage) {
  const Batch batch = SecondBatch();
  AlertEvent event = batch.events[0];
  event.sequence = Sequence{2};
  const std::string one = WireEvent(event);
  event.position = 2;
  event.change = AlertChange::kUpdated;
  v1::SubscribeAlertsResponse joined;
  ASSERT_TRUE(joined.ParseFromString(one + WireEvent(event) + WireTail("token", 2)));
  ASSERT_EQ(joined.events_size(), 2);
  EXPECT_EQ(joined.events(0).change(), v1::AlertEvent::CHANGE_OPENED);
  EXPECT_EQ(joined.events(0).sequence(), 2);
  EXPECT_EQ(joined.events(0).alert().kind(), v1::Alert::KIND_RAISED);
  EXPECT_EQ(joined.events(0).alert().severity(), v1::Alert::SEVERITY_HIGH);
  EXPECT_EQ(joined.events(0).alert().previous_size(), 1);
  EXPECT_EQ(joined.events(1).change(), v1::AlertEvent::CHANGE_UPDATED);
  EXPECT_EQ(joined.resume_token(), "token");
  EXPECT_EQ(joined.position(), 2);
}

TEST(Convert, ReceiptsCarryWhatIsAskedFor) {
  IngestResult result;
  result.article_id = "a1";
  result.receipt.article = MakeArticle(1, StoryId{1}, FigureId{1});
  result.receipt.alerts = {SecondBatch().events[0].alert};
  v1::Receipt bare, full;
  ToProto(result, {}, bare);
  ToProto(result, {.claims = true, .alerts = true}, full);
  EXPECT_EQ(bare.claims_size(), 0);
  EXPECT_EQ(bare.claim_count(), 2);
  EXPECT_EQ(bare.alert_count(), 1);
  EXPECT_EQ(full.claims_size(), 2);
  EXPECT_EQ(full.alerts_size(), 1);
  EXPECT_EQ(full.story_id(), "s1");
  EXPECT_EQ(full.reading(), v1::READING_FULL);
}

TEST(Convert, EveryReasonHasItsPlaceInTheContract) {
  for (int i = 0; i <= static_cast<int>(Reason::kBoundBroken); ++i) {
    const auto reason = static_cast<Reason>(i);
    v1::Verdict verdict;
    ToProto(Comparison{reason, "because"}, verdict);
    EXPECT_NE(verdict.reason(), v1::Verdict::REASON_UNSPECIFIED) << Name(reason);
    if (IsNews(reason)) {
      EXPECT_TRUE(verdict.comparable()) << Name(reason);
    }
  }
}

TEST(Convert, UnknownEnumsAreNothing) {
  EXPECT_EQ(FromProto(v1::Alert::KIND_UNSPECIFIED), std::nullopt);
  EXPECT_EQ(FromProto(v1::Alert::KIND_BOUND_BROKEN), AlertKind::kBoundBroken);
  EXPECT_EQ(FromProto(static_cast<v1::Alert::Kind>(99)), std::nullopt);
  EXPECT_EQ(FromProto(v1::Alert::STATE_WITHDRAWN), AlertState::kWithdrawn);
  EXPECT_EQ(FromProto(static_cast<v1::Alert::Severity>(-1)), std::nullopt);
}

}  // namespace
}  // namespace claimwatch
