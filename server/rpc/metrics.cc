#include "server/rpc/metrics.h"

#include <algorithm>

#include "server/auth/rules.h"

namespace claimwatch {

void LatencyHistogram::Observe(absl::Duration took, std::int64_t times) {
  took = std::max(took, absl::ZeroDuration());
  const double seconds = absl::ToDoubleSeconds(took);
  const auto bucket = static_cast<std::size_t>(
      std::lower_bound(kEnds.begin(), kEnds.end(), seconds) - kEnds.begin());
  counts_[bucket].fetch_add(times, std::memory_order_relaxed);
  nanoseconds_.fetch_add(absl::ToInt64Nanoseconds(took) * times, std::memory_order_relaxed);
}

LatencyHistogram::Reading LatencyHistogram::Read() const {
  Reading reading;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    reading.counts[i] = counts_[i].load(std::memory_order_relaxed);
  }
  reading.sum_seconds = static_cast<double>(nanoseconds_.load(std::memory_order_relaxed)) / 1e9;
  return reading;
}

RpcMetrics::RpcMetrics() {
  for (const Rule& rule : RuleTable()) {
    if (rule.method.starts_with("/claimwatch.")) methods_.try_emplace(std::string(rule.method));
  }
}

RpcMetrics::Method* RpcMetrics::Find(std::string_view path) {
  const auto found = methods_.find(path);
  return found == methods_.end() ? nullptr : &found->second;
}

}  // namespace claimwatch
