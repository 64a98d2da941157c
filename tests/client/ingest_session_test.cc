#include "client/lib/ingest_session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "client/lib/status.h"
#include "tests/client/fake_daemon.h"
#include "tests/client/fake_world.h"

namespace claimwatch::client {
namespace {

namespace pb = ::claimwatch::v1;
using grpc::StatusCode;
using testing::ElementsAre;
using testing::IsEmpty;

pb::Article ArticleNo(int number) {
  pb::Article article;
  article.set_article_id(absl::StrCat("a", number));
  article.set_body("Police counted 12 bodies.");
  return article;
}

std::vector<std::string> Ids(int count) {
  std::vector<std::string> ids;
  for (int i = 0; i < count; ++i) ids.push_back(absl::StrCat("a", i));
  return ids;
}

grpc::Status Draining() {
  return RpcError(StatusCode::UNAVAILABLE, "stopping", "DRAINING", absl::Seconds(5));
}

class IngestSessionTest : public testing::Test {
 protected:
  // Sends articles 0 to `count`, and finishes.
  absl::Status SendAll(int count, IngestSessionOptions options = {}) {
    IngestSession session(
        connection_, options,
        [this](const pb::Receipt& receipt) {
          EXPECT_EQ(receipt.index(), static_cast<std::int64_t>(receipts_.size()));
          receipts_.push_back(receipt.article_id());
          duplicates_ += receipt.duplicate();
          claims_ += receipt.claims_size();
        },
        [this](const IngestOutage& outage) { outages_.push_back(outage); });
    for (int i = 0; i < count; ++i) {
      if (const absl::Status status = session.Send(ArticleNo(i)); !status.ok()) return status;
    }
    return session.Finish();
  }

