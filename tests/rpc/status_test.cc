#include "server/rpc/status.h"

#include <gtest/gtest.h>

#include "tests/rpc/test_server.h"

namespace claimwatch {
namespace {

struct Case {
  absl::Status status;
  const char* line;
};

TEST(Status, OneMappingForAll) {
  const Case kCases[] = {
      {absl::NotFoundError("no"), "NOT_FOUND STORY_NOT_FOUND claimwatch.v1.Story=s7"},
      {absl::ResourceExhaustedError("full"), "RESOURCE_EXHAUSTED OVERLOADED retry"},
      {absl::UnavailableError("draining"), "UNAVAILABLE DRAINING retry"},
      {absl::UnavailableError("the disk is full"), "UNAVAILABLE STORE_FAILED retry"},
      {absl::DataLossError("bad checksum"), "INTERNAL INTERNAL"},
      {absl::InternalError("a bug"), "INTERNAL INTERNAL"},
  };
  for (const Case& row : kCases) {
    EXPECT_EQ(Dump(ToGrpc(FromStatus(row.status, "Story", "s7"))), row.line) << row.status;
  }
  EXPECT_TRUE(ToGrpc(Outcome()).ok());
}

TEST(Status, ProblemsOfAnArticleBecomeViolations) {
  const Error error =
      ArticleInvalid("a1", {{"body", "is 2097152 bytes; the limit is 1048576"},
                            {"title", "is not valid UTF-8"},
                            {"article_id", "is empty; an article needs an id"},
                            {"publish_time", "is 3000-01-01T00:00:00Z, in the future"},
                            {"language", "is not a language tag"}});
  EXPECT_EQ(Dump(ToGrpc(error)),
            "INVALID_ARGUMENT ARTICLE_INVALID body:TOO_LARGE title:NOT_UTF8 article_id:REQUIRED "
            "publish_time:OUT_OF_RANGE language:MALFORMED");
}

// Whatever comes in goes into error messages, and those must be UTF-8 or the caller gets nothing.
TEST(Status, HostileBytesBecomeSafeText) {
  const grpc::Status status = ToGrpc(NotFound("Article", "a\xff\n"));
  google::rpc::Status details;
  EXPECT_TRUE(details.ParseFromString(status.error_details()));
  EXPECT_EQ(status.error_message().find('\n'), std::string::npos);
}

TEST(Status, DelaysAreSpread) {
  absl::Duration least = absl::InfiniteDuration(), most;
  for (int i = 0; i < 100; ++i) {
    const absl::Duration delay = Spread(absl::Seconds(10));
    least = std::min(least, delay);
    most = std::max(most, delay);
  }
  EXPECT_GE(least, absl::Seconds(8));
  EXPECT_LE(most, absl::Seconds(12));
  EXPECT_GT(most - least, absl::Seconds(2));
}

}  // namespace
}  // namespace claimwatch
