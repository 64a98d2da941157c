// A store that passes everything on to another one, and fails when it is told to.
#pragma once

#include <atomic>

#include "server/store/claim_store.h"

namespace claimwatch {

class FailingStore : public ClaimStore {
 public:
  explicit FailingStore(ClaimStore& store) : store_(store) {}

  // How many of the next commits fail (nothing of them is kept).
  void FailCommits(int count) { commits_to_fail_ = count; }
  // While set, reading a ledger gives DATA_LOSS, as a damaged record does.
  void DamageLedgers(bool damaged) { ledgers_damaged_ = damaged; }
  int commits() const { return commits_; }

  absl::Status Commit(const Batch& batch) override {
    if (commits_to_fail_ > 0) {
      --commits_to_fail_;
      absl::Status full = absl::UnavailableError("the disk is full");
      full.SetPayload(kReadOnlyPayload, absl::Cord("the disk is full"));
      return full;
    }
    ++commits_;
    return store_.Commit(batch);
  }
  bool Maintain() override { return store_.Maintain(); }
  void MaintainAside() override { store_.MaintainAside(); }
  StoreHealth Health() const override {
    return commits_to_fail_ > 0 ? StoreHealth{.read_only = true, .reason = "the disk is full"}
                                : store_.Health();
  }
  absl::StatusOr<StoreState> ReadState() const override { return store_.ReadState(); }
  absl::StatusOr<ArticleRecord> FindArticle(std::string_view id) const override {
    return store_.FindArticle(id);
  }
  absl::StatusOr<ArticleRecord> ReadArticle(Sequence sequence) const override {
    return store_.ReadArticle(sequence);
  }
  absl::StatusOr<std::string> ArticleIdOf(Sequence sequence) const override {
    return store_.ArticleIdOf(sequence);
  }
  absl::StatusOr<std::vector<std::vector<ArticleVersion>>> FindVersions(
      const std::vector<std::string_view>& ids) const override {
    return store_.FindVersions(ids);
  }
  absl::Status VisitArticles(Sequence after, bool texts,
                             const std::function<void(ArticleRecord)>& visit) const override {
    return store_.VisitArticles(after, texts, visit);
  }
  absl::Status VisitLinks(Sequence after,
                          const std::function<void(const ArticleLink&)>& visit) const override {
    return store_.VisitLinks(after, visit);
  }
  absl::StatusOr<std::vector<Sequence>> StoryArticles(StoryId story, Sequence after,
                                                      int limit) const override {
    return store_.StoryArticles(story, after, limit);
  }
  absl::StatusOr<StoryLedger> ReadLedger(StoryId story) const override {
    if (ledgers_damaged_) return absl::DataLossError("a record does not match its checksum");
    return store_.ReadLedger(story);
  }
  absl::StatusOr<StoryRecord> ReadStory(StoryId story) const override {
    return store_.ReadStory(story);
  }
  absl::StatusOr<std::vector<StoryRecord>> ListStories(Sequence before, int limit) const override {
    return store_.ListStories(before, limit);
  }
  absl::StatusOr<StoryId> StoryOfFigure(FigureId figure) const override {
    return store_.StoryOfFigure(figure);
  }
  absl::StatusOr<Alert> ReadAlert(AlertId alert) const override { return store_.ReadAlert(alert); }
  absl::StatusOr<std::vector<Alert>> ListAlerts(const AlertQuery& query) const override {
    return store_.ListAlerts(query);
  }
  absl::StatusOr<std::vector<AlertEvent>> ReadEvents(std::int64_t after, int limit) const override {
    return store_.ReadEvents(after, limit);
  }
  absl::StatusOr<std::vector<SubscriptionRecord>> ReadSubscriptions() const override {
    return store_.ReadSubscriptions();
  }
  absl::StatusOr<std::vector<ParkedRecord>> ListParked(const std::string& subscription,
                                                       std::int64_t after,
                                                       int limit) const override {
    return store_.ListParked(subscription, after, limit);
  }
  absl::Status BackUp(const std::string& path) const override { return store_.BackUp(path); }

 private:
  ClaimStore& store_;
  std::atomic<int> commits_to_fail_ = 0;
  std::atomic<int> commits_ = 0;
  std::atomic<bool> ledgers_damaged_ = false;
};

}  // namespace claimwatch
