#include "server/rpc/filters.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace claimwatch {

Outcome ReadFilter(const std::string& text, const std::string& field, FilterCache& cache,
                   FilterPtr& filter) {
  if (text.empty()) return std::nullopt;
  FilterProblem problem;
  filter = cache.Get(text, problem);
  if (filter != nullptr) return std::nullopt;
  Error error = InvalidField(field, ToString(problem), "MALFORMED");
  error.reason = "FILTER_INVALID";
  error.metadata = {{"position", absl::StrCat(problem.position)},
                    {"possible", absl::StrJoin(problem.possible, ", ")}};
  return error;
}

}  // namespace claimwatch
