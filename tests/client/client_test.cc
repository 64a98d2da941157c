#include "client/lib/client.h"

#include <gtest/gtest.h>

#include "client/lib/status.h"
#include "tests/client/fake_daemon.h"
#include "tests/client/fake_world.h"

namespace claimwatch::client {
namespace {

using grpc::StatusCode;

class ClientTest : public testing::Test {
 protected:
  FakeDaemon daemon_;
  InProcess server_{daemon_};
  FakeWorld world_;
  Connection connection_{{}, [this] { return server_.Channel(); }, world_};
  Client client_{connection_};
};

TEST_F(ClientTest, TriesAgainWhileTheDaemonIsUnavailable) {
  daemon_.call_errors = {
      RpcError(StatusCode::UNAVAILABLE, "lost", ""),
      RpcError(StatusCode::UNAVAILABLE, "stopping", "DRAINING", absl::Seconds(4)),
      RpcError(StatusCode::RESOURCE_EXHAUSTED, "full", "OVERLOADED", absl::Seconds(2))};
  daemon_.Publish(SampleAlert("al1"));
  const auto response = client_.ListAlerts({});
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->alerts_size(), 1);
  EXPECT_EQ(daemon_.call_count(), 4);
  EXPECT_EQ(world_.waits(),
            (std::vector{absl::Milliseconds(100), absl::Seconds(4), absl::Seconds(2)}));
}

TEST_F(ClientTest, OtherErrorsAreAnswers) {
  daemon_.call_errors = {RpcError(StatusCode::INVALID_ARGUMENT, "no", "PAGE_TOKEN_INVALID")};
  const auto response = client_.ListAlerts({});
  EXPECT_EQ(DetailsOf(response.status()).reason, "PAGE_TOKEN_INVALID");
  EXPECT_EQ(daemon_.call_count(), 1);
}

TEST_F(ClientTest, ABackupIsNotTriedTwice) {
  daemon_.call_errors = {
      RpcError(StatusCode::UNAVAILABLE, "stopping", "DRAINING", absl::Seconds(1))};
  EXPECT_TRUE(absl::IsUnavailable(client_.BackUp({}).status()));
  EXPECT_EQ(daemon_.call_count(), 1);
}

TEST_F(ClientTest, ACancelledClientDoesNotWait) {
  client_.Cancel();
  EXPECT_TRUE(absl::IsCancelled(client_.ListAlerts({}).status()));
  EXPECT_EQ(daemon_.call_count(), 0);
}

TEST(Connection, AFailedChannelIsMadeAnew) {
  int made = 0;
  FakeDaemon daemon;
  InProcess server(daemon);
  Connection connection({}, [&] {
    ++made;
    return server.Channel();
  });
  const auto first = connection.Channel();
  EXPECT_EQ(connection.Channel(), first);
  connection.Drop(first);
  const auto second = connection.Channel();
  EXPECT_NE(second, first);
  connection.Drop(first);  // Another user of the old one comes late.
  EXPECT_EQ(connection.Channel(), second);
  EXPECT_EQ(made, 2);
}

TEST(Connection, NobodyThereIsUnavailableWithoutAReason) {
  ConnectionOptions options;
  options.target = "127.0.0.1:1";
  options.retry.first_contact_max = absl::Seconds(1);
  FakeWorld world;
  Connection connection(options, world);
  const auto response = Client(connection).GetStatus({});
  EXPECT_TRUE(IsNoConnection(response.status())) << response.status();
  EXPECT_EQ(world.waits().size(), 3u);  // 0.1 + 0.2 + 0.4; 0.8 more would be too long.
}

}  // namespace
}  // namespace claimwatch::client
