// Story changes: what a story is when a user has merged it with another one, or split it.
//
// The articles that now belong together are judged again from the first to the last, as if they had
// come in as one story; what comes out replaces what was stored. Figures keep their ids where their
// first claim had one. Alerts that come out again live on under their ids, the others are
// withdrawn, new ones open. Pure. Tested by tests/ingest/story_change_test.cc.
#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "server/claims/catalogue.h"
#include "server/store/claim_store.h"

namespace claimwatch {

// A story as it was: its record, its articles (all versions, ascending) and its open alerts.
struct WholeStory {
  StoryRecord record;
  std::vector<ArticleRecord> articles;
  std::vector<Alert> open_alerts;
};

// The stories as they are to be: only `record.id`, `record.title` and `articles` count.
struct StoryChange {
  std::vector<WholeStory> stories;
  std::vector<Alert> open_alerts;  // Of all that is changed.
  std::string why;                 // For people: "stories s3 and s7 were merged".
  absl::Time sequenced = absl::InfinitePast();
};

// Fills the batch: rewrites, stories and events; moves `ids` on.
void ApplyChange(StoryChange change, const Catalogue& catalogue, IdSource& ids, Batch& batch);

}  // namespace claimwatch
