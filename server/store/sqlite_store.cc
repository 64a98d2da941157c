// Life of the store: open, connections, checkpoints, backup. Commits: sqlite_write.cc. Queries:
// sqlite_read.cc.
#include "server/store/sqlite_store.h"

#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/base/log.h"
#include "server/store/sqlite_open.h"
#include "server/store/sqlite_reader.h"

namespace claimwatch {
namespace {

constexpr int kBackupStepPages = 1024;
constexpr char kFileName[] = "claimwatch.db";

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
  if (code != SQLITE_DONE) return SqliteStatus(to, code, "copying");
  if (finished != SQLITE_OK) return SqliteStatus(to, finished, "ending a backup");
  return absl::OkStatus();
}

}  // namespace

SqliteStore::SqliteStore(std::string file, std::unique_ptr<Connection> writer)
    : file_(std::move(file)), writer_(std::move(writer)) {
  sqlite3_wal_hook(writer_->handle(), &NoteLogPages, &wal_pages_);
}

SqliteStore::~SqliteStore() {
  {
    absl::MutexLock lock(&readers_mu_);
    idle_readers_.clear();  // Before the writer, whose close copies the log into the file.
  }
  writer_.reset();
}

absl::StatusOr<std::unique_ptr<SqliteStore>> SqliteStore::Open(const std::string& file) {
  absl::StatusOr<std::unique_ptr<Connection>> writer = OpenWriter(file);
  if (!writer.ok()) return writer.status();
  std::unique_ptr<SqliteStore> store(new SqliteStore(file, *std::move(writer)));
  absl::StatusOr<StoreState> state = store->ReadState();
  if (!state.ok()) return state.status();
  store->written_ = *std::move(state);
  return store;
}

absl::StatusOr<std::unique_ptr<Connection>> SqliteStore::TakeReader() const {
  {
    absl::MutexLock lock(&readers_mu_);
    if (!idle_readers_.empty()) {
      std::unique_ptr<Connection> reader = std::move(idle_readers_.back());
      idle_readers_.pop_back();
      return reader;
    }
  }
  return OpenReader(file_);
}

void SqliteStore::GiveBack(std::unique_ptr<Connection> reader) const {
  absl::MutexLock lock(&readers_mu_);
  if (idle_readers_.size() < kIdleReadersMax) idle_readers_.push_back(std::move(reader));
}

void SqliteStore::Maintain() {
  if (wal_pages_ < checkpointed_pages_) checkpointed_pages_ = 0;  // The log began anew.
  if (wal_pages_ - checkpointed_pages_ < kCheckpointPages) return;
  int in_log = 0;
  int copied = 0;
  const int code = sqlite3_wal_checkpoint_v2(writer_->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                             &in_log, &copied);
  if (code != SQLITE_OK) {
    const absl::Status status = SqliteStatus(writer_->handle(), code, "checkpoint");
    Log()->warn("{}; the log keeps growing and the next commit tries again",
                std::string(status.message()));
  }
  checkpointed_pages_ = wal_pages_;
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
  {
    absl::StatusOr<Reader> reader = Reader::Begin(*this);
    if (!reader.ok()) return reader.status();
    // Reading something takes the snapshot: commits that follow do not disturb the copy.
    absl::StatusOr<std::int64_t> pages = (*reader)->AskInteger("SELECT count(*) FROM state");
    if (!pages.ok()) return pages.status();
    absl::StatusOr<std::unique_ptr<Connection>> copy =
        Connection::Open(unfinished, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (!copy.ok()) return copy.status();
    absl::Status status = CopyAll((*reader)->handle(), (*copy)->handle());
    if (!status.ok()) return status;
  }
  std::filesystem::rename(unfinished, target, error);
  if (error) return absl::UnavailableError(absl::StrCat("backup: ", error.message()));
  return absl::OkStatus();
}

}  // namespace claimwatch
