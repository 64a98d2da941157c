// A history of commits that touches every table, and the check that a store holds it up to there.
#pragma once

#include <gtest/gtest.h>

#include "server/store/claim_store.h"
#include "tests/fakes/records.h"

namespace claimwatch {

// Commit number `n`, from 1, in a history of any length: the first two are those of records.h, each
// later one brings an article to story 1 and an alert with its event; every third takes a claim
// back, every fourth forgets old events.
inline Batch HistoryBatch(int n) {
  if (n == 1) return FirstBatch();
  if (n == 2) return SecondBatch();
  Batch batch;
  batch.articles = {MakeArticle(n + 1, StoryId{1}, FigureId{1})};
  batch.articles[0].alerts = {AlertId{n - 1}};
  batch.stories = {MakeStory(StoryId{1}, n + 1, n)};
  const KnownClaim known = MakeClaim(1, 0, StoryId{1}, FigureId{1}, 11);
  batch.events = {
      {n - 1, AlertChange::kOpened,
       MakeAlert(AlertId{n - 1}, StoryId{1}, FigureId{1}, batch.articles[0].claims[0], known)}};
  if (n % 3 == 0) {
    batch.withdrawn_claims = {MakeClaimId(Sequence{n}, 1)};
    batch.article_states = {{Sequence{n}, ArticleState::kRetracted}};
  }
  if (n % 4 == 0) batch.forget_events_before = n - 2;
  batch.ids = {FigureId{4}, AlertId{n - 1}, n - 1};
  return batch;
}

// All the housekeeping that is due, on this thread.
inline void Keep(ClaimStore& store) {
  if (store.Maintain()) store.MaintainAside();
}

// Of the whole history up to commit `n`: every article and alert is there, and nothing more.
inline void ExpectHistory(const ClaimStore& store, int n) {
  const absl::StatusOr<StoreState> state = store.ReadState();
  ASSERT_TRUE(state.ok()) << state.status();
  const int articles = n < 2 ? n : n + 1;
  ASSERT_EQ(static_cast<int>(state->last_sequence), articles);
  ASSERT_EQ(state->articles, articles);
  ASSERT_EQ(state->ids.last_position, n < 2 ? 0 : n - 1);
  for (int commit = 1; commit <= n; ++commit) {
    for (const ArticleRecord& sent : HistoryBatch(commit).articles) {
      const absl::StatusOr<ArticleRecord> kept = store.ReadArticle(sent.sequence);
      ASSERT_TRUE(kept.ok()) << kept.status();
      ASSERT_EQ(kept->article, sent.article);
      ASSERT_EQ(kept->claims.size(), sent.claims.size());
      ASSERT_EQ(kept->alerts, sent.alerts);
    }
    for (const AlertEvent& told : HistoryBatch(commit).events) {
      const absl::StatusOr<Alert> kept = store.ReadAlert(told.alert.id);
      ASSERT_TRUE(kept.ok()) << kept.status();
      ASSERT_EQ(*kept, told.alert);
    }
  }
}

}  // namespace claimwatch
