// Opening a store's file: is it ours, of which version, and are SQLite's settings what we rely on?
//
// Internal to store/. Tested by tests/store/sqlite_store_test.cc.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "server/store/sqlite.h"

namespace claimwatch {

// The writer's connection, on a file that exists with the schema of this release when it returns.
// FAILED_PRECONDITION: foreign or newer file.
absl::StatusOr<std::unique_ptr<SqliteConnection>> OpenWriter(const std::string& file);
// A query_only connection that leaves all checkpoints to the writer.
absl::StatusOr<std::unique_ptr<SqliteConnection>> OpenReader(const std::string& file);

// Names a history that begins now.
std::string RandomEpoch();

extern const char kSchemaSql[];  // schema.sql

}  // namespace claimwatch
