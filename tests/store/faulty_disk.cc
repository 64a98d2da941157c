#include "tests/store/faulty_disk.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>

#include "server/base/check.h"
#include "server/base/hash.h"
#include "server/store/file_below.h"

namespace claimwatch {
namespace {

using Operation = FaultyDisk::Operation;
constexpr std::size_t kSectorBytes = 512;

struct FaultyFile {
  FileAbove above;
  char name[64];
};

FaultyFile& Of(sqlite3_file* file) { return *reinterpret_cast<FaultyFile*>(file); }
std::string NameOf(const char* path) { return std::filesystem::path(path).filename().string(); }

int Write(sqlite3_file* file, const void* from, int amount, sqlite3_int64 offset) {
  FaultyDisk& disk = FaultyDisk::Get();
  const bool fails = disk.Fails(Operation::kWrite);
  const int written = fails ? (disk.half() ? amount / 2 : 0) : amount;
  if (written > 0) {
    disk.Note({Operation::kWrite, Of(file).name, offset,
               std::string(static_cast<const char*>(from), written)});
    const int code = Below(file)->pMethods->xWrite(Below(file), from, written, offset);
    if (code != SQLITE_OK) return code;
  }
  return fails ? disk.code() : SQLITE_OK;
}
int Truncate(sqlite3_file* file, sqlite3_int64 size) {
  FaultyDisk& disk = FaultyDisk::Get();
  if (disk.Fails(Operation::kTruncate)) return disk.code();
  disk.Note({Operation::kTruncate, Of(file).name, size, ""});
  return Below(file)->pMethods->xTruncate(Below(file), size);
}
// What is not synced is made up by WriteImage, so the disk below need not be waited for.
int Sync(sqlite3_file* file, int) {
  FaultyDisk& disk = FaultyDisk::Get();
  if (disk.Fails(Operation::kSync)) return disk.code();
  disk.Note({Operation::kSync, Of(file).name, 0, ""});
  return SQLITE_OK;
}
// Promises nothing: SQLite then expects the worst of the disk.
int Characteristics(sqlite3_file*) { return 0; }

const sqlite3_io_methods* Methods() {
  static const sqlite3_io_methods kMethods = [] {
    sqlite3_io_methods methods = PassThrough();
    methods.xWrite = Write;
    methods.xTruncate = Truncate;
    methods.xSync = Sync;
    methods.xDeviceCharacteristics = Characteristics;
    return methods;
  }();
  return &kMethods;
}

sqlite3_vfs* Unix() { return sqlite3_vfs_find("unix"); }

int Open(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* out_flags) {
  FaultyFile& self = Of(file);
  self = {};
  const int code = OpenBelow(*Unix(), name, self.above, flags, out_flags);
  if (self.above.below == nullptr) return code;
  if (name != nullptr) std::strncpy(self.name, NameOf(name).c_str(), sizeof(self.name) - 1);
  self.above.base.pMethods = Methods();
  return code;
}
int Delete(sqlite3_vfs*, const char* name, int sync) {
  FaultyDisk::Get().Note({Operation::kRemove, NameOf(name), 0, ""});
  return Unix()->xDelete(Unix(), name, sync);
}

// What one file holds for sure, and what was written since.
struct Content {
  std::string durable;
  std::vector<const Operation*> pending;
};

// A generator with a seed: splitmix64's step.
std::uint64_t Next(std::uint64_t& state) { return Fnv64("next", state += 0x9e3779b97f4a7c15u); }

void Apply(const Operation& operation, std::size_t from, std::size_t size, std::string& bytes) {
  if (operation.kind == Operation::kTruncate) {
    bytes.resize(static_cast<std::size_t>(operation.offset));
    return;
  }
  const std::size_t begin = static_cast<std::size_t>(operation.offset) + from;
  if (bytes.size() < begin + size) bytes.resize(begin + size);
  bytes.replace(begin, size, operation.bytes, from, size);
}
void Apply(const Operation& operation, std::string& bytes) {
  Apply(operation, 0, operation.bytes.size(), bytes);
}

// Each sector of each write is there or not, whatever came later.
void ApplySome(const Operation& operation, std::uint64_t& chance, std::string& bytes) {
  if (operation.kind == Operation::kTruncate) {
    if (Next(chance) % 2 == 0) Apply(operation, bytes);
    return;
  }
  for (std::size_t from = 0; from < operation.bytes.size(); from += kSectorBytes) {
    const std::size_t size = std::min(kSectorBytes, operation.bytes.size() - from);
    if (Next(chance) % 2 == 0) Apply(operation, from, size, bytes);
  }
}

std::string AfterLoss(const Content& content, FaultyDisk::Loss loss, std::uint64_t& chance) {
  std::string bytes = content.durable;
  if (loss == FaultyDisk::Loss::kEverything) return bytes;
  for (const Operation* operation : content.pending) {
    const bool last = operation == content.pending.back();
    if (loss == FaultyDisk::Loss::kSome) {
      ApplySome(*operation, chance, bytes);
    } else if (last && loss != FaultyDisk::Loss::kNothing && operation->kind == Operation::kWrite) {
      const std::size_t unit = loss == FaultyDisk::Loss::kTorn512 ? 512 : 4096;
      const std::size_t units = (operation->bytes.size() + unit - 1) / unit;
      Apply(*operation, 0, std::min(operation->bytes.size(), Next(chance) % units * unit), bytes);
    } else {
      Apply(*operation, bytes);
    }
  }
  return bytes;
}

}  // namespace

FaultyDisk& FaultyDisk::Get() {
  static auto* const disk = [] {
    static sqlite3_vfs vfs = *Unix();
    vfs.szOsFile = sizeof(FaultyFile);
    vfs.pNext = nullptr;
    vfs.zName = "faulty";
    vfs.xOpen = Open;
    vfs.xDelete = Delete;
    CW_CHECK(sqlite3_vfs_register(&vfs, 1) == SQLITE_OK);
    return new FaultyDisk();
  }();
  return *disk;
}

bool FaultyDisk::Fails(Operation::Kind kind) {
  if (!broken_ || kind != fault_.kind) return false;
  if (fault_.skip > 0) {
    --fault_.skip;
    return false;
  }
  if (fault_.times == 0) return false;
  if (fault_.times > 0) --fault_.times;
  ++faults_met_;
  return true;
}

void FaultyDisk::Note(Operation operation) {
  if (recording_) operations_.push_back(std::move(operation));
}

void FaultyDisk::WriteImage(const std::vector<Operation>& operations, std::size_t count, Loss loss,
                            std::uint64_t seed, const std::string& folder) {
  std::map<std::string, Content> files;
  for (std::size_t i = 0; i < count; ++i) {
    const Operation& operation = operations[i];
    if (operation.kind == Operation::kRemove) {
      files.erase(operation.file);
      continue;
    }
    Content& content = files[operation.file];
    if (operation.kind != Operation::kSync) {
      content.pending.push_back(&operation);
      continue;
    }
    for (const Operation* pending : content.pending) Apply(*pending, content.durable);
    content.pending.clear();
  }
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  for (const auto& [name, content] : files) {
    const std::string bytes = AfterLoss(content, loss, seed);
    std::ofstream(folder + "/" + name, std::ios::binary) << bytes;
  }
}

}  // namespace claimwatch
