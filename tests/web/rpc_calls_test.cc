// Who holds the channel when a call has ended.
#include "server/web/rpc_calls.h"

#include <gtest/gtest.h>

#include "tests/rpc/test_server.h"

namespace claimwatch {
namespace {

constexpr int kRounds = 200;

// A channel that one of its own threads lets go of last waits for itself; gRPC aborts on that.
TEST(RpcCalls, WhenIdleNoCallHoldsTheChannel) {
  TestServer server;
  for (int round = 0; round < kRounds; ++round) {
    const std::shared_ptr<grpc::Channel> channel = server.server().InProcessChannel();
    RpcCalls calls(channel);
    const long before = channel.use_count();
    RpcRequest request;
    request.path = "/claimwatch.v1.AdminService/GetStatus";
    calls.CallUnary(request, [](const RpcResult& result) { EXPECT_TRUE(result.status.ok()); });
    ASSERT_TRUE(calls.AwaitIdle(absl::Seconds(10)));
    EXPECT_EQ(channel.use_count(), before) << "round " << round;
  }
}

}  // namespace
}  // namespace claimwatch
