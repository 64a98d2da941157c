#include "server/store/high_water.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "server/base/hash.h"
#include "server/base/log.h"
#include "server/store/file_system.h"

namespace claimwatch {
namespace {

constexpr std::size_t kSlotBytes = 512;  // A sector: written whole or not at all, as a rule.
constexpr std::size_t kSlots = 2;
constexpr mode_t kFileMode = 0600;
constexpr char kWord[] = "claimwatch-mark";

struct Slot {
  std::uint64_t turn = 0;
  HighWater::Place place;
};

std::string Encode(const Slot& slot) {
  std::string line =
      absl::StrCat(kWord, " ", slot.turn, " ", slot.place.epoch, " ", slot.place.commits);
  absl::StrAppend(&line, " ", absl::Hex(Fnv64(line), absl::kZeroPad16), "\n");
  line.resize(kSlotBytes, '\0');
  return line;
}

std::optional<Slot> Decode(absl::string_view bytes) {
  const std::vector<std::string> words = absl::StrSplit(bytes.substr(0, bytes.find('\n')), ' ');
  Slot slot;
  if (words.size() != 5 || words[0] != kWord || !absl::SimpleAtoi(words[1], &slot.turn) ||
      !absl::SimpleAtoi(words[3], &slot.place.commits)) {
    return std::nullopt;
  }
  slot.place.epoch = words[2];
  if (absl::string_view(Encode(slot)) != bytes) return std::nullopt;
  return slot;
}

// The latest slot that is whole; nullopt for an empty file. DATA_LOSS: no slot is whole.
absl::StatusOr<std::optional<Slot>> ReadSlots(const std::string& path, int file) {
  char bytes[kSlots * kSlotBytes + 1];
  const ssize_t size = pread(file, bytes, sizeof(bytes), 0);
  if (size < 0) return SystemError(path, "reading");
  if (size == 0) return std::optional<Slot>();
  std::optional<Slot> latest;
  for (std::size_t i = 0; i < kSlots; ++i) {
    if (static_cast<std::size_t>(size) < (i + 1) * kSlotBytes) break;
    std::optional<Slot> slot = Decode(absl::string_view(bytes + i * kSlotBytes, kSlotBytes));
    if (slot.has_value() && (!latest.has_value() || slot->turn > latest->turn)) {
      latest = std::move(slot);
    }
  }
  if (latest.has_value()) return latest;
  return absl::DataLossError(
      absl::StrCat(path, " is damaged: it cannot tell how far the database had come"));
}

}  // namespace

absl::StatusOr<std::unique_ptr<HighWater>> HighWater::Open(const std::string& path) {
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kFileMode);
  if (file < 0) return SystemError(path, "opening");
  std::unique_ptr<HighWater> opened(new HighWater(path, file));
  absl::StatusOr<std::optional<Slot>> slot = ReadSlots(path, file);
  if (!slot.ok()) return slot.status();
  if (slot->has_value()) {
    opened->turn_ = (*slot)->turn;
    opened->place_ = std::move((*slot)->place);
  }
  return opened;
}

absl::StatusOr<std::optional<HighWater::Place>> HighWater::Look(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0 && errno == ENOENT) return std::optional<Place>();
  if (file < 0) return SystemError(path, "opening");
  absl::StatusOr<std::optional<Slot>> slot = ReadSlots(path, file);
  close(file);
  if (!slot.ok()) return slot.status();
  if (!slot->has_value()) return std::optional<Place>();
  return std::optional<Place>(std::move((*slot)->place));
}

HighWater::~HighWater() { close(file_); }

absl::Status HighWater::Write(const Place& place) {
  const std::string bytes = Encode({turn_ + 1, place});
  const auto at = static_cast<off_t>((turn_ + 1) % kSlots * kSlotBytes);
  if (pwrite(file_, bytes.data(), bytes.size(), at) != static_cast<ssize_t>(bytes.size())) {
    return SystemError(path_, "writing");
  }
  ++turn_;
  place_ = place;
  return absl::OkStatus();
}

void HighWater::Note(const Place& place) {
  const absl::Status written = Write(place);
  if (written.ok() || warned_) return;
  warned_ = true;
  Log()->warn("{}; a loss of what comes now might not be noticed",
              LogSafe(std::string(written.message())));
}

absl::Status HighWater::NoteForSure(const Place& place) {
  for (std::size_t i = 0; i < kSlots; ++i) {  // Both, so that the file has its size from now on.
    if (absl::Status status = Write(place); !status.ok()) return status;
  }
  if (fsync(file_) != 0) return SystemError(path_, "syncing");
  return SyncFolderOf(path_);
}

}  // namespace claimwatch
