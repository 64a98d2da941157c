// What a client is told is what the rooms keep.
#include "server/app/limits.h"

#include <gtest/gtest.h>

#include "server/app/options.h"
#include "tests/rpc/test_server.h"

namespace claimwatch {
namespace {

TEST(Limits, AreToldAsTheyAre) {
  TestServer server({.future_max = absl::Hours(7), .subscribers_max = 5});
  v1::GetStatusResponse status;
  ASSERT_TRUE(server.admin->GetStatus(Context().get(), {}, &status).ok());
  const v1::Limits& told = status.limits();
  EXPECT_EQ(told.article_bytes_max(), static_cast<std::int64_t>(kBodyBytesMax));
  EXPECT_EQ(told.article_claims_max(), static_cast<std::int32_t>(kArticleClaimsMax));
  EXPECT_EQ(told.batch_articles_max(), static_cast<std::int32_t>(kBatchArticlesMax));
  EXPECT_EQ(told.message_bytes_max(), static_cast<std::int64_t>(kMessageBytesMax));
  EXPECT_EQ(told.inflight_articles_max(), static_cast<std::int32_t>(kStreamArticlesInFlightMax));
  EXPECT_EQ(told.page_size_max(), kPageSizeMax);
  EXPECT_EQ(told.history_entries_max(), kHistoryEntriesMax);
  EXPECT_EQ(told.subscribers_max(), 5);
  EXPECT_EQ(told.publish_ahead_max().seconds(), 7 * 3600);
}

}  // namespace
}  // namespace claimwatch
