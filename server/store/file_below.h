// A file of SQLite's that stands on another one, for shims ("VFS" in SQLite's words) that change
// some operations of a file and pass the others through as they are.
//
// A shim's own file begins with a FileAbove, and its methods are PassThrough() with some replaced.
// Tested through tests/store/disk_fault_test.cc.
#pragma once

#include <sqlite3.h>

namespace claimwatch {

struct FileAbove {
  sqlite3_file base;
  sqlite3_file* below;  // Owned, from OpenBelow until xClose.
};

inline sqlite3_file* Below(sqlite3_file* file) { return reinterpret_cast<FileAbove*>(file)->below; }

// Opens `below` by that VFS. Where this fails, there is nothing that SQLite would have to close.
// The shim then sets its methods: file.base.pMethods.
int OpenBelow(sqlite3_vfs& vfs, sqlite3_filename name, FileAbove& file, int flags, int* out_flags);

// Version 2: no memory-mapped reads, which would pass by the shim.
const sqlite3_io_methods& PassThrough();

}  // namespace claimwatch
