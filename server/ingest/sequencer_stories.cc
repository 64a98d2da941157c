// What a user says of stories: these two are one, these articles are another one.
#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "server/base/log.h"
#include "server/ingest/limits.h"
#include "server/ingest/sequencer.h"

namespace claimwatch {
namespace {

// A user's word leaves no doubt: the articles are of one incident.
void ClearIncidents(std::vector<ArticleRecord>& articles) {
  for (ArticleRecord& article : articles) {
    for (KnownClaim& claim : article.claims) claim.incident = 0;
    absl::StatusOr<Features> features = DecodeFeatures(article.features);
    if (!features.ok() || features->incident == 0) continue;
    features->incident = 0;
    article.features = Encode(*features);
  }
}

absl::Status CheckSize(std::size_t articles) {
  if (articles <= kStoryChangeArticlesMax) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("more than ", kStoryChangeArticlesMax,
                                                 " versions of articles would be judged anew"));
}

void MoveAlerts(WholeStory& story, StoryChange& change) {
  std::move(story.open_alerts.begin(), story.open_alerts.end(),
            std::back_inserter(change.open_alerts));
  story.open_alerts.clear();
}

}  // namespace

absl::StatusOr<WholeStory> Sequencer::ReadWhole(StoryId story) const {
  WholeStory whole;
  absl::StatusOr<StoryRecord> record = store_.ReadStory(story);
  if (!record.ok()) return record.status();
  if (record->merged_into != StoryId::kNone) {
    return absl::NotFoundError(
        absl::StrCat(ToString(story), " was merged into ", ToString(record->merged_into)));
  }
  whole.record = *std::move(record);
  const absl::StatusOr<std::vector<Sequence>> sequences =
      store_.StoryArticles(story, Sequence::kNone, static_cast<int>(kStoryChangeArticlesMax) + 1);
  if (!sequences.ok()) return sequences.status();
  if (absl::Status size = CheckSize(sequences->size()); !size.ok()) return size;
  for (const Sequence sequence : *sequences) {
    absl::StatusOr<ArticleRecord> article = store_.ReadArticle(sequence);
    if (!article.ok()) return article.status();
    article->article.body.clear();
    whole.articles.push_back(*std::move(article));
  }
  absl::StatusOr<StoryLedger> ledger = store_.ReadLedger(story);
  if (!ledger.ok()) return ledger.status();
  whole.open_alerts = std::move(ledger->alerts);
  return whole;
}

absl::StatusOr<Sequencer::Changed> Sequencer::Change(StoryChange change, StoryId gone) {
  Changed changed;
  changed.story = change.stories.front().record.id;
  if (change.stories.size() > 1) changed.new_story = change.stories.back().record.id;
  Batch batch;
  ApplyChange(std::move(change), catalogue_, ids_, batch);
  if (gone != StoryId::kNone) {
    StoryRecord left;
    left.id = gone;
    left.merged_into = changed.story;
    batch.stories.push_back(left);
    batch.rewrites.push_back({gone, {}, {}});
  }
  if (!options_.index_file.empty()) {  // It tells of the stories as they were.
    std::error_code failed;
    std::filesystem::remove(options_.index_file, failed);
    if (failed) return absl::UnavailableError("cannot remove " + options_.index_file);
  }
  const absl::Status kept = store_.Commit(batch);
  lost_ = true;  // Until everything is read from the store again.
  ledgers_.Clear();
  if (!kept.ok()) return absl::UnavailableError(std::string(kept.message()));
  feed_.Publish(batch.events);
  for (AlertEvent& event : batch.events) changed.alerts.push_back(std::move(event.alert));
  if (absl::Status read = Load(); !read.ok()) {
    Log()->error("after a change of stories the store cannot be read: {}",
                 std::string(read.message()));
    return changed;  // It is kept; the next article tries again.
  }
  lost_ = false;
  return changed;
}

absl::StatusOr<Sequencer::Changed> Sequencer::Merge(StoryId story, StoryId other) {
  if (absl::Status status = Recover(); !status.ok()) return status;
  if (story == other) return absl::InvalidArgumentError("a story cannot be merged with itself");
  absl::StatusOr<WholeStory> into = ReadWhole(story);
  if (!into.ok()) return into.status();
  absl::StatusOr<WholeStory> from = ReadWhole(other);
  if (!from.ok()) return from.status();
  StoryChange change;
  change.why = absl::StrCat("stories ", ToString(story), " and ", ToString(other), " were merged");
  change.sequenced = Stamp();
  MoveAlerts(*into, change);
  MoveAlerts(*from, change);
  std::move(from->articles.begin(), from->articles.end(), std::back_inserter(into->articles));
  if (absl::Status size = CheckSize(into->articles.size()); !size.ok()) return size;
  std::sort(into->articles.begin(), into->articles.end(),
            [](const ArticleRecord& a, const ArticleRecord& b) { return a.sequence < b.sequence; });
  ClearIncidents(into->articles);
  change.stories.push_back(*std::move(into));
  return Change(std::move(change), other);
}

absl::StatusOr<Sequencer::Changed> Sequencer::Split(StoryId story,
                                                    const std::vector<std::string>& article_ids) {
  if (absl::Status status = Recover(); !status.ok()) return status;
  absl::StatusOr<WholeStory> whole = ReadWhole(story);
  if (!whole.ok()) return whole.status();
  std::set<std::string> leave(article_ids.begin(), article_ids.end());
  StoryChange change;
  change.why = absl::StrCat("articles of story ", ToString(story), " were split off");
  change.sequenced = Stamp();
  MoveAlerts(*whole, change);
  WholeStory left;
  left.record = whole->record;
  WholeStory fresh;
  fresh.record.id = StoryId{static_cast<std::int64_t>(last_story_) + 1};
  for (ArticleRecord& article : whole->articles) {
    const bool leaves = leave.count(article.article.id) != 0;
    if (leaves && fresh.record.title.empty()) fresh.record.title = article.article.title;
    (leaves ? fresh : left).articles.push_back(std::move(article));
  }
  for (const ArticleRecord& article : fresh.articles) leave.erase(article.article.id);
  if (!leave.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("article ", *leave.begin(), " is not of story ", ToString(story)));
  }
  if (left.articles.empty() || fresh.articles.empty()) {
    return absl::InvalidArgumentError("a story keeps at least one article, and one must leave");
  }
  ClearIncidents(fresh.articles);
  change.stories.push_back(std::move(left));
  change.stories.push_back(std::move(fresh));
  return Change(std::move(change), StoryId::kNone);
}

}  // namespace claimwatch
