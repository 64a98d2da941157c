// The index as a file: every table as it lies in memory, pages of zeros left out.
//
// Adding a million articles takes a quarter of a minute; reading them back is a matter of copying.
// The file belongs to the machine and the release that wrote it: it is never moved and always may
// be thrown away. A checksum over all of it tells a torn one. Tested by
// tests/story/index_file_test.cc.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "server/story/story_index_parts.h"

namespace claimwatch {
namespace {

constexpr std::uint64_t kFormat = 0x33786469'77636c63;  // Changed with every change of the layout.
constexpr std::size_t kPage = 4096;
constexpr std::uint32_t kLastPage = 0xffffffff;

// Eight bytes at a step; a tail shorter than that counts with zeros behind it.
std::uint64_t Mix(std::uint64_t sum, const void* bytes, std::size_t size) {
  const char* at = static_cast<const char*>(bytes);
  for (; size > 0;) {
    std::uint64_t word = 0;
    const std::size_t step = std::min(size, sizeof(word));
    std::memcpy(&word, at, step);
    sum = (sum ^ word) * 0x9e3779b97f4a7c15ULL;
    sum ^= sum >> 29;
    at += step;
    size -= step;
  }
  return sum;
}

bool IsZero(const char* page, std::size_t size) {
  return page[0] == 0 && std::memcmp(page, page + 1, size - 1) == 0;
}

class Writer {
 public:
  explicit Writer(std::FILE* file) : file_(file) {}

  void Bytes(const void* bytes, std::size_t size) {
    sum_ = Mix(sum_, bytes, size);
    ok_ = ok_ && (size == 0 || std::fwrite(bytes, 1, size, file_) == size);
  }
  template <typename T>
  void Value(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    Bytes(&value, sizeof(value));
  }
  template <typename T>
  void Array(ZeroedArray<T>& array) {
    const char* const begin = reinterpret_cast<const char*>(array.begin());
    const std::size_t size = array.size() * sizeof(T);
    Value(std::uint64_t{size});
    for (std::size_t at = 0; at < size; at += kPage) {
      const std::size_t count = std::min(kPage, size - at);
      if (IsZero(begin + at, count)) continue;
      Value(static_cast<std::uint32_t>(at / kPage));
      Bytes(begin + at, count);
    }
    Value(kLastPage);
  }
  std::uint64_t sum() const { return sum_; }
  bool ok() const { return ok_; }

 private:
  std::FILE* file_;
  std::uint64_t sum_ = kFormat;
  bool ok_ = true;
};

class Reader {
 public:
  Reader(const char* begin, std::size_t size) : at_(begin), left_(size) {}

  void Bytes(void* bytes, std::size_t size) {
    ok_ = ok_ && size <= left_;
    if (!ok_) return;
    sum_ = Mix(sum_, at_, size);
    if (size != 0) std::memcpy(bytes, at_, size);  // An empty vector has no address to copy to.
    at_ += size;
    left_ -= size;
  }
  template <typename T>
  void Value(T& value) {
    Bytes(&value, sizeof(value));
  }
  template <typename T>
  void Array(ZeroedArray<T>& array) {
    char* const begin = reinterpret_cast<char*>(array.begin());
    const std::size_t size = array.size() * sizeof(T);
    std::uint64_t told = 0;
    Value(told);
    ok_ = ok_ && told == size;
    for (std::uint32_t page = 0; ok_;) {
      Value(page);
      if (page == kLastPage) return;
      const std::size_t at = std::size_t{page} * kPage;
      ok_ = ok_ && at < size;
      if (ok_) Bytes(begin + at, std::min(kPage, size - at));
    }
  }
  std::size_t left() const { return left_; }
  std::uint64_t sum() const { return sum_; }
  bool ok() const { return ok_; }
  void Fail() { ok_ = false; }

