#include "server/ledger/judging.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/base/check.h"
#include "server/ledger/wording.h"

namespace claimwatch {
namespace {

constexpr std::size_t kSumClaimsMax = 24;  // First claims of an article that are added up.

AlertKind KindOf(Reason reason) {
  switch (reason) {
    case Reason::kRaised:
      return AlertKind::kRaised;
    case Reason::kLowered:
      return AlertKind::kLowered;
    case Reason::kCorrected:
      return AlertKind::kCorrected;
    case Reason::kRetracted:
      return AlertKind::kRetracted;
    case Reason::kSelfContradiction:
      return AlertKind::kSelfContradiction;
    case Reason::kBoundBroken:
      return AlertKind::kBoundBroken;
    default:
      return AlertKind::kConflict;
  }
}

// The dead and the hurt are some of all casualties.
bool IsWholeOfVictims(const FigureKey& whole, const FigureKey& part) {
  const bool victims = part.measure == "killed" || part.measure == "injured";
  const bool all = whole.measure == "casualties";
  return victims && all && part.status == whole.status && part.dimension == whole.dimension &&
         whole.scope == Scope::kTotal && part.scope != Scope::kIncrement &&
         part.scope != Scope::kRate;
}

bool OneSource(const KnownClaim& a, const KnownClaim& b) {
  return (!a.source.empty() && a.source == b.source) ||
         SameSpeaker(a.claim.attribution.text, b.claim.attribution.text);
}

}  // namespace

Judging::Judging(const StoryLedger& ledger, absl::Time sequenced, FindMeasure measures,
                 IdSource& ids)
    : ledger_(ledger),
      measures_(measures),
      ids_(ids),
      built_(ledger.index.states.size() == ledger.figures.size() ? LedgerIndex()
                                                                 : LedgerIndex::Of(ledger.figures)),
      index_(ledger.index.states.size() == ledger.figures.size() ? ledger.index : built_),
      alerts_(ledger.alerts, sequenced, ids) {}

Judgement Judging::Judge(FreshArticle article) {
  if (article.revision) {
    why_ = "the article was revised";
    WithdrawArticle(article.article_id);
  }
  out_.claims = std::move(article.claims);
  out_.verdicts.resize(out_.claims.size());
  const bool worked_out = article.gists.size() == out_.claims.size();
  TakeIn(worked_out ? std::move(article.gists) : GistsOf(out_.claims, measures_));
  const std::vector<Group> groups = PlaceAll(article.story);
  Settle();
  for (const Group& group : groups) JudgeGroup(group);
  JudgeBounds(groups);
  out_.withdrawn = withdrawn_;
  out_.events = alerts_.TakeEvents();
  out_.gists.reserve(fresh_.size());
  for (Fresh& fresh : fresh_) out_.gists.push_back(std::move(fresh));
  return std::move(out_);
}

const Measure& Judging::MeasureOf(std::string_view name) const {
  static const Measure kUnknown;
  const Measure* found = measures_(name);
  return found != nullptr ? *found : kUnknown;
}

const Figure& Judging::FigureAt(std::size_t position) const {
  const std::size_t known = ledger_.figures.size();
  return position < known ? ledger_.figures[position] : out_.new_figures[position - known];
}

const FigureState& Judging::StateAt(std::size_t position) const {
  static const FigureState kNothing;
  if (position >= ledger_.figures.size()) return kNothing;
  const auto recomputed = without_revised_.find(position);
  return recomputed != without_revised_.end() ? recomputed->second : index_.states[position];
}

std::optional<std::size_t> Judging::PositionOf(FigureId id) const {
  const auto found =
      std::lower_bound(ledger_.figures.begin(), ledger_.figures.end(), id,
                       [](const Figure& figure, FigureId wanted) { return figure.id < wanted; });
  if (found == ledger_.figures.end() || found->id != id) return std::nullopt;
  return static_cast<std::size_t>(found - ledger_.figures.begin());
}

void Judging::JudgeGroup(const Group& group) {
  const Figure& figure = FigureAt(group.position);
  const Measure& measure = MeasureOf(figure.key.measure);
  std::vector<const KnownClaim*> fresh;
  for (const std::size_t i : group.fresh) fresh.push_back(&out_.claims[i]);
  const Outcome outcome = JudgeFigure(figure, StateAt(group.position), fresh, measure);
  for (std::size_t i = 0; i < fresh.size(); ++i) {
    out_.verdicts[group.fresh[i]] = outcome.verdicts[i];
  }
  if (JudgeTakenBack(group, fresh)) return;
  if (JudgeRevision(group, fresh)) return;
  if (outcome.news >= 0 && !IsDoubtful(group, static_cast<std::size_t>(outcome.news))) {
    const std::size_t news = static_cast<std::size_t>(outcome.news);
    if (IsToldNow(group.position, *fresh[news])) return;
    Open(KindOf(outcome.verdicts[news].reason), group.position, *fresh[news], outcome.previous,
         outcome.verdicts[news].explanation);
    return;
  }
  const bool toll = measure.people && measure.cumulative;
  const SelfContradiction self = toll ? FindSelfContradiction(fresh) : SelfContradiction();
  if (self.first >= 0 && !IsSumTold(group.fresh[static_cast<std::size_t>(self.first)]) &&
      !IsSumTold(group.fresh[static_cast<std::size_t>(self.second)])) {
    const std::size_t second = static_cast<std::size_t>(self.second);
    const KnownClaim& headline = *fresh[static_cast<std::size_t>(self.first)];
    Comparison& verdict = out_.verdicts[group.fresh[second]];
    verdict = {Reason::kSelfContradiction, absl::StrCat("the headline says ", TellValue(headline),
                                                        ", the text ", TellValue(*fresh[second]))};
    Open(AlertKind::kSelfContradiction, group.position, *fresh[second], {headline},
         verdict.explanation);
    return;
  }
  Confirm(group, fresh);
}

// Whether this article's change was told already of the figure's twin: "will cut 2,000 jobs" in the
// headline, "is to cut" in the text, one read as planned and one as stated. One change, one alert.
bool Judging::IsToldNow(std::size_t position, const KnownClaim& current) const {
  FigureKey key = FigureAt(position).key;
  const Meaning meaning = MeaningOf(current.claim.quantity);
  return std::any_of(out_.claims.begin(), out_.claims.end(), [&](const KnownClaim& other) {
    const Alert* alert = other.figure == current.figure ? nullptr : alerts_.OpenOf(other.figure);
    if (alert == nullptr || alert->current.id != other.id) return false;
    FigureKey twin = fresh_[static_cast<std::size_t>(&other - out_.claims.data())].identity.key;
    twin.status = key.status;
    return SameQuestion(key, twin) && !Clash(MeaningOf(other.claim.quantity), meaning);
  });
}

// Whether the article's figures of persons hold two that add up to this one ("2 adults and 3
// children", "1 dead, 8 hurt"), or this one is one of two that add up to a third.
bool Judging::IsSumTold(std::size_t index) const {
  struct Value {
    std::size_t of;
    Decimal told;
  };
  std::vector<Value> values;
  for (std::size_t i = 0; i < std::min(out_.claims.size(), kSumClaimsMax); ++i) {
    const Quantity& q = out_.claims[i].claim.quantity;
    const bool exact = q.low.has_value() && q.low == q.high && !q.low->IsZero();
    if (exact && fresh_[i].identity.key.dimension == "people") values.push_back({i, *q.low});
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t j = i + 1; j < values.size(); ++j) {
      const Decimal sum = values[i].told + values[j].told;
      const bool ours = values[i].of == index || values[j].of == index;
      for (const Value& all : values) {
        if ((ours || all.of == index) && all.told == sum) return true;
      }
    }
  }
  return false;
}

