// Commits: one transaction a batch, every row in the order of the batch.
#include <algorithm>
#include <filesystem>
#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "server/base/failpoint.h"
#include "server/base/hash.h"
#include "server/base/log.h"
#include "server/store/batch_check.h"
#include "server/store/codec.h"
#include "server/store/sqlite_store.h"

namespace claimwatch {
namespace {

template <typename Id>
std::int64_t ToInteger(Id id) {
  return static_cast<std::int64_t>(id);
}

// Runs the statements of one commit; after the first error it does nothing more.
class BatchWriter {
 public:
  BatchWriter(SqliteConnection& connection, const Batch& batch)
      : connection_(connection), batch_(batch) {}

  absl::Status Write(StoreState& state) {
    Run("BEGIN IMMEDIATE", [](Statement&) {});
    for (std::size_t i = 0; i < batch_.articles.size(); ++i) WriteArticle(i, state);
    WriteStates();
    WriteRewrites();
    WriteStories(state);
    WriteFigures();
    WriteEvents(state);
    WriteSubscriptions();
    WriteState(state);
    FAIL_POINT("store.commit.written");
    Run("COMMIT", [](Statement&) {});
    return status_;
  }

 private:
  template <typename Bind>
  void Run(const char* sql, Bind bind) {
    if (!status_.ok()) return;
    absl::StatusOr<Statement*> statement = connection_.Use(sql);
    if (!statement.ok()) {
      status_ = statement.status();
      return;
    }
    bind(**statement);
    status_ = (*statement)->Run();
  }

  void WriteArticle(std::size_t index, StoreState& state) {
    const ArticleRecord& record = batch_.articles[index];
    const std::string own_content =
        batch_.encoded.empty() ? EncodeArticle(record.article, record.claims) : std::string();
    const std::string& content = batch_.encoded.empty() ? own_content : batch_.encoded[index];
    const std::string placement = EncodePlacement(record);
    const std::int64_t sequence = ToInteger(record.sequence);
    Run("INSERT INTO article VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11)", [&](Statement& row) {
      row.Bind(1, sequence)
          .BindText(2, record.article.id)
          .BindBlob(3, record.content_hash)
          .Bind(4, ToInteger(record.story))
          .Bind(5, record.version)
          .Bind(6, ToInteger(record.state))
          .Bind(7, record.language_read ? 1 : 0)
          .Bind(8, absl::ToUnixMicros(record.sequenced))
          .Bind(9, static_cast<std::int64_t>(record.claims.size()))
          .BindBlob(10, placement)
          .BindBlob(11, content);
    });
    Run("INSERT INTO article_key VALUES (?1,?2)", [&](Statement& row) {
      row.Bind(1, ToInteger(Fnv64(record.article.id))).Bind(2, sequence);
    });
    Run("INSERT INTO link VALUES (?1,?2,?3,?4)", [&](Statement& row) {
      row.Bind(1, sequence)
          .Bind(2, ToInteger(record.story))
          .Bind(3, record.language_read ? 1 : 0)
          .BindBlob(4, record.features);
    });
    Run("INSERT INTO story_article VALUES (?1,?2)",
        [&](Statement& row) { row.Bind(1, ToInteger(record.story)).Bind(2, sequence); });
    for (const KnownClaim& claim : record.claims) {
      if (claim.withdrawn) WriteWithdrawn(claim.id);
    }
    state.last_sequence = record.sequence;
    ++state.articles;
    state.claims += static_cast<std::int64_t>(record.claims.size());
  }

  // First everything goes, then everything comes: figures and articles change places.
  void WriteRewrites() {
    for (const StoryRewrite& rewrite : batch_.rewrites) {
      const auto story = [&](Statement& row) { row.Bind(1, ToInteger(rewrite.story)); };
      Run("DELETE FROM figures WHERE first IN (SELECT first FROM story_figures WHERE story = ?1)",
          story);
      Run("DELETE FROM story_figures WHERE story = ?1", story);
      Run("DELETE FROM story_article WHERE story = ?1", story);
    }
    for (const StoryRewrite& rewrite : batch_.rewrites) {
      for (const ArticleRecord& article : rewrite.articles) Rewrite(rewrite.story, article);
      WriteFiguresOf(rewrite.story, rewrite.figures);
    }
  }

