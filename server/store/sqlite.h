// A thin, exact layer over SQLite: connections and statements that close themselves, errors as
// Status. No SQL of ours is in here.
//
// Errors: UNAVAILABLE for what may pass (disk full, I/O, busy), DATA_LOSS for a damaged or foreign
// file, INTERNAL for the rest. A connection and its statements are used by one thread at a time.
// Tested through tests/store/*.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace claimwatch {

// A prepared statement. Bind from 1, then Step until false; Reset by the next use
// (SqliteConnection::Use).
class Statement {
 public:
  Statement() = default;
  explicit Statement(sqlite3_stmt* statement) : statement_(statement, &sqlite3_finalize) {}

  Statement& Bind(int index, std::int64_t value);
  // The bytes must stay until the statement has been stepped to its end.
  Statement& BindText(int index, std::string_view value);
  Statement& BindBlob(int index, std::string_view value);
  Statement& BindNull(int index);

  // True: a row is there. False: done.
  absl::StatusOr<bool> Step();
  // Steps to the end of a statement that gives no rows.
  absl::Status Run();
  void Reset();

  std::int64_t Integer(int column) const;
  // Holds until the next Step or Reset.
  std::string_view Bytes(int column) const;

 private:
  std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> statement_{nullptr, &sqlite3_finalize};
};

class SqliteConnection {
 public:
  static absl::StatusOr<std::unique_ptr<SqliteConnection>> Open(const std::string& path, int flags);

  // One or more statements without rows.
  absl::Status Execute(const char* sql);
  // `sql` is a literal: its address is the key under which the prepared statement is kept.
  absl::StatusOr<Statement*> Use(const char* sql);
  // The first column of the first row of a statement that is run once. "" where there is no row.
  absl::StatusOr<std::string> Ask(const std::string& sql);
  absl::StatusOr<std::int64_t> AskInteger(const std::string& sql);

  sqlite3* handle() const { return handle_.get(); }

 private:
  explicit SqliteConnection(sqlite3* handle) : handle_(handle, &sqlite3_close) {}

  std::unique_ptr<sqlite3, int (*)(sqlite3*)> handle_;
  std::vector<std::unique_ptr<Statement>> statements_;  // Gone before the connection closes.
  absl::flat_hash_map<const char*, Statement*> kept_;
};

// The Status of a result code, with what was being done.
absl::Status SqliteStatus(sqlite3* handle, int code, std::string_view what);
// The (extended) result code it was made of; SQLITE_OK where it was not.
int SqliteCodeOf(const absl::Status& status);
// After such an error nobody can say what the disk holds: a failed fsync may have dropped what it
// was to write, and on damage more writing makes it worse.
bool IsDoubtful(const absl::Status& status);

}  // namespace claimwatch
