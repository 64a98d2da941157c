// A disk that hangs. In a commit: senders are held back within bounds, everybody else goes on. In a
// read while the daemon stops: who waits for it is told to come again.
#include <gtest/gtest.h>

#include <thread>

#include "absl/strings/str_cat.h"
#include "server/ingest/limits.h"
#include "tests/rpc/test_server.h"

namespace claimwatch {
namespace {

// Commits wait until they are let through.
class HangingStore final : public FailingStore {
 public:
  using FailingStore::FailingStore;
  absl::Status Commit(const Batch& batch) override {
    if (!begun.HasBeenNotified()) begun.Notify();  // The sequencer's thread alone.
    let_through.WaitForNotification();
    return FailingStore::Commit(batch);
  }
  absl::StatusOr<Alert> ReadAlert(AlertId alert) const override {
    if (!reading.HasBeenNotified()) reading.Notify();
    read_on.WaitForNotification();
    return FailingStore::ReadAlert(alert);
  }
  absl::Notification begun, let_through;
  mutable absl::Notification reading, read_on;
};

class SlowStoreTest : public testing::Test {
 protected:
  SlowStoreTest() {
    auto ingestor = Ingestor::Start({.mend_every = absl::InfiniteDuration()}, StoryOptions(),
                                    SharedCatalogue(), clock_, store_, feed_);
    CW_CHECK(ingestor.ok());
    ingestor_ = *std::move(ingestor);
    RpcOptions options;
    options.listen = {"127.0.0.1:0"};
    options.heartbeat_interval = absl::Seconds(1);
    auto server = RpcServer::Start(std::move(options),
                                   {clock_, SharedCatalogue(), store_, feed_, *ingestor_, nullptr});
    CW_CHECK(server.ok());
    server_ = *std::move(server);
    channel_ = grpc::CreateChannel(server_->addresses()[0], grpc::InsecureChannelCredentials());
  }
  absl::Status SubmitBatch() {
    std::vector<Article> batch;
    for (std::size_t i = 0; i < kBatchArticlesMax; ++i, ++sent_) {
      batch.push_back(FromProto(FireReport(absl::StrCat("a", sent_), 3)));
    }
    return ingestor_->Submit(std::move(batch), [this](std::vector<IngestResult> results) {
      answered_ += results.size();
    });
  }

  FakeClock clock_;
  MemoryStore kept_;
  HangingStore store_{kept_};
  AlertFeed feed_{store_, *store_.ReadState(), WireEvent};
  std::unique_ptr<Ingestor> ingestor_;
  std::unique_ptr<RpcServer> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::size_t sent_ = 0;
  std::atomic<std::size_t> answered_{0};
};

TEST_F(SlowStoreTest, HoldsBackSendersAlone) {
  ASSERT_TRUE(SubmitBatch().ok());
  store_.begun.WaitForNotification();
  while (sent_ < kArticlesInFlightMax) ASSERT_TRUE(SubmitBatch().ok());

  v1::IngestArticleRequest one;  // No room is left: said at once, with a delay.
  *one.mutable_article() = FireReport("late", 3);
  v1::IngestArticleResponse receipt;
  EXPECT_EQ(
      Dump(v1::ArticleService::NewStub(channel_)->IngestArticle(Context().get(), one, &receipt)),
      "RESOURCE_EXHAUSTED OVERLOADED retry");
  const auto context = Context();
  const auto subscriber = v1::AlertService::NewStub(channel_)->SubscribeAlerts(context.get(), {});
  v1::SubscribeAlertsResponse message;
  while (!message.has_heartbeat_time()) ASSERT_TRUE(subscriber->Read(&message));
  v1::GetStatusResponse status;
  EXPECT_TRUE(v1::AdminService::NewStub(channel_)->GetStatus(Context().get(), {}, &status).ok());
  EXPECT_EQ(answered_, 0u);  // Nobody is told before it is so.

  store_.let_through.Notify();
  server_->Drain();
  ingestor_->Drain();
  feed_.Close();
  EXPECT_EQ(answered_, sent_);
  while (subscriber->Read(&message)) {
  }
  EXPECT_EQ(Dump(subscriber->Finish()), "UNAVAILABLE DRAINING retry");
  server_->Stop(absl::Seconds(10));
}

// Over a real socket: the call ends with a status of ours within the grace, whatever it waits for,
// and what it waited for may come afterwards.
TEST_F(SlowStoreTest, WhoHangsWhileTheDaemonStopsIsToldToComeAgain) {
  std::string told;
  std::thread caller([&] {
    v1::GetAlertRequest request;
    request.set_alert_id("al1");
    v1::GetAlertResponse response;
    told = Dump(v1::AlertService::NewStub(channel_)->GetAlert(Context().get(), request, &response));
    store_.read_on.Notify();  // Only now: the stop below waits for it.
  });
  store_.reading.WaitForNotification();
  server_->Drain();
  server_->Stop(absl::Milliseconds(200));
  caller.join();
  EXPECT_EQ(told, "UNAVAILABLE DRAINING retry");
}

}  // namespace
}  // namespace claimwatch