  void Rewrite(StoryId story, const ArticleRecord& record) {
    const std::int64_t sequence = ToInteger(record.sequence);
    const std::string placement = EncodePlacement(record);
    Run("UPDATE article SET story = ?2, placement = ?3 WHERE sequence = ?1", [&](Statement& row) {
      row.Bind(1, sequence).Bind(2, ToInteger(story)).BindBlob(3, placement);
    });
    Run("UPDATE link SET story = ?2, features = ?3 WHERE sequence = ?1", [&](Statement& row) {
      row.Bind(1, sequence).Bind(2, ToInteger(story)).BindBlob(3, record.features);
    });
    Run("INSERT INTO story_article VALUES (?1,?2)",
        [&](Statement& row) { row.Bind(1, ToInteger(story)).Bind(2, sequence); });
    const std::int64_t first = ToInteger(MakeClaimId(record.sequence, 0));
    const std::int64_t end = ToInteger(MakeClaimId(Sequence{sequence + 1}, 0));
    Run("DELETE FROM withdrawn WHERE claim >= ?1 AND claim < ?2",
        [&](Statement& row) { row.Bind(1, first).Bind(2, end); });
    for (const KnownClaim& claim : record.claims) {
      if (claim.withdrawn) WriteWithdrawn(claim.id);
    }
  }

  // Neighbours share a row.
  void WriteFiguresOf(StoryId story, const std::vector<Figure>& figures) {
    for (std::size_t begin = 0, end = 0; begin < figures.size(); begin = end) {
      end = begin + 1;
      while (end < figures.size() &&
             ToInteger(figures[end].id) == ToInteger(figures[end - 1].id) + 1) {
        ++end;
      }
      WriteFigureRow(story, {figures.begin() + static_cast<std::ptrdiff_t>(begin),
                             figures.begin() + static_cast<std::ptrdiff_t>(end)});
    }
  }

  void WriteWithdrawn(ClaimId claim) {
    Run("INSERT OR IGNORE INTO withdrawn VALUES (?1)",
        [&](Statement& row) { row.Bind(1, ToInteger(claim)); });
  }

  void WriteStates() {
    for (const std::pair<Sequence, ArticleState>& change : batch_.article_states) {
      Run("UPDATE article SET state = ?2 WHERE sequence = ?1", [&](Statement& row) {
        row.Bind(1, ToInteger(change.first)).Bind(2, ToInteger(change.second));
      });
      if (status_.ok() && sqlite3_changes(connection_.handle()) != 1) {
        status_ = absl::InternalError("batch: state of no article");
      }
    }
    for (const Retraction& change : batch_.retractions) WriteRetraction(change);
    for (const ClaimId claim : batch_.withdrawn_claims) WriteWithdrawn(claim);
  }

  void WriteRetraction(const Retraction& change) {
    if (!status_.ok()) return;
    const absl::StatusOr<std::string> placement = PlacementOf(change.article);
    const absl::StatusOr<std::string> changed =
        placement.ok() ? WithRetraction(*placement, change) : placement;
    if (!changed.ok()) {
      status_ = changed.status();
      return;
    }
    Run("UPDATE article SET state = ?2, placement = ?3 WHERE sequence = ?1", [&](Statement& row) {
      row.Bind(1, ToInteger(change.article))
          .Bind(2, ToInteger(ArticleState::kRetracted))
          .BindBlob(3, *changed);
    });
  }

  absl::StatusOr<std::string> PlacementOf(Sequence article) {
    absl::StatusOr<Statement*> row =
        connection_.Use("SELECT placement FROM article WHERE sequence = ?1");
    if (!row.ok()) return row.status();
    (*row)->Bind(1, ToInteger(article));
    const absl::StatusOr<bool> found = (*row)->Step();
    if (!found.ok()) return found.status();
    if (!*found) return absl::InternalError("batch: retraction of no article");
    std::string placement((*row)->Bytes(0));
    (*row)->Reset();
    return placement;
  }

  void WriteStories(StoreState& state) {
    for (const StoryRecord& story : batch_.stories) {
      const std::string record = EncodeStory(story);
      Run("INSERT INTO story VALUES (?1,?2,?3) ON CONFLICT (id) DO UPDATE"
          " SET last_article = ?2, record = ?3",
          [&](Statement& row) {
            row.Bind(1, ToInteger(story.id))
                .Bind(2, ToInteger(story.last_article))
                .BindBlob(3, record);
          });
      if (story.merged_into != StoryId::kNone) --state.stories;
      if (story.id > state.last_story) {
        state.last_story = story.id;
        ++state.stories;
      }
    }
  }

