// LogAhead: zeros written behind the end of SQLite's log, so that a commit overwrites what is
// there.
//
// A commit that makes the log's file longer waits for the file system's own journal as well: longer
// by a quarter in the median, and by far in the worst cases. SQLite begins its log anew without
// shortening the file, so only the first tens of megabytes of each run are concerned. Zeros are no
// frames: whoever reads the log ends where they begin. The file is lengthened in small steps, none
// while a commit is under way. Owned by SqliteStore, which says when. Tested by
// tests/store/log_ahead_test.cc.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <string>

#include "absl/status/status.h"

namespace claimwatch {

class LogAhead {
 public:
  // A shorter log is left alone: most stores of tests and tools are small.
  static constexpr std::int64_t kLogBytesMin = 1 << 18;

  // `log`: the file, which must be there when anything is written. `bytes_max`: not beyond that.
  LogAhead(std::string log, std::int64_t bytes_min, std::int64_t bytes_max);
  LogAhead(const LogAhead&) = delete;
  LogAhead& operator=(const LogAhead&) = delete;
  ~LogAhead();

  // With a log that ends at `end`, is there too little before it?
  bool IsShort(std::int64_t end) const;

  // Writes one step of zeros, behind `end` and behind those that are there. Nobody else may write
  // to the log meanwhile. After an error nothing is short any more.
  absl::Status Step(std::int64_t end);
  // What was written goes to the disk; commits may go on.
  absl::Status Sync();
  // After some steps: enough, as against IsShort(), which is said earlier.
  bool IsEnough(std::int64_t end) const;

 private:
  absl::Status Open();
  absl::Status Done(int code, const char* doing);

  const std::string log_;
  const std::int64_t bytes_min_;
  const std::int64_t bytes_max_;
  sqlite3_file* file_ = nullptr;  // From the first step on; by SQLite's own way to files.
  std::int64_t zeros_end_ = 0;
  bool failed_ = false;
};

}  // namespace claimwatch
