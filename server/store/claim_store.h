// ClaimStore: everything that must survive, behind one interface.
//
// One writer thread commits batches; any number of threads read. A batch is all or nothing, and
// durable when Commit returns OK. Two implementations pass one conformance suite
// (tests/store/conformance_test.cc): SqliteStore for users, MemoryStore for tests.
#pragma once

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
#include "server/story/ids.h"
#include "server/text/article.h"

namespace claimwatch {

enum class ArticleState : std::uint8_t { kCurrent, kSuperseded, kRetracted };

// One version of an article with all that was made of it.
struct ArticleRecord {
  Sequence sequence = Sequence::kNone;
  Article article;
  std::string content_hash;        // 16 bytes (base/hash.h) of what identity rests on.
  absl::Time sequenced = absl::InfinitePast();
  StoryId story = StoryId::kNone;
  int version = 1;                 // 1, 2, ... for one article_id.
  ArticleState state = ArticleState::kCurrent;
  bool language_read = true;       // False: stored, but not read for claims.
  std::string features;            // story/features.h, encoded.
  std::vector<KnownClaim> claims;  // With their figures.
  std::vector<AlertId> alerts;     // Opened by it.
  friend bool operator==(const ArticleRecord&, const ArticleRecord&) = default;
};

struct StoryRecord {
  StoryId id = StoryId::kNone;
  std::string title;               // Of its first article, or the first words of its text.
  absl::Time first_time = absl::InfinitePast();  // Publication times of its articles.
  absl::Time last_time = absl::InfinitePast();
  std::int64_t articles = 0;       // Current versions.
  std::int64_t claims = 0;
  Sequence last_article = Sequence::kNone;
  friend bool operator==(const StoryRecord&, const StoryRecord&) = default;
};

// What one commit makes durable. All parts belong together; order inside a part is kept.
struct Batch {
  std::vector<ArticleRecord> articles;
  std::vector<StoryRecord> stories;                          // New or changed, whole.
  std::vector<Figure> figures;                               // New, without claims.
  std::vector<std::pair<FigureId, StoryId>> figure_stories;  // Story of each of `figures`, same order.
  std::vector<ClaimId> withdrawn_claims;
  std::vector<std::pair<Sequence, ArticleState>> article_states;  // Of earlier articles.
  std::vector<AlertEvent> events;                            // Positions follow the last one kept.
  IdSource ids;                                              // After this batch.
};

// Numbers for status and for picking up after a start.
struct StoreState {
  std::string epoch;               // Random, made once with the data; names the sequence's history.
  Sequence last_sequence = Sequence::kNone;
  StoryId last_story = StoryId::kNone;
  IdSource ids;
  std::int64_t oldest_position = 1;  // Of the alert events still kept.
  std::int64_t articles = 0;
  std::int64_t claims = 0;
  std::int64_t stories = 0;
  std::int64_t alerts = 0;
  std::int64_t bytes = 0;          // On disk; 0 for memory.
};

struct AlertQuery {
  StoryId story = StoryId::kNone;  // kNone: any
  std::optional<AlertKind> kind;
  std::optional<AlertState> state;
  std::optional<Severity> min_severity;
  std::string measure;             // Empty: any
  AlertId before = AlertId::kNone;  // Only older ones (newest first); kNone: from the newest.
  int limit = 50;
};

class ClaimStore {
 public:
  virtual ~ClaimStore() = default;

  // One writer. INTERNAL/UNAVAILABLE errors mean: nothing of the batch was kept.
  virtual absl::Status Commit(const Batch& batch) = 0;

  virtual absl::StatusOr<StoreState> ReadState() const = 0;
  // The current (latest) version. NOT_FOUND where there is none.
  virtual absl::StatusOr<ArticleRecord> FindArticle(std::string_view article_id) const = 0;
  virtual absl::StatusOr<ArticleRecord> ReadArticle(Sequence sequence) const = 0;
  // Calls `visit` for every article from `after` on, in sequence order, with body and title empty
  // where `texts` is false. For rebuilding.
  virtual absl::Status VisitArticles(Sequence after, bool texts,
                                     const std::function<void(ArticleRecord)>& visit) const = 0;
  // Sequence numbers of a story's articles (all versions), ascending, from after `after`.
  virtual absl::StatusOr<std::vector<Sequence>> StoryArticles(StoryId story, Sequence after,
                                                              int limit) const = 0;
  // All figures with their claims and the open alerts: what Judge() needs. NOT_FOUND: no such story.
  virtual absl::StatusOr<StoryLedger> ReadLedger(StoryId story) const = 0;

  virtual absl::StatusOr<StoryRecord> ReadStory(StoryId story) const = 0;
  // Newest activity first (by last_article, descending), strictly before `before_article`.
  virtual absl::StatusOr<std::vector<StoryRecord>> ListStories(Sequence before_article,
                                                               int limit) const = 0;
  // The story that a figure belongs to.
  virtual absl::StatusOr<StoryId> StoryOfFigure(FigureId figure) const = 0;

  virtual absl::StatusOr<Alert> ReadAlert(AlertId alert) const = 0;
  virtual absl::StatusOr<std::vector<Alert>> ListAlerts(const AlertQuery& query) const = 0;
  // Events with position > after, ascending, at most `limit`. OUT_OF_RANGE when `after` + 1 is older
  // than what is kept.
  virtual absl::StatusOr<std::vector<AlertEvent>> ReadEvents(std::int64_t after,
                                                             int limit) const = 0;
  // Online copy to a file or folder of that path. UNIMPLEMENTED for memory.
  virtual absl::Status BackUp(const std::string& path) const = 0;
};

}  // namespace claimwatch
