#include "server/store/sqlite.h"

#include "absl/strings/cord.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "server/store/checked_pages.h"
#include "server/store/damage.h"

namespace claimwatch {
namespace {

constexpr char kCodePayload[] = "claimwatch/sqlite_code";

}  // namespace

absl::Status SqliteStatus(sqlite3* handle, int code, std::string_view what) {
  const char* message = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
  const std::string text = absl::StrCat("store: ", std::string(what), ": ", message, " (",
                                        sqlite3_errstr(code), ", code ", code, ")");
  const auto coded = [&](absl::Status status) {
    status.SetPayload(kCodePayload, absl::Cord(absl::StrCat(code)));
    return status;
  };
  if (code == SQLITE_IOERR_DATA || (code & 0xff) == SQLITE_CORRUPT) ++DamageCount();
  if (code == SQLITE_IOERR_DATA) {
    return coded(absl::DataLossError(absl::StrCat("a page does not match its checksum: ", text)));
  }
  switch (code & 0xff) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_NOMEM:
      return coded(absl::UnavailableError(text));
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return coded(absl::DataLossError(text));
    default:
      return coded(absl::InternalError(text));
  }
}

int SqliteCodeOf(const absl::Status& status) {
  int code = SQLITE_OK;
  const absl::optional<absl::Cord> payload = status.GetPayload(kCodePayload);
  if (payload.has_value() && !absl::SimpleAtoi(std::string(*payload), &code)) return SQLITE_OK;
  return code;
}

bool IsDoubtful(const absl::Status& status) {
  const int code = SqliteCodeOf(status);
  return code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC || absl::IsDataLoss(status);
}

Statement& Statement::Bind(int index, std::int64_t value) {
  sqlite3_bind_int64(statement_.get(), index, value);
  return *this;
}

Statement& Statement::BindText(int index, std::string_view value) {
  sqlite3_bind_text(statement_.get(), index, value.data() == nullptr ? "" : value.data(),
                    static_cast<int>(value.size()), SQLITE_STATIC);
  return *this;
}

Statement& Statement::BindBlob(int index, std::string_view value) {
  sqlite3_bind_blob(statement_.get(), index, value.data() == nullptr ? "" : value.data(),
                    static_cast<int>(value.size()), SQLITE_STATIC);
  return *this;
}

Statement& Statement::BindNull(int index) {
  sqlite3_bind_null(statement_.get(), index);
  return *this;
}

absl::StatusOr<bool> Statement::Step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) {
    sqlite3_reset(statement_.get());
    return false;
  }
  absl::Status status =
      SqliteStatus(sqlite3_db_handle(statement_.get()), code, sqlite3_sql(statement_.get()));
  sqlite3_reset(statement_.get());
  return status;
}

absl::Status Statement::Run() {
  const absl::StatusOr<bool> row = Step();
  Reset();
  return row.status();
}

void Statement::Reset() { sqlite3_reset(statement_.get()); }

std::int64_t Statement::Integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string_view Statement::Bytes(int column) const {
  const void* bytes = sqlite3_column_blob(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  if (bytes == nullptr) return {};
  return {static_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

absl::StatusOr<std::unique_ptr<SqliteConnection>> SqliteConnection::Open(const std::string& path,
                                                                         int flags) {
  sqlite3* handle = nullptr;
  const int code =
      sqlite3_open_v2(path.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, CheckedPagesVfs());
  std::unique_ptr<SqliteConnection> opened(new SqliteConnection(handle));
  if (code != SQLITE_OK) return SqliteStatus(handle, code, absl::StrCat("opening ", path));
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, 5000);  // Milliseconds; only another process could make us wait.
  return opened;
}

absl::Status SqliteConnection::Execute(const char* sql) {
  const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
  if (code == SQLITE_OK) return absl::OkStatus();
  return SqliteStatus(handle_.get(), code, std::string_view(sql).substr(0, 80));
}

absl::StatusOr<Statement*> SqliteConnection::Use(const char* sql) {
  Statement*& kept = kept_[sql];
  if (kept == nullptr) {
    sqlite3_stmt* statement = nullptr;
    const int code =
        sqlite3_prepare_v3(handle_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) return SqliteStatus(handle_.get(), code, sql);
    statements_.push_back(std::make_unique<Statement>(statement));
    kept = statements_.back().get();
  }
  kept->Reset();
  return kept;
}

absl::StatusOr<std::string> SqliteConnection::Ask(const std::string& sql) {
  sqlite3_stmt* raw = nullptr;
  const int code = sqlite3_prepare_v2(handle_.get(), sql.c_str(), -1, &raw, nullptr);
  Statement statement(raw);
  if (code != SQLITE_OK) return SqliteStatus(handle_.get(), code, sql);
  const absl::StatusOr<bool> row = statement.Step();
  if (!row.ok()) return row.status();
  std::string answer(*row ? statement.Bytes(0) : std::string_view());
  if (sqlite3_errcode(handle_.get()) == SQLITE_NOMEM) {  // To write a number as text takes some.
    return SqliteStatus(handle_.get(), SQLITE_NOMEM, sql);
  }
  return answer;
}

absl::StatusOr<std::int64_t> SqliteConnection::AskInteger(const std::string& sql) {
  const absl::StatusOr<std::string> answer = Ask(sql);
  if (!answer.ok()) return answer.status();
  std::int64_t value = 0;
  if (!absl::SimpleAtoi(*answer, &value)) {
    return absl::InternalError(absl::StrCat("store: ", sql, ": no number: ", *answer));
  }
  return value;
}

}  // namespace claimwatch
