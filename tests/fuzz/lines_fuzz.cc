// Any bytes as what the command line is given to send: a file of lines, each an article in JSON of
// ours or of the IPTC.
//
// The lines that are read are the lines that are there; an article that is read is the same when it
// is written down and read again; what is refused says why, on one line.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "client/cli/json.h"
#include "client/cli/line_reader.h"
#include "client/exchange/news_json.h"
#include "server/base/check.h"

namespace claimwatch {
namespace {

// A file that no disk holds.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view bytes) : fd_(memfd_create("lines", MFD_CLOEXEC)) {
    CW_CHECK(fd_ >= 0);
    CW_CHECK(::write(fd_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
    CW_CHECK(::lseek(fd_, 0, SEEK_SET) == 0);
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() { ::close(fd_); }
  std::string path() const { return absl::StrCat("/proc/self/fd/", fd_); }

 private:
  int fd_;
};

void CheckArticle(const absl::StatusOr<v1::Article>& article) {
  if (!article.ok()) return CW_CHECK(!article.status().message().empty());
  const std::string json = cli::ToJson(*article);
  CW_CHECK(json.find('\n') == std::string::npos);
  const auto again = cli::ParseArticle(json, /*ignore_unknown=*/false);
  CW_CHECK(again.ok() && again->SerializeAsString() == article->SerializeAsString());
}

void CheckLine(const std::string& line) {
  const auto strict = cli::ParseArticle(line, /*ignore_unknown=*/false);
  const auto lax = cli::ParseArticle(line, /*ignore_unknown=*/true);
  CW_CHECK(!strict.ok() || lax.ok());
  CheckArticle(strict);
  CheckArticle(lax);
  CheckArticle(exchange::ReadNewsLine(line, "wire.example"));
}

void CheckLines(std::string_view bytes) {
  const MemoryFile file(bytes);
  auto reader = cli::LineReader::Open(file.path(), -1);
  CW_CHECK(reader.ok());
  int lines = 0;
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    std::string_view expected = bytes.substr(0, end);
    bytes.remove_prefix(end == bytes.npos ? bytes.size() : end + 1);
    if (expected.ends_with('\r')) expected.remove_suffix(1);
    const auto line = reader->Next();
    CW_CHECK(line.ok() && *line == expected && reader->line_number() == ++lines);
    CheckLine(*line);
  }
  CW_CHECK(absl::IsOutOfRange(reader->Next().status()));
}

}  // namespace
}  // namespace claimwatch

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  claimwatch::CheckLines({reinterpret_cast<const char*>(data), size});
  return 0;
}
