// ClaimStore: everything that must survive, behind one interface.
//
// One writer thread commits batches; any number of threads read. A batch is all or nothing, and
// durable when Commit returns OK. Two implementations pass one suite: SqliteStore for users,
// MemoryStore for tests. Tested by tests/store/conformance_test.cc.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "server/ledger/ledger.h"
#include "server/store/subscription_record.h"
#include "server/story/ids.h"
#include "server/text/article.h"

namespace claimwatch {

enum class ArticleState : std::uint8_t { kCurrent, kSuperseded, kRetracted };

inline bool operator==(const Article& a, const Article& b) {
  return a.id == b.id && a.source == b.source && a.title == b.title && a.body == b.body &&
         a.language == b.language && a.url == b.url && a.story_hint == b.story_hint &&
         a.publish_time == b.publish_time;
}

// One version of an article with all that was made of it.
struct ArticleRecord {
  Sequence sequence = Sequence::kNone;
  Article article;
  std::string content_hash;  // 16 bytes (base/hash.h) of what identity rests on.
  absl::Time sequenced = absl::InfinitePast();
  StoryId story = StoryId::kNone;
  int version = 1;  // 1, 2, ... for one article_id.
  ArticleState state = ArticleState::kCurrent;
  bool language_read = true;       // False: stored, but not read for claims.
  std::string features;            // story/features.h, encoded; empty where it was not asked for.
  std::vector<KnownClaim> claims;  // With their figures.
  std::vector<AlertId> alerts;     // Opened by it.
  std::string copy_of;  // article_id of an earlier one whose text it carries; empty: none.
  absl::Time retracted = absl::InfinitePast();  // When; infinite past: it was not.
  std::string retract_reason;                   // As it was given.
  friend bool operator==(const ArticleRecord&, const ArticleRecord&) = default;
};

struct StoryRecord {
  StoryId id = StoryId::kNone;
  std::string title;  // Of its first article, or the first words of its text.
  absl::Time first_time = absl::InfinitePast();  // Publication times of its articles.
  absl::Time last_time = absl::InfinitePast();
  std::int64_t articles = 0;  // Current versions.
  std::int64_t claims = 0;    // Of current versions.
  Sequence last_article = Sequence::kNone;
  StoryId merged_into = StoryId::kNone;  // Set: it is gone, only its number is kept.
  friend bool operator==(const StoryRecord&, const StoryRecord&) = default;
};

// What the store knows of one version of an article without decoding it.
struct ArticleVersion {
  Sequence sequence = Sequence::kNone;
  std::string content_hash;
  StoryId story = StoryId::kNone;
  int version = 1;
  ArticleState state = ArticleState::kCurrent;
  std::int64_t claims = 0;
  friend bool operator==(const ArticleVersion&, const ArticleVersion&) = default;
};

// What the story index is rebuilt from. Views hold during the visit only.
struct ArticleLink {
  Sequence sequence = Sequence::kNone;
  StoryId story = StoryId::kNone;
  bool language_read = true;
  std::string_view features;
};

// A story as it is after a user merged or split it: replaces what was stored of it.
struct StoryRewrite {
  StoryId story = StoryId::kNone;
  // All its articles, ascending, with their claims' figures, incidents and withdrawals, their
  // states and features; texts are not looked at. None: the story was merged into another one.
  std::vector<ArticleRecord> articles;
  std::vector<Figure> figures;  // All, without claims, in order of id.
};

// An article is taken back: its state becomes kRetracted.
struct Retraction {
  Sequence article = Sequence::kNone;
  absl::Time time;
  std::string reason;  // May be empty.
};

// What one commit makes durable. All parts belong together; order inside a part is kept.
struct Batch {
  std::vector<ArticleRecord> articles;
  // EncodeArticle() (codec.h) of each of `articles`, in the same order, made on a reader thread
  // because it is the dear part; then title and body of the records may be empty. Empty: the store
  // encodes them itself.
  std::vector<std::string> encoded;
  std::vector<StoryRecord> stories;  // New or changed, whole.
  std::vector<Figure> figures;       // New, without claims.
  std::vector<std::pair<FigureId, StoryId>>
      figure_stories;  // Story of each of `figures`, same order.
  std::vector<ClaimId> withdrawn_claims;
  std::vector<std::pair<Sequence, ArticleState>> article_states;  // Of earlier articles.
  std::vector<Retraction> retractions;                            // Of earlier articles.
  std::vector<StoryRewrite> rewrites;  // Of one merging or splitting; `articles` is empty then.
  std::vector<AlertEvent> events;      // Positions follow the last one kept.
  SubscriptionChanges subscriptions;
  std::int64_t forget_events_before = 0;  // Retention: older positions go.
  IdSource ids;                           // After this batch.
};

// Numbers for status and for picking up after a start.
struct StoreState {
  std::string epoch;  // Random, made once with the data; names the sequence's history.
  Sequence last_sequence = Sequence::kNone;
  StoryId last_story = StoryId::kNone;
  IdSource ids;
  std::int64_t oldest_position = 1;  // Of the alert events still kept.
  std::int64_t articles = 0;
  std::int64_t claims = 0;
  std::int64_t stories = 0;
  std::int64_t alerts = 0;
  std::int64_t bytes = 0;    // On disk; 0 for memory.
  std::int64_t commits = 0;  // Since the data were made.
};

// Whether the store takes commits, and what went wrong since it was opened.
struct StoreHealth {
  bool read_only = false;      // The last commit was refused or failed, and reading goes on.
  bool until_restart = false;  // Commits are not even tried: what the disk holds is in doubt.
  std::string reason = {};     // For people; empty: all is well.
  std::int64_t commits_failed = 0;
  std::int64_t checkpoints_failed = 0;
  std::int64_t damaged_reads = 0;  // Answers refused because a record or page was damaged.
};

// An error of Commit carries this payload while the store is read-only.
inline constexpr char kReadOnlyPayload[] = "claimwatch/read_only";

struct AlertQuery {
  StoryId story = StoryId::kNone;  // kNone: any
  std::optional<AlertKind> kind = {};
  std::optional<AlertState> state = {};
  std::optional<Severity> min_severity = {};
  std::string measure = {};         // Empty: any
  AlertId before = AlertId::kNone;  // Only older ones (newest first); kNone: from the newest.
  int limit = 50;
};

class ClaimStore {
 public:
  virtual ~ClaimStore() = default;

