// Ingestor: the flow of an article: validate, read, sequence, commit, speak.
//
// Submitted batches get a ticket each, in order of arrival. Reader threads (one a core) validate
// and read articles in parallel; one sequencer thread takes the batches in ticket order, as many as
// are waiting, links and judges each article, commits the group in one transaction, publishes its
// alert events to the feed, and only then hands out the receipts. A few articles that come alone
// are sequenced by the thread that read them, while the sequencer's sleeps. So every receipt speaks
// of something durable, receipts of one stream come in order, and two reports of one story always
// see each other. Bounded: at most kArticlesInFlightMax articles are under way; Submit says when to
// wait. Tested by tests/ingest/ingestor_test.cc.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "server/base/clock.h"
#include "server/claims/catalogue.h"
#include "server/feed/alert_feed.h"
#include "server/ingest/limits.h"
#include "server/ingest/receipt.h"
#include "server/ingest/sequencer.h"
#include "server/ledger/ledger.h"
#include "server/store/claim_store.h"
#include "server/story/story_index.h"

namespace claimwatch {

struct IngestOptions {
  int reader_threads = 0;                       // 0: one a core.
  absl::Duration future_max = absl::Hours(48);  // publish_time may lie this far ahead of the clock.
  std::int64_t events_kept = 0;  // Alert events kept for those who resume; 0: all, for ever.
  absl::Duration events_kept_for = absl::ZeroDuration();  // The same by age; 0: for ever.
  std::size_t claims_held = kLedgerClaimsMax;  // Of ledgers held ready; others are in the store.
  std::string index_file = {};  // The story index between two runs; empty: rebuilt at each start.
  // How often a store that failed is tried again when no article comes.
  absl::Duration mend_every = absl::Seconds(1);
};

class Ingestor {
 public:
  using Done = std::function<void(std::vector<IngestResult>)>;

  // All borrowed; App owns them and outlives us. Rebuilds the story index from the store, which
  // reads the features of every article in the window. Errors are the store's.
  static absl::StatusOr<std::unique_ptr<Ingestor>> Start(const IngestOptions& options,
                                                         StoryOptions story_options,
                                                         const Catalogue& catalogue,
                                                         const Clock& clock, ClaimStore& store,
                                                         AlertFeed& feed);
  ~Ingestor();

  // Takes a batch; `done` is called once, on a thread of ours that must not be blocked, with one
  // result an article in the order given. RESOURCE_EXHAUSTED (and `done` is never called) when too
  // much is in flight: the caller waits for one of its own batches, or tells its sender to.
  // UNAVAILABLE while draining or after the store failed.
  absl::Status Submit(std::vector<Article> batch, Done done);

  // The same for what users do to articles and alerts: in sequence with the articles.
  // NOT_FOUND where there is no such article or alert.
  void Retract(std::string article_id, std::string reason,
               const std::function<void(absl::StatusOr<std::vector<Alert>> withdrawn)>& done);
  void Acknowledge(AlertId alert, std::string by, std::string note,
                   const std::function<void(absl::StatusOr<Alert>)>& done);

  // Makes changes of named subscriptions durable.
  void Keep(SubscriptionChanges changes, const std::function<void(absl::Status)>& done);

  // What a user says of stories (sequencer.h).
  void Merge(StoryId story, StoryId other,
             const std::function<void(absl::StatusOr<Sequencer::Changed>)>& done);
  void Split(StoryId story, std::vector<std::string> article_ids,
             const std::function<void(absl::StatusOr<Sequencer::Changed>)>& done);

  // No more batches; what is in hand is finished and told. Idempotent.
  void Drain();

 private:
  struct Impl;
  explicit Ingestor(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace claimwatch
