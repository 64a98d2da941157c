// Selector: which alerts a subscriber or a list wants; the checked form of v1.AlertSelector.
//
// Read once a request; matching compares ids and enums first and strings last. Equal selectors have
// equal keys, so that streams that share one share its work. Immutable, thread-safe.
// Tested by tests/rpc/selector_test.cc.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "claimwatch/v1/alert.pb.h"
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
  std::string key;  // Equal for equal selectors; empty for one that lets all through.

  bool Matches(const Alert& alert) const;
};

// `path` is how the request calls the field, for the error: "selector".
Outcome ReadSelector(const v1::AlertSelector& message, const std::string& path, Selector& selector);

}  // namespace claimwatch
