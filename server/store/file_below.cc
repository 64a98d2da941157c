#include "server/store/file_below.h"

#include <cstdlib>

namespace claimwatch {
namespace {

int Close(sqlite3_file* file) {
  const int code = Below(file)->pMethods->xClose(Below(file));
  std::free(Below(file));
  reinterpret_cast<FileAbove*>(file)->below = nullptr;
  return code;
}
int Read(sqlite3_file* file, void* into, int amount, sqlite3_int64 offset) {
  return Below(file)->pMethods->xRead(Below(file), into, amount, offset);
}
int Write(sqlite3_file* file, const void* from, int amount, sqlite3_int64 offset) {
  return Below(file)->pMethods->xWrite(Below(file), from, amount, offset);
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

}  // namespace

int OpenBelow(sqlite3_vfs& vfs, sqlite3_filename name, FileAbove& file, int flags, int* out_flags) {
  file = {};
  file.below = static_cast<sqlite3_file*>(std::calloc(1, vfs.szOsFile));
  if (file.below == nullptr) return SQLITE_NOMEM;
  const int code = vfs.xOpen(&vfs, name, file.below, flags, out_flags);
  if (file.below->pMethods != nullptr) return code;
  std::free(file.below);
  file.below = nullptr;
  return code == SQLITE_OK ? SQLITE_CANTOPEN : code;
}

const sqlite3_io_methods& PassThrough() {
  static constexpr sqlite3_io_methods kMethods = {2,
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
  return kMethods;
}

}  // namespace claimwatch
