// Damage: how many records and pages did not match their checksums since the process began.
//
// Counted where it is found, told by SqliteStore::Health(). Thread-safe.
// Tested by tests/store/sqlite_store_test.cc.
#pragma once

#include <atomic>
#include <cstdint>

namespace claimwatch {

inline std::atomic<std::int64_t>& DamageCount() {
  static std::atomic<std::int64_t> count{0};
  return count;
}

}  // namespace claimwatch
