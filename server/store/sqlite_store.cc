// Life of the store: open, connections, checkpoints, backup. Commits: sqlite_write.cc. Queries:
// sqlite_read.cc.
#include "server/store/sqlite_store.h"

#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/base/failpoint.h"
#include "server/base/log.h"
#include "server/store/backup_file.h"
#include "server/store/damage.h"
#include "server/store/file_system.h"
#include "server/store/sqlite_open.h"
#include "server/store/sqlite_reader.h"

namespace claimwatch {
namespace {

constexpr int kBackupStepPages = 1024;
constexpr char kFileName[] = "claimwatch.db";
// https://www.sqlite.org/fileformat2.html#the_write_ahead_log
constexpr std::int64_t kLogHeaderBytes = 32;
constexpr std::int64_t kFrameHeaderBytes = 24;
constexpr int kStepsASync = 4;  // What a commit meanwhile has to wait for: a megabyte of zeros.

// SQLite calls this after every commit of the writer.
int NoteLogPages(void* pages, sqlite3*, const char*, int in_log) {
  *static_cast<int*>(pages) = in_log;
  return SQLITE_OK;
}

absl::Status CopyAll(sqlite3* from, sqlite3* to) {
  sqlite3_backup* backup = sqlite3_backup_init(to, "main", from, "main");
  if (backup == nullptr) return SqliteStatus(to, sqlite3_errcode(to), "starting a backup");
  int code = SQLITE_OK;
  while (code == SQLITE_OK) code = sqlite3_backup_step(backup, kBackupStepPages);
  const int finished = sqlite3_backup_finish(backup);
  if (code == SQLITE_FULL) return absl::ResourceExhaustedError("backup: the disk is full");
  if (code != SQLITE_DONE) return SqliteStatus(to, code, "copying");
  if (finished != SQLITE_OK) return SqliteStatus(to, finished, "ending a backup");
  return absl::OkStatus();
}

}  // namespace

SqliteStore::SqliteStore(std::string file, Settings settings,
                         std::unique_ptr<SqliteConnection> writer, std::int64_t frame_bytes)
    : file_(std::move(file)),
      settings_(settings),
      writer_(std::move(writer)),
      frame_bytes_(frame_bytes),
      ahead_(file_ + "-wal", settings.log_ahead_from,
             kLogHeaderBytes + frame_bytes * kLogSteps * settings.checkpoint_pages) {
  sqlite3_wal_hook(writer_->handle(), &NoteLogPages, &wal_pages_);
}

SqliteStore::~SqliteStore() {
  {
    absl::MutexLock lock(&readers_mu_);
    idle_readers_.clear();  // Before the writer, whose close copies the log into the file.
  }
  keeper_.reset();
  writer_.reset();
}

std::string MarkOf(const std::string& file) {
  return std::filesystem::path(file).replace_extension(".mark").string();
}

absl::StatusOr<std::unique_ptr<SqliteStore>> SqliteStore::Open(const std::string& file,
                                                               Settings settings) {
#ifdef CLAIMWATCH_FAIL_POINTS
  settings.checkpoint_pages = 24;  // Crashes are to meet checkpoints too.
#endif
  absl::StatusOr<std::unique_ptr<SqliteConnection>> writer = OpenWriter(file);
  if (!writer.ok()) return writer.status();
  const absl::StatusOr<std::int64_t> page = (*writer)->AskInteger("PRAGMA page_size");
  if (!page.ok()) return page.status();
  std::unique_ptr<SqliteStore> store(
      new SqliteStore(file, settings, *std::move(writer), *page + kFrameHeaderBytes));
  absl::StatusOr<StoreState> state = store->ReadState();
  if (!state.ok()) return state.status();
  store->written_ = *std::move(state);
  if (absl::Status settled = store->Settle(); !settled.ok()) return settled;
  return store;
}

absl::Status SqliteStore::Settle() {
  absl::StatusOr<std::unique_ptr<HighWater>> mark = HighWater::Open(MarkOf(file_));
  if (!mark.ok()) return mark.status();
  mark_ = *std::move(mark);
  const std::optional<HighWater::Place>& place = mark_->place();
  const bool same = place.has_value() && place->epoch == written_.epoch;
  if (same && place->commits <= written_.commits) return absl::OkStatus();
  // A database that was emptied or removed would else be taken for a new one.
  if (same || (place.has_value() && place->commits > 0 && written_.commits == 0)) {
    return absl::DataLossError(absl::StrCat(
        file_, " ends at commit ", written_.commits, ", but ", place->commits,
        " were acknowledged: it is damaged, or an older copy was put here. Restore the last "
        "backup into an empty folder; or, to go on without what is lost, remove ",
        MarkOf(file_), ", and a new epoch begins"));
  }
  if (written_.commits > 0 || written_.articles > 0) {
    if (absl::Status begun = BeginEpoch(); !begun.ok()) return begun;
  }
  return mark_->NoteForSure({written_.epoch, written_.commits});
}

absl::Status SqliteStore::BeginEpoch() {
  const std::string epoch = RandomEpoch();
  absl::StatusOr<Statement*> update = writer_->Use("UPDATE state SET epoch = ?1");
  if (!update.ok()) return update.status();
  (*update)->BindText(1, epoch);
  if (absl::Status status = (*update)->Run(); !status.ok()) return status;
  Log()->warn("{} was put here by hand: its history goes on as epoch {}, no longer as {}",
              LogSafe(file_), epoch, LogSafe(written_.epoch));
  written_.epoch = epoch;
  return absl::OkStatus();
}

StoreHealth SqliteStore::Health() const {
  absl::MutexLock lock(&health_mu_);
  StoreHealth health = health_;
  health.damaged_reads = DamageCount();
  return health;
}

absl::StatusOr<std::unique_ptr<SqliteConnection>> SqliteStore::TakeReader() const {
  {
    absl::MutexLock lock(&readers_mu_);
    if (!idle_readers_.empty()) {
      std::unique_ptr<SqliteConnection> reader = std::move(idle_readers_.back());
      idle_readers_.pop_back();
      return reader;
    }
  }
  return OpenReader(file_);
}

void SqliteStore::GiveBack(std::unique_ptr<SqliteConnection> reader) const {
  absl::MutexLock lock(&readers_mu_);
  if (idle_readers_.size() < kIdleReadersMax) idle_readers_.push_back(std::move(reader));
}

bool SqliteStore::Maintain() {
  if (aside_ || Health().until_restart) return false;
  log_short_ = IsLogShort();
  checkpoint_due_ = IsCheckpointDue();
  aside_ = log_short_ || checkpoint_due_;
  return aside_;
}

void SqliteStore::MaintainAside() {
  if (!aside_) return;
  if (log_short_) LengthenLog();
  if (checkpoint_due_) CheckpointAside();
  aside_ = false;
}

bool SqliteStore::IsCheckpointDue() {
  if (wal_pages_ < checkpointed_pages_) checkpointed_pages_ = 0;  // The log began anew.
  if (wal_pages_ - checkpointed_pages_ < settings_.checkpoint_pages) return false;
  checkpointed_pages_ = wal_pages_;
  if (wal_pages_ < kLogSteps * settings_.checkpoint_pages) return true;
  // Most of the log is in the file already. When all of it is, the next commit begins a new log.
  Checkpoint(*writer_);
  return false;
}

std::int64_t SqliteStore::LogEnd() const { return kLogHeaderBytes + wal_pages_ * frame_bytes_; }

// Where a log that was there at the start ends, the first commit tells.
bool SqliteStore::IsLogShort() {
  absl::MutexLock lock(&log_mu_);
  if (wal_pages_ == 0) return false;
  return ahead_.IsShort(LogEnd());
}

// Not where the disk would be nearly full by that: then commits are worth more than their speed.
void SqliteStore::LengthenLog() {
  const absl::StatusOr<std::int64_t> free = FreeBytes();
  const std::int64_t most = frame_bytes_ * kLogSteps * settings_.checkpoint_pages;
  if (!free.ok() || *free - most < settings_.disk_free_min) return;
  absl::Status status;
  bool enough = false;
  for (int steps = 1; status.ok() && !enough; ++steps) {
    {
      absl::MutexLock lock(&log_mu_);
      status = ahead_.Step(LogEnd());
      enough = ahead_.IsEnough(LogEnd());
    }
    if (status.ok() && (enough || steps % kStepsASync == 0)) status = ahead_.Sync();
  }
  if (!status.ok()) Log()->warn("{}; commits make the log longer now", status.ToString());
}

// A log that begins anew under a checkpoint may lose pages (SQLite before 3.51.3, "WAL-reset bug").
// It cannot while there is a reader whose snapshot is partly in the log, as ours is: the log has
// grown since the last checkpoint.
void SqliteStore::CheckpointAside() {
  absl::StatusOr<Reader> guard = Reader::Begin(*this);
  const auto hold = [&]() -> absl::Status {
    if (!guard.ok()) return guard.status();
    absl::StatusOr<Statement*> look = guard->Use("SELECT commits FROM state");
    if (!look.ok()) return look.status();
    return (*look)->Step().status();
  };
  absl::Status ready = hold();
  if (ready.ok() && keeper_ == nullptr) {
    absl::StatusOr<std::unique_ptr<SqliteConnection>> keeper = OpenReader(file_);
    ready = keeper.status();
    if (ready.ok()) keeper_ = *std::move(keeper);
  }
  if (ready.ok()) {
    Checkpoint(*keeper_);
  } else {
    Log()->warn("checkpoint: {}; the writer will do it", LogSafe(std::string(ready.message())));
  }
}

void SqliteStore::Checkpoint(SqliteConnection& connection) {
  int in_log = 0;
  int copied = 0;
  FAIL_POINT("store.checkpoint.begin");
  const int code = sqlite3_wal_checkpoint_v2(connection.handle(), nullptr,
                                             SQLITE_CHECKPOINT_PASSIVE, &in_log, &copied);
  if (code != SQLITE_OK) {
    const absl::Status status = SqliteStatus(connection.handle(), code, "checkpoint");
    Log()->warn("{}; the log keeps growing and a later commit tries again",
                std::string(status.message()));
    {
      absl::MutexLock lock(&health_mu_);
      ++health_.checkpoints_failed;
    }
    if (IsDoubtful(status)) NoteFailed(status).IgnoreError();
  }
  FAIL_POINT("store.checkpoint.end");
  checkpointed_pages_ = std::max(copied, checkpointed_pages_);
}

absl::Status SqliteStore::BackUp(const std::string& path) const {
  std::error_code error;
  const bool folder = std::filesystem::is_directory(path, error);
  const std::string target = folder ? absl::StrCat(path, "/", kFileName) : path;
  if (std::filesystem::exists(target, error)) {
    return absl::AlreadyExistsError(absl::StrCat("backup: ", target, " exists already"));
  }
  const std::string unfinished = absl::StrCat(target, ".unfinished");
  std::filesystem::remove(unfinished, error);
  absl::Status status = CopyTo(unfinished);
  FAIL_POINT("store.backup.copied");
  if (status.ok()) status = WriteChecksum(unfinished, target);
  if (status.ok()) {
    std::filesystem::rename(unfinished, target, error);
    if (error) status = absl::UnavailableError(absl::StrCat("backup: ", error.message()));
  }
  if (status.ok()) return SyncFolderOf(target);
  std::filesystem::remove(unfinished, error);
  std::filesystem::remove(ChecksumFileOf(target), error);
  return status;
}

absl::Status SqliteStore::CopyTo(const std::string& path) const {
  absl::StatusOr<Reader> reader = Reader::Begin(*this);
  if (!reader.ok()) return reader.status();
  // Reading something takes the snapshot: commits that follow do not disturb the copy.
  absl::StatusOr<std::int64_t> pages = (*reader)->AskInteger("SELECT count(*) FROM state");
  if (!pages.ok()) return pages.status();
  absl::StatusOr<std::unique_ptr<SqliteConnection>> copy =
      SqliteConnection::Open(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  if (!copy.ok()) return copy.status();
  return CopyAll((*reader)->handle(), (*copy)->handle());
}

}  // namespace claimwatch
