// Bounds of the table of callers (caller_limits.h). app/limits.h lists them with all others.
// Tested by tests/auth/caller_limits_test.cc.
#pragma once

#include <cstddef>

namespace claimwatch {

// Clients and addresses whose use is known one by one; beyond it newcomers share one account.
inline constexpr std::size_t kCallersKeptMax = 16'384;

}  // namespace claimwatch
