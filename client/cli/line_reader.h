// LineReader: lines of a file or a pipe, with a bound, and with a way to be woken.
//
// It knows whether the next line is there already, so that a sender can let go of a half-full batch
// before it waits for more. Tested by tests/client/line_reader_test.cc.
#pragma once

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"

namespace claimwatch::cli {

inline constexpr std::size_t kLineBytesMax = 64 << 20;

// Not thread-safe.
class LineReader {
 public:
  // Opens `path`; "-" is standard input. `wake_fd`: readable when waiting is to end; -1: never.
  static absl::StatusOr<LineReader> Open(const std::string& path, int wake_fd);
  LineReader(LineReader&& other) noexcept;
  ~LineReader();

  // The next line without its end, also a last one that has none. OUT_OF_RANGE: there is no more.
  // RESOURCE_EXHAUSTED: the line is longer than kLineBytesMax; it is skipped. CANCELLED: woken.
  absl::StatusOr<std::string> Next();

  // True when Next() would have to wait.
  bool MustWait() const;

  // Of the line that Next() gave last, from 1.
  int line_number() const { return line_number_; }

 private:
  LineReader(int fd, int wake_fd) : fd_(fd), wake_fd_(wake_fd) {}
  absl::Status Fill();

  int fd_;
  int wake_fd_;
  int line_number_ = 0;
  bool at_end_ = false;
  std::size_t begin_ = 0;     // of what is not yet given, in buffer_
  std::size_t searched_ = 0;  // no line end before it
  std::string buffer_;
};

// All of a file, or of standard input for "-".
absl::StatusOr<std::string> ReadAll(const std::string& path);

}  // namespace claimwatch::cli
