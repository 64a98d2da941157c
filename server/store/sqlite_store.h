// SqliteStore: the store that users have: one SQLite file, one writer, readers that never wait.
//
// The writer's connection commits with synchronous=FULL in WAL mode. Checkpoints run beside it, on
// a connection of their own (MaintainAside); now and then the writer does a short one itself
// (Maintain), so that the log can begin anew. Its file is lengthened ahead of need (log_ahead.h).
// Readers have connections of their own, query_only,
// each on a snapshot. Every value is sealed (seal.h); one that does not
// match its checksum is DATA_LOSS and is not served, and so are the pages (checked_pages.h). A
// commit that fails makes the store read-only until one succeeds; after a failed fsync or on damage
// it is so until a restart, because what the disk holds is in doubt. A mark beside the file
// (high_water.h) tells at the next start whether anything acknowledged is missing. Layout:
// schema.sql. Commit, Maintain and FindVersionsToCommit belong to one thread at a time; all else is
// thread-safe.
// Tested by tests/store/conformance_test.cc, sqlite_store_test.cc, power_loss_test.cc and
// disk_fault_test.cc.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "server/store/claim_store.h"
#include "server/store/high_water.h"
#include "server/store/log_ahead.h"
#include "server/store/sqlite.h"

namespace claimwatch {

inline constexpr int kStoreSchemaVersion = 3;
inline constexpr int kStoreApplicationId = 0x434c5754;  // "CLWT"
inline constexpr int kPageBytes = 8192;
// A checkpoint is due when the log has grown by this many pages (16 MiB) since the last one; once
// the log holds kLogSteps times as many, the writer does it.
inline constexpr int kCheckpointPages = 2048;
inline constexpr int kLogSteps = 4;
inline constexpr std::size_t kIdleReadersMax =
    4;  // Connections kept open; more are opened and closed.

// The mark beside a database file: claimwatch.db has claimwatch.mark.
std::string MarkOf(const std::string& file);

class SqliteStore : public ClaimStore {
 public:
  struct Settings {
    std::int64_t disk_free_min = 0;  // Bytes; with less, commits are refused.
    int checkpoint_pages = kCheckpointPages;
    std::int64_t log_ahead_from = LogAhead::kLogBytesMin;  // Log bytes; see log_ahead.h.
  };

  // Opens or creates the file. FAILED_PRECONDITION: it is no store of ours, or a newer release
  // wrote it; the message says which. DATA_LOSS: it is damaged, or lacks commits that were
  // acknowledged. A file without a mark beside it begins a new epoch.
  static absl::StatusOr<std::unique_ptr<SqliteStore>> Open(const std::string& file,
                                                           Settings settings);
  static absl::StatusOr<std::unique_ptr<SqliteStore>> Open(const std::string& file) {
    return Open(file, Settings());
  }
  ~SqliteStore() override;

  StoreHealth Health() const override;

  absl::Status Commit(const Batch& batch) override;
  bool Maintain() override;
  void MaintainAside() override;

  absl::StatusOr<StoreState> ReadState() const override;
  absl::StatusOr<ArticleRecord> FindArticle(std::string_view article_id) const override;
  absl::StatusOr<ArticleRecord> ReadArticle(Sequence sequence) const override;
  absl::StatusOr<std::string> ArticleIdOf(Sequence sequence) const override;
  absl::StatusOr<std::vector<std::vector<ArticleVersion>>> FindVersions(
      const std::vector<std::string_view>& article_ids) const override;
  absl::StatusOr<std::vector<std::vector<ArticleVersion>>> FindVersionsToCommit(
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
  // To `path`, which must not exist yet, or into it as claimwatch.db where it is a folder. Commits
  // go on meanwhile; the copy is of one moment. Beside it goes its SHA-256, as sha256sum writes it.
  absl::Status BackUp(const std::string& path) const override;

 private:
  class Reader;  // A borrowed connection inside one read transaction (sqlite_reader.h).

  SqliteStore(std::string file, Settings settings, std::unique_ptr<SqliteConnection> writer,
              std::int64_t frame_bytes);

  absl::Status Settle();  // Compares with the mark; begins a new epoch where one is due.
  absl::Status BeginEpoch();
  absl::Status CopyTo(const std::string& path) const;
  void Checkpoint(SqliteConnection& connection);
  bool IsCheckpointDue();  // Beside the writer; a short one is done at once.
  void CheckpointAside();
  std::int64_t LogEnd() const;
  bool IsLogShort();
  void LengthenLog();
  absl::StatusOr<std::int64_t> FreeBytes() const;  // On the disk.
  absl::Status CheckWritable();                    // Before a commit.
  absl::Status WriteAll(const Batch& batch, StoreState& state);
  absl::Status RollBack() const;  // What a failed commit has left open, if it has.
  absl::Status NoteCommitted();
  absl::Status NoteFailed(absl::Status why);  // The same, with what a caller is to know.
  absl::Status Refuse(const std::string& reason, bool until_restart);
  absl::StatusOr<std::unique_ptr<SqliteConnection>> TakeReader() const;
  void GiveBack(std::unique_ptr<SqliteConnection> reader) const;

  const std::string file_;
  const Settings settings_;

  // The writer's thread.
  std::unique_ptr<SqliteConnection> writer_;
  StoreState written_;  // As of the last commit.
  // In the log after the last commit; SQLite tells (wal hook). Changes under log_mu_.
  int wal_pages_ = 0;
  std::unique_ptr<HighWater> mark_;

  // The writer's, but while `aside_` is set those of MaintainAside().
  int checkpointed_pages_ = 0;  // Of the log, copied into the file.
  std::unique_ptr<SqliteConnection>
      keeper_;  // Does the checkpoints beside the writer; made when due.
  bool checkpoint_due_ = false;
  bool log_short_ = false;
  std::atomic<bool> aside_ = false;  // MaintainAside() is to run, or runs.

  const std::int64_t frame_bytes_;  // A page in the log.
  absl::Mutex log_mu_;              // A leaf: held by whoever writes to the log.
  LogAhead ahead_;                  // Under log_mu_, but for Sync().

  mutable absl::Mutex health_mu_;  // A leaf.
  StoreHealth health_ ABSL_GUARDED_BY(health_mu_);

  mutable absl::Mutex readers_mu_;  // A leaf.
  mutable std::vector<std::unique_ptr<SqliteConnection>> idle_readers_ ABSL_GUARDED_BY(readers_mu_);
};

}  // namespace claimwatch
