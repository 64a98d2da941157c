#include "server/rpc/acceptor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>

#include "absl/strings/str_cat.h"
#include "server/rpc/limits.h"
#include "tests/rpc/test_server.h"

namespace claimwatch {
namespace {

std::shared_ptr<grpc::Channel> NewChannel(const std::string& address) {
  grpc::ChannelArguments own;
  own.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), own);
}

bool Answers(const std::shared_ptr<grpc::Channel>& channel) {
  v1::GetStatusResponse response;
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(2));
  return v1::AdminService::NewStub(channel)->GetStatus(&context, {}, &response).ok();
}

int Connect(const std::string& address) {
  const int port = std::stoi(address.substr(address.rfind(':') + 1));
  sockaddr_in to = {};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<std::uint16_t>(port));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int made = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (made < 0) return -1;
  if (connect(made, reinterpret_cast<const sockaddr*>(&to), sizeof(to)) == 0) return made;
  close(made);
  return -1;
}

// What gRPC 1.51 alone does not survive: it would never accept again.
TEST(Acceptor, AcceptsAgainAfterFilesRanOut) {
  TestServer server;
  const std::string address = server.server().addresses()[0];
  ASSERT_TRUE(Answers(NewChannel(address)));
  rlimit before = {};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  rlimit few = before;
  few.rlim_cur = 64;
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &few), 0);
  std::vector<int> flood;
  for (int i = 0; i < 300; ++i) {  // Client and server share the 64.
    const int made = Connect(address);
    if (made >= 0) flood.push_back(made);
  }
  for (const int made : flood) close(made);
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
  const auto freed = std::chrono::steady_clock::now();
  bool answers = Answers(NewChannel(address));
  while (!answers && std::chrono::steady_clock::now() - freed < std::chrono::seconds(2)) {
    answers = Answers(NewChannel(address));
  }
  EXPECT_TRUE(answers);
  EXPECT_GT(flood.size(), 5u);
}

TEST(Acceptor, BindsWhatItIsToldAndNamesWhatItCannot) {
  const auto one = Acceptor::Bind({"127.0.0.1:0", "[::1]:0"});
  ASSERT_TRUE(one.ok()) << one.status();
  EXPECT_THAT((*one)->addresses()[0], testing::MatchesRegex("127\\.0\\.0\\.1:[1-9][0-9]*"));
  EXPECT_THAT((*one)->addresses()[1], testing::MatchesRegex("\\[::1\\]:[1-9][0-9]*"));
  const auto again = Acceptor::Bind({(*one)->addresses()[0]});
  EXPECT_EQ(again.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(again.status().message()), testing::HasSubstr((*one)->addresses()[0]));
  EXPECT_FALSE(Acceptor::Bind({"203.0.113.7:1"}).ok());
}

TEST(Acceptor, OneAddressDoesNotTakeItAll) {
  auto acceptor = *Acceptor::Bind({"127.0.0.1:0"});
  acceptor->Start([](int socket) { close(socket); });
  for (int i = 0; i < 3 * kConnectionsPerSecondMax; ++i) {
    const int made = Connect(acceptor->addresses()[0]);
    if (made >= 0) close(made);
  }
  acceptor->Stop();
  EXPECT_GT(acceptor->accepted(), 0);
  EXPECT_LE(acceptor->accepted() + acceptor->refused_for_rate(), 3 * kConnectionsPerSecondMax);
}

}  // namespace
}  // namespace claimwatch
