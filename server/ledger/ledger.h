// Ledger: what is known of one story's quantities, and what a new article does to it.
//
// A StoryLedger is a value: figures with their claims in as-of order, and the alerts that are still
// alive. Judge() is a pure function of it and the fresh claims; Apply() makes the outcome part of
// it. The sequencer keeps the ledgers of live stories in memory and rebuilds any of them from the
// store by the same Apply(). Times are the articles' own or stamped at sequencing.
// Tested by tests/ledger/ledger_test.cc and tests/scenarios.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "server/claims/catalogue.h"
#include "server/ledger/alert.h"
#include "server/ledger/known_claim.h"
#include "server/ledger/verdict.h"

namespace claimwatch {

// What makes two claims answers to one question; all parts are canonical (lower case, singular).
struct FigureKey {
  std::string measure;
  std::string dimension;   // Of the unit: "people", "money:USD", "length".
  std::string counted;     // Only for measures keyed by noun.
  std::string population;
  std::string place;       // Empty: the event as a whole.
  std::string period;      // Empty: until now.
  std::string per;         // Rates.
  Status status = Status::kStated;
  Scope scope = Scope::kTotal;
  auto operator<=>(const FigureKey&) const = default;
};

struct Figure {
  FigureId id = FigureId::kNone;
  FigureKey key;
  FigureId whole = FigureId::kNone;  // The figure that this one is a part of.
  std::vector<KnownClaim> claims;    // In as-of order, then by id; withdrawn ones stay, marked.
};

// The claim believed at `when` (as known then): null if none was told yet.
const KnownClaim* Believed(const Figure& figure, absl::Time when = absl::InfiniteFuture());
// Independent origins that stand behind the value of `claim` in its figure.
int OriginsBehind(const Figure& figure, const KnownClaim& claim);

struct StoryLedger {
  StoryId story = StoryId::kNone;
  std::vector<Figure> figures;  // In order of id.
  std::vector<Alert> alerts;    // Still alive (open), in order of id.
};

// A fresh article, sequenced and linked; its claims carry ids but no figures yet.
struct FreshArticle {
  StoryId story = StoryId::kNone;
  std::string article_id;
  Sequence sequence = Sequence::kNone;
  absl::Time sequenced = absl::InfinitePast();
  std::vector<KnownClaim> claims;
  bool revision = false;  // Earlier claims of article_id are withdrawn by it (still in the ledger).
};

// Where new ids come from: the last ones given; part of the sequencer's state.
struct IdSource {
  FigureId last_figure = FigureId::kNone;
  AlertId last_alert = AlertId::kNone;
  std::int64_t last_position = 0;
};

struct Judgement {
  std::vector<KnownClaim> claims;      // The fresh ones, with their figures.
  std::vector<Figure> new_figures;     // Without claims: key, id and whole only.
  std::vector<ClaimId> withdrawn;      // Claims of earlier articles that are taken back.
  std::vector<Comparison> verdicts;    // One a fresh claim, same order: its outcome in its figure.
  std::vector<AlertEvent> events;      // To be committed with the article, in order.
};

Judgement Judge(const StoryLedger& ledger, const FreshArticle& article, const Catalogue& catalogue,
                IdSource& ids);

// An article is withdrawn by its publisher.
Judgement Retract(const StoryLedger& ledger, const std::string& article_id,
                  const std::string& why, absl::Time sequenced, const Catalogue& catalogue,
                  IdSource& ids);

// A user acknowledges an alert.
AlertEvent Acknowledge(const Alert& alert, Acknowledgement acknowledgement, IdSource& ids);

// Makes a judgement part of the ledger. Rebuilding applies stored judgements in their order.
void Apply(const Judgement& judgement, StoryLedger& ledger);

}  // namespace claimwatch
