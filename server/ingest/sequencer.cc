#include "server/ingest/sequencer.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/base/check.h"
#include "server/base/failpoint.h"
#include "server/base/log.h"
#include "server/ingest/limits.h"

namespace claimwatch {
namespace {

// An unread text has no features that mean anything; only its sender can say where it belongs.
bool IsLinkable(bool language_read, const std::string& story_hint) {
  return language_read || !story_hint.empty();
}

absl::Status NotKept(const absl::Status& why) {
  absl::Status told =
      absl::UnavailableError(absl::StrCat("not kept, send it again: ", std::string(why.message())));
  if (const auto read_only = why.GetPayload(kReadOnlyPayload); read_only.has_value()) {
    told.SetPayload(kReadOnlyPayload, *read_only);
  }
  return told;
}

// Of the version before; 0 where it made no claims.
std::uint32_t IncidentOf(const StoryLedger& ledger, const std::string& article_id) {
  std::uint32_t incident = 0;
  ClaimId newest = ClaimId::kNone;
  for (const Figure& figure : ledger.figures) {
    for (const KnownClaim& claim : figure.claims) {
      if (claim.article_id != article_id || claim.id < newest) continue;
      newest = claim.id;
      incident = claim.incident;
    }
  }
  return incident;
}

std::vector<Alert> AlertsOf(const std::vector<AlertEvent>& events, AlertChange change) {
  std::vector<Alert> alerts;
  for (const AlertEvent& event : events) {
    if (event.change == change) alerts.push_back(event.alert);
  }
  return alerts;
}

}  // namespace

struct Sequencer::Group {
  struct Fresh {
    std::size_t result;  // Index into results; its record is the batch's article of the same rank.
    bool revision;
    std::vector<Alert> alerts;
  };
  struct Duplicate {
    std::size_t result;
    Sequence first;
  };

  explicit Group(absl::Time stamp) : now(stamp) {}

