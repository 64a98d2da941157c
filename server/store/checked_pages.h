// Checked pages: a checksum in every page of the database file, set when the page is written there
// and compared whenever it is read.
//
// SQLite notices a page whose structure is broken, and our records are sealed; a flipped bit in a
// number, an index or a free page would go through both. So a shim under SQLite (a "VFS" in its
// words) keeps the last 8 bytes of each page, which SQLite leaves to us as reserved, for a checksum
// over the page and its place in the file. A page that does not match is SQLITE_IOERR_DATA, which
// becomes DATA_LOSS. Frames of the log have checksums of SQLite's own. One pass over a page costs
// about 1 us, once a checkpoint and once a read. A database whose header reserves no such bytes is
// passed through as it is. Registered once a process; thread-safe as SQLite asks for.
// Tested by tests/store/disk_fault_test.cc; decision: server/decisions/0009-safe-store.md.
#pragma once

#include <cstddef>
#include <cstdint>

struct sqlite3;

namespace claimwatch {

inline constexpr int kPageChecksumBytes = 8;

// The name to open databases with. It stands on whatever VFS is SQLite's default at that moment.
const char* CheckedPagesVfs();

// Of a page at `offset` without its last kPageChecksumBytes. `size` is a multiple of 64.
std::uint64_t PageChecksum(const unsigned char* page, std::size_t size, std::int64_t offset);

}  // namespace claimwatch
