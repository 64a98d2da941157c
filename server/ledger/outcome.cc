#include "server/ledger/outcome.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/ledger/alert.h"
#include "server/ledger/wording.h"

namespace claimwatch {
namespace {

// What is never news, whatever its value.
Comparison SetAside(const KnownClaim& claim) {
  if (claim.claim.scope == Scope::kIncrement) {
    return {Reason::kIncrement, "adds to a figure and is none of its own"};
  }
  if (claim.claim.status == Status::kPastEvent) {
    return {Reason::kPastEvent, "told of an earlier event"};
  }
  if (claim.claim.status == Status::kDenied) return {Reason::kDenied, "told to be denied"};
  return {Reason::kAgrees, ""};
}

const KnownClaim* ClaimOf(const Figure& figure, const Told& told, bool last) {
  return last ? FindClaim(figure, told.last, told.last_as_of)
              : FindClaim(figure, told.first, told.first_as_of);
}

Comparison Agreeing(const KnownClaim& known, const KnownClaim& fresh, const Meaning& before,
                    const Meaning& after) {
  const std::string told = absl::StrCat(TellValue(fresh), " agrees with ", TellValue(known));
  if (known.origin != 0 && known.origin == fresh.origin) {
    return {Reason::kCopy, absl::StrCat(told, ": the same sentence, one origin")};
  }
  if (Relate(before, after) == IntervalRelation::kRefine) {
    return {Reason::kRefines, absl::StrCat(told, " and is more exact")};
  }
  return {Reason::kAgrees, told};
}

std::vector<KnownClaim> Against(const Figure& figure, const FigureState& state,
                                const KnownClaim& fresh) {
  std::vector<KnownClaim> previous;
  const Meaning meaning = MeaningOf(fresh.claim.quantity);
  const auto add = [&](const Told& told, bool last) {
    const KnownClaim* claim = ClaimOf(figure, told, last);
    if (claim == nullptr || previous.size() >= kAlertPreviousMax) return;
    const bool known = std::any_of(previous.begin(), previous.end(),
                                   [&](const KnownClaim& other) { return other.id == claim->id; });
    if (!known && Clash(told.meaning, meaning)) previous.push_back(*claim);
  };
  add(state.told[static_cast<std::size_t>(state.believed)], false);
  add(state.told[static_cast<std::size_t>(state.believed)], true);
  for (auto told = state.told.rbegin(); told != state.told.rend(); ++told) add(*told, true);
  return previous;
}

// "Dozens", "more than 1,000", "1,150".
int Exactness(const Quantity& quantity) {
  if (IsLoose(quantity)) return 0;
  return quantity.low && quantity.high ? 2 : 1;
}

// Which of two news of one article the alert shows: the more exact one, else the one told first.
bool Better(const KnownClaim& a, const KnownClaim& b) {
  return Exactness(a.claim.quantity) > Exactness(b.claim.quantity);
}

}  // namespace

bool SetAsideForAlerts(const KnownClaim& claim) {
  return SetAside(claim).reason != Reason::kAgrees;
}

Comparison JudgeClaim(const Figure& figure, const FigureState& state, const KnownClaim& fresh,
                      const Measure& measure) {
  Comparison aside = SetAside(fresh);
  if (aside.reason != Reason::kAgrees) return aside;
  if (state.believed < 0) return {Reason::kAgrees, "the first figure of its kind"};
  const Meaning meaning = MeaningOf(fresh.claim.quantity);
  const Told& believed = state.told[static_cast<std::size_t>(state.believed)];
  const KnownClaim* known = ClaimOf(figure, believed, false);
  if (known == nullptr) return {Reason::kAgrees, ""};
  if (!Clash(believed.meaning, meaning)) {
    if (!believed.taken_back) return Agreeing(*known, fresh, believed.meaning, meaning);
    return {Reason::kEcho, absl::StrCat(TellValue(*known), " was taken back before")};
  }
  for (const Told& told : state.told) {
    if (!Shields(told.meaning, meaning)) continue;
    return {Reason::kEcho, absl::StrCat(TellValue(fresh), " was told before and overtaken by ",
                                        TellValue(*known))};
  }
  const std::string clash = absl::StrCat(TellValue(*known), ", now ", TellValue(fresh));
  if (AsOf(fresh) < believed.first_as_of) {
    return {Reason::kArrivesLate, absl::StrCat(clash, ": but that is the older figure")};
  }
  const Reason reason = ReasonOfChange(*known, fresh, measure);
  return {reason, absl::StrCat(clash, reason == Reason::kConflict
                                          ? ": independent sources at about one time"
                                          : ": the newer figure is another one")};
}

Outcome JudgeFigure(const Figure& figure, const FigureState& state,
                    const std::vector<const KnownClaim*>& fresh, const Measure& measure) {
  Outcome outcome;
  for (std::size_t i = 0; i < fresh.size(); ++i) {
    outcome.verdicts.push_back(JudgeClaim(figure, state, *fresh[i], measure));
    if (!IsNews(outcome.verdicts.back().reason)) continue;
    const bool better =
        outcome.news >= 0 && Better(*fresh[i], *fresh[static_cast<std::size_t>(outcome.news)]);
    if (outcome.news < 0 || better) outcome.news = static_cast<int>(i);
  }
  if (outcome.news >= 0) {
    outcome.previous = Against(figure, state, *fresh[static_cast<std::size_t>(outcome.news)]);
  }
  return outcome;
}

SelfContradiction FindSelfContradiction(const std::vector<const KnownClaim*>& fresh) {
  constexpr std::uint32_t kLeadBytes = 500;
  int headline = -1;
  int lead = -1;
  for (std::size_t i = 0; i < fresh.size(); ++i) {
    const Claim& claim = fresh[i]->claim;
    if (SetAsideForAlerts(*fresh[i]) || claim.status != Status::kStated) continue;
    // Words that leave room, and figures that are no count of everybody, contradict nothing.
    if (IsLoose(claim.quantity) || claim.quantity.approximate) return {};
    int& place = claim.field == Field::kTitle ? headline : lead;
    if (place < 0) {
      place = static_cast<int>(i);
      continue;
    }
    // The text, or the headline, must be of one mind.
    const Claim& first = fresh[static_cast<std::size_t>(place)]->claim;
    if (Clash(MeaningOf(first.quantity), MeaningOf(claim.quantity))) return {};
  }
  if (headline < 0 || lead < 0) return {};
  const Claim& title = fresh[static_cast<std::size_t>(headline)]->claim;
  const Claim& text = fresh[static_cast<std::size_t>(lead)]->claim;
  const bool clash = Clash(MeaningOf(title.quantity), MeaningOf(text.quantity));
  if (!clash || text.quote.begin > kLeadBytes) return {};
  return {headline, lead};
}

}  // namespace claimwatch