  // Neighbours of one story share a row.
  void WriteFigures() {
    std::size_t begin = 0;
    while (begin < batch_.figures.size()) {
      const StoryId story = batch_.figure_stories[begin].second;
      std::size_t end = begin + 1;
      while (end < batch_.figures.size() && batch_.figure_stories[end].second == story &&
             ToInteger(batch_.figures[end].id) == ToInteger(batch_.figures[end - 1].id) + 1) {
        ++end;
      }
      WriteFigureRow(story, {batch_.figures.begin() + begin, batch_.figures.begin() + end});
      begin = end;
    }
  }

  void WriteFigureRow(StoryId story, const std::vector<Figure>& figures) {
    const std::string record = EncodeFigures(figures);
    Run("INSERT INTO figures VALUES (?1,?2,?3,?4)", [&](Statement& row) {
      row.Bind(1, ToInteger(figures.front().id))
          .Bind(2, ToInteger(figures.back().id))
          .Bind(3, ToInteger(story))
          .BindBlob(4, record);
    });
    Run("INSERT INTO story_figures VALUES (?1,?2)", [&](Statement& row) {
      row.Bind(1, ToInteger(story)).Bind(2, ToInteger(figures.front().id));
    });
  }

  void WriteEvents(StoreState& state) {
    for (const AlertEvent& event : batch_.events) {
      const Alert& alert = event.alert;
      const std::string record = EncodeAlert(alert);
      Run("INSERT OR REPLACE INTO alert VALUES (?1,?2,?3,?4,?5,?6,?7)", [&](Statement& row) {
        row.Bind(1, ToInteger(alert.id))
            .Bind(2, ToInteger(alert.story))
            .Bind(3, ToInteger(alert.kind))
            .Bind(4, ToInteger(alert.state))
            .Bind(5, ToInteger(alert.severity))
            .BindText(6, alert.measure)
            .BindBlob(7, record);
      });
      Run("INSERT INTO event VALUES (?1,?2,?3,?4)", [&](Statement& row) {
        row.Bind(1, event.position)
            .Bind(2, ToInteger(event.change))
            .BindBlob(3, record)
            .Bind(4, ToInteger(event.sequence));
      });
      if (event.change == AlertChange::kOpened) ++state.alerts;
    }
    if (batch_.forget_events_before > state.oldest_position) {
      state.oldest_position = std::min(batch_.forget_events_before, batch_.ids.last_position + 1);
      Run("DELETE FROM event WHERE position < ?1",
          [&](Statement& row) { row.Bind(1, state.oldest_position); });
      FAIL_POINT("store.forget");
    }
  }

  void WriteSubscriptions() {
    const SubscriptionChanges& changes = batch_.subscriptions;
    for (const std::string& id : changes.deleted) {
      Run("DELETE FROM subscription WHERE id = ?1", [&](Statement& row) { row.BindText(1, id); });
      Run("DELETE FROM parked WHERE subscription = ?1",
          [&](Statement& row) { row.BindText(1, id); });
    }
    for (const SubscriptionRecord& kept : changes.kept) {
      const std::string record = EncodeSubscription(kept);
      Run("INSERT OR REPLACE INTO subscription VALUES (?1,?2)",
          [&](Statement& row) { row.BindText(1, kept.id).BindBlob(2, record); });
    }
    for (const auto& [id, position] : changes.unparked) {
      Run("DELETE FROM parked WHERE subscription = ?1 AND position = ?2",
          [&, &name = id, at = position](Statement& row) { row.BindText(1, name).Bind(2, at); });
    }
    for (const ParkedRecord& parked : changes.parked) {
      const std::string record = EncodeParked(parked);
      Run("INSERT OR REPLACE INTO parked VALUES (?1,?2,?3)", [&](Statement& row) {
        row.BindText(1, parked.subscription).Bind(2, parked.event.position).BindBlob(3, record);
      });
    }
  }

