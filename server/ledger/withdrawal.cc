// What judging does when claims are taken back: by a revision, by the publisher, or by a text.
#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/ledger/judging.h"
#include "server/ledger/wording.h"
#include "server/ledger/words.h"

namespace claimwatch {
namespace {

// A denial disputes a figure; these words take it back.
bool SaysTakenBack(const KnownClaim& claim) {
  static constexpr std::array<std::string_view, 20> kWords = {
      "by mistake", "mistaken",   "erroneous",       "in error",      "technical error",
      "withdrew",   "withdrawn",  "withdraws",       "retract",       "took back",
      "taken back", "takes back", "rescind",         "was incorrect", "were incorrect",
      "a mistake",  "wrongly",    "no longer stand", "disowned",      "was a hoax"};
  return SaysAny(claim.sentence_text, kWords);
}

// Said of a figure that the text tells as if it stood: only words that speak of figures count.
bool SaysFigureTakenBack(const KnownClaim& claim) {
  static constexpr std::array<std::string_view, 12> kWords = {
      "by mistake",    "published in error",  "takes back",        "took back",
      "taken back",    "withdrew the figure", "withdrew the toll", "withdrew the number",
      "retracted the", "figure was wrong",    "number was wrong",  "toll was wrong"};
  return SaysAny(claim.sentence_text, kWords);
}

}  // namespace

// Whether a text takes a figure back that was told in these very words before; then it is read as
// denied, whatever it was read as.
bool Judging::TakesBackTold(std::size_t index) {
  KnownClaim& claim = out_.claims[index];
  Fresh& fresh = fresh_[index];
  if (fresh.aside || claim.claim.status != Status::kStated) return false;
  // The words are looked for last: hardly any text has them.
  const auto stands = [&](const FigureState& state) {
    return std::any_of(state.told.begin(), state.told.end(), [&](const Told& value) {
      return !value.taken_back && value.meaning == fresh.meaning;
    });
  };
  const absl::Span<const std::uint32_t> all = index_.Candidates(fresh.bucket);
  const bool maybe = std::any_of(all.begin(), all.end(),
                                 [&](std::uint32_t position) { return stands(StateAt(position)); });
  if (!maybe || !SaysFigureTakenBack(claim)) return false;
  const auto found = FindFigure(index);
  if (!found || !stands(StateAt(*found))) return false;
  claim.claim.status = Status::kDenied;
  fresh.aside = true;
  return true;
}

Judgement Judging::Retract(const std::string& article_id, const std::string& why) {
  why_ =
      why.empty() ? "the article was withdrawn" : absl::StrCat("the article was withdrawn: ", why);
  WithdrawArticle(article_id);
  Settle();
  for (std::size_t position = 0; position < ledger_.figures.size(); ++position) {
    if (!without_revised_.contains(position)) continue;
    const Figure& figure = ledger_.figures[position];
    const FigureState& before = index_.states[position];
    if (before.believed < 0 || figure.key.status != Status::kStated) continue;
    if (figure.key.scope == Scope::kIncrement) continue;
    const Told& believed = before.told[static_cast<std::size_t>(before.believed)];
    const KnownClaim* taken = nullptr;
    for (const KnownClaim& claim : figure.claims) {
      const bool ours = claim.article_id == article_id && !claim.withdrawn;
      if (ours && MeaningOf(claim.claim.quantity) == believed.meaning) taken = &claim;
    }
    if (taken == nullptr || !Witnesses(position, *taken).empty()) continue;
    KnownClaim gone = *taken;
    gone.withdrawn = true;
    KnownClaim current;  // What is believed again.
    const FigureState& after = StateAt(position);
    if (after.believed >= 0) {
      const Told& told = after.told[static_cast<std::size_t>(after.believed)];
      if (const KnownClaim* left = FindClaim(figure, told.last, told.last_as_of)) current = *left;
    }
    Open(AlertKind::kRetracted, position, current, {gone}, why_);
  }
  out_.withdrawn = withdrawn_;
  out_.events = alerts_.TakeEvents();
  return std::move(out_);
}

void Judging::WithdrawArticle(const std::string& article_id) {
  revised_ = article_id;
  for (std::size_t position = 0; position < ledger_.figures.size(); ++position) {
    const Figure& figure = ledger_.figures[position];
    bool touched = false;
    for (const KnownClaim& claim : figure.claims) {
      if (claim.article_id != article_id) continue;
      touched = true;
      if (!claim.withdrawn) withdrawn_.push_back(claim.id);
    }
    if (touched) without_revised_.emplace(position, FigureState::Of(figure, article_id));
  }
  std::sort(withdrawn_.begin(), withdrawn_.end());
}

// Open alerts that rest on a claim that is gone lose it, and with their last one they are
// withdrawn.
void Judging::Settle() {
  if (withdrawn_.empty()) return;
  for (const Alert& open : alerts_.OpenAlerts()) {
    const bool by_nature = open.kind == AlertKind::kCorrected || open.kind == AlertKind::kRetracted;
    Alert alert = open;
    if (!by_nature) {
      std::erase_if(alert.previous, [&](const KnownClaim& c) { return IsWithdrawn(c.id); });
    }
    const bool current_gone = IsWithdrawn(alert.current.id);
    const bool lost = (current_gone && !Rebase(alert)) || alert.previous.empty();
    if (lost) {
      alert = open;
      alert.state = AlertState::kWithdrawn;
      alert.current.withdrawn = current_gone;
      alert.reason = why_;
      alerts_.Change(std::move(alert), AlertChange::kWithdrawn);
    } else if (current_gone || alert.previous.size() != open.previous.size()) {
      if (const auto position = PositionOf(alert.figure)) {
        CountWitnesses(*position, alert);
        alert.summary = Summarise(alert, FigureAt(*position).key);
      }
      alerts_.Change(std::move(alert), AlertChange::kUpdated);
    }
  }
}

// Another claim that the alert can rest on: the revised article's own, or an independent origin's.
bool Judging::Rebase(Alert& alert) const {
  const auto position = PositionOf(alert.figure);
  if (!position) return false;
  for (const KnownClaim* other : Witnesses(*position, alert.current)) {
    const bool copy = other->origin != 0 && other->origin == alert.current.origin;
    if (copy && other->article_id != alert.current.article_id) continue;
    alert.current = *other;
    return true;
  }
  return false;
}

// The publisher changed a figure of its own article. True when the group is settled by that.
bool Judging::JudgeRevision(const Group& group, const std::vector<const KnownClaim*>& fresh) {
  if (revised_.empty() || !without_revised_.contains(group.position)) return false;
  const Figure& figure = FigureAt(group.position);
  std::vector<KnownClaim> old;
  for (const KnownClaim& claim : figure.claims) {
    if (IsWithdrawn(claim.id)) old.push_back(claim);
  }
  if (old.empty()) return false;
  for (std::size_t i = 0; i < fresh.size(); ++i) {
    if (SetAsideForAlerts(*fresh[i])) return true;
    const Meaning now = MeaningOf(fresh[i]->claim.quantity);
    const bool changed = std::all_of(old.begin(), old.end(), [&](const KnownClaim& before) {
      return Clash(MeaningOf(before.claim.quantity), now);
    });
    if (!changed) continue;
    for (KnownClaim& claim : old) claim.withdrawn = true;
    if (old.size() > kAlertPreviousMax) old.resize(kAlertPreviousMax);
    Comparison& verdict = out_.verdicts[group.fresh[i]];
    verdict = {Reason::kCorrected, absl::StrCat(TellValue(old.front()), ", corrected to ",
                                                TellValue(*fresh[i]), " by the publisher")};
    Open(AlertKind::kCorrected, group.position, *fresh[i], std::move(old), verdict.explanation);
    return true;
  }
  return true;  // As it was.
}

// The figure that a text takes back: it says so, and the value was told.
std::optional<std::size_t> Judging::FindTakenBack(std::size_t index) {
  if (!SaysTakenBack(out_.claims[index])) return std::nullopt;
  FigureKey& key = fresh_[index].identity.key;
  key.status = Status::kStated;
  const auto found = FindFigure(index);
  key.status = Status::kDenied;
  if (!found) return std::nullopt;
  const Meaning& meaning = fresh_[index].meaning;
  const std::vector<Told>& told = StateAt(*found).told;
  const bool known = std::any_of(told.begin(), told.end(), [&](const Told& value) {
    return !value.taken_back && !Clash(value.meaning, meaning);
  });
  return known ? found : std::nullopt;
}

// A text takes an earlier figure back. True when the group is settled by that.
bool Judging::JudgeTakenBack(const Group& group, const std::vector<const KnownClaim*>& fresh) {
  const Figure& figure = FigureAt(group.position);
  if (figure.key.status == Status::kDenied) return false;
  const auto denial = std::find_if(fresh.begin(), fresh.end(), [](const KnownClaim* claim) {
    return claim->claim.status == Status::kDenied;
  });
  if (denial == fresh.end()) return false;
  const Meaning denied = MeaningOf((*denial)->claim.quantity);
  std::vector<KnownClaim> taken;
  for (const KnownClaim& claim : figure.claims) {
    const bool stands = !claim.withdrawn && !SetAsideForAlerts(claim);
    if (!stands || Clash(MeaningOf(claim.claim.quantity), denied)) continue;
    withdrawn_.push_back(claim.id);
    if (taken.size() < kAlertPreviousMax) taken.push_back(claim);
  }
  if (taken.empty()) return false;
  std::sort(withdrawn_.begin(), withdrawn_.end());
  why_ = absl::StrCat(TellValue(**denial), " was taken back");
  Settle();
  for (KnownClaim& claim : taken) claim.withdrawn = true;
  Comparison& verdict =
      out_.verdicts[group.fresh[static_cast<std::size_t>(denial - fresh.begin())]];
  verdict = {Reason::kRetracted, absl::StrCat(TellValue(taken.front()), " is taken back")};
  Open(AlertKind::kRetracted, group.position, **denial, std::move(taken), verdict.explanation);
  return true;
}

}  // namespace claimwatch