  const absl::Time now;
  Batch batch;
  std::vector<IngestResult> results;
  std::vector<Fresh> fresh;
  std::vector<Duplicate> duplicates;
  absl::flat_hash_map<std::string, Versions> versions;  // Of the articles in hand; looked up only.
  std::vector<LiveStory*> touched;                      // In order of first touch.
};

Sequencer::Sequencer(const Options& options, const Catalogue& catalogue, const Clock& clock,
                     ClaimStore& store, AlertFeed& feed)
    : options_(options),
      catalogue_(catalogue),
      clock_(clock),
      store_(store),
      feed_(feed),
      ledgers_(store, catalogue, {.claims = options.claims_held}) {}

absl::StatusOr<std::unique_ptr<Sequencer>> Sequencer::Start(const Options& options,
                                                            const Catalogue& catalogue,
                                                            const Clock& clock, ClaimStore& store,
                                                            AlertFeed& feed) {
  std::unique_ptr<Sequencer> made(new Sequencer(options, catalogue, clock, store, feed));
  if (absl::Status status = made->Load(); !status.ok()) return status;
  return made;
}

absl::Status Sequencer::Load() {
  const absl::StatusOr<StoreState> state = store_.ReadState();
  if (!state.ok()) return state.status();
  last_sequence_ = state->last_sequence;
  last_story_ = state->last_story;
  ids_ = state->ids;
  ledgers_.Clear();
  epoch_ = state->epoch;
  last_in_file_ = Sequence::kNone;
  index_ = nullptr;
  if (!options_.index_file.empty()) {
    index_ = StoryIndex::Read(options_.index_file, options_.stories, epoch_, &last_in_file_);
  }
  if (index_ == nullptr || last_in_file_ > last_sequence_) {
    index_ = std::make_unique<StoryIndex>(options_.stories);
    last_in_file_ = Sequence::kNone;
  }
  std::int64_t damaged = 0;
  absl::Status visited = store_.VisitLinks(last_in_file_, [&](const ArticleLink& link) {
    const absl::StatusOr<Features> features = DecodeFeatures(link.features);
    if (!features.ok()) {
      ++damaged;
    } else if (IsLinkable(link.language_read, features->story_hint)) {
      index_->Add(link.sequence, *features, link.story);
    }
  });
  if (damaged > 0) {
    Log()->error("the features of {} articles cannot be read; nothing will link to them", damaged);
  }
  if (!visited.ok() || last_sequence_ == Sequence::kNone) return visited;
  const absl::StatusOr<ArticleRecord> last = store_.ReadArticle(last_sequence_);
  if (!last.ok()) return last.status();
  last_stamp_ = last->sequenced;
  return absl::OkStatus();
}

void Sequencer::SaveIndex() const {
  const std::int64_t fresh =
      static_cast<std::int64_t>(last_sequence_) - static_cast<std::int64_t>(last_in_file_);
  if (options_.index_file.empty() || lost_ || fresh < kIndexFileArticlesMin) return;
  const absl::Status saved = index_->Save(options_.index_file, epoch_, last_sequence_);
  if (!saved.ok()) Log()->warn("the next start will take longer: {}", std::string(saved.message()));
}

absl::Status Sequencer::Recover() {
  if (!lost_) return absl::OkStatus();
  const absl::StatusOr<StoreState> state = store_.ReadState();
  if (!state.ok()) return NotKept(state.status());
  Batch probe;  // Does the store take anything again? Reading everything is dear, so ask first.
  probe.ids = state->ids;
  if (absl::Status status = store_.Commit(probe); !status.ok()) return NotKept(status);
  if (absl::Status status = Load(); !status.ok()) return NotKept(status);
  lost_ = false;
  Log()->info("the store takes articles again, from sequence {}",
              static_cast<std::int64_t>(last_sequence_) + 1);
  return absl::OkStatus();
}

bool Sequencer::Mend() { return Recover().ok(); }

absl::Time Sequencer::Stamp() {
  // To the microsecond, as the store keeps it: a ledger read back equals the one in memory.
  const absl::Time now = absl::FromUnixMicros(absl::ToUnixMicros(clock_.Now()));
  last_stamp_ = std::max(last_stamp_, now);
  return last_stamp_;
}

std::vector<IngestResult> Sequencer::Ingest(std::vector<Prepared> articles) {
  absl::Status recovered = Recover();
  Group group(Stamp());
  group.results.resize(articles.size());
  for (std::size_t i = 0; i < articles.size(); ++i) {
    group.results[i].article_id = articles[i].article.id;
  }
  if (recovered.ok()) recovered = FindVersions(articles, group);
  for (std::size_t i = 0; i < articles.size(); ++i) {
    IngestResult& result = group.results[i];
    if (!articles[i].problems.empty()) {
      result.status = absl::InvalidArgumentError(absl::StrCat("article ", result.article_id, ": ",
                                                              articles[i].problems[0].field, " ",
                                                              articles[i].problems[0].description));
      result.problems = std::move(articles[i].problems);
    } else if (!recovered.ok()) {
      result.status = recovered;
    } else {
      SequenceArticle(articles[i], i, group);
    }
  }
  const absl::Status committed = Commit(group);
  for (std::size_t k = 0; k < group.fresh.size(); ++k) {
    Group::Fresh& fresh = group.fresh[k];
    IngestResult& result = group.results[fresh.result];
    result.status = committed;
    if (!committed.ok()) continue;
    result.receipt.article = std::move(group.batch.articles[k]);
    result.receipt.article.features.clear();
    result.receipt.revision = fresh.revision;
    result.receipt.alerts = std::move(fresh.alerts);
  }
  for (const Group::Duplicate& one : group.duplicates) {
    IngestResult& result = group.results[one.result];
    result = DuplicateResult(std::move(result.article_id), one.first);
  }
  return std::move(group.results);
}

absl::Status Sequencer::FindVersions(const std::vector<Prepared>& articles, Group& group) {
  std::vector<std::string_view> ids;
  for (const Prepared& article : articles) {
    if (article.problems.empty()) ids.push_back(article.article.id);
  }
  if (ids.empty()) return absl::OkStatus();
  absl::StatusOr<std::vector<Versions>> found = store_.FindVersionsToCommit(ids);
  if (!found.ok()) return NotKept(found.status());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    group.versions[std::string(ids[i])] = std::move((*found)[i]);
  }
  return absl::OkStatus();
}

