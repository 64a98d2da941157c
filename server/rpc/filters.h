// Filters of requests: text to a compiled filter, or an error that names the place.
//
// One cache a kind of record, for all requests. Thread-safe. Tested by tests/rpc/selector_test.cc
// and, over a socket, tests/rpc/filter_requests_test.cc.
#pragma once

#include <string>

#include "server/filter/alert_fields.h"
#include "server/filter/filter_cache.h"
#include "server/filter/record_fields.h"
#include "server/rpc/status.h"

namespace claimwatch {

struct Filters {
  explicit Filters(const ClaimStore& store) : history(store) {}

  FilterCache alerts{AlertSchema()};
  FilterCache claims{ClaimSchema()};
  FilterCache stories{StorySchema()};
  FilterCache figures{FigureSchema()};
  const StoredHistory history;
};

// `filter` stays null where the text is empty. FILTER_INVALID names `field`, the byte and what is
// possible there.
Outcome ReadFilter(const std::string& text, const std::string& field, FilterCache& cache,
                   FilterPtr& filter);

}  // namespace claimwatch
