// What a process has used so far, as the kernel counts it, and small statistics over samples.
//
// Used by tests/bench/suite only; checked there by every figure that it prints.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <vector>

namespace claimwatch {

// User and system time of all threads of a process, in seconds. 0: there is no such process.
double CpuSeconds(pid_t pid);

// Memory that the process holds, in bytes: without the pages that the kernel could take back by
// itself, such as those of mapped files.
std::int64_t ResidentBytes(pid_t pid);

// The value below which `share` (0..1) of the samples lie; 0 of none.
double Quantile(std::vector<double> samples, double share);
inline double Median(std::vector<double> samples) { return Quantile(std::move(samples), 0.5); }

// Monotonic, in seconds.
double Now();

}  // namespace claimwatch
