// FaultyDisk: the disk under SQLite, for tests that want it to fail or to lose power.
//
// A shim ("VFS") that becomes SQLite's default. It writes down every write, truncation, sync and
// removal, so that what the disk might hold after a power loss at any moment can be made up
// afterwards (WriteImage), and it fails the operations that a test names. One a process; not for
// several threads at once.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <string>
#include <vector>

namespace claimwatch {

class FaultyDisk {
 public:
  struct Operation {
    enum Kind { kWrite, kTruncate, kSync, kRemove };
    Kind kind = kWrite;
    std::string file;         // Its name without the folder.
    std::int64_t offset = 0;  // Of a write; the size of a truncation.
    std::string bytes;
  };

  // What an operation that is named does.
  struct Fault {
    Operation::Kind kind = Operation::kWrite;
    int skip = 0;   // That many operations of the kind still go well.
    int times = 1;  // That many fail then; -1: all until Mend().
    int code = SQLITE_IOERR_WRITE;
    bool half = false;  // A write leaves its first half behind.
  };

  // How much of what was written but not synced is there after the power is gone.
  enum class Loss { kNothing, kEverything, kTorn512, kTorn4096, kSome };

  // Registers itself as SQLite's default, above "unix".
  static FaultyDisk& Get();

  void Record() { operations_.clear(), recording_ = true; }
  void StopRecording() { recording_ = false; }
  const std::vector<Operation>& operations() const { return operations_; }

  void Break(const Fault& fault) { fault_ = fault, faults_met_ = 0, broken_ = true; }
  void Mend() { broken_ = false; }
  int faults_met() const { return faults_met_; }

  // Makes `folder` hold what the disk might hold if the power went after `operations`, as `loss`
  // and the seed choose. The folder is emptied first.
  static void WriteImage(const std::vector<Operation>& operations, std::size_t count, Loss loss,
                         std::uint64_t seed, const std::string& folder);

  // For the shim. Fails() counts; an operation that does not fail is written down.
  bool Fails(Operation::Kind kind);
  int code() const { return fault_.code; }
  bool half() const { return fault_.half; }
  void Note(Operation operation);

 private:
  FaultyDisk() = default;

  bool recording_ = false;
  std::vector<Operation> operations_;
  bool broken_ = false;
  Fault fault_;
  int faults_met_ = 0;
};

}  // namespace claimwatch