void Sequencer::SequenceArticle(Prepared& article, std::size_t index, Group& group) {
  Versions& versions = group.versions[article.article.id];
  for (const ArticleVersion& version : versions) {
    if (version.content_hash == article.content_hash) {
      group.duplicates.push_back({index, version.sequence});
      return;
    }
  }
  const absl::StatusOr<LiveStory*> live = LinkStory(article, versions, group.now);
  if (!live.ok()) {
    group.results[index].status = live.status();
    return;
  }
  const bool revision = !versions.empty();
  Judgement judgement = JudgeArticle(article, **live, revision, group.now);
  group.fresh.push_back({index, revision, AlertsOf(judgement.events, AlertChange::kOpened)});
  KeepJudgement(judgement, NextSequence(), **live, group);
  if (revision) ReplaceVersion(versions, **live, group);
  KeepArticle(article, judgement, **live, index, group);
  const ArticleRecord& record = group.batch.articles.back();
  versions.push_back({record.sequence, record.content_hash, record.story, record.version,
                      record.state, static_cast<std::int64_t>(record.claims.size())});
}

absl::StatusOr<LiveStory*> Sequencer::LinkStory(Prepared& article, const Versions& versions,
                                                absl::Time now) {
  const bool timed = article.features.time != absl::InfinitePast();
  if (!timed) article.features.time = now;
  StoryId known = StoryId::kNone;
  if (!versions.empty()) {
    known = versions.back().story;  // A revision stays.
  } else if (IsLinkable(article.language_read, article.features.story_hint)) {
    const Link link = index_->Find(article.features);
    known = link.story;
    article.features.incident = link.incident;
    article.copy_of = link.copy_of;
    article.weighed = link.weighed;
  }
  absl::StatusOr<LiveStory*> held = nullptr;
  if (known != StoryId::kNone) held = ledgers_.Get(known);
  if (!held.ok()) return held;
  if (!versions.empty()) {
    article.features.incident = IncidentOf((*held)->ledger, article.article.id);
  }
  if (!timed || article.features.incident != 0) {
    article.encoded_features = Encode(article.features);
  }
  if (*held != nullptr) return held;
  last_story_ = StoryId{static_cast<std::int64_t>(last_story_) + 1};
  LiveStory& live = ledgers_.Begin(last_story_);
  live.record.title = article.story_title;
  return &live;
}

Judgement Sequencer::JudgeArticle(Prepared& article, const LiveStory& live, bool revision,
                                  absl::Time now) {
  FreshArticle fresh;
  fresh.story = live.record.id;
  fresh.article_id = article.article.id;
  fresh.sequence = NextSequence();
  fresh.sequenced = now;
  fresh.revision = revision;
  fresh.claims = std::move(article.claims);
  fresh.gists = std::move(article.gists);
  for (std::size_t i = 0; i < fresh.claims.size(); ++i) {
    KnownClaim& claim = fresh.claims[i];
    claim.id = MakeClaimId(fresh.sequence, static_cast<int>(i));
    claim.story = fresh.story;
    claim.incident = article.features.incident;
    if (claim.publish_time == absl::InfinitePast()) claim.publish_time = now;
  }
  if (fresh.claims.empty() && !revision) return Judgement();  // Nothing to judge.
  const std::size_t claims = fresh.claims.size();
  Judgement judgement = Judge(live.ledger, std::move(fresh), catalogue_, ids_);
  CW_CHECK(judgement.claims.size() == claims);
  return judgement;
}

void Sequencer::KeepJudgement(Judgement& judgement, Sequence cause, LiveStory& live, Group& group) {
  Apply(judgement, live.ledger);
  for (AlertEvent& event : judgement.events) event.sequence = cause;
  Batch& batch = group.batch;
  for (Figure& figure : judgement.new_figures) {
    batch.figure_stories.emplace_back(figure.id, live.record.id);
    batch.figures.push_back(std::move(figure));
  }
  batch.withdrawn_claims.insert(batch.withdrawn_claims.end(), judgement.withdrawn.begin(),
                                judgement.withdrawn.end());
  std::move(judgement.events.begin(), judgement.events.end(), std::back_inserter(batch.events));
  judgement.events.clear();
  if (!live.touched) group.touched.push_back(&live);
  live.touched = true;
}

