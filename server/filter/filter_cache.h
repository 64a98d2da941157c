// FilterCache: filters compiled once for all who send the same text, and made one object for all
// who mean the same.
//
// Keeps the last kFiltersKeptMax texts; a filter lives as long as anybody holds it. One cache a
// schema. Thread-safe. Tested by tests/filter/filter_cache_test.cc.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "server/filter/filter.h"

namespace claimwatch {

using FilterPtr = std::shared_ptr<const Filter>;

class FilterCache {
 public:
  explicit FilterCache(const Schema& schema) : schema_(schema) {}

  // As Filter::Compile(): null and `problem` is set when the text is no filter.
  FilterPtr Get(std::string_view text, FilterProblem& problem);

  // Texts compiled so far, for tests and metrics.
  int compiled() const;

 private:
  const Schema& schema_;

  mutable absl::Mutex mu_;  // A leaf; not held while a filter is compiled.
  absl::flat_hash_map<std::string, FilterPtr> by_text_ ABSL_GUARDED_BY(mu_);
  absl::flat_hash_map<std::string, std::weak_ptr<const Filter>> by_meaning_ ABSL_GUARDED_BY(mu_);
  int compiled_ ABSL_GUARDED_BY(mu_) = 0;
};

}  // namespace claimwatch
