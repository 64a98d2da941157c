#include "server/ingest/ledger_cache.h"

#include <utility>

namespace claimwatch {
namespace {

// Measure ids are positions in today's catalogue; records hold names, because they outlive it.
void ResolveMeasures(const Catalogue& catalogue, StoryLedger& ledger) {
  for (Figure& figure : ledger.figures) {
    for (KnownClaim& known : figure.claims) {
      const Measure* measure = catalogue.Find(known.measure);
      known.claim.measure = measure == nullptr ? MeasureId::kNone : measure->id;
    }
  }
}

}  // namespace

std::size_t CountClaims(const StoryLedger& ledger) {
  std::size_t claims = 0;
  for (const Figure& figure : ledger.figures) claims += figure.claims.size();
  return claims;
}

LedgerCache::LedgerCache(const ClaimStore& store, const Catalogue& catalogue, Bounds bounds)
    : store_(store), catalogue_(catalogue), bounds_(bounds) {}

LiveStory& LedgerCache::Use(Order::iterator story) {
  order_.splice(order_.begin(), order_, story);
  used_.push_back(&*story);
  return *story;
}

LiveStory& LedgerCache::Keep(LiveStory story) {
  order_.push_front(std::move(story));
  stories_[order_.front().record.id] = order_.begin();
  return Use(order_.begin());
}

absl::StatusOr<LiveStory*> LedgerCache::Get(StoryId story) {
  const auto held = stories_.find(story);
  if (held != stories_.end()) return &Use(held->second);
  absl::StatusOr<StoryRecord> record = store_.ReadStory(story);
  if (!record.ok()) return record.status();
  absl::StatusOr<StoryLedger> ledger = store_.ReadLedger(story);
  if (!ledger.ok()) return ledger.status();
  ResolveMeasures(catalogue_, *ledger);
  LiveStory loaded;
  loaded.record = *std::move(record);
  loaded.ledger = *std::move(ledger);
  return &Keep(std::move(loaded));
}

LiveStory& LedgerCache::Begin(StoryId story) {
  LiveStory fresh;
  fresh.record.id = story;
  fresh.ledger.story = story;
  return Keep(std::move(fresh));
}

const LiveStory* LedgerCache::Find(StoryId story) const {
  const auto held = stories_.find(story);
  return held == stories_.end() ? nullptr : &*held->second;
}

void LedgerCache::Trim() {
  for (LiveStory* story : used_) {
    claims_ -= story->claims;
    story->claims = CountClaims(story->ledger);
    claims_ += story->claims;
  }
  used_.clear();
  while (order_.size() > 1 && (order_.size() > bounds_.stories || claims_ > bounds_.claims)) {
    claims_ -= order_.back().claims;
    stories_.erase(order_.back().record.id);
    order_.pop_back();
  }
}

void LedgerCache::Clear() {
  used_.clear();
  stories_.clear();
  order_.clear();
  claims_ = 0;
}

}  // namespace claimwatch
