#include "server/store/log_ahead.h"

#include <algorithm>
#include <cstdlib>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

namespace claimwatch {
namespace {

constexpr std::int64_t kPieceBytes = 1 << 16;  // SQLite writes less than 128 KiB at a time.
constexpr int kStepPieces = 4;                 // Some 60 us for whoever wants to commit.

sqlite3_vfs& Files() { return *sqlite3_vfs_find(nullptr); }

}  // namespace

LogAhead::LogAhead(std::string log, std::int64_t bytes_min, std::int64_t bytes_max)
    : log_(std::move(log)), bytes_min_(bytes_min), bytes_max_(bytes_max) {}

LogAhead::~LogAhead() {
  if (file_ == nullptr) return;
  if (file_->pMethods != nullptr) file_->pMethods->xClose(file_);
  std::free(file_);
}

// Half as much again as is used: by the time the zeros are used up, there are new ones.
bool LogAhead::IsShort(std::int64_t end) const {
  if (failed_ || end < bytes_min_) return false;
  return zeros_end_ < std::min(end + end / 2, bytes_max_);
}

bool LogAhead::IsEnough(std::int64_t end) const {
  return failed_ || zeros_end_ >= std::min(2 * end, bytes_max_);
}

absl::Status LogAhead::Step(std::int64_t end) {
  if (absl::Status opened = Open(); !opened.ok()) return opened;
  static const std::vector<char> zeros(kPieceBytes);
  zeros_end_ = std::max(zeros_end_, end);
  int code = SQLITE_OK;
  for (int piece = 0; piece < kStepPieces && code == SQLITE_OK; ++piece) {
    const std::int64_t size = std::min(kPieceBytes, bytes_max_ - zeros_end_);
    if (size <= 0) break;
    code = file_->pMethods->xWrite(file_, zeros.data(), static_cast<int>(size), zeros_end_);
    if (code == SQLITE_OK) zeros_end_ += size;
  }
  return Done(code, "writing");
}

absl::Status LogAhead::Sync() {
  if (file_ == nullptr) return absl::OkStatus();
  return Done(file_->pMethods->xSync(file_, SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY), "syncing");
}

// A log that another process left behind may be longer than what is used of it; what lies there is
// overwritten with zeros like everything behind the end.
absl::Status LogAhead::Open() {
  if (file_ != nullptr) return absl::OkStatus();
  sqlite3_vfs& files = Files();
  file_ = static_cast<sqlite3_file*>(std::calloc(1, static_cast<std::size_t>(files.szOsFile)));
  if (file_ == nullptr) return Done(SQLITE_NOMEM, "opening");
  return Done(
      files.xOpen(&files, log_.c_str(), file_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_WAL, nullptr),
      "opening");
}

absl::Status LogAhead::Done(int code, const char* doing) {
  if (code == SQLITE_OK) return absl::OkStatus();
  failed_ = true;
  return absl::UnavailableError(absl::StrCat(log_, ": ", doing, ": ", sqlite3_errstr(code)));
}

}  // namespace claimwatch
