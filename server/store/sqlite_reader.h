// SqliteStore::Reader: a connection borrowed for one read transaction, so that all statements of
// one answer see one moment. Internal to store/. Tested by tests/store/sqlite_store_test.cc.
#pragma once

#include <algorithm>
#include <memory>
#include <utility>

#include "server/store/sqlite_store.h"

namespace claimwatch {

class SqliteStore::Reader {
 public:
  static absl::StatusOr<Reader> Begin(const SqliteStore& store) {
    absl::StatusOr<std::unique_ptr<SqliteConnection>> connection = store.TakeReader();
    if (!connection.ok()) return connection.status();
    Reader reader(store, *std::move(connection));
    absl::StatusOr<Statement*> begin = reader->Use("BEGIN");
    if (!begin.ok()) return begin.status();
    if (absl::Status status = (*begin)->Run(); !status.ok()) return status;
    return reader;
  }

  Reader(Reader&&) = default;
  // The transaction ends and the connection goes back; one that cannot be ended is closed.
  ~Reader() {
    if (connection_ == nullptr) return;
    for (Statement* statement : used_)
      statement->Reset();  // An open cursor would hold the snapshot.
    const absl::StatusOr<Statement*> commit = connection_->Use("COMMIT");
    if (commit.ok() && (*commit)->Run().ok()) store_->GiveBack(std::move(connection_));
  }

  absl::StatusOr<Statement*> Use(const char* sql) {
    absl::StatusOr<Statement*> statement = connection_->Use(sql);
    if (statement.ok() && std::find(used_.begin(), used_.end(), *statement) == used_.end()) {
      used_.push_back(*statement);
    }
    return statement;
  }
  SqliteConnection* operator->() const { return connection_.get(); }

 private:
  Reader(const SqliteStore& store, std::unique_ptr<SqliteConnection> connection)
      : store_(&store), connection_(std::move(connection)) {}

  const SqliteStore* store_;
  std::unique_ptr<SqliteConnection> connection_;
  std::vector<Statement*> used_;
};

}  // namespace claimwatch
