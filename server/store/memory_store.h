// MemoryStore: a ClaimStore that forgets when it ends. For tests, and for trying things out.
//
// Plain maps under one mutex: written to be obviously right, because SqliteStore is measured
// against it. Thread-safe. Tested by tests/store/conformance_test.cc.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "server/store/claim_store.h"

namespace claimwatch {

class MemoryStore : public ClaimStore {
 public:
  // `epoch` names the history; tests give their own.
  explicit MemoryStore(std::string epoch = "memory");

  absl::Status Commit(const Batch& batch) override;

  absl::StatusOr<StoreState> ReadState() const override;
  absl::StatusOr<ArticleRecord> FindArticle(std::string_view article_id) const override;
  absl::StatusOr<ArticleRecord> ReadArticle(Sequence sequence) const override;
  absl::StatusOr<std::string> ArticleIdOf(Sequence sequence) const override;
  absl::StatusOr<std::vector<std::vector<ArticleVersion>>> FindVersions(
      const std::vector<std::string_view>& article_ids) const override;
  absl::Status VisitArticles(Sequence after, bool texts,
                             const std::function<void(ArticleRecord)>& visit) const override;
  absl::Status VisitLinks(Sequence after,
                          const std::function<void(const ArticleLink&)>& visit) const override;
  absl::StatusOr<std::vector<Sequence>> StoryArticles(StoryId story, Sequence after,
                                                      int limit) const override;
  absl::StatusOr<StoryLedger> ReadLedger(StoryId story) const override;
  absl::StatusOr<StoryRecord> ReadStory(StoryId story) const override;
  absl::StatusOr<std::vector<StoryRecord>> ListStories(Sequence before_article,
                                                       int limit) const override;
  absl::StatusOr<StoryId> StoryOfFigure(FigureId figure) const override;
  absl::StatusOr<Alert> ReadAlert(AlertId alert) const override;
  absl::StatusOr<std::vector<Alert>> ListAlerts(const AlertQuery& query) const override;
  absl::StatusOr<std::vector<AlertEvent>> ReadEvents(std::int64_t after, int limit) const override;
  absl::StatusOr<std::vector<SubscriptionRecord>> ReadSubscriptions() const override;
  absl::StatusOr<std::vector<ParkedRecord>> ListParked(const std::string& subscription,
                                                       std::int64_t after,
                                                       int limit) const override;
  absl::Status BackUp(const std::string& path) const override;

 private:
  absl::Status CheckLocked(const Batch& batch) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void KeepArticleLocked(ArticleRecord record) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void KeepStoriesLocked(const Batch& batch) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void RewriteLocked(const StoryRewrite& rewrite) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void KeepEventsLocked(const Batch& batch) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void KeepSubscriptionsLocked(const SubscriptionChanges& changes)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  ArticleVersion VersionLocked(Sequence sequence) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  mutable absl::Mutex mu_;  // A leaf.
  StoreState state_ ABSL_GUARDED_BY(mu_);
  std::map<Sequence, ArticleRecord> articles_ ABSL_GUARDED_BY(mu_);
  std::map<std::string, std::vector<Sequence>, std::less<>> versions_ ABSL_GUARDED_BY(mu_);
  std::map<StoryId, StoryRecord> stories_ ABSL_GUARDED_BY(mu_);
  std::map<FigureId, std::pair<StoryId, Figure>> figures_ ABSL_GUARDED_BY(mu_);
  std::map<AlertId, Alert> alerts_ ABSL_GUARDED_BY(mu_);
  std::map<std::int64_t, AlertEvent> events_ ABSL_GUARDED_BY(mu_);
  std::map<std::string, SubscriptionRecord> subscriptions_ ABSL_GUARDED_BY(mu_);
  std::map<std::pair<std::string, std::int64_t>, ParkedRecord> parked_ ABSL_GUARDED_BY(mu_);
};

}  // namespace claimwatch
