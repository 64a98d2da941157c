// Which figure of the story a fresh claim belongs to.
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "server/ledger/judging.h"
#include "server/ledger/whole.h"
#include "server/ledger/words.h"

namespace claimwatch {
namespace {

constexpr double kSameSentence = 0.85;  // Likeness of two wordings of one sentence.
const Decimal kSmallToll = 10;          // Below it, early tolls jump about.
constexpr absl::Duration kPlacePartWindow = absl::Hours(48);

bool SaysLowered(const KnownClaim& claim) {
  static constexpr std::array<std::string_view, 12> kWords = {
      "lowered",    "revised",    "downward", "down from",  "corrected",    "reduced",
      "fewer than", "lower than", "cut its",  "overstated", "double count", "recount"};
  return SaysAny(claim.sentence_text, kWords);
}

bool IsTold(const FigureState& state, const Meaning& meaning) {
  return std::any_of(state.told.begin(), state.told.end(),
                     [&](const Told& value) { return Shields(value.meaning, meaning); });
}

// A toll does not grow a thousandfold at once, nor a hundredfold beside a figure that is nearer to
// what is known: that is another event's, or a number of something else.
const Decimal kLeap = 1000;
const Decimal kLeapBeside = 100;

bool IsLeap(const FigureState& known, const Meaning& fresh, const Decimal& times) {
  if (known.believed < 0) return false;
  const Told& believed = known.told[static_cast<std::size_t>(known.believed)];
  const std::optional<Decimal>& before = believed.meaning.meant.high;
  if (!before || !fresh.meant.low) return false;
  return *fresh.meant.low > std::max(*before, Decimal(1)) * times;
}

// A magnitude is revised by tenths; further off it is another quake's.
bool IsAnotherQuake(const FigureState& known, const KnownClaim& claim, const Meaning& fresh) {
  constexpr double kRevisedBy = 0.5;
  if (claim.measure != "magnitude" || known.believed < 0) return false;
  const Told& believed = known.told[static_cast<std::size_t>(known.believed)];
  return std::abs(Middle(believed.meaning.meant) - Middle(fresh.meant)) > kRevisedBy;
}

std::optional<Decimal> ExactValue(const Quantity& quantity) {
  if (!quantity.low || quantity.low != quantity.high || quantity.approximate) return std::nullopt;
  return quantity.low;
}

// "5,400 people were killed, not 6,200": told to be wrong.
bool IsRuledOut(const KnownClaim& known) {
  const Claim& claim = known.claim;
  if (claim.quote.begin <= claim.sentence.begin) return false;
  const std::string_view text = known.sentence_text;
  return text.substr(0, claim.quote.begin - claim.sentence.begin).ends_with(", not ");
}

// "One man was treated", "One of them died": somebody, where more are known; but a headline counts.
bool IsSomebody(const KnownClaim& known) {
  const Claim& claim = known.claim;
  if (claim.field == Field::kTitle || ExactValue(claim.quantity) != Decimal(1)) return false;
  const bool opens = claim.quote.begin == claim.sentence.begin;
  return opens || !IsEverybody(Singular(claim.counted));
}

constexpr std::array<std::string_view, 8> kDiseases = {
    "cholera", "ebola", "influenza", "measles", "epidemic", "pandemic", "virus", "disease"};

bool IsVictims(std::string_view measure) {
  return measure == "killed" || measure == "injured" || measure == "hospitalised" ||
         measure == "casualties";
}

}  // namespace

// A disease is about: what happened is told country by country.
bool Judging::IsOutbreak() const {
  // "Two of my children are sick" makes no outbreak.
  const auto infected = [](const auto& told) {
    return told.key.measure == "infected" && told.key.scope == Scope::kTotal;
  };
  return std::any_of(ledger_.figures.begin(), ledger_.figures.end(), infected) ||
         std::any_of(out_.claims.begin(), out_.claims.end(), [](const KnownClaim& claim) {
           if (claim.measure == "infected") return claim.claim.scope == Scope::kTotal;
           return claim.measure == "killed" && claim.claim.status == Status::kStated &&
                  SaysAny(claim.sentence_text, kDiseases);
         });
}

void Judging::TakeIn(std::vector<Gist> gists) {
  const bool outbreak = IsOutbreak();
  fresh_.reserve(gists.size());
  for (std::size_t i = 0; i < gists.size(); ++i) {
    const KnownClaim& claim = out_.claims[i];
    Fresh& fresh = fresh_.emplace_back(Fresh{std::move(gists[i])});
    fresh.identity.key.incident = claim.incident;
    if (outbreak && IsToll(MeasureOf(claim.measure))) SetCountry(claim, fresh.identity);
    fresh.bucket = BucketOf(fresh.identity.key);
    fresh.aside = SetAsideForAlerts(claim) || IsRuledOut(claim);
  }
}

std::vector<Judging::Group> Judging::PlaceAll(StoryId story) {
  std::vector<Group> groups;
  for (std::size_t i = 0; i < out_.claims.size(); ++i) {
    const std::size_t position = Place(i);
    out_.claims[i].figure = FigureAt(position).id;
    out_.claims[i].story = story;
    const auto group = std::find_if(groups.begin(), groups.end(),
                                    [&](const Group& known) { return known.position == position; });
    if (group != groups.end()) {
      group->fresh.push_back(i);
    } else {
      groups.push_back({position, {i}});
    }
  }
  return groups;
}

// The figure of a claim: the best of those that answer its question, else a new one.
std::size_t Judging::Place(std::size_t index) {
  Fresh& fresh = fresh_[index];
  const Measure& measure = MeasureOf(out_.claims[index].measure);
  if (fresh.identity.key.status == Status::kDenied) {
    if (const auto denied = FindTakenBack(index)) return *denied;
  }
  if (TakesBackTold(index)) return *FindFigure(index);
  const bool toll = IsToll(measure);
  if (toll && IsWholeSoFar(index)) {
    MakeWhole(fresh.identity);
    fresh.bucket = BucketOf(fresh.identity.key);
  }
  // A noun that one article counts twice names two things: the words must tell which.
  const bool single = !measure.people && !measure.keyed_by_noun;
  const bool telling = !fresh.identity.key.role.empty() && fresh.identity.needs == Proof::kKey;
  if (!toll && !single && !telling && !fresh.aside && TellsAnotherValue(index)) {
    fresh.identity.needs = Proof::kStrong;
  }
  if (!toll && !fresh.aside && IsPartBeside(index)) {
    MakeUnclear(out_.claims[index], fresh.identity);
  }
  std::optional<std::size_t> found = FindFigure(index);
  const bool sums_up =
      toll || single || (measure.cumulative && !fresh.identity.key.counted.empty());
  if (sums_up && !fresh.aside && !IsWhole(index, found)) {
    MakeUnclear(out_.claims[index], fresh.identity);
    found = FindFigure(index);
  }
  if (found && !toll && !fresh.aside && IsOtherScale(index, *found)) {
    MakeUnclear(out_.claims[index], fresh.identity);
    found = FindFigure(index);
  }
  return found ? *found : NewFigure(index);
}

// Things of one noun, or sums of one role, of which one is more than ten times the other, in
// sentences that have little in common: 800 jobs at a bank, 12,000 in the public sector.
bool Judging::IsOtherScale(std::size_t index, std::size_t figure) const {
  const Decimal kTimes = 10;
  const Fresh& fresh = fresh_[index];
  const FigureState& state = StateAt(figure);
  if (fresh.identity.needs != Proof::kSome || state.believed < 0) return false;
  if (Suffices(fresh.likeness, Proof::kStrong)) return false;
  const Interval& known = state.told[static_cast<std::size_t>(state.believed)].meaning.meant;
  const Interval& told = fresh.meaning.meant;
  const auto beyond = [&](const std::optional<Decimal>& high, const std::optional<Decimal>& low) {
    return high && low && *low > *high * kTimes;
  };
  return beyond(known.high, told.low) || beyond(told.high, known.low);
}

// A part of which the text does not say which, where the article tells no whole beside it: what is
// not less than all that is known is no part of it.
bool Judging::IsWholeSoFar(std::size_t index) const {
  const Fresh& fresh = fresh_[index];
  if (fresh.aside || fresh.meaning.loose) return false;  // "Thousands" count nobody.
  if (!IsNamelessPart(out_.claims[index], fresh.identity.key)) return false;
  Identity whole = fresh.identity;
  MakeWhole(whole);
  const std::uint64_t bucket = BucketOf(whole.key);
  const auto answers = [&](const FigureKey& key) { return SameQuestion(key, whole.key); };
  for (std::size_t i = 0; i < fresh_.size(); ++i) {
    const Fresh& other = fresh_[i];
    const bool beside = i != index && other.bucket == bucket && !other.aside;
    if (beside && answers(other.identity.key)) return false;
    // Of two parts the larger may be the whole.
    const bool larger = i != index && other.bucket == fresh.bucket &&
                        Above(other.meaning.meant, fresh.meaning.meant);
    if (larger && IsNamelessPart(out_.claims[i], other.identity.key)) return false;
  }
  // The first figure of a story is told where an article says what it is about.
  constexpr std::uint32_t kLeadBytes = 500;
  const Claim& claim = out_.claims[index].claim;
  bool known = claim.field == Field::kTitle || claim.quote.begin < kLeadBytes;
  for (const std::uint32_t position : index_.Candidates(bucket)) {
    const FigureState& state = StateAt(position);
    if (state.believed < 0 || !answers(FigureAt(position).key)) continue;
    known = true;
    const Told& believed = state.told[static_cast<std::size_t>(state.believed)];
    if (!IsTold(state, fresh.meaning) && !Above(fresh.meaning.meant, believed.meaning.meant)) {
      return false;
    }
  }
  return known;
}

bool Judging::TellsAnotherValue(std::size_t index) const {
  const Fresh& fresh = fresh_[index];
  for (std::size_t i = 0; i < fresh_.size(); ++i) {
    const Fresh& other = fresh_[i];
    const FigureKey& key = other.identity.key;
    const bool clash = other.bucket == fresh.bucket && !other.aside &&
                       Clash(other.meaning, fresh.meaning) && SameQuestion(key, fresh.identity.key);
    // A price is told apart from a sum of which nothing is said.
    if (!fresh.identity.key.role.empty() && key.role != fresh.identity.key.role) continue;
    if (clash && !IsPartBeside(i)) return true;
  }
  return false;
}

// "842 aftershocks, including 54 strong ones": the 54 are some of the 842.
bool Judging::IsPartBeside(std::size_t index) const {
  const Fresh& fresh = fresh_[index];
  if (out_.claims[index].claim.scope != Scope::kPart) return false;
  return std::any_of(fresh_.begin(), fresh_.end(), [&](const Fresh& other) {
    return other.bucket == fresh.bucket && !other.aside &&
           Above(other.meaning.meant, fresh.meaning.meant) &&
           SameQuestion(other.identity.key, fresh.identity.key);
  });
}

// Whether the article tells a fuller figure of the same question, so that this one is a part of it,
// or history. The headline tells the whole, if the text agrees with it; else the largest does.
bool Judging::IsBesideTheWhole(std::size_t index, const FigureState& known) const {
  const Fresh& fresh = fresh_[index];
  const bool countries = TellsCountries(fresh.bucket);
  bool larger = false;
  bool beside = false;     // There is another figure that may be the whole.
  bool headline = false;   // There is one, and it tells another figure.
  bool confirmed = false;  // Which the text repeats.
  for (std::size_t i = 0; i < fresh_.size(); ++i) {
    const Fresh& other = fresh_[i];
    const bool same = i != index && other.bucket == fresh.bucket && !other.aside &&
                      SameQuestion(other.identity.key, fresh.identity.key) &&
                      (!countries || other.identity.key.place == fresh.identity.key.place) &&
                      !IsLeap(known, other.meaning, kLeapBeside);
    if (!same) continue;
    beside = true;
    const bool clash = Clash(other.meaning, fresh.meaning);
    larger |= Above(other.meaning.meant, fresh.meaning.meant);
    if (out_.claims[i].claim.field != Field::kTitle || !clash) continue;
    headline = true;
    for (std::size_t j = 0; j < fresh_.size(); ++j) {
      confirmed |= j != i && fresh_[j].bucket == other.bucket && !fresh_[j].aside &&
                   SameQuestion(fresh_[j].identity.key, other.identity.key) &&
                   !Clash(fresh_[j].meaning, other.meaning);
    }
  }
  if (IsLeap(known, fresh.meaning, beside ? kLeapBeside : kLeap)) return true;
  if (out_.claims[index].claim.field == Field::kTitle) return false;
  return headline ? confirmed : larger;
}

// "Nine were shot" where one died and eight were hurt: all of them, whichever measure it was read
// as. The dead and the hurt are this article's, or what the story believes of them.
bool Judging::IsSumOfVictims(std::size_t index) const {
  const Fresh& fresh = fresh_[index];
  const std::optional<Decimal> value = ExactValue(out_.claims[index].claim.quantity);
  const bool victims = IsVictims(out_.claims[index].measure) && value.has_value();
  if (!victims || fresh.identity.key.status != Status::kStated) return false;
  std::vector<Decimal> dead;
  std::vector<Decimal> hurt;
  for (std::size_t i = 0; i < fresh_.size(); ++i) {
    const KnownClaim& other = out_.claims[i];
    const std::optional<Decimal> told = ExactValue(other.claim.quantity);
    if (i == index || fresh_[i].aside || !told || told->IsZero()) continue;
    if (IsVictims(other.measure)) (other.measure == "killed" ? dead : hurt).push_back(*told);
  }
  const auto believed = [&](const char* measure, std::vector<Decimal>& values) {
    FigureKey key;
    key.measure = measure;
    key.dimension = "people";
    key.population = "people";
    key.incident = fresh.identity.key.incident;
    for (const std::uint32_t position : index_.Candidates(BucketOf(key))) {
      const FigureState& state = StateAt(position);
      if (state.believed < 0 || !SameQuestion(FigureAt(position).key, key)) continue;
      const Interval& told = state.told[static_cast<std::size_t>(state.believed)].meaning.meant;
      if (told.low && told.low == told.high && !told.low->IsZero()) values.push_back(*told.low);
    }
  };
  believed("killed", dead);
  believed("injured", hurt);
  believed("hospitalised", hurt);
  return std::any_of(dead.begin(), dead.end(), [&](const Decimal& d) {
    return std::any_of(hurt.begin(), hurt.end(), [&](const Decimal& h) { return d + h == *value; });
  });
}

// Whether a toll is the whole of its group: a smaller one beside a larger in one article is a part,
// or history; and one of less than half of what is known is another count, unless the text says
// that the toll was lowered. What was told before is never doubted; and what does not add up (the
// missing, the trapped) may well fall.
bool Judging::IsWhole(std::size_t index, std::optional<std::size_t> figure) const {
  const Fresh& fresh = fresh_[index];
  static const FigureState kNothing;
  const FigureState& state = figure ? StateAt(*figure) : kNothing;
  if (IsTold(state, fresh.meaning)) return true;
  if (IsAnotherQuake(state, out_.claims[index], fresh.meaning)) return false;
  if (IsBesideTheWhole(index, state) || IsSumOfVictims(index)) return false;
  if (state.believed < 0 || SaysLowered(out_.claims[index])) return true;
  if (!MeasureOf(out_.claims[index].measure).cumulative) return true;  // The missing are found.
  const Told& believed = state.told[static_cast<std::size_t>(state.believed)];
  const std::optional<Decimal>& before = believed.meaning.meant.low;
  const std::optional<Decimal>& now = fresh.meaning.meant.high;
  if (!before || !now) return true;
  if (IsSomebody(out_.claims[index]) && *before > Decimal(1)) return false;
  if (*before <= kSmallToll) return true;
  return *now * Decimal(2) >= *before;
}

// Whether totals of more than one country are told of this question, so that one without a country
// is the world's.
bool Judging::TellsCountries(std::uint64_t bucket) const {
  std::string_view first;
  const auto another = [&](const FigureKey& key) {
    if (key.scope != Scope::kTotal || key.place.empty()) return false;
    if (first.empty()) first = key.place;
    return key.place != first;
  };
  for (const std::uint32_t position : index_.Candidates(bucket)) {
    if (another(FigureAt(position).key)) return true;
  }
  return std::any_of(fresh_.begin(), fresh_.end(), [&](const Fresh& fresh) {
    return fresh.bucket == bucket && another(fresh.identity.key);
  });
}

// "The pirates, in three boats": pirate boats, though the noun does not say so. Whether the side
// that names no kind has the words of the other's kind beside its number.
bool Judging::TellsKind(std::size_t index, const FigureKey& known,
                        absl::Span<const WordWeights> told) {
  const FigureKey& wanted = fresh_[index].identity.key;
  const bool things = wanted.dimension == "count" && wanted.role == known.role;
  if (!things || wanted.population.empty() == known.population.empty()) return false;
  if (!wanted.population.empty()) {
    return std::any_of(told.begin(), told.end(), [&](const WordWeights& words) {
      return HoldsWordsOf(words, wanted.population);
    });
  }
  return HoldsWordsOf(fresh_[index].words, known.population);
}

std::optional<std::size_t> Judging::FindFigure(std::size_t index) {
  Fresh& fresh = fresh_[index];
  const FigureKey& wanted = fresh.identity.key;
  const std::uint64_t bucket = BucketOf(wanted);
  const absl::Time as_of = AsOf(out_.claims[index]);
  const bool countries = TellsCountries(bucket);
  std::optional<std::size_t> best;
  fresh.likeness = -1;
  const auto consider = [&](std::size_t position, auto words_told) {
    const FigureKey& key = FigureAt(position).key;
    if (Differ(key, wanted) != KeyDifference::kSame) return;
    if (key.place != wanted.place && countries) return;
    Proof needs = ProofFor(key, wanted, fresh.identity.needs);
    if (needs == Proof::kStrong && TellsKind(index, key, words_told())) {
      needs = fresh.identity.needs;
    }
    // "Five killed in Homs" a week later is another five, unless the sentence says otherwise.
    // Those who fled there have not gone.
    const bool stale =
        wanted.measure != "displaced" && as_of - StateAt(position).newest > kPlacePartWindow;
    const bool part = key.scope == Scope::kPart;
    if (stale && part && !key.place.empty() && key.population == "people") {
      needs = Proof::kStrong;
    }
    // Of one march there are two counts within a day or two.
    const bool fresh_crowd = wanted.measure == "participants" && wanted.scope == Scope::kTotal &&
                             as_of - StateAt(position).newest <= kPlacePartWindow;
    if (needs == Proof::kStrong && fresh_crowd) needs = Proof::kSome;
    double likeness = needs == Proof::kKey ? 1 : 0;
    if (needs != Proof::kKey) {
      for (const WordWeights& other : words_told()) {
        likeness = std::max(likeness, Similarity(fresh.words, other));
      }
    }
    if (likeness <= fresh.likeness || !Suffices(likeness, needs)) return;
    best = position;
    fresh.likeness = likeness;
  };
  for (const std::uint32_t position : index_.Candidates(bucket)) {
    consider(position, [&] { return absl::MakeConstSpan(index_.states[position].words); });
  }
  for (std::size_t i = 0; i < out_.new_figures.size(); ++i) {
    if (new_buckets_[i] != bucket) continue;
    consider(ledger_.figures.size() + i,
             [&] { return absl::MakeConstSpan(&fresh_[new_first_[i]].words, 1); });
  }
  return best;
}

std::size_t Judging::NewFigure(std::size_t index) {
  const FigureKey& key = fresh_[index].identity.key;
  Figure figure;
  ids_.last_figure = FigureId{static_cast<std::int64_t>(ids_.last_figure) + 1};
  figure.id = ids_.last_figure;
  figure.key = key;
  if (key.scope == Scope::kPart && key.dimension == "people") figure.whole = WholeOf(key);
  out_.new_figures.push_back(std::move(figure));
  new_first_.push_back(index);
  new_buckets_.push_back(BucketOf(key));
  return ledger_.figures.size() + out_.new_figures.size() - 1;
}

FigureId Judging::WholeOf(const FigureKey& part) const {
  FigureKey whole = part;
  whole.scope = Scope::kTotal;
  whole.population = "people";
  whole.place.clear();
  whole.period.clear();
  const std::uint64_t bucket = BucketOf(whole);
  for (const std::uint32_t position : index_.Candidates(bucket)) {
    if (SameQuestion(FigureAt(position).key, whole)) return FigureAt(position).id;
  }
  for (std::size_t i = 0; i < out_.new_figures.size(); ++i) {
    if (SameQuestion(out_.new_figures[i].key, whole)) return out_.new_figures[i].id;
  }
  return FigureId::kNone;
}

// Things, sums, measurements and unclear parts: where the sentence is not the one that told the
// figure before, a value that is known of a like figure, or told beside one that is, counts
// something else: one article tells of two quakes, two prices.
bool Judging::IsDoubtful(const Group& group, std::size_t news) const {
  const Fresh& fresh = fresh_[group.fresh[news]];
  if (fresh.identity.needs == Proof::kKey) return false;
  if (fresh.likeness >= kSameSentence) return false;
  const FigureState& state = StateAt(group.position);
  const bool beside = std::any_of(fresh_.begin(), fresh_.end(), [&](const Fresh& other) {
    return other.bucket == fresh.bucket && !other.aside && IsTold(state, other.meaning) &&
           SameQuestion(other.identity.key, fresh.identity.key);
  });
  if (beside) return true;
  const absl::Span<const std::uint32_t> all = index_.Candidates(fresh.bucket);
  return std::any_of(all.begin(), all.end(), [&](std::uint32_t position) {
    return SameQuestion(FigureAt(position).key, fresh.identity.key) &&
           IsTold(StateAt(position), fresh.meaning);
  });
}

}  // namespace claimwatch
