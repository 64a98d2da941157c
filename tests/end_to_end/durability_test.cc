// What was acknowledged outlives the process, however it ends and whoever vanishes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <memory>

#include "absl/strings/str_cat.h"
#include "tests/end_to_end/daemon_process.h"
#include "tests/end_to_end/wire_client.h"
#include "tests/fakes/temporary_directory.h"

namespace claimwatch {
namespace {

using testing::IsEmpty;
using testing::Not;

std::vector<v1::Article> Reports() {
  return {FloodReport("a1", "river-post.example", 12, 0),
          FloodReport("a2", "valley-times.example", 31, 300),
          FloodReport("a3", "river-post.example", 44, 600)};
}

class DurabilityEndToEnd : public testing::Test {
 protected:
  DurabilityEndToEnd() { Start(); }
  void Start() {
    daemon_ = std::make_unique<DaemonProcess>(folder_.path() + "/data");
    client_ = std::make_unique<WireClient>(daemon_->address());
  }

  TemporaryDirectory folder_;
  std::unique_ptr<DaemonProcess> daemon_;
  std::unique_ptr<WireClient> client_;
};

TEST_F(DurabilityEndToEnd, KilledRightAfterAReceipt) {
  ASSERT_EQ(client_->Ingest(Reports()).receipts.size(), 3u);
  const std::vector<std::string> claims = client_->Claims();
  const std::vector<std::string> alerts = client_->Alerts();
  EXPECT_THAT(alerts, Not(IsEmpty()));
  EXPECT_EQ(daemon_->Kill(), -SIGKILL);
  Start();
  EXPECT_EQ(client_->Claims(), claims);
  EXPECT_EQ(client_->Alerts(), alerts);
  // And what comes next goes on where it stopped.
  const auto told = client_->Ingest({FloodReport("a4", "valley-times.example", 57, 900)});
  ASSERT_EQ(told.receipts.size(), 1u);
  EXPECT_EQ(told.receipts[0].sequence(), 4);
  EXPECT_EQ(told.receipts[0].story_id(), "s1");
  EXPECT_EQ(told.receipts[0].alert_count(), 1);
}

TEST_F(DurabilityEndToEnd, KilledWhileASenderStillSends) {
  const auto context = Context();
  const auto stream = client_->articles->IngestArticles(context.get());
  std::vector<std::string> acknowledged;
  for (int i = 0; acknowledged.size() < 40; ++i) {
    v1::IngestArticlesRequest request;
    for (int n = 0; n < 4; ++n) {
      *request.add_articles() =
          FloodReport(absl::StrCat("b", 4 * i + n), "river-post.example", 10 + i, i);
    }
    ASSERT_TRUE(stream->Write(request));
    v1::IngestArticlesResponse response;
    ASSERT_TRUE(stream->Read(&response));
    for (const v1::Receipt& receipt : response.receipts()) {
      acknowledged.push_back(receipt.article_id());
    }
  }
  daemon_->Kill();
  Start();
  for (const std::string& id : acknowledged) {
    v1::GetArticleRequest request;
    request.set_article_id(id);
    v1::GetArticleResponse kept;
    EXPECT_TRUE(client_->articles->GetArticle(Context().get(), request, &kept).ok()) << id;
  }
}

TEST_F(DurabilityEndToEnd, ASenderThatVanishesLosesNothingThatWasAcknowledged) {
  {
    auto context = Context();
    const auto stream = client_->articles->IngestArticles(context.get());
    v1::IngestArticlesRequest request;
    *request.add_articles() = Reports()[0];
    ASSERT_TRUE(stream->Write(request));
    int receipts = 0;
    for (v1::IngestArticlesResponse response; receipts == 0 && stream->Read(&response);) {
      receipts += response.receipts_size();
    }
    ASSERT_EQ(receipts, 1);
    request.Clear();
    *request.add_articles() = Reports()[1];
    stream->Write(request);
    context->TryCancel();
    for (v1::IngestArticlesResponse response; stream->Read(&response);) {
    }
    EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  }
  // Sent again, as a sender does that comes back: the first is known, the others are taken.
  const auto told = client_->Ingest(Reports());
  ASSERT_EQ(told.receipts.size(), 3u);
  EXPECT_TRUE(told.receipts[0].duplicate());
  EXPECT_FALSE(told.receipts[2].duplicate());
  EXPECT_EQ(client_->Claims().size(), 3u);
}

TEST_F(DurabilityEndToEnd, AnOrderlyRestartKeepsEverything) {
  ASSERT_EQ(client_->Ingest(Reports()).receipts.size(), 3u);
  const std::vector<std::string> alerts = client_->Alerts();
  daemon_->Send(SIGTERM);
  EXPECT_EQ(daemon_->Wait(), 0) << daemon_->Log();
  Start();
  EXPECT_EQ(client_->Alerts(), alerts);
  for (const v1::Receipt& receipt : client_->Ingest(Reports()).receipts) {
    EXPECT_TRUE(receipt.duplicate());
  }
}

}  // namespace
}  // namespace claimwatch