// An open alert of the figure hears that its new value is told again.
void Judging::Confirm(const Group& group, const std::vector<const KnownClaim*>& fresh) {
  const Alert* open = alerts_.OpenOf(FigureAt(group.position).id);
  if (open == nullptr || open->kind == AlertKind::kRetracted) return;
  const Meaning now = MeaningOf(open->current.claim.quantity);
  std::optional<Backing> backing;  // The same for each of them; an alert is dear to copy.
  for (const KnownClaim* claim : fresh) {
    const Meaning told = MeaningOf(claim->claim.quantity);
    if (claim->article_id == open->current.article_id || SetAsideForAlerts(*claim)) continue;
    if (!Shields(told, now)) continue;
    const bool converged =
        !OneSource(*claim, open->current) &&
        std::any_of(open->previous.begin(), open->previous.end(),
                    [&](const KnownClaim& before) { return OneSource(*claim, before); });
    if (!backing.has_value()) backing = BackingOf(group.position, open->current);
    if (!converged && backing->origins <= open->current_origins) continue;
    Alert changed = *open;
    changed.current_origins = std::max(backing->origins, open->current_origins);
    changed.current_sources = backing->sources;
    changed.severity = SeverityOf(changed, MeasureOf(changed.measure));
    changed.summary = Summarise(changed, FigureAt(group.position).key);
    if (converged) changed.state = AlertState::kResolved;
    if (converged) changed.reason = absl::StrCat(TellWho(*claim), " now tells it too");
    alerts_.Change(std::move(changed), converged ? AlertChange::kResolved : AlertChange::kUpdated);
    return;
  }
}