  // One writer. Errors mean: nothing of the batch was kept, as far as anyone may be told.
  virtual absl::Status Commit(const Batch& batch) = 0;
  // Housekeeping (checkpoints), on the writer's thread, when those who wait have their answers.
  // True: there is some that does not need the writer; MaintainAside() is to be called.
  virtual bool Maintain() { return false; }
  // On any thread, while commits go on.
  virtual void MaintainAside() {}

  // Cheap; does not touch the disk.
  virtual StoreHealth Health() const { return {}; }

  virtual absl::StatusOr<StoreState> ReadState() const = 0;
  // The current (latest) version. NOT_FOUND where there is none.
  virtual absl::StatusOr<ArticleRecord> FindArticle(std::string_view article_id) const = 0;
  virtual absl::StatusOr<ArticleRecord> ReadArticle(Sequence sequence) const = 0;
  // Its article_id alone, without decoding it. NOT_FOUND where there is none.
  virtual absl::StatusOr<std::string> ArticleIdOf(Sequence sequence) const = 0;
  // All versions of each article_id, oldest first; none for an unknown one. One snapshot for all.
  virtual absl::StatusOr<std::vector<std::vector<ArticleVersion>>> FindVersions(
      const std::vector<std::string_view>& article_ids) const = 0;
  // The same for the thread that commits, whose own pages are still at hand after a commit.
  virtual absl::StatusOr<std::vector<std::vector<ArticleVersion>>> FindVersionsToCommit(
      const std::vector<std::string_view>& article_ids) const {
    return FindVersions(article_ids);
  }
  // Calls `visit` for every article after `after`, in sequence order, with body and title empty
  // where `texts` is false. `visit` must not call the store.
  virtual absl::Status VisitArticles(Sequence after, bool texts,
                                     const std::function<void(ArticleRecord)>& visit) const = 0;
  // The same, of what linking needs alone: a start reads it for every article in the window.
  virtual absl::Status VisitLinks(Sequence after,
                                  const std::function<void(const ArticleLink&)>& visit) const = 0;
  // Sequence numbers of a story's articles (all versions), ascending, from after `after`.
  virtual absl::StatusOr<std::vector<Sequence>> StoryArticles(StoryId story, Sequence after,
                                                              int limit) const = 0;
  // All figures with their claims and the open alerts: what Judge() needs. NOT_FOUND: no such
  // story.
  virtual absl::StatusOr<StoryLedger> ReadLedger(StoryId story) const = 0;

  virtual absl::StatusOr<StoryRecord> ReadStory(StoryId story) const = 0;
  // Newest activity first (by last_article, descending), strictly before `before_article`.
  virtual absl::StatusOr<std::vector<StoryRecord>> ListStories(Sequence before_article,
                                                               int limit) const = 0;
  // The story that a figure belongs to.
  virtual absl::StatusOr<StoryId> StoryOfFigure(FigureId figure) const = 0;

  virtual absl::StatusOr<Alert> ReadAlert(AlertId alert) const = 0;
  virtual absl::StatusOr<std::vector<Alert>> ListAlerts(const AlertQuery& query) const = 0;
  // Events with position > after, ascending, at most `limit`. OUT_OF_RANGE when `after` + 1 is
  // older than what is kept.
  virtual absl::StatusOr<std::vector<AlertEvent>> ReadEvents(std::int64_t after,
                                                             int limit) const = 0;
  // All of them, by id.
  virtual absl::StatusOr<std::vector<SubscriptionRecord>> ReadSubscriptions() const = 0;
  // With position > after, ascending, at most `limit`.
  virtual absl::StatusOr<std::vector<ParkedRecord>> ListParked(const std::string& subscription,
                                                               std::int64_t after,
                                                               int limit) const = 0;
  // Online copy to a file or folder of that path. UNIMPLEMENTED for memory.
  virtual absl::Status BackUp(const std::string& path) const = 0;
};

}  // namespace claimwatch
