#include "server/ledger/ledger.h"

#include <algorithm>
#include <utility>

#include "server/ledger/judging.h"

namespace claimwatch {
namespace {

// Position of a figure by its id, or figures.size().
std::size_t PositionOf(const std::vector<Figure>& figures, FigureId id) {
  const auto found =
      std::lower_bound(figures.begin(), figures.end(), id,
                       [](const Figure& figure, FigureId wanted) { return figure.id < wanted; });
  const bool there = found != figures.end() && found->id == id;
  return there ? static_cast<std::size_t>(found - figures.begin()) : figures.size();
}

void MarkWithdrawn(const std::vector<ClaimId>& withdrawn, StoryLedger& ledger) {
  if (withdrawn.empty()) return;
  std::vector<ClaimId> sorted = withdrawn;
  std::sort(sorted.begin(), sorted.end());
  for (std::size_t i = 0; i < ledger.figures.size(); ++i) {
    bool touched = false;
    for (KnownClaim& claim : ledger.figures[i].claims) {
      if (claim.withdrawn || !std::binary_search(sorted.begin(), sorted.end(), claim.id)) continue;
      claim.withdrawn = true;
      touched = true;
    }
    if (touched) ledger.index.states[i] = FigureState::Of(ledger.figures[i]);
  }
}

void Follow(const AlertEvent& event, std::vector<Alert>& alerts) {
  const auto known = std::find_if(alerts.begin(), alerts.end(),
                                  [&](const Alert& alert) { return alert.id == event.alert.id; });
  const bool open = event.alert.state == AlertState::kOpen;
  if (known == alerts.end()) {
    if (open) alerts.push_back(event.alert);
  } else if (open) {
    *known = event.alert;
  } else {
    alerts.erase(known);
  }
}

}  // namespace

Judgement Judge(const StoryLedger& ledger, FreshArticle article, const Catalogue& catalogue,
                IdSource& ids) {
  return Judge(
      ledger, std::move(article), [&](std::string_view name) { return catalogue.Find(name); }, ids);
}

Judgement Judge(const StoryLedger& ledger, FreshArticle article, FindMeasure measures,
                IdSource& ids) {
  Judging judging(ledger, article.sequenced, measures, ids);
  return judging.Judge(std::move(article));
}

Judgement Retract(const StoryLedger& ledger, const std::string& article_id, const std::string& why,
                  absl::Time sequenced, const Catalogue& catalogue, IdSource& ids) {
  return Retract(
      ledger, article_id, why, sequenced,
      [&](std::string_view name) { return catalogue.Find(name); }, ids);
}

Judgement Retract(const StoryLedger& ledger, const std::string& article_id, const std::string& why,
                  absl::Time sequenced, FindMeasure measures, IdSource& ids) {
  return Judging(ledger, sequenced, measures, ids).Retract(article_id, why);
}

AlertEvent Acknowledge(const Alert& alert, Acknowledgement acknowledgement, IdSource& ids) {
  AlertEvent event{++ids.last_position, AlertChange::kAcknowledged, alert};
  event.alert.update_time = acknowledgement.time;
  event.alert.acknowledgement = std::move(acknowledgement);
  return event;
}

void Apply(const Judgement& judgement, StoryLedger& ledger) {
  if (ledger.index.states.size() != ledger.figures.size()) {
    ledger.index = LedgerIndex::Of(ledger.figures);
  }
  for (const Figure& figure : judgement.new_figures) {
    ledger.figures.push_back(figure);
    ledger.index.Add(figure, FigureState());
  }
  MarkWithdrawn(judgement.withdrawn, ledger);
  const bool worked_out = judgement.gists.size() == judgement.claims.size();
  for (std::size_t i = 0; i < judgement.claims.size(); ++i) {
    const KnownClaim& claim = judgement.claims[i];
    const std::size_t position = PositionOf(ledger.figures, claim.figure);
    if (position == ledger.figures.size()) continue;  // Of another story: not ours to keep.
    Figure& figure = ledger.figures[position];
    InsertClaim(claim, figure);
    FigureState& state = ledger.index.states[position];
    if (claim.claim.status == Status::kDenied && figure.key.status != Status::kDenied) {
      state = FigureState::Of(figure);
    } else if (worked_out) {
      state.Add(claim, judgement.gists[i].meaning, judgement.gists[i].words);
    } else {
      state.Add(claim);
    }
  }
  for (const AlertEvent& event : judgement.events) Follow(event, ledger.alerts);
}

}  // namespace claimwatch
