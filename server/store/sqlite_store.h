// SqliteStore: the store that users have: one SQLite file, one writer, readers that never wait.
//
// The writer's connection commits with synchronous=FULL in WAL mode and does all checkpoints
// itself, in small steps (Maintain): SQLite 3.40 has a race between a WAL reset and a checkpoint of
// another connection, and a long checkpoint would stall the writer. Readers have connections of
// their own, query_only, each on a snapshot. Every value is sealed (seal.h); one that does not
// match its checksum is DATA_LOSS and is not served. Layout: schema.sql. Commit and Maintain belong
// to one thread at a time; all else is thread-safe. Tested by tests/store/conformance_test.cc and
// tests/store/sqlite_store_test.cc.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "server/store/claim_store.h"
#include "server/store/sqlite.h"

namespace claimwatch {

inline constexpr int kStoreSchemaVersion = 1;
inline constexpr int kStoreApplicationId = 0x434c5754;  // "CLWT"
inline constexpr int kPageBytes = 16384;
// A checkpoint is due when the log has grown by this many pages (16 MiB) since the last one.
inline constexpr int kCheckpointPages = 1024;
inline constexpr std::size_t kIdleReadersMax =
    4;  // Connections kept open; more are opened and closed.

class SqliteStore : public ClaimStore {
 public:
  // Opens or creates the file. FAILED_PRECONDITION: it is no store of ours, or a newer release
  // wrote it; the message says which.
  static absl::StatusOr<std::unique_ptr<SqliteStore>> Open(const std::string& file);
  ~SqliteStore() override;

  absl::Status Commit(const Batch& batch) override;
  void Maintain() override;

  absl::StatusOr<StoreState> ReadState() const override;
  absl::StatusOr<ArticleRecord> FindArticle(std::string_view article_id) const override;
  absl::StatusOr<ArticleRecord> ReadArticle(Sequence sequence) const override;
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
  // To `path`, which must not exist yet, or into it as claimwatch.db where it is a folder. Commits
  // go on meanwhile; the copy is of one moment.
  absl::Status BackUp(const std::string& path) const override;

 private:
  class Reader;  // A borrowed connection inside one read transaction (sqlite_reader.h).

  SqliteStore(std::string file, std::unique_ptr<Connection> writer);

  absl::StatusOr<std::unique_ptr<Connection>> TakeReader() const;
  void GiveBack(std::unique_ptr<Connection> reader) const;

  const std::string file_;

  // The writer's thread.
  std::unique_ptr<Connection> writer_;
  StoreState written_;          // As of the last commit.
  int wal_pages_ = 0;           // In the log after the last commit; SQLite tells (wal hook).
  int checkpointed_pages_ = 0;  // Of those, copied into the file.

  mutable absl::Mutex readers_mu_;  // A leaf.
  mutable std::vector<std::unique_ptr<Connection>> idle_readers_ ABSL_GUARDED_BY(readers_mu_);
};

}  // namespace claimwatch
