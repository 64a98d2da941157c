// RpcMetrics: how long calls, receipts and deliveries take, for /metrics.
//
// Counted where a call is answered, a receipt is written and an alert is taken by the transport, by
// relaxed atomics: an observation costs two of them and no lock. The methods are those of the table
// of rules, so the set is fixed. Owned by Rooms; thread-safe. Tested by tests/rpc/metrics_test.cc.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace claimwatch {

class LatencyHistogram {
 public:
  // Upper ends, seconds; one more bucket holds what is above.
  static constexpr std::array<double, 14> kEnds = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                   0.1,    0.25,  0.5,    1,     2.5,  5,     10};
  struct Reading {
    std::array<std::int64_t, kEnds.size() + 1> counts{};  // Of each bucket alone.
    double sum_seconds = 0;
  };

  // Less than nothing, as clocks may tell, counts as nothing. `times`: for so many at once.
  void Observe(absl::Duration took, std::int64_t times = 1);
  Reading Read() const;

 private:
  std::array<std::atomic<std::int64_t>, kEnds.size() + 1> counts_{};
  std::atomic<std::int64_t> nanoseconds_{0};
};

class RpcMetrics {
 public:
  static constexpr int kCodes = 17;  // Of gRPC.
  struct Method {
    std::array<std::atomic<std::int64_t>, kCodes> handled{};
    LatencyHistogram took;
  };

  RpcMetrics();

  // Null: no unary call of ours.
  Method* Find(std::string_view path);
  const std::map<std::string, Method, std::less<>>& methods() const { return methods_; }

  LatencyHistogram ingest_ack;      // A message of articles read, to its receipts written.
  LatencyHistogram alert_delivery;  // An event committed, to taken by a subscriber's transport.

 private:
  std::map<std::string, Method, std::less<>> methods_;  // By path; fixed after construction.
};

}  // namespace claimwatch
