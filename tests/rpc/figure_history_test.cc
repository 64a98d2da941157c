#include "server/rpc/figure_history.h"

#include <gtest/gtest.h>

#include "tests/fakes/newsroom.h"
#include "tests/fakes/records.h"

namespace claimwatch {
namespace {

// Over 10, 20, 10 people, by three publishers, the second one withdrawn.
Figure ThreeClaims() {
  Figure figure = MakeFigure(FigureId{1});
  for (int i = 0; i < 3; ++i) {
    KnownClaim claim = MakeClaim(i + 1, 0, StoryId{1}, FigureId{1}, i == 1 ? 20 : 10);
    claim.claim.time = {};
    claim.claim.quantity = {Decimal(i == 1 ? 20 : 10), Decimal(i == 1 ? 20 : 10), Bound::kExact,
                            false, UnitId::kNone};
    claim.source = std::string(1, static_cast<char>('c' - i)) + ".example";
    claim.withdrawn = i == 1;
    figure.claims.push_back(claim);
  }
  return figure;
}

TEST(FigureHistory, EntriesInOrderWithWhatWasBelieved) {
  v1::GetFigureResponse response;
  Alert alert = MakeAlert(AlertId{4}, StoryId{1}, FigureId{1}, ThreeClaims().claims[1],
                          ThreeClaims().claims[0]);
  ShowFigure(ThreeClaims(), StoryId{1}, {alert}, SharedCatalogue(), response);
  ASSERT_EQ(response.history_size(), 3);
  EXPECT_EQ(response.history(0).verdict().reason(), v1::Verdict::REASON_FIRST);
  EXPECT_EQ(response.history(1).alert_id(), "al4");
  EXPECT_TRUE(response.history(1).claim().withdrawn());
  EXPECT_EQ(response.history(1).believed().low(), 10) << "what is withdrawn is not believed";
  EXPECT_EQ(response.figure().open_alert_id(), "al4");
  EXPECT_EQ(response.figure().claim_count(), 2);
}

TEST(FigureHistory, ValuesThatStandWithTheirSources) {
  v1::GetFigureResponse response;
  ShowFigure(ThreeClaims(), StoryId{1}, {}, SharedCatalogue(), response);
  ASSERT_EQ(response.values_size(), 1);
  EXPECT_EQ(response.values(0).quantity().low(), 10);
  EXPECT_EQ(response.values(0).origin_count(), 2);
  ASSERT_EQ(response.values(0).sources_size(), 2);
  EXPECT_EQ(response.values(0).sources(0), "a.example");
  EXPECT_EQ(response.values(0).first_as_of_time().seconds(), absl::ToUnixSeconds(At(1)));
  EXPECT_EQ(response.values(0).last_as_of_time().seconds(), absl::ToUnixSeconds(At(3)));
}

// A store that knows one article in two versions.
TEST(FigureHistory, ARevisedClaimStoodUntilTheRevision) {
  Newsroom newsroom;
  Article article;
  article.id = "a";
  article.source = "wire.example";
  article.body = "The fire in Osk killed 12 people.";
  article.language = "en";
  article.publish_time = At(100);
  newsroom.clock().Set(At(1000));
  const KnownClaim first = newsroom.Ingest(article).receipt.article.claims.at(0);
  article.body = "The fire in Osk killed 13 people.";
  article.publish_time = At(200);
  newsroom.Ingest(article);
  EXPECT_EQ(WithdrawalOf(first, newsroom.store(), {}), At(200));
}

TEST(FigureHistory, ARetractedClaimStoodUntilItsAlertWasWithdrawn) {
  Newsroom newsroom;
  const KnownClaim claim = ThreeClaims().claims[1];
  Alert alert = MakeAlert(AlertId{4}, StoryId{1}, FigureId{1}, claim, ThreeClaims().claims[0]);
  EXPECT_EQ(WithdrawalOf(claim, newsroom.store(), {alert}), absl::InfinitePast());
  alert.state = AlertState::kWithdrawn;
  EXPECT_EQ(WithdrawalOf(claim, newsroom.store(), {alert}), At(101));
  alert.kind = AlertKind::kRetracted;
  alert.previous = {claim};
  EXPECT_EQ(WithdrawalOf(claim, newsroom.store(), {alert}), At(100));
}

}  // namespace
}  // namespace claimwatch
