// HttpCounters: what the front has done, for /metrics. Tested by tests/web/connection_test.cc.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace claimwatch {

// What a request was for.
enum class HttpKind : std::uint8_t { kRpc, kEvents, kPage, kProbe, kRefused };
inline constexpr std::size_t kHttpKinds = 5;
inline constexpr const char* kHttpKindNames[kHttpKinds] = {"rpc", "events", "page", "probe",
                                                           "refused"};

struct HttpCounters {
  std::array<std::atomic<std::int64_t>, kHttpKinds> requests{};
  std::atomic<std::int64_t> connections{0};  // Now.
  std::atomic<std::int64_t> connections_total{0};
  std::atomic<std::int64_t> connections_shed_total{0};
  std::atomic<std::int64_t> accept_errors_total{0};
};

}  // namespace claimwatch