void Sequencer::ReplaceVersion(Versions& versions, LiveStory& live, Group& group) {
  ArticleVersion& old = versions.back();
  if (old.state != ArticleState::kCurrent) return;
  old.state = ArticleState::kSuperseded;
  group.batch.article_states.emplace_back(old.sequence, old.state);
  live.record.articles -= 1;
  live.record.claims -= old.claims;
}

// Empty where there is none, or where it cannot be read: it is told to people only.
std::string Sequencer::ArticleIdOf(Sequence article, const Group& group) const {
  if (article == Sequence::kNone) return "";
  for (const ArticleRecord& fresh : group.batch.articles) {
    if (fresh.sequence == article) return fresh.article.id;
  }
  absl::StatusOr<std::string> known = store_.ArticleIdOf(article);
  return known.ok() ? *std::move(known) : "";
}

void Sequencer::KeepArticle(Prepared& article, Judgement& judgement, LiveStory& live,
                            std::size_t index, Group& group) {
  ArticleRecord record;
  last_sequence_ = NextSequence();
  record.sequence = last_sequence_;
  record.article = std::move(article.article);
  record.content_hash = std::move(article.content_hash);
  record.sequenced = group.now;
  record.story = live.record.id;
  record.version = static_cast<int>(group.versions[record.article.id].size()) + 1;
  record.language_read = article.language_read;
  record.copy_of = ArticleIdOf(article.copy_of, group);
  record.features = std::move(article.encoded_features);
  record.claims = std::move(judgement.claims);
  for (const Alert& alert : group.fresh.back().alerts) record.alerts.push_back(alert.id);
  CW_CHECK(group.fresh.back().result == index);

  if (IsLinkable(record.language_read, record.article.story_hint)) {
    index_->Add(record.sequence, article.features, record.story, article.weighed.get());
  }
  const absl::Time time = article.features.time;
  StoryRecord& story = live.record;
  const bool first = story.last_article == Sequence::kNone;
  story.first_time = first ? time : std::min(story.first_time, time);
  story.last_time = first ? time : std::max(story.last_time, time);
  story.last_article = record.sequence;
  story.articles += 1;
  story.claims += static_cast<std::int64_t>(record.claims.size());
  group.batch.articles.push_back(std::move(record));
  group.batch.encoded.push_back(std::move(article.encoded));
}

absl::Status Sequencer::Commit(Group& group) {
  absl::Status status;
  if (!group.touched.empty()) {
    for (LiveStory* live : group.touched) {
      group.batch.stories.push_back(live->record);
      live->touched = false;
    }
    group.batch.ids = ids_;
    group.batch.forget_events_before = OldestToKeep(group.now);
    FAIL_POINT("ingest.commit.before");
    status = store_.Commit(group.batch);
  }
  if (!status.ok()) {
    lost_ = true;
    ledgers_.Clear();
    Log()->error("{} articles not kept: {}", group.batch.articles.size(),
                 LogSafe(std::string(status.message())));
    return NotKept(status);
  }
  FAIL_POINT("ingest.publish.before");
  feed_.Publish(std::move(group.batch.events));
  FAIL_POINT("ingest.publish.after");
  if (group.batch.forget_events_before > 0) feed_.Forget(group.batch.forget_events_before);
  ledgers_.Trim();
  return absl::OkStatus();
}

// In small steps: a bound that was lowered by far must not make one commit long. What is committed
// with this group is not forgotten at once, and an article's events go together.
std::int64_t Sequencer::OldestToKeep(absl::Time now) {
  const std::int64_t oldest = feed_.oldest();
  const std::int64_t head = feed_.head();
  const absl::Duration age_max = options_.events_kept_for;
  const bool by_age = age_max > absl::ZeroDuration() && now >= next_age_check_;
  std::int64_t keep = options_.events_kept > 0 ? ids_.last_position - options_.events_kept + 1 : 0;
  keep = std::min(keep, oldest + kEventsForgottenAtOnceMax);
  if (!by_age && keep <= oldest) return 0;
  // One more than may go, to see where its article ends.
  const std::int64_t page = by_age ? kEventsForgottenAtOnceMax : keep - oldest;
  const absl::StatusOr<std::vector<AlertFeed::FeedEventPtr>> events =
      feed_.Read(oldest - 1, static_cast<int>(page) + 1);
  if (!events.ok() || events->empty()) return 0;
  std::int64_t first_kept = oldest;
  for (std::size_t i = 0; i < events->size(); ++i) {
    const AlertEvent& event = (*events)[i]->event;
    const bool old = by_age && event.alert.update_time < now - age_max;
    const bool last = i + 1 == events->size();
    if ((event.position >= keep && !old) || (last && event.position < head)) break;
    if (last || !SameArticle(event, (*events)[i + 1]->event)) first_kept = event.position + 1;
  }
  // Looking costs a read of the store: not at every commit.
  if (by_age) next_age_check_ = now + age_max / 64;
  return first_kept > oldest ? first_kept : 0;
}

