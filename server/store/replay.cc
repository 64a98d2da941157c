#include "server/store/replay.h"

#include <utility>

namespace claimwatch {

StoryLedger ReplayLedger(StoryId story, std::vector<Figure> figures,
                         std::vector<ArticleRecord> articles, std::vector<Alert> open_alerts) {
  StoryLedger ledger;
  ledger.story = story;
  Judgement opening;
  opening.new_figures = std::move(figures);
  Apply(opening, ledger);

  Judgement closing;
  for (ArticleRecord& article : articles) {
    Judgement judgement;
    for (KnownClaim& claim : article.claims) {
      if (claim.withdrawn) closing.withdrawn.push_back(claim.id);
      claim.withdrawn = false;  // It was told before it was taken back.
      judgement.claims.push_back(std::move(claim));
    }
    Apply(judgement, ledger);
  }
  for (Alert& alert : open_alerts) {
    closing.events.push_back({0, AlertChange::kOpened, std::move(alert)});
  }
  Apply(closing, ledger);
  return ledger;
}

}  // namespace claimwatch