// Claims that stand and tell the value of `claim`, those of this article included.
std::vector<const KnownClaim*> Judging::Witnesses(std::size_t position,
                                                  const KnownClaim& claim) const {
  const Figure& figure = FigureAt(position);
  const Meaning meaning = MeaningOf(claim.claim.quantity);
  std::vector<const KnownClaim*> witnesses;
  const auto add = [&](const KnownClaim& other) {
    if (other.id == claim.id || other.withdrawn || IsWithdrawn(other.id)) return;
    if (SetAsideForAlerts(other)) return;
    if (Shields(MeaningOf(other.claim.quantity), meaning)) witnesses.push_back(&other);
  };
  for (const KnownClaim& other : figure.claims) add(other);
  for (const KnownClaim& other : out_.claims) {
    if (other.figure == figure.id) add(other);
  }
  return witnesses;
}

// How many origins and outlets stand behind the current value of an alert.
Judging::Backing Judging::BackingOf(std::size_t position, const KnownClaim& current) const {
  if (current.id == ClaimId::kNone) return {};
  const std::vector<const KnownClaim*> witnesses = Witnesses(position, current);
  std::set<std::string_view> sources = {current.source};
  for (const KnownClaim* witness : witnesses) sources.insert(witness->source);
  return {CountOrigins(current, witnesses), static_cast<int>(sources.size())};
}

void Judging::CountWitnesses(std::size_t position, Alert& alert) const {
  const Backing backing = BackingOf(position, alert.current);
  alert.current_origins = backing.origins;
  alert.current_sources = backing.sources;
}

void Judging::Open(AlertKind kind, std::size_t position, const KnownClaim& current,
                   std::vector<KnownClaim> previous, std::string reason) {
  const Figure& figure = FigureAt(position);
  Alert alert;
  alert.kind = kind;
  alert.story = ledger_.story != StoryId::kNone ? ledger_.story : current.story;
  alert.figure = figure.id;
  alert.measure = figure.key.measure;
  alert.current = current;
  alert.previous = std::move(previous);
  CountWitnesses(position, alert);
  if (!alert.previous.empty()) {
    alert.previous_origins =
        CountOrigins(alert.previous.front(), Witnesses(position, alert.previous.front()));
  }
  alert.severity = SeverityOf(alert, MeasureOf(alert.measure));
  alert.summary = Summarise(alert, figure.key);
  alert.reason = std::move(reason);
  alerts_.Open(std::move(alert));
}

// A part that its own article makes larger than the whole. Only within one article: of two articles
// the whole may simply be the older figure.
void Judging::JudgeBounds(const std::vector<Group>& groups) {
  for (const Group& part : groups) {
    const Figure& figure = FigureAt(part.position);
    if (alerts_.OpenedNow(figure.id)) continue;
    const auto whole = std::find_if(groups.begin(), groups.end(), [&](const Group& group) {
      return FigureAt(group.position).id == figure.whole ||
             IsWholeOfVictims(FigureAt(group.position).key, figure.key);
    });
    if (whole == groups.end()) continue;
    const auto larger = [&](std::size_t i) {
      const Meaning told = MeaningOf(out_.claims[i].claim.quantity);
      return std::all_of(whole->fresh.begin(), whole->fresh.end(), [&](std::size_t j) {
        const Claim& all = out_.claims[j].claim;
        const bool beside = all.field == out_.claims[i].claim.field &&
                            all.sentence == out_.claims[i].claim.sentence;
        const bool counted = all.quantity.low && *all.quantity.low > Decimal(0);
        return beside && counted && all.quantity.high.has_value() &&
               !SetAsideForAlerts(out_.claims[j]) &&
               Above(told.asserted, MeaningOf(all.quantity).meant);
      });
    };
    const auto found = std::find_if(part.fresh.begin(), part.fresh.end(), larger);
    if (found == part.fresh.end() || SetAsideForAlerts(out_.claims[*found])) continue;
    const KnownClaim& total = out_.claims[whole->fresh.front()];
    out_.verdicts[*found] = {Reason::kBoundBroken,
                             absl::StrCat("a part of ", TellValue(out_.claims[*found]),
                                          " in a whole of ", TellValue(total))};
    Open(AlertKind::kBoundBroken, part.position, out_.claims[*found], {total},
         out_.verdicts[*found].explanation);
  }
}

bool Judging::IsWithdrawn(ClaimId id) const {
  return std::binary_search(withdrawn_.begin(), withdrawn_.end(), id);
}

}  // namespace claimwatch
