#include "server/rpc/admin_service.h"

#include <gtest/gtest.h>

#include "server/rpc/limits.h"
#include "server/rpc/version.h"
#include "tests/fakes/temporary_directory.h"
#include "tests/rpc/test_server.h"

namespace claimwatch {
namespace {

TEST(GetStatus, CountsWhatIsThere) {
  TestServer server({.subscribers_max = 17});
  server.Ingest(FireReport("a1", 10, 0));
  server.Ingest(FireReport("a2", 40, 600));
  v1::GetStatusResponse status;
  ASSERT_TRUE(server.admin->GetStatus(Context().get(), {}, &status).ok());
  EXPECT_EQ(status.version(), kVersion);
  EXPECT_EQ(status.epoch(), "memory");
  EXPECT_EQ(status.head_sequence(), 2);
  EXPECT_EQ(status.article_count(), 2);
  EXPECT_EQ(status.claim_count(), 2);
  EXPECT_EQ(status.story_count(), 1);
  EXPECT_EQ(status.figure_count(), 1);
  EXPECT_EQ(status.alert_count(), 1);
  EXPECT_EQ(status.open_alert_count(), 1);
  EXPECT_EQ(status.head_position(), server.feed().head());
  EXPECT_EQ(status.oldest_position(), 1);
  EXPECT_EQ(status.limits().subscribers_max(), 17);
  EXPECT_EQ(status.limits().page_size_max(), kPageSizeMax);
  EXPECT_FALSE(status.draining());
}

TEST(GetStatus, AnswersWhileDraining) {
  TestServer server;
  server.server().Drain();
  v1::GetStatusResponse status;
  ASSERT_TRUE(server.admin->GetStatus(Context().get(), {}, &status).ok());
  EXPECT_TRUE(status.draining());
  v1::ListStoriesResponse stories;
  EXPECT_EQ(Dump(server.stories->ListStories(Context().get(), {}, &stories)),
            "UNAVAILABLE DRAINING retry");
}

TEST(BackUp, OnlyByAPlainNameWhereItIsConfigured) {
  const std::pair<const char*, const char*> kNames[] = {
      {"", "INVALID_ARGUMENT REQUEST_INVALID name:REQUIRED"},
      {"../etc", "INVALID_ARGUMENT REQUEST_INVALID name:MALFORMED"},
      {".hidden", "INVALID_ARGUMENT REQUEST_INVALID name:MALFORMED"},
      {"monday", "FAILED_PRECONDITION BACKUP_DISABLED"},
  };
  TestServer server;
  for (const auto& [name, error] : kNames) {
    v1::BackUpRequest request;
    v1::BackUpResponse response;
    request.set_name(name);
    EXPECT_EQ(Dump(server.admin->BackUp(Context().get(), request, &response)), error) << name;
  }
}

TEST(BackUp, DoesNotReplaceOne) {
  TemporaryDirectory folder;
  RpcOptions options;
  options.backup_dir = folder.path();
  TestServer server(options);
  std::filesystem::create_directory(folder.path() + "/monday");
  v1::BackUpRequest request;
  v1::BackUpResponse response;
  request.set_name("monday");
  EXPECT_EQ(Dump(server.admin->BackUp(Context().get(), request, &response)),
            "ALREADY_EXISTS BACKUP_EXISTS backup=monday");
}

}  // namespace
}  // namespace claimwatch
