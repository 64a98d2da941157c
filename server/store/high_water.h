// HighWater: how far a store has come, in a small file of its own beside the database.
//
// A damaged frame in SQLite's log looks to SQLite like the log's end, so commits that were
// acknowledged would vanish without a word. Therefore every commit is noted here too, after it is
// durable and before anyone is told: the mark never runs ahead of the database, and a database that
// is behind its mark has lost something. Notes are written, not synced: a lost one is only an older
// one, and the file is two slots written in turn, so a torn one leaves the one before. A database
// without a mark was put here by hand (a backup): its history parts from that of its origin.
// Owned by SqliteStore, used by the writer's thread. Tested by tests/store/disk_fault_test.cc.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"

namespace claimwatch {

class HighWater {
 public:
  struct Place {
    std::string epoch;
    std::int64_t commits = 0;
    friend bool operator==(const Place&, const Place&) = default;
  };

  // Makes the file if there is none. DATA_LOSS: it is there and cannot be read.
  static absl::StatusOr<std::unique_ptr<HighWater>> Open(const std::string& path);
  // Without making or changing anything: nullopt where there is none.
  static absl::StatusOr<std::optional<Place>> Look(const std::string& path);
  HighWater(const HighWater&) = delete;
  HighWater& operator=(const HighWater&) = delete;
  ~HighWater();

  // What the file said when it was opened, or what was noted since.
  const std::optional<Place>& place() const { return place_; }
  // Failing is harmless (see above), but told once in the log.
  void Note(const Place& place);
  // The same, on disk with its name when it returns.
  absl::Status NoteForSure(const Place& place);

 private:
  HighWater(std::string path, int file) : path_(std::move(path)), file_(file) {}
  absl::Status Write(const Place& place);

  const std::string path_;
  const int file_;
  std::optional<Place> place_;
  std::uint64_t turn_ = 0;  // Of the last note; its slot is turn_ % 2.
  bool warned_ = false;
};

}  // namespace claimwatch
