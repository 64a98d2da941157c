// What this machine does at best, measured beside our own figures: gRPC streams that do nothing but
// carry bytes, and SQLite commits that hold one row. Ratios to these are what counts on machines
// that are noisy.
#pragma once

#include <string>

namespace claimwatch {

struct RawStream {
  double articles_per_second = 0;  // 3.3 KB each, sixteen a message, one answer a message
  double round_trip_seconds = 0;  // median of one small message there and back, one after the other
  double idle_round_trip_seconds = 0;  // the same with kIdleInterval between two
};
// Client and server in this process, over the loopback.
RawStream MeasureRawStream();

// Median seconds of one durable commit (WAL, synchronous=FULL) of a 5 KB row in `directory`.
double MeasureRawCommit(const std::string& directory);

// The same with kIdleInterval between two.
double MeasureIdleCommit(const std::string& directory);

// How far apart things come on an idle machine, whose cores sleep and whose caches are cold.
inline constexpr double kIdleInterval = 0.02;

}  // namespace claimwatch
