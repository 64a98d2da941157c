// The cases of the suite: each measures one thing on a daemon of its own and reports its figures.
//
// What is wanted of them stands beside each figure; the reasons are in server/decisions.
#pragma once

#include <cstdint>

#include "tests/bench/suite/raw_limits.h"
#include "tests/bench/suite/report.h"

namespace claimwatch {

struct SuiteOptions {
  int runs = 3;  // of a case; the median is reported
  std::uint64_t ingest_articles = 20'000;
  std::uint64_t growth_articles = 100'000;  // the first and the last tenth are compared
  int latency_articles = 300;
  int subscribers = 1'000, subscribers_held = 5'000, connections = 20;
};

// What the machine does at best, measured in the same run.
struct RawLimits {
  RawStream stream;
  double commit_seconds = 0;
  double idle_commit_seconds = 0;
};

// Durable articles a second, with everything on.
void MeasureIngest(const SuiteOptions& options, const RawLimits& raw, Report& report);
// One article sent to its alert received: idle, and at a thousand articles a second.
void MeasureLatency(const SuiteOptions& options, const RawLimits& raw, Report& report);
// Bursts of alerts to many subscribers.
void MeasureFanOut(const SuiteOptions& options, Report& report);
// Memory of each subscriber, and what one that stands still costs the others.
void MeasureSubscribers(const SuiteOptions& options, Report& report);
// The same over HTTP, against as many gRPC subscribers in the same run.
void MeasureWebSubscribers(const SuiteOptions& options, Report& report);
// How rate, memory and restart change as the store grows.
void MeasureGrowth(const SuiteOptions& options, Report& report);

}  // namespace claimwatch
