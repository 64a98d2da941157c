#include "server/store/checked_pages.h"

#include <sqlite3.h>

#include <cstring>
#include <vector>

#include "server/base/check.h"
#include "server/store/file_below.h"

namespace claimwatch {
namespace {

constexpr int kHeaderBytes = 100;
constexpr char kMagic[] = "SQLite format 3";  // With its zero: 16 bytes.
constexpr int kReservedAt = 20;               // Place of that number in the header.
constexpr int kPageBytesMin = 512;

struct CheckedFile {
  FileAbove above;
  bool database;  // Its pages are checked (not those of the log).
  bool checked;   // Its header reserves our bytes.
};

CheckedFile& Of(sqlite3_file* file) { return *reinterpret_cast<CheckedFile*>(file); }

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

int Read(sqlite3_file* file, void* into, int amount, sqlite3_int64 offset) {
  CheckedFile& self = Of(file);
  const int code = Below(file)->pMethods->xRead(Below(file), into, amount, offset);
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
    return Below(file)->pMethods->xWrite(Below(file), from, amount, offset);
  }
  thread_local std::vector<unsigned char> page;  // SQLite's own copy stays as it is.
  page.assign(bytes, bytes + amount);
  const std::uint64_t sum = PageChecksum(page.data(), amount, offset);
  std::memcpy(page.data() + amount - kPageChecksumBytes, &sum, kPageChecksumBytes);
  return Below(file)->pMethods->xWrite(Below(file), page.data(), amount, offset);
}

const sqlite3_io_methods* Methods() {
  static const sqlite3_io_methods kMethods = [] {
    sqlite3_io_methods methods = PassThrough();
    methods.xRead = Read;
    methods.xWrite = Write;
    return methods;
  }();
  return &kMethods;
}

sqlite3_vfs* Default() { return sqlite3_vfs_find(nullptr); }

int Open(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* out_flags) {
  CheckedFile& self = Of(file);
  self = {};
  const int code = OpenBelow(*Default(), name, self.above, flags, out_flags);
  if (self.above.below == nullptr) return code;
  self.database = (flags & SQLITE_OPEN_MAIN_DB) != 0;
  self.above.base.pMethods = Methods();
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
