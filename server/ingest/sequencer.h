// Sequencer: one article after the other finds its story, its figures and its verdicts; a group of
// them becomes durable in one commit; only then is anything said.
//
// All state that depends on the order of articles lives here: the story index, the ledgers of live
// stories, the last ids. When a commit fails, nothing of the group is remembered: every article of
// it is told UNAVAILABLE, and before the next group the state is read from the store again.
// Owned and used by one thread (ingestor.h); not thread-safe; knows nothing of threads.
// Tested by tests/ingest/sequencer_test.cc.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "server/base/clock.h"
#include "server/feed/alert_feed.h"
#include "server/ingest/ledger_cache.h"
#include "server/ingest/limits.h"
#include "server/ingest/prepare.h"
#include "server/ingest/receipt.h"
#include "server/ingest/story_change.h"
#include "server/story/story_index.h"

namespace claimwatch {

class Sequencer {
 public:
  struct Options {
    StoryOptions stories;
    std::int64_t events_kept = 0;                           // Alert events kept; 0: all.
    absl::Duration events_kept_for = absl::ZeroDuration();  // The same by age; 0: for ever.
    std::size_t claims_held = kLedgerClaimsMax;
    std::string index_file = {};  // Where SaveIndex() writes; empty: nowhere.
  };

  // All borrowed; they outlive us. Reads the links of every article in the store.
  static absl::StatusOr<std::unique_ptr<Sequencer>> Start(const Options& options,
                                                          const Catalogue& catalogue,
                                                          const Clock& clock, ClaimStore& store,
                                                          AlertFeed& feed);

  // Sequences all that is fine, commits it at once, publishes its alert events. One result an
  // article, in order.
  std::vector<IngestResult> Ingest(std::vector<Prepared> articles);

  // The current version of an article is taken back. NOT_FOUND: no such article. Again: no change.
  absl::StatusOr<std::vector<Alert>> Retract(const std::string& article_id,
                                             const std::string& reason);
  absl::StatusOr<Alert> Acknowledge(AlertId alert, const std::string& by, const std::string& note);
  // Named subscriptions are written by the one writer too; nothing is sequenced.
  absl::Status Keep(SubscriptionChanges changes);

  // What a user says of stories (story_change.h). NOT_FOUND: no such story, or it was merged away.
  // INVALID_ARGUMENT: not to be done, with the reason.
  struct Changed {
    StoryId story = StoryId::kNone;
    StoryId new_story = StoryId::kNone;  // Of a split.
    std::vector<Alert> alerts;           // Opened, updated or withdrawn, in the order of the feed.
  };
  absl::StatusOr<Changed> Merge(StoryId story, StoryId other);
  absl::StatusOr<Changed> Split(StoryId story, const std::vector<std::string>& article_ids);

  // Whether a commit failed and nothing could be taken since.
  bool lost() const { return lost_; }
  // Tries to take up again, without waiting for an article. True: all is well.
  bool Mend();

  // At the end: writes the story index down where that makes the next start shorter.
  void SaveIndex() const;

  // The ledger that is held in memory; null where none is.
  const StoryLedger* LedgerForTest(StoryId story) const;

 private:
  struct Group;  // What one commit is made of (sequencer.cc).
  using Versions = std::vector<ArticleVersion>;

  Sequencer(const Options& options, const Catalogue& catalogue, const Clock& clock,
            ClaimStore& store, AlertFeed& feed);

  absl::Status Load();     // Everything from the store.
  absl::Status Recover();  // After a failed commit; OK when nothing is wrong.
  absl::Time Stamp();      // The clock's time, never before an earlier stamp.

  absl::Status FindVersions(const std::vector<Prepared>& articles, Group& group);
  void SequenceArticle(Prepared& article, std::size_t index, Group& group);
  absl::StatusOr<LiveStory*> LinkStory(Prepared& article, const Versions& versions, absl::Time now);
  Judgement JudgeArticle(Prepared& article, const LiveStory& live, bool revision, absl::Time now);
  void ReplaceVersion(Versions& versions, LiveStory& live, Group& group);
  std::string ArticleIdOf(Sequence article, const Group& group) const;
  void KeepArticle(Prepared& article, Judgement& judgement, LiveStory& live, std::size_t index,
                   Group& group);
  // Makes the judgement part of the ledger and of the batch; its claims are moved out by the
  // caller.
  void KeepJudgement(Judgement& judgement, Sequence cause, LiveStory& live, Group& group);

  Sequence NextSequence() const { return Sequence{static_cast<std::int64_t>(last_sequence_) + 1}; }
  absl::StatusOr<WholeStory> ReadWhole(StoryId story) const;
  // Commits the change and reads everything from the store again, so that what is in memory is
  // what a restart would make of it.
  absl::StatusOr<Changed> Change(StoryChange change, StoryId gone);
  absl::Status Commit(Group& group);
  // Position of an event, the first of its article; 0: nothing is to be forgotten.
  std::int64_t OldestToKeep(absl::Time now);
  IngestResult DuplicateResult(std::string article_id, Sequence sequence);

  const Options options_;
  const Catalogue& catalogue_;
  const Clock& clock_;
  ClaimStore& store_;
  AlertFeed& feed_;

  std::unique_ptr<StoryIndex> index_;
  LedgerCache ledgers_;
  Sequence last_sequence_ = Sequence::kNone;
  Sequence last_in_file_ = Sequence::kNone;  // Of the index file.
  std::string epoch_;
  StoryId last_story_ = StoryId::kNone;
  IdSource ids_;
  absl::Time last_stamp_ = absl::InfinitePast();
  absl::Time next_age_check_ = absl::InfinitePast();  // Of events_kept_for.
  bool lost_ = false;  // A commit failed: the state above is of no use until Recover().
};

}  // namespace claimwatch