 private:
  const char* at_;
  std::size_t left_;
  std::uint64_t sum_ = kFormat;
  bool ok_ = true;
};

struct StoryHead {
  StoryId id;
  std::uint64_t hint;
  std::int64_t first_seconds;
  std::int64_t last_seconds;
  std::uint32_t incident;
  std::uint32_t articles;
  std::uint32_t newer;
  std::uint32_t older;
  std::uint32_t last_incident;
  std::uint16_t core;
  std::uint8_t incidents;
  std::uint8_t marks;  // 1: timed, 2: a roundup, 4: has incidents.
  std::uint16_t themes;
  std::array<std::uint16_t, 3> nothing;
};
static_assert(sizeof(StoryHead) == 64, "no padding: every byte is written");

void Put(Writer& file, const Story& story) {
  StoryHead head{};
  head.id = story.id;
  head.hint = story.hint;
  head.first_seconds = story.first_seconds;
  head.last_seconds = story.last_seconds;
  head.incident = story.incident;
  head.articles = story.articles;
  head.newer = story.newer;
  head.older = story.older;
  head.core = static_cast<std::uint16_t>(story.core.size());
  head.themes = story.themes;
  head.marks = static_cast<std::uint8_t>((story.timed ? 1 : 0) + (story.roundup ? 2 : 0));
  if (story.incidents != nullptr) {
    head.last_incident = story.incidents->last;
    head.incidents = static_cast<std::uint8_t>(story.incidents->all.size());
    head.marks = static_cast<std::uint8_t>(head.marks + 4);
  }
  file.Value(head);
  file.Bytes(story.core.data(), story.core.size() * sizeof(StoredTerm));
  if (story.incidents == nullptr) return;
  for (const Story& incident : story.incidents->all) Put(file, incident);
}

void Get(Reader& file, Story& story) {
  StoryHead head{};
  file.Value(head);
  if (head.core > kCoreTermsMax) file.Fail();
  if (!file.ok()) return;
  story.id = head.id;
  story.hint = head.hint;
  story.first_seconds = head.first_seconds;
  story.last_seconds = head.last_seconds;
  story.incident = head.incident;
  story.articles = head.articles;
  story.newer = head.newer;
  story.older = head.older;
  story.timed = (head.marks & 1) != 0;
  story.roundup = (head.marks & 2) != 0;
  story.themes = head.themes;
  story.core.resize(head.core);
  file.Bytes(story.core.data(), story.core.size() * sizeof(StoredTerm));
  if (std::any_of(story.core.begin(), story.core.end(),
                  [](const StoredTerm& term) { return term.kind >= kTermKinds; })) {
    return file.Fail();
  }
  story.norm = SquaresOf(story.core);
  if ((head.marks & 4) == 0) return;
  story.incidents = std::make_unique<Incidents>();
  story.incidents->last = head.last_incident;
  story.incidents->all.resize(head.incidents);
  for (Story& incident : story.incidents->all) Get(file, incident);
}

struct Header {
  std::uint64_t format = kFormat;
  std::uint64_t stories_max = 0;
  std::uint64_t window = 0;  // Seconds.
  std::uint64_t epoch = 0;   // A sum over it.
  Sequence last = Sequence::kNone;
  friend bool operator==(const Header&, const Header&) = default;
};

Header HeaderOf(const StoryOptions& options, std::string_view epoch, Sequence last) {
  return {kFormat, options.stories_max,
          static_cast<std::uint64_t>(absl::ToInt64Seconds(options.window)),
          Mix(epoch.size(), epoch.data(), epoch.size()), last};
}

// A file in memory for as long as it is read.
class Mapped {
 public:
  explicit Mapped(const std::string& path) {
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return;
    struct stat about {};
    if (fstat(file, &about) == 0 && about.st_size > 0) {
      size_ = static_cast<std::size_t>(about.st_size);
      void* const data = mmap(nullptr, size_, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
      data_ = data == MAP_FAILED ? nullptr : static_cast<const char*>(data);
    }
    close(file);
  }
  ~Mapped() {
    if (data_ != nullptr) munmap(const_cast<char*>(data_), size_);
  }
  Mapped(const Mapped&) = delete;
  Mapped& operator=(const Mapped&) = delete;
  const char* data() const { return data_; }
  std::size_t size() const { return size_; }

 private:
  const char* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace

absl::Status StoryIndex::Save(const std::string& path, std::string_view epoch,
                              Sequence last) const {
  const std::string unfinished = path + ".new";
  std::FILE* const out = std::fopen(unfinished.c_str(), "wb");
  if (out == nullptr) return absl::UnavailableError(absl::StrCat("cannot write ", unfinished));
  Writer file(out);
  file.Value(HeaderOf(impl_->options, epoch, last));
  impl_->frequencies.Transfer(file);
  impl_->postings.Transfer(file);
  impl_->sentences.Transfer(file);
  file.Value(impl_->newest);
  file.Value(impl_->oldest);
  file.Value(std::uint64_t{impl_->stories.size()});
  for (const Story& story : impl_->stories) Put(file, story);
  file.Value(std::uint64_t{impl_->hints.size()});
  for (const std::uint64_t hint : impl_->hints) {
    file.Value(hint);
    file.Value(impl_->by_hint.at(hint));
  }
  file.Value(std::uint64_t{file.sum()});
  const bool written = file.ok() && std::fflush(out) == 0 && fdatasync(fileno(out)) == 0;
  std::error_code failed;
  if (std::fclose(out) == 0 && written) std::filesystem::rename(unfinished, path, failed);
  if (written && !failed) return absl::OkStatus();
  std::filesystem::remove(unfinished, failed);
  return absl::UnavailableError(absl::StrCat("cannot write ", path));
}

std::unique_ptr<StoryIndex> StoryIndex::Read(const std::string& path, StoryOptions options,
                                             std::string_view epoch, Sequence* last) {
  const Mapped mapped(path);
  if (mapped.data() == nullptr) return nullptr;
  Reader file(mapped.data(), mapped.size());
  Header header;
  file.Value(header);
  if (!file.ok() || header != HeaderOf(options, epoch, header.last)) return nullptr;
  auto index = std::make_unique<StoryIndex>(options);
  Impl& parts = *index->impl_;
  parts.frequencies.Transfer(file);
  parts.postings.Transfer(file);
  parts.sentences.Transfer(file);
  file.Value(parts.newest);
  file.Value(parts.oldest);
  std::uint64_t count = 0;
  file.Value(count);
  if (!file.ok() || count > options.stories_max) return nullptr;
  parts.by_id.reserve(count);
  for (std::uint32_t slot = 0; slot < count && file.ok(); ++slot) {
    Get(file, parts.stories.emplace_back());
    parts.by_id[parts.stories.back().id] = slot;
  }
  file.Value(count);
  for (std::uint64_t i = 0; i < count && file.ok(); ++i) {
    std::uint64_t hint = 0;
    StoryId story = StoryId::kNone;
    file.Value(hint);
    file.Value(story);
    parts.hints.push_back(hint);
    parts.by_hint[hint] = story;
  }
  const std::uint64_t sum = file.sum();
  std::uint64_t told = 0;
  file.Value(told);
  if (!file.ok() || file.left() != 0 || told != sum) return nullptr;
  *last = header.last;
  return index;
}

}  // namespace claimwatch
