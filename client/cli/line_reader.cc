#include "client/cli/line_reader.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <sstream>
#include <utility>

#include "absl/strings/str_cat.h"

namespace claimwatch::cli {
namespace {

constexpr std::size_t kReadBytes = 256 << 10;

}  // namespace

absl::StatusOr<LineReader> LineReader::Open(const std::string& path, int wake_fd) {
  const int fd = path == "-" ? ::dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return absl::NotFoundError(absl::StrCat(path, ": ", std::strerror(errno)));
  return LineReader(fd, wake_fd);
}

LineReader::LineReader(LineReader&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      wake_fd_(other.wake_fd_),
      line_number_(other.line_number_),
      at_end_(other.at_end_),
      begin_(other.begin_),
      searched_(other.searched_),
      buffer_(std::move(other.buffer_)) {}

LineReader::~LineReader() {
  if (fd_ >= 0) ::close(fd_);
}

absl::StatusOr<std::string> LineReader::Next() {
  bool too_long = false;
  while (true) {
    const std::size_t end = buffer_.find('\n', searched_);
    const bool has_line = end != std::string::npos;
    if (has_line || (at_end_ && begin_ < buffer_.size())) {
      const std::size_t stop = has_line ? end : buffer_.size();
      std::string line = buffer_.substr(begin_, stop - begin_);
      begin_ = searched_ = has_line ? end + 1 : buffer_.size();
      ++line_number_;
      if (too_long) return absl::ResourceExhaustedError("the line is too long");
      if (line.ends_with('\r')) line.pop_back();
      return line;
    }
    if (at_end_) return absl::OutOfRangeError("no more lines");
    buffer_.erase(0, begin_);
    begin_ = 0;
    searched_ = buffer_.size();
    if (buffer_.size() > kLineBytesMax) {
      too_long = true;
      buffer_.clear();
      searched_ = 0;
    }
    if (absl::Status status = Fill(); !status.ok()) return status;
  }
}

absl::Status LineReader::Fill() {
  pollfd fds[] = {{fd_, POLLIN, 0}, {wake_fd_, POLLIN, 0}};
  while (::poll(fds, 2, -1) < 0) {
    if (errno != EINTR) return absl::InternalError(std::strerror(errno));
  }
  if (fds[1].revents != 0) return absl::CancelledError("interrupted");
  const std::size_t old_size = buffer_.size();
  buffer_.resize(old_size + kReadBytes);
  const ssize_t bytes = ::read(fd_, buffer_.data() + old_size, kReadBytes);
  buffer_.resize(old_size + (bytes > 0 ? static_cast<std::size_t>(bytes) : 0));
  if (bytes < 0 && errno != EINTR && errno != EAGAIN) {
    return absl::InternalError(std::strerror(errno));
  }
  at_end_ = bytes == 0;
  return absl::OkStatus();
}

bool LineReader::MustWait() const {
  if (at_end_ || buffer_.find('\n', begin_) != std::string::npos) return false;
  pollfd fd = {fd_, POLLIN, 0};
  return ::poll(&fd, 1, 0) == 0;
}

absl::StatusOr<std::string> ReadAll(const std::string& path) {
  std::ifstream file;
  if (path != "-") {
    file.open(path, std::ios::binary);
    if (!file) return absl::NotFoundError(absl::StrCat(path, ": ", std::strerror(errno)));
  }
  std::ostringstream text;
  text << (path == "-" ? std::cin : file).rdbuf();
  if (file.bad()) return absl::InternalError(absl::StrCat(path, ": ", std::strerror(errno)));
  return std::move(text).str();
}

}  // namespace claimwatch::cli
