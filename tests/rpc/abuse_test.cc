// What ill-behaved callers send: too much, too long, too often. The daemon answers the next caller.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "absl/strings/str_cat.h"
#include "server/rpc/limits.h"
#include "tests/fakes/sanitized.h"
#include "tests/rpc/test_server.h"

namespace claimwatch {
namespace {

// Memory of this process, client and server together.
std::int64_t ResidentBytes() {
  std::ifstream in("/proc/self/statm");
  std::int64_t total = 0, resident = 0;
  in >> total >> resident;
  return resident * 4096;
}

class AbuseTest : public testing::Test {
 protected:
  // Another caller, by a connection of its own: that of who meant ill may be closed by now.
  void ExpectServing() {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    const auto admin = v1::AdminService::NewStub(grpc::CreateCustomChannel(
        server_.server().addresses()[0], grpc::InsecureChannelCredentials(), arguments));
    v1::GetStatusResponse response;
    const grpc::Status status = admin->GetStatus(Context().get(), {}, &response);
    EXPECT_TRUE(status.ok()) << status.error_code() << ": " << status.error_message();
  }
  TestServer server_;
};

TEST_F(AbuseTest, AMessageThatIsTooLarge) {
  v1::IngestArticleRequest request;
  *request.mutable_article() = FireReport("a1", 3);
  request.mutable_article()->set_body(std::string(kMessageBytesMax + 1, 'x'));
  v1::IngestArticleResponse response;
  EXPECT_EQ(server_.articles->IngestArticle(Context().get(), request, &response).error_code(),
            grpc::StatusCode::RESOURCE_EXHAUSTED);
  ExpectServing();
}

TEST_F(AbuseTest, AMessageThatIsLargeOnceItIsUnpacked) {
  v1::IngestArticleRequest request;
  *request.mutable_article() = FireReport("a1", 3);
  request.mutable_article()->set_body(std::string(std::size_t{96} << 20, 'x'));
  const auto context = Context();
  context->set_compression_algorithm(GRPC_COMPRESS_GZIP);
  v1::IngestArticleResponse response;
  EXPECT_EQ(server_.articles->IngestArticle(context.get(), request, &response).error_code(),
            grpc::StatusCode::RESOURCE_EXHAUSTED);
  ExpectServing();
}

TEST_F(AbuseTest, HeadersWithoutEnd) {
  const auto context = Context();
  for (int i = 0; i < 64; ++i) {
    context->AddMetadata(absl::StrCat("x-flood-", i), std::string(1024, 'y'));
  }
  v1::GetStatusResponse response;
  EXPECT_EQ(server_.admin->GetStatus(context.get(), {}, &response).error_code(),
            grpc::StatusCode::RESOURCE_EXHAUSTED);
  ExpectServing();
}

TEST_F(AbuseTest, BytesThatAreNoRequest) {
  const auto context = Context();
  context->AddMetadata("authorization", "Bearer of bad news, and of much too much white space");
  v1::ListStoriesRequest request;
  request.set_page_token(std::string(4096, '\x7f'));
  v1::ListStoriesResponse response;
  EXPECT_FALSE(server_.stories->ListStories(context.get(), request, &response).ok());
  ExpectServing();
}

// A sender that never reads its receipts is held back by flow control, and its memory is bounded.
TEST_F(AbuseTest, ASenderThatNeverReads) {
  const std::int64_t before = ResidentBytes();
  const auto context = std::make_unique<grpc::ClientContext>();
  context->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(3));
  const auto stream = server_.articles->IngestArticles(context.get());
  v1::IngestArticlesRequest request;
  for (int i = 0; i < 64; ++i) {
    *request.add_articles() = FireReport(absl::StrCat("b", i), 3);
    request.mutable_articles(i)->set_body(std::string(20'000, 'z'));
  }
  request.mutable_options()->set_return_claims(true);
  int written = 0;
  while (written < 2000 && stream->Write(request)) {
    request.clear_options();
    ++written;
  }
  context->TryCancel();
  EXPECT_FALSE(stream->Finish().ok());
  EXPECT_LT(ResidentBytes() - before, (std::int64_t{256} << 20) * kMemoryFactor);
  ExpectServing();
}

// Opens and resets as fast as it can (CVE-2023-44487).
TEST_F(AbuseTest, StreamsOpenedAndResetAtOnce) {
  const std::int64_t before = ResidentBytes();
  for (int i = 0; i < 2000; ++i) {
    const auto context = Context();
    const auto stream = server_.alerts->SubscribeAlerts(context.get(), {});
    context->TryCancel();
    v1::SubscribeAlertsResponse message;
    while (stream->Read(&message)) {
    }
    stream->Finish();
  }
  EXPECT_LT(ResidentBytes() - before, (std::int64_t{128} << 20) * kMemoryFactor);
  ExpectServing();
}

}  // namespace
}  // namespace claimwatch