  FakeDaemon daemon_;
  InProcess server_{daemon_};
  FakeWorld world_;
  Connection connection_{{}, [this] { return server_.Channel(); }, world_};
  std::vector<std::string> receipts_;
  std::vector<IngestOutage> outages_;
  int duplicates_ = 0;
  int claims_ = 0;
};

TEST_F(IngestSessionTest, SendsInBatchesAndReturnsReceiptsInOrder) {
  IngestSessionOptions options;
  options.return_claims = true;
  EXPECT_EQ(SendAll(40, options), absl::OkStatus());
  EXPECT_EQ(receipts_, Ids(40));
  EXPECT_EQ(claims_, 40);
  EXPECT_THAT(daemon_.batch_sizes(), ElementsAre(16, 16, 8));
}

TEST_F(IngestSessionTest, ABatchHasABoundInBytesToo) {
  IngestSessionOptions options;
  options.batch_bytes_max = 2 * ArticleNo(10).ByteSizeLong();
  EXPECT_EQ(SendAll(16, options), absl::OkStatus());
  for (const int size : daemon_.batch_sizes()) EXPECT_LE(size, 2);
}

TEST_F(IngestSessionTest, NothingToSendMakesNoCall) {
  EXPECT_EQ(SendAll(0), absl::OkStatus());
  EXPECT_THAT(daemon_.batch_sizes(), IsEmpty());
}

TEST_F(IngestSessionTest, ResendsWhatHasNoReceipt) {
  daemon_.ingest_scripts = {{20, Draining()}, {5, RpcError(StatusCode::UNAVAILABLE, "lost", "")}};
  EXPECT_EQ(SendAll(50), absl::OkStatus());
  EXPECT_EQ(receipts_, Ids(50));
  EXPECT_EQ(daemon_.committed(), Ids(50));
  EXPECT_EQ(duplicates_, 0);
  // Each outage follows some progress, so delays do not grow.
  EXPECT_EQ(world_.waits(), (std::vector{absl::Seconds(5), absl::Milliseconds(100)}));
  ASSERT_EQ(outages_.size(), 2u);
  EXPECT_EQ(DetailsOf(outages_[0].why).reason, "DRAINING");
}

TEST_F(IngestSessionTest, WhatWasCommittedWithoutAReceiptComesBackAsADuplicate) {
  IngestScript script;
  script.receipts = 20;
  script.status = RpcError(StatusCode::UNAVAILABLE, "lost", "");
  script.commits_more = true;
  daemon_.ingest_scripts = {script};
  EXPECT_EQ(SendAll(32), absl::OkStatus());
  EXPECT_EQ(receipts_, Ids(32));
  EXPECT_EQ(daemon_.committed(), Ids(32));  // None twice.
  EXPECT_EQ(duplicates_, 12);
}

TEST_F(IngestSessionTest, TheAnnouncedDelayIsKept) {
  IngestScript script;
  script.receipts = 1;
  script.status = Draining();
  script.end_after = absl::Seconds(9);
  daemon_.ingest_scripts = {script};
  EXPECT_EQ(SendAll(2), absl::OkStatus());
  EXPECT_EQ(world_.waits(), std::vector{absl::Seconds(9)});
}

TEST_F(IngestSessionTest, FewAreInFlight) {
  IngestSessionOptions options;
  options.inflight_articles_max = 3;
  EXPECT_EQ(SendAll(10, options), absl::OkStatus());
  EXPECT_EQ(receipts_, Ids(10));
  for (const int size : daemon_.batch_sizes()) EXPECT_LE(size, 3);
}

TEST_F(IngestSessionTest, GivesUpAndSaysHowManyAreUnanswered) {
  RetryPolicy policy;
  policy.outage_max = absl::Seconds(1);
  ConnectionOptions connection_options;
  connection_options.retry = policy;
  Connection connection(
      connection_options, [this] { return server_.Channel(); }, world_);
  for (int i = 0; i < 100; ++i) {
    daemon_.ingest_scripts.push_back(
        {0, RpcError(StatusCode::UNAVAILABLE, "no", "STORE_READ_ONLY")});
  }
  IngestSession session(connection, {}, nullptr);
  EXPECT_EQ(session.Send(ArticleNo(0)), absl::OkStatus());
  const absl::Status status = session.Finish();
  EXPECT_EQ(DetailsOf(status).reason, "STORE_READ_ONLY");
  EXPECT_EQ(session.unanswered(), 1u);
  EXPECT_THAT(daemon_.committed(), IsEmpty());
}

TEST_F(IngestSessionTest, AnErrorThatStaysEndsTheSession) {
  daemon_.ingest_scripts = {{1, RpcError(StatusCode::INVALID_ARGUMENT, "no", "BATCH_TOO_LARGE")}};
  EXPECT_EQ(DetailsOf(SendAll(2)).reason, "BATCH_TOO_LARGE");
  EXPECT_THAT(world_.waits(), IsEmpty());
}

TEST_F(IngestSessionTest, ReceiptsOfOtherArticlesAreAnError) {
  IngestScript script;
  script.receipts = 1;
  script.wrong_order = true;
  daemon_.ingest_scripts = {script};
  EXPECT_TRUE(absl::IsInternal(SendAll(1)));
  EXPECT_THAT(receipts_, IsEmpty());
}

TEST_F(IngestSessionTest, AnArticleThatNoMessageHoldsIsRefusedAlone) {
  IngestSessionOptions options;
  options.article_bytes_max = 1000;
  IngestSession session(connection_, options, nullptr);
  pb::Article large = ArticleNo(0);
  large.set_body(std::string(2000, 'x'));
  EXPECT_TRUE(absl::IsInvalidArgument(session.Send(large)));
  EXPECT_EQ(session.Send(ArticleNo(1)), absl::OkStatus());
  EXPECT_EQ(session.Finish(), absl::OkStatus());
  EXPECT_THAT(daemon_.committed(), ElementsAre("a1"));
}

TEST_F(IngestSessionTest, FlushSendsAHalfFullBatch) {
  absl::Notification answered;
  IngestSession session(connection_, {}, [&](const pb::Receipt&) { answered.Notify(); });
  EXPECT_EQ(session.Send(ArticleNo(0)), absl::OkStatus());
  session.Flush();
  answered.WaitForNotification();
  EXPECT_THAT(daemon_.committed(), ElementsAre("a0"));
  EXPECT_EQ(session.Finish(), absl::OkStatus());
}

TEST_F(IngestSessionTest, CancelEndsIt) {
  IngestSession session(connection_, {}, nullptr);
  EXPECT_EQ(session.Send(ArticleNo(0)), absl::OkStatus());
  session.Cancel();
  EXPECT_TRUE(absl::IsCancelled(session.Finish()));
  EXPECT_TRUE(absl::IsCancelled(session.Send(ArticleNo(1))));
}

}  // namespace
}  // namespace claimwatch::client
