// Selector: which alerts a subscriber or a list wants; the checked form of v1.AlertSelector and of
// the filter beside it.
//
// Read once a request; matching compares ids and enums first, strings then, and asks the filter
// last. Equal selectors have equal keys, so that streams that share one share its work: the hub
// gives them one object (SelectorShare), and an event is judged once for all of them.
// Immutable but for what it remembers of the last events; thread-safe.
// Tested by tests/rpc/selector_test.cc.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "claimwatch/v1/alert.pb.h"
#include "server/filter/alert_fields.h"
#include "server/filter/filter_cache.h"
#include "server/ledger/alert.h"
#include "server/rpc/status.h"

namespace claimwatch {

struct Selector {
  StoryId story = StoryId::kNone;     // kNone: any
  FigureId figure = FigureId::kNone;  // kNone: any
  std::vector<std::string> measures;  // Sorted; empty: any
  std::vector<std::string> sources;   // Sorted; empty: any
  unsigned kinds = 0;                 // Bit per AlertKind; 0: any
  Severity min_severity = Severity::kLow;
  std::vector<FilterPtr> filters;         // All must let it through.
  const AlertHistory* history = nullptr;  // For filters; borrowed.
  std::string key;  // Equal for equal selectors; empty for one that lets all through.

  bool Matches(const Alert& alert, AlertChange change) const;
};

// A selector and what it said of the last events, by position: judging an event may cost a filter
// and a look into the store, and many streams ask the same.
class SharedSelector {
 public:
  explicit SharedSelector(Selector selector) : selector_(std::move(selector)) {}

  const Selector& selector() const { return selector_; }
  const std::string& key() const { return selector_.key; }
  bool Matches(const AlertEvent& event) const;
  bool Matches(const Alert& alert) const;  // As it stands: for snapshots.
  int judged() const { return judged_; }   // Events that were not remembered; for tests.

 private:
  static constexpr std::size_t kRemembered = 256;

  const Selector selector_;
  // Position * 2 + verdict, at position modulo the size; 0: nothing.
  mutable std::array<std::atomic<std::uint64_t>, kRemembered> verdicts_ = {};
  mutable std::atomic<int> judged_ = 0;
};

using SelectorPtr = std::shared_ptr<const SharedSelector>;

// One SharedSelector for all who ask for the same, as long as one of them holds it. Thread-safe.
class SelectorShare {
 public:
  SelectorPtr Get(Selector selector);

 private:
  absl::Mutex mu_;  // A leaf.
  std::size_t in_use_ ABSL_GUARDED_BY(mu_) = 0;
  absl::flat_hash_map<std::string, std::weak_ptr<const SharedSelector>> by_key_
      ABSL_GUARDED_BY(mu_);
};

// `path` is how the request calls the field, for the error: "selector".
Outcome ReadSelector(const v1::AlertSelector& message, const std::string& path, Selector& selector);
// Beside what the selector has; after ReadSelector(). Null: none. `history` is borrowed.
void AddFilter(FilterPtr filter, const AlertHistory& history, Selector& selector);

}  // namespace claimwatch
