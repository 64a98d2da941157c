// The figures of one run of the suite: a short table for people, JSON for keeping.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"

namespace claimwatch {

// One figure beside what is wanted of it.
struct BenchFigure {
  std::string name;  // "ingest.rate"
  std::string what;  // "articles/s, durable, 3.3 KB each"
  double value = 0;
  std::string unit = "";  // "/s"
  double wanted = 0;      // 0: nothing is, it is there to compare with
  bool at_least = true;   // false: `wanted` is the most there may be

  bool Met() const { return wanted == 0 || (at_least ? value >= wanted : value <= wanted); }
};

class Report {
 public:
  // Prints the figure at once, so that a long run shows how far it is.
  void Add(BenchFigure figure);
  // The same with the median of several runs.
  void AddMedian(BenchFigure figure, std::vector<double> values);
  const std::vector<BenchFigure>& figures() const { return figures_; }
  // Writes all of them as one JSON object by name. UNAVAILABLE: the file cannot be written.
  absl::Status WriteJson(const std::string& path) const;

 private:
  std::vector<BenchFigure> figures_;
};

}  // namespace claimwatch
