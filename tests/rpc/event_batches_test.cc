#include "server/rpc/event_batches.h"

#include <gtest/gtest.h>

#include "server/rpc/limits.h"
#include "server/rpc/wire_buffer.h"
#include "tests/rpc/feed_of.h"

namespace claimwatch {
namespace {

v1::SubscribeAlertsResponse Read(const EventBatch& batch) {
  v1::SubscribeAlertsResponse response;
  EXPECT_TRUE(FromBuffer(batch.bytes, response));
  return response;
}

Selector Lowered() {
  Selector lowered;
  lowered.kinds = 1u << static_cast<unsigned>(AlertKind::kLowered);
  lowered.key = "lowered";
  return lowered;
}

TEST(EventBatches, WhatGatheredIsOneMessage) {
  FeedOf feed;
  feed.Article(2);
  feed.Article(1);
  EventBatches batches(*feed.feed);
  const SharedSelector all{Selector()};
  const auto batch = batches.After(0, all);
  ASSERT_TRUE(batch.ok());
  EXPECT_EQ((*batch)->events, 3);
  const v1::SubscribeAlertsResponse message = Read(**batch);
  ASSERT_EQ(message.events_size(), 3);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(message.events(i).position(), i + 1);
  EXPECT_EQ(message.position(), 3);
  EXPECT_EQ(DecodeToken(message.resume_token())->position, 3);
}

TEST(EventBatches, OnePlaceAndOneSelectorShareABatch) {
  FeedOf feed;
  feed.Article(1);
  EventBatches batches(*feed.feed);
  const SharedSelector all{Selector()}, same{Selector()}, other{Lowered()};
  EXPECT_EQ(*batches.After(0, all), *batches.After(0, same));
  EXPECT_NE(*batches.After(0, all), *batches.After(0, other));
  const auto before = *batches.After(0, all);
  feed.Article(1);
  EXPECT_NE(before, *batches.After(0, all)) << "more has come";
  EXPECT_EQ((*batches.After(0, all))->events, 2);
}

TEST(EventBatches, ASelectorMovesThePlaceWithoutAMessage) {
  FeedOf feed;
  feed.Article(3, AlertKind::kRaised);
  EventBatches batches(*feed.feed);
  const SharedSelector lowered{Lowered()};
  const auto batch = batches.After(0, lowered);
  ASSERT_TRUE(batch.ok());
  EXPECT_EQ((*batch)->events, 0);
  EXPECT_EQ((*batch)->position, 3);
}

TEST(EventBatches, AnArticlesEventsAreNotTornApart) {
  FeedOf feed;
  feed.Article(kWriteEventsMax - 10);
  feed.Article(300);
  feed.Article(5);
  EventBatches batches(*feed.feed);
  const SharedSelector all{Selector()};
  const auto first = batches.After(0, all);
  ASSERT_TRUE(first.ok());
  EXPECT_EQ((*first)->position, kWriteEventsMax - 10 + 300);
  const auto second = batches.After((*first)->position, all);
  EXPECT_EQ((*second)->events, 5);
}

TEST(EventBatches, NothingAtTheHeadAndAnErrorBeyond) {
  FeedOf feed;
  feed.Article(1);
  EventBatches batches(*feed.feed);
  const SharedSelector all{Selector()};
  EXPECT_EQ((*batches.After(1, all))->position, 1);
  EXPECT_EQ((*batches.After(1, all))->events, 0);
  EXPECT_TRUE(absl::IsOutOfRange(batches.After(2, all).status()));
}

TEST(EventBatches, FarBehindIsWhatTheStoreMustTell) {
  FeedOf feed;
  for (std::size_t told = 0; told <= kEventsKept; told += 512) feed.Article(512);
  EventBatches batches(*feed.feed);
  EXPECT_TRUE(batches.IsFarBehind(0));
  EXPECT_FALSE(batches.IsFarBehind(feed.feed->head() - 1));
  const SharedSelector all{Selector()};
  const auto batch = batches.After(0, all);
  ASSERT_TRUE(batch.ok());
  EXPECT_EQ((*batch)->position, 512);
}

}  // namespace
}  // namespace claimwatch
