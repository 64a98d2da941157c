// The release this was built from. Tested by tests/rpc/admin_service_test.cc.
#pragma once

#include <string_view>

namespace claimwatch {

inline constexpr std::string_view kVersion = CLAIMWATCH_VERSION;

}  // namespace claimwatch
