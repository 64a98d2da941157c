#include "server/ledger/history.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "server/ledger/outcome.h"

namespace claimwatch {
namespace {

const KnownClaim* BelievedOf(const Figure& figure, const FigureState& state) {
  if (state.believed < 0) return nullptr;
  const Told& told = state.told[static_cast<std::size_t>(state.believed)];
  return told.taken_back ? nullptr : FindClaim(figure, told.first, told.first_as_of);
}

}  // namespace

std::vector<HistoryStep> HistoryOf(const Figure& figure, const Measure& measure) {
  absl::flat_hash_map<ClaimId, HistoryStep> steps;
  FigureState before;  // The article whose claims are seen.
  FigureState after;
  Sequence article = Sequence::kNone;
  Replay(figure, "", [&](const KnownClaim& claim, const FigureState& state) {
    if (ArticleOf(claim.id) != article) before = after;
    article = ArticleOf(claim.id);
    HistoryStep& step = steps[claim.id];
    step.first = before.told.empty() && !TakesBack(figure, claim);
    step.verdict = JudgeClaim(figure, before, claim, measure);
    if (TakesBack(figure, claim)) step.verdict = {Reason::kRetracted, "takes the figure back"};
    step.believed = BelievedOf(figure, state);
    after = state;
  });
  std::vector<HistoryStep> history;
  for (const KnownClaim& claim : figure.claims) history.push_back(steps[claim.id]);
  return history;
}

Figure AsKnownAt(const Figure& figure, absl::Time when, WithdrawalTime withdrawn_at) {
  Figure known = figure;
  std::erase_if(known.claims, [&](const KnownClaim& c) { return c.publish_time > when; });
  for (KnownClaim& claim : known.claims) {
    if (!claim.withdrawn) continue;
    // A text took it back: it stood until that was published.
    const auto denial =
        std::find_if(figure.claims.begin(), figure.claims.end(), [&](const KnownClaim& other) {
          return TakesBack(figure, other) && other.id > claim.id && Denies(other, claim);
        });
    const absl::Time gone =
        denial != figure.claims.end() ? denial->publish_time : withdrawn_at(claim);
    if (gone > when) claim.withdrawn = false;
  }
  return known;
}

}  // namespace claimwatch
