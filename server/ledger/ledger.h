// Ledger: what is known of one story's quantities, and what a new article does to it.
//
// A StoryLedger is a value: figures with their claims in as-of order, and the alerts that are still
// alive. Judge() is a pure function of it and the fresh claims; Apply() makes the outcome part of
// it. The sequencer keeps the ledgers of live stories in memory and rebuilds any of them from the
// store by the same Apply(). Times are the articles' own or stamped at sequencing.
// Tested by tests/ledger/ledger_test.cc and tests/scenarios.
#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "server/claims/catalogue.h"
#include "server/ledger/alert.h"
#include "server/ledger/figure.h"
#include "server/ledger/gist.h"
#include "server/ledger/known_claim.h"
#include "server/ledger/ledger_index.h"
#include "server/ledger/life_cycle.h"
#include "server/ledger/verdict.h"

namespace claimwatch {

struct StoryLedger {
  StoryId story = StoryId::kNone;
  std::vector<Figure> figures;  // In order of id.
  std::vector<Alert> alerts;    // Still alive (open), in order of id.
  LedgerIndex index;            // Derived from `figures`; Apply() keeps it. Left empty by a store.
};

// A fresh article, sequenced and linked; its claims carry ids but no figures yet.
struct FreshArticle {
  StoryId story = StoryId::kNone;
  std::string article_id;
  Sequence sequence = Sequence::kNone;
  absl::Time sequenced = absl::InfinitePast();
  std::vector<KnownClaim> claims;
  std::vector<Gist> gists;  // Of the claims; left empty, Judge() works them out.
  bool revision = false;  // Earlier claims of article_id are withdrawn by it (still in the ledger).
};

struct Judgement {
  std::vector<KnownClaim> claims;    // The fresh ones, with their figures.
  std::vector<Figure> new_figures;   // Without claims: key, id and whole only.
  std::vector<ClaimId> withdrawn;    // Claims of earlier articles that are taken back.
  std::vector<Comparison> verdicts;  // One a fresh claim, same order: its outcome in its figure.
  std::vector<AlertEvent> events;    // To be committed with the article, in order.
  std::vector<Gist> gists;  // Of the fresh claims, for Apply(); none in a judgement out of a store.
};

Judgement Judge(const StoryLedger& ledger, FreshArticle article, const Catalogue& catalogue,
                IdSource& ids);
Judgement Judge(const StoryLedger& ledger, FreshArticle article, FindMeasure measures,
                IdSource& ids);

// An article is withdrawn by its publisher.
Judgement Retract(const StoryLedger& ledger, const std::string& article_id, const std::string& why,
                  absl::Time sequenced, const Catalogue& catalogue, IdSource& ids);
Judgement Retract(const StoryLedger& ledger, const std::string& article_id, const std::string& why,
                  absl::Time sequenced, FindMeasure measures, IdSource& ids);

// A user acknowledges an alert.
AlertEvent Acknowledge(const Alert& alert, Acknowledgement acknowledgement, IdSource& ids);

// Makes a judgement part of the ledger. Rebuilding applies stored judgements in their order.
void Apply(const Judgement& judgement, StoryLedger& ledger);

}  // namespace claimwatch
