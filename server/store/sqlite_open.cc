#include "server/store/sqlite_open.h"

#include <openssl/rand.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "server/base/check.h"
#include "server/base/failpoint.h"
#include "server/base/log.h"
#include "server/store/checked_pages.h"
#include "server/store/sqlite_store.h"

namespace claimwatch {
namespace {

// Sets a pragma and makes sure that it took.
absl::Status SetPragma(SqliteConnection& connection, const char* name, std::string_view value,
                       std::string_view told) {
  const std::string pragma = absl::StrCat("PRAGMA ", name);
  const absl::StatusOr<std::string> set =
      connection.Ask(absl::StrCat(pragma, " = ", std::string(value)));
  if (!set.ok()) return set.status();
  const absl::StatusOr<std::string> now = connection.Ask(pragma);
  if (!now.ok()) return now.status();
  if (*now != told) {
    return absl::InternalError(
        absl::StrCat("store: ", pragma, " is ", *now, " where ", std::string(told), " was set"));
  }
  return absl::OkStatus();
}

struct Pragma {
  const char* name;
  const char* value;
  const char* told;  // What reading it back gives.
};

absl::Status SetPragmas(SqliteConnection& connection, std::initializer_list<Pragma> pragmas) {
  for (const Pragma& pragma : pragmas) {
    absl::Status status = SetPragma(connection, pragma.name, pragma.value, pragma.told);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace

std::string RandomEpoch() {
  unsigned char bytes[12];
  CW_CHECK(RAND_bytes(bytes, sizeof(bytes)) == 1);
  return absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(bytes), sizeof(bytes)));
}

namespace {

// Of what the file has or, before there is one, will have: bytes of each page that are ours.
absl::StatusOr<int> ReservedBytes(SqliteConnection& writer, int wanted) {
  int bytes = wanted;
  const int code =
      sqlite3_file_control(writer.handle(), "main", SQLITE_FCNTL_RESERVE_BYTES, &bytes);
  if (code != SQLITE_OK) return SqliteStatus(writer.handle(), code, "bytes for checksums");
  return bytes;
}

absl::Status Create(SqliteConnection& writer) {
  FAIL_POINT("store.create.begin");
  absl::Status status = SetPragmas(writer, {{"page_size", "8192", "8192"}});
  status.Update(ReservedBytes(writer, kPageChecksumBytes).status());
  status.Update(SetPragmas(writer, {{"journal_mode", "WAL", "wal"}}));
  if (!status.ok()) return status;
  const std::string script = absl::StrCat(
      "BEGIN IMMEDIATE;\n", kSchemaSql, "INSERT INTO state VALUES (1, '", RandomEpoch(),
      "', 0, 0, 0, 1, 0, 0, 0, 0, 0, 1);\nPRAGMA application_id = ", kStoreApplicationId,
      ";\nPRAGMA user_version = ", kStoreSchemaVersion, ";\nCOMMIT;");
  status = writer.Execute(script.c_str());
  FAIL_POINT("store.create.end");
  return status;
}

// What makes a file of version `to` of one of the version before.
struct Migration {
  int to;
  const char* sql;
};
constexpr Migration kMigrations[] = {
    {2,
     "ALTER TABLE state ADD COLUMN commits INTEGER NOT NULL DEFAULT 0;"
     "ALTER TABLE state ADD COLUMN pages_checked INTEGER NOT NULL DEFAULT 0;"},
    // The article behind an event; named subscriptions.
    {3,
     "ALTER TABLE event ADD COLUMN sequence INTEGER NOT NULL DEFAULT 0;"
     "CREATE TABLE subscription (id TEXT PRIMARY KEY, record BLOB NOT NULL) STRICT;"
     "CREATE TABLE parked (subscription TEXT NOT NULL, position INTEGER NOT NULL,"
     " record BLOB NOT NULL, PRIMARY KEY (subscription, position)) STRICT, WITHOUT ROWID;"},
};

// Each step is one transaction, so a step is done or not, whatever ends the process.
absl::Status Migrate(const std::string& file, std::int64_t version, SqliteConnection& writer) {
  for (const Migration& step : kMigrations) {
    if (step.to <= version) continue;
    Log()->info("{}: bringing it from schema version {} to {}", LogSafe(file), step.to - 1,
                step.to);
    FAIL_POINT("store.migrate.begin");
    absl::Status status = writer.Execute("BEGIN IMMEDIATE");
    if (status.ok()) status = writer.Execute(step.sql);
    if (status.ok()) {
      status = writer.Execute(absl::StrCat("PRAGMA user_version = ", step.to).c_str());
    }
    FAIL_POINT("store.migrate.written");
    if (status.ok()) status = writer.Execute("COMMIT");
    if (!status.ok()) {
      writer.Execute("ROLLBACK").IgnoreError();
      return status;
    }
    FAIL_POINT("store.migrate.durable");
  }
  return absl::OkStatus();
}

// A store that was made with checked pages has them still: else a flipped bit in the header would
// switch the checking off.
absl::Status CheckPagesAreChecked(const std::string& file, SqliteConnection& writer) {
  const absl::StatusOr<std::int64_t> expected =
      writer.AskInteger("SELECT pages_checked FROM state");
  if (!expected.ok()) return expected.status();
  const absl::StatusOr<int> reserved = ReservedBytes(writer, -1);
  if (!reserved.ok()) return reserved.status();
  if (*expected == 0 || *reserved == kPageChecksumBytes) return absl::OkStatus();
  return absl::DataLossError(
      absl::StrCat(file, ": its header is damaged: ", *reserved, " bytes for checksums a page"));
}

absl::Status Foreign(const std::string& file, std::string_view why) {
  return absl::FailedPreconditionError(
      absl::StrCat(file, " is not a Claimwatch store: ", std::string(why)));
}

// Brings the file to the schema of this release.
absl::Status CheckVersion(const std::string& file, SqliteConnection& writer) {
  const absl::StatusOr<std::int64_t> application = writer.AskInteger("PRAGMA application_id");
  if (absl::IsDataLoss(application.status())) return Foreign(file, "it is no SQLite file");
  if (!application.ok()) return application.status();
  const absl::StatusOr<std::int64_t> tables =
      writer.AskInteger("SELECT count(*) FROM sqlite_master");
  if (absl::IsDataLoss(tables.status())) return Foreign(file, "it is no SQLite file");
  if (!tables.ok()) return tables.status();
  if (*application == 0 && *tables == 0) return Create(writer);
  if (*application != kStoreApplicationId) {
    return Foreign(file, absl::StrCat("its application_id is ", *application));
  }
  const absl::StatusOr<std::int64_t> version = writer.AskInteger("PRAGMA user_version");
  if (!version.ok()) return version.status();
  if (*version > kStoreSchemaVersion) {
    return absl::FailedPreconditionError(
        absl::StrCat(file, " was written by a newer release: its schema version is ", *version,
                     ", this release reads up to ", kStoreSchemaVersion));
  }
  if (*version < 1) return Foreign(file, absl::StrCat("its schema version is ", *version));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<SqliteConnection>> OpenWriter(const std::string& file) {
  absl::StatusOr<std::unique_ptr<SqliteConnection>> writer =
      SqliteConnection::Open(file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  if (!writer.ok()) return writer.status();
  absl::Status status = CheckVersion(file, **writer);
  if (!status.ok()) return status;
  status = SetPragmas(**writer, {{"journal_mode", "WAL", "wal"},
                                 {"synchronous", "FULL", "2"},
                                 {"wal_autocheckpoint", "0", "0"},
                                 {"cache_size", "-65536", "-65536"},  // KiB
                                 {"mmap_size", "0", "0"},
                                 {"temp_store", "MEMORY", "2"},
                                 {"foreign_keys", "ON", "1"},
                                 {"trusted_schema", "OFF", "0"},
                                 {"cell_size_check", "ON", "1"}});
  if (!status.ok()) return status;
  const absl::StatusOr<std::int64_t> version = (*writer)->AskInteger("PRAGMA user_version");
  if (!version.ok()) return version.status();
  status = Migrate(file, *version, **writer);
  if (status.ok()) status = CheckPagesAreChecked(file, **writer);
  if (!status.ok()) return status;
  return writer;
}

absl::StatusOr<std::unique_ptr<SqliteConnection>> OpenReader(const std::string& file) {
  absl::StatusOr<std::unique_ptr<SqliteConnection>> reader = SqliteConnection::Open(
      file, SQLITE_OPEN_READWRITE);  // The shared memory of the log is written.
  if (!reader.ok()) return reader.status();
  const int code = sqlite3_db_config((*reader)->handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1,
                                     static_cast<int*>(nullptr));
  if (code != SQLITE_OK) return SqliteStatus((*reader)->handle(), code, "NO_CKPT_ON_CLOSE");
  const absl::Status status = SetPragmas(**reader, {{"wal_autocheckpoint", "0", "0"},
                                                    {"cache_size", "-16384", "-16384"},
                                                    {"mmap_size", "0", "0"},
                                                    {"trusted_schema", "OFF", "0"},
                                                    {"cell_size_check", "ON", "1"},
                                                    {"query_only", "ON", "1"}});
  if (!status.ok()) return status;
  return reader;
}

}  // namespace claimwatch
