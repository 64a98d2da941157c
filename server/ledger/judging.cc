#include "server/ledger/judging.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "server/base/check.h"
#include "server/ledger/wording.h"

namespace claimwatch {
namespace {

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

constexpr double kSameSentence = 0.85;  // Likeness of two wordings of one sentence.
constexpr double kSmallToll = 10;       // Below it, early tolls jump about.
constexpr absl::Duration kPlacePartWindow = absl::Hours(48);

bool SaysLowered(const KnownClaim& claim) {
  static constexpr std::array<absl::string_view, 12> kWords = {
      "lowered",    "revised",    "downward", "down from",  "corrected",    "reduced",
      "fewer than", "lower than", "cut its",  "overstated", "double count", "recount"};
  const std::string text = absl::AsciiStrToLower(claim.sentence_text);
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](absl::string_view words) { return absl::StrContains(text, words); });
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

Judgement Judging::Judge(const FreshArticle& article) {
  if (article.revision) {
    why_ = "the article was revised";
    WithdrawArticle(article.article_id);
  }
  std::vector<Group> groups;
  out_.claims = article.claims;
  out_.verdicts.resize(article.claims.size());
  for (std::size_t i = 0; i < out_.claims.size(); ++i) {
    const std::size_t position = Place(i);
    likenesses_.push_back(likeness_);
    out_.claims[i].figure = FigureAt(position).id;
    out_.claims[i].story = article.story;
    const auto group = std::find_if(groups.begin(), groups.end(),
                                    [&](const Group& known) { return known.position == position; });
    if (group != groups.end()) {
      group->fresh.push_back(i);
    } else {
      groups.push_back({position, {i}});
    }
  }
  Settle();
  for (const Group& group : groups) JudgeGroup(group);
  JudgeBounds(groups);
  out_.withdrawn = withdrawn_;
  out_.events = alerts_.TakeEvents();
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

// The figure of a claim: the best of those that answer its question, else a new one.
std::size_t Judging::Place(std::size_t index) {
  const KnownClaim& claim = out_.claims[index];
  const Measure& measure = MeasureOf(claim.measure);
  Identity identity = IdentityOf(claim, measure);
  if (claim.claim.status == Status::kDenied) {
    if (const auto denied = FindTakenBack(identity, claim)) return *denied;
  }
  if (SetAsideForAlerts(claim)) {
    const auto found = FindFigure(identity, claim);
    return found ? *found : NewFigure(identity, claim);
  }
  const bool beside = TellsAnotherValue(index, identity.key);
  if (!IsToll(measure) && beside) {
    // A noun that one article counts twice names two things: the words must tell which.
    identity.needs = Evidence::kStrong;
    identity.words = WordsAround(claim);
  }
  std::optional<std::size_t> found = FindFigure(identity, claim);
  const bool sums_up = IsToll(measure) || (measure.cumulative && identity.key.counted != "");
  if (sums_up && !IsWhole(index, found)) {
    identity.key.scope = Scope::kPart;
    identity.key.period = kUnclearPart;
    identity.needs = Evidence::kStrong;
    identity.words = WordsAround(claim);
    found = FindFigure(identity, claim);
  }
  return found ? *found : NewFigure(identity, claim);
}

bool Judging::TellsAnotherValue(std::size_t index, const FigureKey& key) const {
  const KnownClaim& claim = out_.claims[index];
  const Meaning meaning = MeaningOf(claim.claim.quantity);
  return std::any_of(out_.claims.begin(), out_.claims.end(), [&](const KnownClaim& other) {
    if (!SameMeasure(other.measure, claim.measure) || SetAsideForAlerts(other)) return false;
    if (!Clash(MeaningOf(other.claim.quantity), meaning)) return false;
    const FigureKey told = IdentityOf(other, MeasureOf(other.measure)).key;
    return BucketOf(told) == BucketOf(key) && Differ(told, key) == KeyDifference::kSame;
  });
}

// Whether a toll is the whole of its group: a smaller one beside a larger in one article is a part,
// or history; and one of less than half of what is known is another count, unless the text says
// that the toll was lowered. What was told before is never doubted.
bool Judging::IsWhole(std::size_t index, std::optional<std::size_t> figure) const {
  const KnownClaim& claim = out_.claims[index];
  const Meaning meaning = MeaningOf(claim.claim.quantity);
  static const FigureState kNothing;
  const FigureState& state = figure ? StateAt(*figure) : kNothing;
  const bool told = std::any_of(state.told.begin(), state.told.end(),
                                [&](const Told& value) { return Shields(value.meaning, meaning); });
  if (told) return true;
  const FigureKey key = IdentityOf(claim, MeasureOf(claim.measure)).key;
  for (const KnownClaim& other : out_.claims) {
    if (other.measure != claim.measure || SetAsideForAlerts(other)) continue;
    if (!Above(MeaningOf(other.claim.quantity).meant, meaning.meant)) continue;
    if (IdentityOf(other, MeasureOf(other.measure)).key == key) return false;
  }
  if (state.believed < 0 || SaysLowered(claim)) return true;
  const Told& believed = state.told[static_cast<std::size_t>(state.believed)];
  const double before = Middle(believed.meaning.meant);
  if (key.scope != Scope::kTotal) return true;
  return believed.taken_back || before <= kSmallToll || Middle(meaning.meant) * 2 >= before;
}

std::optional<std::size_t> Judging::FindFigure(const Identity& identity, const KnownClaim& claim) {
  std::optional<std::size_t> best;
  double best_score = -1;
  const WordWeights words = WordsAround(claim);
  const auto consider = [&](std::size_t position, const std::vector<WordWeights>& told) {
    const FigureKey& key = FigureAt(position).key;
    if (Differ(key, identity.key) != KeyDifference::kSame) return;
    Evidence needs = EvidenceFor(key, identity.key, identity.needs);
    // "Five killed in Homs" a week later is another five, unless the sentence says otherwise.
    const bool stale = AsOf(claim) - StateAt(position).newest > kPlacePartWindow;
    if (!key.place.empty() && key.population == "people" && stale) needs = Evidence::kStrong;
    double score = needs == Evidence::kKey ? 1 : 0;
    if (needs != Evidence::kKey) {
      for (const WordWeights& other : told) score = std::max(score, Similarity(words, other));
    }
    if (score <= best_score || !Suffices(score, needs)) return;
    best = position;
    best_score = score;
  };
  likeness_ = 0;
  const auto bucket = index_.buckets.find(BucketOf(identity.key));
  if (bucket != index_.buckets.end()) {
    const std::vector<std::uint32_t>& all = bucket->second;
    const std::size_t first = all.size() > kCandidatesMax ? all.size() - kCandidatesMax : 0;
    for (std::size_t i = first; i < all.size(); ++i) consider(all[i], StateAt(all[i]).words);
  }
  for (std::size_t i = 0; i < out_.new_figures.size(); ++i) {
    if (BucketOf(out_.new_figures[i].key) != BucketOf(identity.key)) continue;
    consider(ledger_.figures.size() + i, {new_words_[i]});
  }
  likeness_ = best_score;
  return best;
}

std::size_t Judging::NewFigure(const Identity& identity, const KnownClaim& claim) {
  Figure figure;
  ids_.last_figure = FigureId{static_cast<std::int64_t>(ids_.last_figure) + 1};
  figure.id = ids_.last_figure;
  figure.key = identity.key;
  if (figure.key.scope == Scope::kPart && figure.key.dimension == "people") {
    Identity whole = identity;
    whole.key.scope = Scope::kTotal;
    whole.key.population = "people";
    whole.key.place.clear();
    whole.key.period.clear();
    whole.needs = Evidence::kKey;
    if (const auto found = FindFigure(whole, claim)) figure.whole = FigureAt(*found).id;
  }
  out_.new_figures.push_back(std::move(figure));
  new_words_.push_back(WordsAround(claim));
  return ledger_.figures.size() + out_.new_figures.size() - 1;
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
    Open(KindOf(outcome.verdicts[news].reason), group.position, *fresh[news], outcome.previous,
         outcome.verdicts[news].explanation);
    return;
  }
  const bool toll = measure.people && measure.cumulative;
  const SelfContradiction self = toll ? FindSelfContradiction(fresh) : SelfContradiction();
  if (self.first >= 0) {
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

// Things, sums and measurements: where the sentence is not the one that told the figure before, a
// value that is known of a like figure, or told beside one that is, counts something else: one
// article tells of two quakes, two prices.
bool Judging::IsDoubtful(const Group& group, std::size_t news) const {
  const std::size_t index = group.fresh[news];
  const KnownClaim& claim = out_.claims[index];
  const Measure& measure = MeasureOf(claim.measure);
  if (IsToll(measure) || likenesses_[index] >= kSameSentence) return false;
  const FigureKey& key = FigureAt(group.position).key;
  const auto shielded = [](const FigureState& state, const KnownClaim& by) {
    const Meaning meaning = MeaningOf(by.claim.quantity);
    return std::any_of(state.told.begin(), state.told.end(),
                       [&](const Told& value) { return Shields(value.meaning, meaning); });
  };
  for (const KnownClaim& other : out_.claims) {
    if (!SameMeasure(other.measure, claim.measure) || SetAsideForAlerts(other)) continue;
    const FigureKey told = IdentityOf(other, MeasureOf(other.measure)).key;
    if (BucketOf(told) != BucketOf(key) || Differ(told, key) != KeyDifference::kSame) continue;
    if (shielded(StateAt(group.position), other)) return true;
  }
  const auto bucket = index_.buckets.find(BucketOf(key));
  if (bucket == index_.buckets.end()) return false;
  const std::vector<std::uint32_t>& all = bucket->second;
  const std::size_t first = all.size() > kCandidatesMax ? all.size() - kCandidatesMax : 0;
  return std::any_of(all.begin() + static_cast<std::ptrdiff_t>(first), all.end(),
                     [&](std::uint32_t position) {
                       return Differ(FigureAt(position).key, key) == KeyDifference::kSame &&
                              shielded(StateAt(position), claim);
                     });
}

// An open alert of the figure hears that its new value is told again.
void Judging::Confirm(const Group& group, const std::vector<const KnownClaim*>& fresh) {
  const Alert* open = alerts_.OpenOf(FigureAt(group.position).id);
  if (open == nullptr) return;
  const Meaning now = MeaningOf(open->current.claim.quantity);
  for (const KnownClaim* claim : fresh) {
    const Meaning told = MeaningOf(claim->claim.quantity);
    if (claim->article_id == open->current.article_id || SetAsideForAlerts(*claim)) continue;
    if (!Shields(told, now)) continue;
    const bool converged =
        !OneSource(*claim, open->current) &&
        std::any_of(open->previous.begin(), open->previous.end(),
                    [&](const KnownClaim& before) { return OneSource(*claim, before); });
    const int origins = CountOrigins(open->current, Witnesses(group.position, open->current));
    if (!converged && origins <= open->current_origins) continue;
    Alert changed = *open;
    changed.current_origins = std::max(origins, open->current_origins);
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
  alert.current_origins = CountOrigins(alert.current, Witnesses(position, alert.current));
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
    if (figure.whole == FigureId::kNone || alerts_.OpenedNow(figure.id)) continue;
    const auto whole = std::find_if(groups.begin(), groups.end(), [&](const Group& group) {
      return FigureAt(group.position).id == figure.whole;
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
