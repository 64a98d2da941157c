#include "server/store/memory_store.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "server/store/batch_check.h"
#include "server/store/codec.h"
#include "server/store/replay.h"

namespace claimwatch {
namespace {

std::string View(std::string_view text) { return std::string(text); }

// The record as it is kept: with its texts, whether they came plain or encoded.
absl::StatusOr<ArticleRecord> WithTexts(const Batch& batch, std::size_t index) {
  ArticleRecord record = batch.articles[index];
  if (batch.encoded.empty()) return record;
  ArticleRecord decoded = record;
  if (absl::Status status = DecodeArticle(batch.encoded[index], true, decoded); !status.ok()) {
    return status;
  }
  record.article = std::move(decoded.article);
  return record;
}

}  // namespace

MemoryStore::MemoryStore(std::string epoch) { state_.epoch = std::move(epoch); }

absl::Status MemoryStore::CheckLocked(const Batch& batch) const {
  if (absl::Status status = CheckBatch(batch, state_); !status.ok()) return status;
  const auto fresh = static_cast<std::int64_t>(batch.articles.size());
  const auto last = Sequence{static_cast<std::int64_t>(state_.last_sequence) + fresh};
  for (const auto& [sequence, state] : batch.article_states) {
    if (sequence <= Sequence::kNone || sequence > last) {
      return absl::InternalError("batch: state of no article");
    }
  }
  for (const Retraction& change : batch.retractions) {
    if (change.article <= Sequence::kNone || change.article > last) {
      return absl::InternalError("batch: retraction of no article");
    }
  }
  return absl::OkStatus();
}

absl::Status MemoryStore::Commit(const Batch& batch) {
  std::vector<ArticleRecord> records;
  for (std::size_t i = 0; i < batch.articles.size(); ++i) {
    absl::StatusOr<ArticleRecord> record = WithTexts(batch, i);
    if (!record.ok()) return record.status();
    records.push_back(*std::move(record));
  }
  absl::MutexLock lock(&mu_);
  if (absl::Status status = CheckLocked(batch); !status.ok()) return status;
  for (ArticleRecord& record : records) KeepArticleLocked(std::move(record));
  for (const auto& [sequence, state] : batch.article_states) articles_[sequence].state = state;
  for (const Retraction& change : batch.retractions) {
    ArticleRecord& record = articles_[change.article];
    record.state = ArticleState::kRetracted;
    record.retracted = change.time;
    record.retract_reason = change.reason;
  }
  for (const ClaimId claim : batch.withdrawn_claims) {
    const auto article = articles_.find(ArticleOf(claim));
    if (article != articles_.end()) article->second.claims[IndexOf(claim)].withdrawn = true;
  }
  for (const StoryRewrite& rewrite : batch.rewrites) {
    std::erase_if(figures_,
                  [&](const auto& figure) { return figure.second.first == rewrite.story; });
  }
  for (const StoryRewrite& rewrite : batch.rewrites) RewriteLocked(rewrite);
  KeepStoriesLocked(batch);
  KeepEventsLocked(batch);
  KeepSubscriptionsLocked(batch.subscriptions);
  state_.ids = batch.ids;
  ++state_.commits;
  return absl::OkStatus();
}

void MemoryStore::KeepArticleLocked(ArticleRecord record) {
  state_.last_sequence = record.sequence;
  ++state_.articles;
  state_.claims += static_cast<std::int64_t>(record.claims.size());
  versions_[record.article.id].push_back(record.sequence);
  articles_[record.sequence] = std::move(record);
}

void MemoryStore::KeepStoriesLocked(const Batch& batch) {
  for (const StoryRecord& story : batch.stories) {
    stories_[story.id] = story;
    state_.last_story = std::max(state_.last_story, story.id);
  }
  for (std::size_t i = 0; i < batch.figures.size(); ++i) {
    figures_[batch.figures[i].id] = {batch.figure_stories[i].second, batch.figures[i]};
  }
  state_.stories = std::count_if(stories_.begin(), stories_.end(), [](const auto& story) {
    return story.second.merged_into == StoryId::kNone;
  });
}

void MemoryStore::RewriteLocked(const StoryRewrite& rewrite) {
  for (const Figure& figure : rewrite.figures) figures_[figure.id] = {rewrite.story, figure};
  for (const ArticleRecord& article : rewrite.articles) {
    ArticleRecord& kept = articles_.at(article.sequence);
    kept.story = rewrite.story;
    kept.claims = article.claims;
    kept.features = article.features;
  }
}

void MemoryStore::KeepEventsLocked(const Batch& batch) {
  for (const AlertEvent& event : batch.events) {
    alerts_[event.alert.id] = event.alert;
    events_[event.position] = event;
  }
  if (batch.forget_events_before > state_.oldest_position) {
    state_.oldest_position = std::min(batch.forget_events_before, batch.ids.last_position + 1);
    events_.erase(events_.begin(), events_.lower_bound(state_.oldest_position));
  }
  state_.alerts = static_cast<std::int64_t>(alerts_.size());
}

absl::StatusOr<StoreState> MemoryStore::ReadState() const {
  absl::MutexLock lock(&mu_);
  return state_;
}

absl::StatusOr<ArticleRecord> MemoryStore::FindArticle(std::string_view article_id) const {
  absl::MutexLock lock(&mu_);
  const auto known = versions_.find(article_id);
  if (known == versions_.end()) {
    return absl::NotFoundError(absl::StrCat("no article ", View(article_id)));
  }
  return articles_.at(known->second.back());
}

absl::StatusOr<ArticleRecord> MemoryStore::ReadArticle(Sequence sequence) const {
  absl::MutexLock lock(&mu_);
  const auto known = articles_.find(sequence);
  if (known == articles_.end()) {
    return absl::NotFoundError(
        absl::StrCat("no article with sequence ", static_cast<std::int64_t>(sequence)));
  }
  return known->second;
}

absl::StatusOr<std::string> MemoryStore::ArticleIdOf(Sequence sequence) const {
  absl::MutexLock lock(&mu_);
  const auto known = articles_.find(sequence);
  if (known == articles_.end()) {
    return absl::NotFoundError(
        absl::StrCat("no article with sequence ", static_cast<std::int64_t>(sequence)));
  }
  return known->second.article.id;
}

ArticleVersion MemoryStore::VersionLocked(Sequence sequence) const {
  const ArticleRecord& record = articles_.at(sequence);
  return {sequence,       record.content_hash, record.story,
          record.version, record.state,        static_cast<std::int64_t>(record.claims.size())};
}

absl::StatusOr<std::vector<std::vector<ArticleVersion>>> MemoryStore::FindVersions(
    const std::vector<std::string_view>& article_ids) const {
  absl::MutexLock lock(&mu_);
  std::vector<std::vector<ArticleVersion>> found(article_ids.size());
  for (std::size_t i = 0; i < article_ids.size(); ++i) {
    const auto known = versions_.find(article_ids[i]);
    if (known == versions_.end()) continue;
    for (const Sequence sequence : known->second) found[i].push_back(VersionLocked(sequence));
  }
  return found;
}

absl::Status MemoryStore::VisitArticles(Sequence after, bool texts,
                                        const std::function<void(ArticleRecord)>& visit) const {
  absl::MutexLock lock(&mu_);
  for (auto at = articles_.upper_bound(after); at != articles_.end(); ++at) {
    ArticleRecord record = at->second;
    if (!texts) {
      record.article.title.clear();
      record.article.body.clear();
    }
    visit(std::move(record));
  }
  return absl::OkStatus();
}

absl::Status MemoryStore::VisitLinks(Sequence after,
                                     const std::function<void(const ArticleLink&)>& visit) const {
  absl::MutexLock lock(&mu_);
  for (auto at = articles_.upper_bound(after); at != articles_.end(); ++at) {
    const ArticleRecord& record = at->second;
    visit({record.sequence, record.story, record.language_read, record.features});
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Sequence>> MemoryStore::StoryArticles(StoryId story, Sequence after,
                                                                 int limit) const {
  absl::MutexLock lock(&mu_);
  std::vector<Sequence> found;
  for (auto at = articles_.upper_bound(after);
       at != articles_.end() && static_cast<int>(found.size()) < limit; ++at) {
    if (at->second.story == story) found.push_back(at->first);
  }
  return found;
}

absl::StatusOr<StoryLedger> MemoryStore::ReadLedger(StoryId story) const {
  absl::MutexLock lock(&mu_);
  if (!stories_.contains(story)) return absl::NotFoundError("no story " + ToString(story));
  std::vector<Figure> figures;
  for (const auto& [id, figure] : figures_) {
    if (figure.first == story) figures.push_back(figure.second);
  }
  std::vector<ArticleRecord> articles;
  for (const auto& [sequence, record] : articles_) {
    if (record.story == story) articles.push_back(record);
  }
  std::vector<Alert> open;
  for (const auto& [id, alert] : alerts_) {
    if (alert.story == story && alert.state == AlertState::kOpen) open.push_back(alert);
  }
  return ReplayLedger(story, std::move(figures), std::move(articles), std::move(open));
}

absl::StatusOr<StoryRecord> MemoryStore::ReadStory(StoryId story) const {
  absl::MutexLock lock(&mu_);
  const auto known = stories_.find(story);
  if (known == stories_.end()) return absl::NotFoundError("no story " + ToString(story));
  return known->second;
}

absl::StatusOr<std::vector<StoryRecord>> MemoryStore::ListStories(Sequence before_article,
                                                                  int limit) const {
  absl::MutexLock lock(&mu_);
  std::vector<StoryRecord> found;
  for (const auto& [id, story] : stories_) {
    if (before_article == Sequence::kNone || story.last_article < before_article) {
      found.push_back(story);
    }
  }
  std::sort(found.begin(), found.end(), [](const StoryRecord& a, const StoryRecord& b) {
    return a.last_article > b.last_article;
  });
  if (static_cast<int>(found.size()) > limit) found.resize(std::max(limit, 0));
  return found;
}

absl::StatusOr<StoryId> MemoryStore::StoryOfFigure(FigureId figure) const {
  absl::MutexLock lock(&mu_);
  const auto known = figures_.find(figure);
  if (known == figures_.end()) return absl::NotFoundError("no figure " + ToString(figure));
  return known->second.first;
}

absl::StatusOr<Alert> MemoryStore::ReadAlert(AlertId alert) const {
  absl::MutexLock lock(&mu_);
  const auto known = alerts_.find(alert);
  if (known == alerts_.end()) return absl::NotFoundError("no alert " + ToString(alert));
  return known->second;
}

absl::StatusOr<std::vector<Alert>> MemoryStore::ListAlerts(const AlertQuery& query) const {
  absl::MutexLock lock(&mu_);
  std::vector<Alert> found;
  auto end = query.before == AlertId::kNone ? alerts_.end() : alerts_.lower_bound(query.before);
  while (end != alerts_.begin() && static_cast<int>(found.size()) < query.limit) {
    --end;
    if (Matches(end->second, query)) found.push_back(end->second);
  }
  return found;
}

absl::StatusOr<std::vector<AlertEvent>> MemoryStore::ReadEvents(std::int64_t after,
                                                                int limit) const {
  absl::MutexLock lock(&mu_);
  if (after + 1 < state_.oldest_position) {
    return absl::OutOfRangeError(absl::StrCat("events up to ", state_.oldest_position - 1,
                                              " are no longer kept; asked for those after ",
                                              after));
  }
  std::vector<AlertEvent> found;
  for (auto at = events_.upper_bound(after);
       at != events_.end() && static_cast<int>(found.size()) < limit; ++at) {
    found.push_back(at->second);
  }
  return found;
}

void MemoryStore::KeepSubscriptionsLocked(const SubscriptionChanges& changes) {
  for (const std::string& id : changes.deleted) {
    subscriptions_.erase(id);
    std::erase_if(parked_, [&](const auto& entry) { return entry.first.first == id; });
  }
  for (const SubscriptionRecord& record : changes.kept) {
    subscriptions_[record.id] = record;
    subscriptions_[record.id].parked = 0;
  }
  for (const auto& key : changes.unparked) parked_.erase(key);
  for (const ParkedRecord& record : changes.parked) {
    parked_[{record.subscription, record.event.position}] = record;
  }
}

absl::StatusOr<std::vector<SubscriptionRecord>> MemoryStore::ReadSubscriptions() const {
  absl::MutexLock lock(&mu_);
  std::vector<SubscriptionRecord> records;
  for (const auto& [id, record] : subscriptions_) {
    records.push_back(record);
    for (const auto& [key, parked] : parked_) records.back().parked += key.first == id ? 1 : 0;
  }
  return records;
}

absl::StatusOr<std::vector<ParkedRecord>> MemoryStore::ListParked(const std::string& subscription,
                                                                  std::int64_t after,
                                                                  int limit) const {
  absl::MutexLock lock(&mu_);
  std::vector<ParkedRecord> found;
  for (auto at = parked_.upper_bound({subscription, after});
       at != parked_.end() && at->first.first == subscription &&
       static_cast<int>(found.size()) < limit;
       ++at) {
    found.push_back(at->second);
  }
  return found;
}

absl::Status MemoryStore::BackUp(const std::string&) const {
  return absl::UnimplementedError("a store in memory has nothing to back up");
}

}  // namespace claimwatch
