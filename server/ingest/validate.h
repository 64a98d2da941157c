// Validate: what an article must be to be taken in; every problem is named with its field.
//
// Pure. An article with problems gets its own error; those beside it go on.
// Tested by tests/ingest/validate_test.cc, one row a rule.
#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "server/text/article.h"

namespace claimwatch {

// Why an article was refused: which field, which bound. Becomes a BadRequest.
struct FieldProblem {
  std::string field;        // "body", "publish_time"
  std::string description;  // "is 2097152 bytes; the limit is 1048576"
  friend bool operator==(const FieldProblem&, const FieldProblem&) = default;
};

// Empty: fine. `now` + `future_max` is the latest publish_time.
std::vector<FieldProblem> Validate(const Article& article, absl::Time now,
                                   absl::Duration future_max);

// BCP 47 by its shape alone: "en", "zh-Hant", "pt-BR", "i-klingon". Empty is not one.
bool IsLanguageTag(std::string_view tag);

}  // namespace claimwatch
