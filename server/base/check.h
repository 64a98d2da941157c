// CHECK for what cannot happen: prints the condition and the place, then aborts.
//
// What can happen (bad input, a full disk) is an absl::Status instead. Tested by
// tests/base/check_test.cc.
#pragma once

namespace claimwatch {

// Writes "file:line: CHECK failed: condition" to standard error and aborts.
[[noreturn]] void CheckFailed(const char* file, int line, const char* condition);

}  // namespace claimwatch

#define CW_CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::claimwatch::CheckFailed(__FILE__, __LINE__, #condition))
