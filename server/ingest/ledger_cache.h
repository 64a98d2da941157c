// LedgerCache: the ledgers of stories that are being written about, ready in memory.
//
// Loads from the store what it does not hold, and lets the least recently used go when there are
// more than kLedgersMax stories or kLedgerClaimsMax claims. Entries stay put until Trim(), so a
// group of articles may hold references to several. Owned and used by the sequencer thread; not
// thread-safe. Tested by tests/ingest/ledger_cache_test.cc.
#pragma once

#include <cstddef>
#include <list>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "server/claims/catalogue.h"
#include "server/ingest/limits.h"
#include "server/ledger/ledger.h"
#include "server/store/claim_store.h"

namespace claimwatch {

// One story as the sequencer holds it.
struct LiveStory {
  StoryRecord record;
  StoryLedger ledger;
  bool touched = false;    // Changed by the group in hand.
  std::size_t claims = 0;  // In the ledger, when the cache was last trimmed.
};

class LedgerCache {
 public:
  struct Bounds {
    std::size_t stories = kLedgersMax;
    std::size_t claims = kLedgerClaimsMax;
  };

  // Borrowed; both outlive us.
  LedgerCache(const ClaimStore& store, const Catalogue& catalogue, Bounds bounds);

  // Held or loaded. Errors are the store's. The reference holds until Trim() or Clear().
  absl::StatusOr<LiveStory*> Get(StoryId story);
  // A story that begins now: nothing to load.
  LiveStory& Begin(StoryId story);

  void Trim();   // Brings the cache back within its bounds.
  void Clear();  // Forgets everything: what was not committed must not be remembered.
  const LiveStory* Find(StoryId story) const;  // Null: not held.
  std::size_t size() const { return stories_.size(); }

 private:
  using Order = std::list<LiveStory>;  // Most recently used first.

  LiveStory& Keep(LiveStory story);
  LiveStory& Use(Order::iterator story);

  const ClaimStore& store_;
  const Catalogue& catalogue_;
  const Bounds bounds_;
  Order order_;
  absl::flat_hash_map<StoryId, Order::iterator> stories_;
  std::vector<LiveStory*> used_;  // Since the last Trim: their claims may have changed.
  std::size_t claims_ = 0;        // Sum over the stories.
};

std::size_t CountClaims(const StoryLedger& ledger);

}  // namespace claimwatch