absl::Status Sequencer::Keep(SubscriptionChanges changes) {
  if (absl::Status status = Recover(); !status.ok()) return status;
  Batch batch;
  batch.ids = ids_;
  batch.subscriptions = std::move(changes);
  return store_.Commit(batch);  // Our own state is not touched, so nothing is lost by a failure.
}

IngestResult Sequencer::DuplicateResult(std::string article_id, Sequence sequence) {
  IngestResult result;
  result.article_id = std::move(article_id);
  absl::StatusOr<ArticleRecord> first = store_.ReadArticle(sequence);
  if (!first.ok()) {  // Its first delivery stands in a group that was just lost, or cannot be read.
    result.status = absl::IsDataLoss(first.status()) ? first.status() : NotKept(first.status());
    return result;
  }
  for (const AlertId id : first->alerts) {
    absl::StatusOr<Alert> alert = store_.ReadAlert(id);
    if (!alert.ok()) {
      result.status = alert.status();
      return result;
    }
    result.receipt.alerts.push_back(*std::move(alert));
  }
  first->article.title.clear();
  first->article.body.clear();
  first->features.clear();
  result.receipt.article = *std::move(first);
  result.receipt.duplicate = true;
  result.receipt.revision = result.receipt.article.version > 1;
  return result;
}

const StoryLedger* Sequencer::LedgerForTest(StoryId story) const {
  const LiveStory* live = ledgers_.Find(story);
  return live == nullptr ? nullptr : &live->ledger;
}

absl::StatusOr<std::vector<Alert>> Sequencer::Retract(const std::string& article_id,
                                                      const std::string& reason) {
  if (absl::Status status = Recover(); !status.ok()) return status;
  const absl::StatusOr<std::vector<Versions>> found = store_.FindVersionsToCommit({article_id});
  if (!found.ok()) return found.status();
  if (found->front().empty()) return absl::NotFoundError(absl::StrCat("no article ", article_id));
  const ArticleVersion& version = found->front().back();
  if (version.state == ArticleState::kRetracted) return std::vector<Alert>();
  const absl::StatusOr<LiveStory*> live = ledgers_.Get(version.story);
  if (!live.ok()) return live.status();

  Group group(Stamp());
  Judgement judgement =
      claimwatch::Retract((*live)->ledger, article_id, reason, group.now, catalogue_, ids_);
  std::vector<Alert> withdrawn = AlertsOf(judgement.events, AlertChange::kWithdrawn);
  KeepJudgement(judgement, version.sequence, **live, group);
  group.batch.retractions.push_back({version.sequence, group.now, reason});
  (*live)->record.articles -= 1;
  (*live)->record.claims -= version.claims;
  if (absl::Status status = Commit(group); !status.ok()) return status;
  return withdrawn;
}

absl::StatusOr<Alert> Sequencer::Acknowledge(AlertId alert_id, const std::string& by,
                                             const std::string& note) {
  if (absl::Status status = Recover(); !status.ok()) return status;
  const absl::StatusOr<Alert> alert = store_.ReadAlert(alert_id);
  if (!alert.ok()) return alert.status();
  const absl::StatusOr<LiveStory*> live = ledgers_.Get(alert->story);
  if (!live.ok()) return live.status();

  Group group(Stamp());
  Judgement judgement;
  judgement.events.push_back(claimwatch::Acknowledge(*alert, {by, note, group.now}, ids_));
  Alert acknowledged = judgement.events.back().alert;
  KeepJudgement(judgement, Sequence::kNone, **live, group);
  if (absl::Status status = Commit(group); !status.ok()) return status;
  return acknowledged;
}

}  // namespace claimwatch
