#include "server/store/checked_pages.h"

#include <sqlite3.h>

#include <cstdlib>
#include <cstring>
#include <vector>

#include "server/base/check.h"

namespace claimwatch {
namespace {

constexpr int kHeaderBytes = 100;
constexpr char kMagic[] = "SQLite format 3";  // With its zero: 16 bytes.
constexpr int kReservedAt = 20;               // Place of that number in the header.
constexpr int kPageBytesMin = 512;

// SQLite's file, and the one below it.
struct CheckedFile {
  sqlite3_file base;
  sqlite3_file* below;
  bool database;  // Its pages are checked (not those of the log).
  bool checked;   // Its header reserves our bytes.
};

CheckedFile& Of(sqlite3_file* file) { return *reinterpret_cast<CheckedFile*>(file); }
sqlite3_file* Below(sqlite3_file* file) { return Of(file).below; }

bool IsPage(int amount, sqlite3_int64 offset) {
  return amount >= kPageBytesMin && (amount & (amount - 1)) == 0 && offset % amount == 0;
}

void NoteHeader(CheckedFile& file, const unsigned char* bytes, int amount, sqlite3_int64 offset) {
  if (offset != 0 || amount < kHeaderBytes || std::memcmp(bytes, kMagic, sizeof(kMagic)) != 0) {
    return;
  }
  file.checked = bytes[kReservedAt] == kPageChecksumBytes;
}

std::uint64_t Stored(const unsigned char* page, int amount) {
  std::uint64_t sum = 0;
  std::memcpy(&sum, page + amount - kPageChecksumBytes, kPageChecksumBytes);
  return sum;
}

int Close(sqlite3_file* file) {
  const int code = Below(file)->pMethods->xClose(Below(file));
  std::free(Below(file));
  Of(file).below = nullptr;
  return code;
}

int Read(sqlite3_file* file, void* into, int amount, sqlite3_int64 offset) {
  CheckedFile& self = Of(file);
  const int code = self.below->pMethods->xRead(self.below, into, amount, offset);
  if (!self.database) return code;
  if (code == SQLITE_IOERR_SHORT_READ && self.checked && IsPage(amount, offset)) {
    return SQLITE_IOERR_DATA;  // SQLite would take what the file lacks for zeros.
  }
  if (code != SQLITE_OK) return code;
  const auto* bytes = static_cast<const unsigned char*>(into);
  NoteHeader(self, bytes, amount, offset);
  if (!self.checked || !IsPage(amount, offset)) return code;
  return PageChecksum(bytes, amount, offset) == Stored(bytes, amount) ? SQLITE_OK
                                                                      : SQLITE_IOERR_DATA;
}

int Write(sqlite3_file* file, const void* from, int amount, sqlite3_int64 offset) {
  CheckedFile& self = Of(file);
  const auto* bytes = static_cast<const unsigned char*>(from);
  if (self.database) NoteHeader(self, bytes, amount, offset);
  if (!self.database || !self.checked || !IsPage(amount, offset)) {
    return self.below->pMethods->xWrite(self.below, from, amount, offset);
  }
  thread_local std::vector<unsigned char> page;  // SQLite's own copy stays as it is.
  page.assign(bytes, bytes + amount);
  const std::uint64_t sum = PageChecksum(page.data(), amount, offset);
  std::memcpy(page.data() + amount - kPageChecksumBytes, &sum, kPageChecksumBytes);
  return self.below->pMethods->xWrite(self.below, page.data(), amount, offset);
}

int Truncate(sqlite3_file* file, sqlite3_int64 size) {
  return Below(file)->pMethods->xTruncate(Below(file), size);
}
int Sync(sqlite3_file* file, int flags) { return Below(file)->pMethods->xSync(Below(file), flags); }
int FileSize(sqlite3_file* file, sqlite3_int64* size) {
  return Below(file)->pMethods->xFileSize(Below(file), size);
}
int Lock(sqlite3_file* file, int level) { return Below(file)->pMethods->xLock(Below(file), level); }
int Unlock(sqlite3_file* file, int level) {
  return Below(file)->pMethods->xUnlock(Below(file), level);
}
int CheckReservedLock(sqlite3_file* file, int* held) {
  return Below(file)->pMethods->xCheckReservedLock(Below(file), held);
}
int FileControl(sqlite3_file* file, int operation, void* argument) {
  return Below(file)->pMethods->xFileControl(Below(file), operation, argument);
}
int SectorSize(sqlite3_file* file) { return Below(file)->pMethods->xSectorSize(Below(file)); }
int Characteristics(sqlite3_file* file) {
  return Below(file)->pMethods->xDeviceCharacteristics(Below(file));
}
int ShmMap(sqlite3_file* file, int page, int size, int extend, void volatile** memory) {
  return Below(file)->pMethods->xShmMap(Below(file), page, size, extend, memory);
}
int ShmLock(sqlite3_file* file, int offset, int count, int flags) {
  return Below(file)->pMethods->xShmLock(Below(file), offset, count, flags);
}
void ShmBarrier(sqlite3_file* file) { Below(file)->pMethods->xShmBarrier(Below(file)); }
int ShmUnmap(sqlite3_file* file, int remove) {
  return Below(file)->pMethods->xShmUnmap(Below(file), remove);
}

// Version 2: no memory-mapped reads, which would pass by the check.
constexpr sqlite3_io_methods kMethods = {2,
                                         Close,
                                         Read,
                                         Write,
                                         Truncate,
                                         Sync,
                                         FileSize,
                                         Lock,
                                         Unlock,
                                         CheckReservedLock,
                                         FileControl,
                                         SectorSize,
                                         Characteristics,
                                         ShmMap,
                                         ShmLock,
                                         ShmBarrier,
                                         ShmUnmap,
                                         nullptr,
                                         nullptr};

sqlite3_vfs* Default() { return sqlite3_vfs_find(nullptr); }

int Open(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* out_flags) {
  sqlite3_vfs* const below = Default();
  CheckedFile& self = Of(file);
  self = {};
  self.below = static_cast<sqlite3_file*>(std::calloc(1, below->szOsFile));
  if (self.below == nullptr) return SQLITE_NOMEM;
  const int code = below->xOpen(below, name, self.below, flags, out_flags);
  if (self.below->pMethods == nullptr) {  // Nothing that SQLite would have to close.
    std::free(self.below);
    return code;
  }
  self.database = (flags & SQLITE_OPEN_MAIN_DB) != 0;
  self.base.pMethods = &kMethods;
  return code;
}

int Delete(sqlite3_vfs*, const char* name, int sync) {
  return Default()->xDelete(Default(), name, sync);
}
int Access(sqlite3_vfs*, const char* name, int flags, int* result) {
  return Default()->xAccess(Default(), name, flags, result);
}
int FullPathname(sqlite3_vfs*, const char* name, int size, char* out) {
  return Default()->xFullPathname(Default(), name, size, out);
}
int Randomness(sqlite3_vfs*, int size, char* out) {
  return Default()->xRandomness(Default(), size, out);
}
int Sleep(sqlite3_vfs*, int microseconds) { return Default()->xSleep(Default(), microseconds); }
int CurrentTime(sqlite3_vfs*, double* now) { return Default()->xCurrentTime(Default(), now); }
int GetLastError(sqlite3_vfs*, int size, char* out) {
  return Default()->xGetLastError(Default(), size, out);
}
int CurrentTimeInt64(sqlite3_vfs*, sqlite3_int64* now) {
  return Default()->xCurrentTimeInt64(Default(), now);
}

}  // namespace

// Four lanes, each step of which is a bijection of what it takes in: one word that differs always
// changes the sum, and neighbours do not cancel out.
std::uint64_t PageChecksum(const unsigned char* page, std::size_t size, std::int64_t offset) {
  constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15u;
  std::uint64_t lanes[4] = {static_cast<std::uint64_t>(offset) + 1, 2, 3, 4};
  const std::size_t words = (size - kPageChecksumBytes) / 8;
  for (std::size_t i = 0; i < words; ++i) {
    std::uint64_t word = 0;
    std::memcpy(&word, page + 8 * i, 8);
    std::uint64_t& lane = lanes[i % 4];
    lane = (lane ^ word) * kOdd;
    lane ^= lane >> 29;
  }
  std::uint64_t sum = size;
  for (const std::uint64_t lane : lanes) {
    sum = (sum ^ lane) * kOdd;
    sum ^= sum >> 32;
  }
  return sum;
}

const char* CheckedPagesVfs() {
  static const char* const name = [] {
    static sqlite3_vfs vfs = {};
    vfs.iVersion = 2;
    vfs.szOsFile = sizeof(CheckedFile);
    vfs.mxPathname = Default()->mxPathname;
    vfs.zName = "claimwatch-checked-pages";
    vfs.xOpen = Open;
    vfs.xDelete = Delete;
    vfs.xAccess = Access;
    vfs.xFullPathname = FullPathname;
    vfs.xRandomness = Randomness;
    vfs.xSleep = Sleep;
    vfs.xCurrentTime = CurrentTime;
    vfs.xGetLastError = GetLastError;
    vfs.xCurrentTimeInt64 = CurrentTimeInt64;
    CW_CHECK(sqlite3_vfs_register(&vfs, 0) == SQLITE_OK);
    return vfs.zName;
  }();
  return name;
}

}  // namespace claimwatch
