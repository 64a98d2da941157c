#include "server/rpc/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <thread>

#include "tests/rpc/test_server.h"

namespace claimwatch {
namespace {

TEST(RpcServer, ChoosesAPortAndSaysWhich) {
  TestServer one, two;
  ASSERT_EQ(one.server().addresses().size(), 1u);
  EXPECT_THAT(one.server().addresses()[0], testing::MatchesRegex("127\\.0\\.0\\.1:[1-9][0-9]*"));
  EXPECT_NE(one.server().addresses(), two.server().addresses());
}

TEST(RpcServer, NamesAnAddressThatIsTaken) {
  Newsroom newsroom;
  TestServer first;
  const auto second = RpcServer::Start({.listen = first.server().addresses()},
                                       {newsroom.clock(), SharedCatalogue(), newsroom.store(),
                                        newsroom.feed(), newsroom.ingestor()});
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(second.status().message()),
              testing::HasSubstr(first.server().addresses()[0]));
}

TEST(RpcServer, StopsWithStreamsOpen) {
  TestServer server;
  const auto subscribing = Context(), sending = Context();
  const auto subscriber =
      server.alerts->SubscribeAlerts(subscribing.get(), v1::SubscribeAlertsRequest());
  const auto sender = server.articles->IngestArticles(sending.get());
  v1::IngestArticlesResponse started;
  v1::SubscribeAlertsResponse message;
  ASSERT_TRUE(sender->Read(&started));
  ASSERT_TRUE(subscriber->Read(&message));
  server.Stop();
  bool ended = false;
  while (subscriber->Read(&message)) ended = message.has_end();
  EXPECT_TRUE(ended);
  EXPECT_EQ(Dump(subscriber->Finish()), "UNAVAILABLE DRAINING retry");
  ended = false;
  while (sender->Read(&started)) ended = started.has_end();
  EXPECT_TRUE(ended);
  EXPECT_EQ(Dump(sender->Finish()), "UNAVAILABLE DRAINING retry");
}

// Callers who go on asking while the daemon stops: each call is answered, refused with DRAINING, or
// finds no connection. CANCELLED would be a word that the caller alone may say, and nobody tries
// again after it.
TEST(RpcServer, NobodyIsToldThatItsOwnCallWasCancelled) {
  for (int round = 0; round < 5; ++round) {
    TestServer server;
    std::atomic<bool> over{false};
    std::atomic<int> asking{0};
    std::vector<std::map<std::string, int>> told(8);
    std::vector<std::thread> callers;
    for (auto& mine : told) {
      callers.emplace_back([&] {
        grpc::ChannelArguments apart;
        apart.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
        const auto channel = grpc::CreateCustomChannel(server.server().addresses()[0],
                                                       grpc::InsecureChannelCredentials(), apart);
        const auto alerts = v1::AlertService::NewStub(channel);
        v1::ListAlertsResponse response;
        ++asking;
        while (!over) ++mine[Dump(alerts->ListAlerts(Context().get(), {}, &response))];
      });
    }
    while (asking < static_cast<int>(told.size())) std::this_thread::yield();
    server.Stop();
    over = true;
    for (std::thread& caller : callers) caller.join();
    for (const auto& mine : told) {
      for (const auto& [status, times] : mine) {
        EXPECT_TRUE(status == "OK" || status == "UNAVAILABLE DRAINING retry" ||
                    status == "UNAVAILABLE")
            << status << ", " << times << " times";
      }
    }
  }
}

}  // namespace
}  // namespace claimwatch
