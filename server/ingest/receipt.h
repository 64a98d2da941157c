// Receipt: what the sender of an article hears, once the article is durable, or why it is not.
//
// Values. Tested by tests/ingest/ingestor_test.cc.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "server/ingest/validate.h"
#include "server/ledger/alert.h"
#include "server/store/claim_store.h"

namespace claimwatch {

struct Receipt {
  ArticleRecord article;      // As committed; for a duplicate as it stands now. Title, body and
                              // features are empty.
  bool duplicate = false;     // Known article_id with the same content: nothing was changed.
  bool revision = false;      // Known article_id with new content.
  std::vector<Alert> alerts;  // Opened by it; for a duplicate as they stand now.
};

struct IngestResult {
  std::string article_id;
  absl::Status status;  // OK: `receipt` is set. INVALID_ARGUMENT: `problems` says why. UNAVAILABLE:
                        // not kept, send it again. DATA_LOSS: its story cannot be read any more.
  std::vector<FieldProblem> problems;
  Receipt receipt;
};

}  // namespace claimwatch
