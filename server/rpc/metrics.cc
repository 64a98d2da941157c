#include "server/rpc/metrics.h"

#include <algorithm>
#include <chrono>

#include "server/auth/rules.h"

namespace claimwatch {
namespace {

std::int64_t SteadyNanoseconds() {
  return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

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

UnaryCall::UnaryCall(grpc::ServerUnaryReactor* reactor, RpcMetrics& metrics, std::string_view path)
    : reactor_(reactor), method_(metrics.Find(path)), began_(SteadyNanoseconds()) {}

void UnaryCall::Finish(const grpc::Status& status) const {
  const int code = status.error_code();
  if (method_ != nullptr && code >= 0 && code < RpcMetrics::kCodes) {
    method_->handled[static_cast<std::size_t>(code)].fetch_add(1, std::memory_order_relaxed);
    method_->took.Observe(absl::Nanoseconds(SteadyNanoseconds() - began_));
  }
  reactor_->Finish(status);
}

}  // namespace claimwatch