  void WriteState(StoreState& state) {
    state.ids = batch_.ids;
    ++state.commits;
    Run("UPDATE state SET last_figure = ?1, last_alert = ?2, last_position = ?3,"
        " oldest_position = ?4, articles = ?5, claims = ?6, stories = ?7, alerts = ?8, commits = "
        "?9",
        [&](Statement& row) {
          row.Bind(1, ToInteger(state.ids.last_figure))
              .Bind(2, ToInteger(state.ids.last_alert))
              .Bind(3, state.ids.last_position)
              .Bind(4, state.oldest_position)
              .Bind(5, state.articles)
              .Bind(6, state.claims)
              .Bind(7, state.stories)
              .Bind(8, state.alerts)
              .Bind(9, state.commits);
        });
  }

  SqliteConnection& connection_;
  const Batch& batch_;
  absl::Status status_;
};

}  // namespace

absl::Status SqliteStore::Commit(const Batch& batch) {
  FAIL_POINT("store.commit.begin");
  if (absl::Status status = CheckWritable(); !status.ok()) return status;
  if (absl::Status status = CheckBatch(batch, written_); !status.ok()) return status;
  // A failed transaction is still open when there was no memory even to roll it back.
  if (absl::Status status = RollBack(); !status.ok()) return NoteFailed(std::move(status));
  StoreState after = written_;
  if (absl::Status status = WriteAll(batch, after); !status.ok()) {
    return NoteFailed(std::move(status));
  }
  FAIL_POINT("store.commit.durable");
  written_ = std::move(after);
  return NoteCommitted();
}

absl::Status SqliteStore::WriteAll(const Batch& batch, StoreState& state) {
  absl::MutexLock lock(&log_mu_);
  absl::Status status = BatchWriter(*writer_, batch).Write(state);
  if (!status.ok()) status.Update(RollBack());
  return status;
}

absl::Status SqliteStore::RollBack() const {
  // SQLite has rolled back by itself after some errors, and then there is nothing to roll back.
  if (sqlite3_get_autocommit(writer_->handle()) != 0) return absl::OkStatus();
  return writer_->Execute("ROLLBACK");
}

absl::Status SqliteStore::CheckWritable() {
  const StoreHealth health = Health();
  if (health.until_restart) return Refuse(health.reason, true);
  if (settings_.disk_free_min <= 0) return absl::OkStatus();
  const absl::StatusOr<std::int64_t> free = FreeBytes();
  if (!free.ok() || *free >= settings_.disk_free_min) return absl::OkStatus();
  return Refuse(absl::StrCat("the disk is nearly full: ", *free, " bytes are free, ",
                             settings_.disk_free_min, " are to stay so"),
                false);
}

absl::StatusOr<std::int64_t> SqliteStore::FreeBytes() const {
  std::error_code failed;
  const auto space = std::filesystem::space(std::filesystem::path(file_).parent_path(), failed);
  if (failed) return absl::UnavailableError(failed.message());
  return static_cast<std::int64_t>(space.available);
}

absl::Status SqliteStore::NoteCommitted() {
  mark_->Note({written_.epoch, written_.commits});
  FAIL_POINT("store.commit.marked");
  absl::MutexLock lock(&health_mu_);
  if (health_.read_only) Log()->info("the store takes commits again");
  health_.read_only = false;
  health_.reason.clear();
  return absl::OkStatus();
}

absl::Status SqliteStore::NoteFailed(absl::Status why) {
  if (absl::IsInternal(why)) return why;  // The batch is wrong, not the disk.
  const bool full = SqliteCodeOf(why) == SQLITE_FULL;
  return Refuse(absl::StrCat(full ? "the disk is full: " : "", std::string(why.message())),
                IsDoubtful(why));
}

absl::Status SqliteStore::Refuse(const std::string& reason, bool until_restart) {
  absl::Status refused = absl::UnavailableError(absl::StrCat("the store is read-only: ", reason));
  refused.SetPayload(kReadOnlyPayload, absl::Cord(reason));
  absl::MutexLock lock(&health_mu_);
  ++health_.commits_failed;
  if (!health_.read_only || (until_restart && !health_.until_restart)) {
    Log()->critical("the store is read-only{}: {}", until_restart ? " until a restart" : "",
                    LogSafe(reason));
  }
  health_.read_only = true;
  health_.until_restart = health_.until_restart || until_restart;
  health_.reason = reason;
  return refused;
}

}  // namespace claimwatch
