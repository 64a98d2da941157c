#include "server/ingest/ledger_cache.h"

#include <gtest/gtest.h>

#include "server/store/memory_store.h"
#include "tests/fakes/failing_store.h"
#include "tests/fakes/records.h"

namespace claimwatch {
namespace {

class LedgerCacheTest : public testing::Test {
 protected:
  LedgerCacheTest() : catalogue_(*Catalogue::Load("")) {
    EXPECT_EQ(store_.Commit(FirstBatch()), absl::OkStatus());
    EXPECT_EQ(store_.Commit(SecondBatch()), absl::OkStatus());
  }
  LedgerCache Make(LedgerCache::Bounds bounds) {
    return LedgerCache(counted_, *catalogue_, bounds);
  }

  MemoryStore store_;
  FailingStore counted_{store_};
  std::unique_ptr<const Catalogue> catalogue_;
};

TEST_F(LedgerCacheTest, LoadsOnceAndResolvesMeasures) {
  LedgerCache cache = Make({});
  const auto first = cache.Get(StoryId{1});
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ((*first)->record.articles, 2);
  EXPECT_EQ(CountClaims((*first)->ledger), 4u);
  const KnownClaim& claim = (*first)->ledger.figures[0].claims[0];
  EXPECT_EQ(claim.claim.measure, catalogue_->Find("killed")->id);
  EXPECT_EQ(*cache.Get(StoryId{1}), *first);
}

TEST_F(LedgerCacheTest, LetsTheLeastRecentlyUsedGo) {
  LedgerCache cache = Make({.stories = 2, .claims = 1000});
  ASSERT_TRUE(cache.Get(StoryId{1}).ok());
  ASSERT_TRUE(cache.Get(StoryId{2}).ok());
  ASSERT_TRUE(cache.Get(StoryId{1}).ok());
  cache.Begin(StoryId{3});
  EXPECT_EQ(cache.size(), 3u);  // Until the group is done.
  cache.Trim();
  EXPECT_EQ(cache.size(), 2u);
  counted_.DamageLedgers(true);  // What is still held needs no store.
  EXPECT_TRUE(cache.Get(StoryId{1}).ok());
  EXPECT_TRUE(cache.Get(StoryId{3}).ok());
  EXPECT_EQ(cache.Get(StoryId{2}).status().code(), absl::StatusCode::kDataLoss);
}

TEST_F(LedgerCacheTest, IsBoundedByClaimsToo) {
  LedgerCache cache = Make({.stories = 100, .claims = 5});
  ASSERT_TRUE(cache.Get(StoryId{1}).ok());  // Four claims
  ASSERT_TRUE(cache.Get(StoryId{2}).ok());  // and two.
  cache.Trim();
  EXPECT_EQ(cache.size(), 1u);
  counted_.DamageLedgers(true);
  EXPECT_TRUE(cache.Get(StoryId{2}).ok());
}

TEST_F(LedgerCacheTest, ForgetsEverything) {
  LedgerCache cache = Make({});
  cache.Begin(StoryId{9});
  cache.Clear();
  EXPECT_EQ(cache.size(), 0u);
  EXPECT_EQ(cache.Get(StoryId{9}).status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace claimwatch
