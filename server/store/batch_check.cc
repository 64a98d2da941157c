#include "server/store/batch_check.h"

#include "absl/strings/str_cat.h"

namespace claimwatch {

absl::Status CheckBatch(const Batch& batch, const StoreState& before) {
  if (!batch.encoded.empty() && batch.encoded.size() != batch.articles.size()) {
    return absl::InternalError("batch: encoded and articles differ in number");
  }
  if (batch.figures.size() != batch.figure_stories.size()) {
    return absl::InternalError("batch: figures and their stories differ in number");
  }
  auto sequence = static_cast<std::int64_t>(before.last_sequence);
  for (const ArticleRecord& article : batch.articles) {
    if (static_cast<std::int64_t>(article.sequence) != ++sequence) {
      return absl::InternalError(absl::StrCat("batch: sequence ",
                                              static_cast<std::int64_t>(article.sequence),
                                              " where ", sequence, " is due"));
    }
  }
  std::int64_t position = before.ids.last_position;
  for (const AlertEvent& event : batch.events) {
    if (event.position != ++position) {
      return absl::InternalError(
          absl::StrCat("batch: event position ", event.position, " where ", position, " is due"));
    }
  }
  return absl::OkStatus();
}

bool Matches(const Alert& alert, const AlertQuery& query) {
  return (query.story == StoryId::kNone || alert.story == query.story) &&
         (!query.kind || alert.kind == *query.kind) &&
         (!query.state || alert.state == *query.state) &&
         (!query.min_severity || alert.severity >= *query.min_severity) &&
         (query.measure.empty() || alert.measure == query.measure);
}

}  // namespace claimwatch
