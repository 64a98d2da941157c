#include "server/claims/settle.h"

#include <algorithm>
#include <string_view>

#include "absl/strings/match.h"
#include "server/claims/senses.h"
#include "server/text/units.h"

namespace claimwatch {
namespace {

constexpr std::size_t kSumTermsMax = 4;
constexpr double kSumOverRateMin = 10;
constexpr std::uint32_t kPairBytesMax = 40, kLeadBytesMax = 60;

double Size(const Claim& claim) {
  const Quantity& q = claim.quantity;
  if (q.low) return q.low->ToDouble();
  return q.high ? q.high->ToDouble() : 0;
}

// Barrels a day flow; a depth in metres is none of a drill's metres an hour.
bool MayFlow(const Claim& claim) {
  const Unit& unit = GetUnit(claim.quantity.unit);
  return unit.dimension != "length" && unit.dimension != "temperature";
}

// A level ("the estimate was 5,000 barrels") in a unit that the article uses for rates is a rate.
void SettleRates(const std::vector<ClaimTrait>& traits, std::vector<Claim>* claims) {
  for (std::size_t k = 0; k < claims->size(); ++k) {
    Claim& claim = (*claims)[k];
    if (claim.scope != Scope::kTotal || traits[k].level == Level::kNone) continue;
    if (!MayFlow(claim)) continue;
    const bool day = claim.time.end != absl::InfiniteFuture() && traits[k].level == Level::kOpen;
    int rates = 0, sums = 0;
    double largest = 0;
    for (std::size_t i = 0; i < claims->size(); ++i) {
      const Claim& other = (*claims)[i];
      if (i == k || other.measure != claim.measure) continue;
      if (!claim.unit.empty() && other.unit.substr(0, claim.unit.size()) != claim.unit) continue;
      ++(other.scope == Scope::kRate ? rates : sums);
      if (other.scope == Scope::kRate) largest = std::max(largest, Size(other));
    }
    // "spilled 4.9 million barrels" beside 60,000 a day: all of them.
    if (traits[k].level == Level::kOpen && Size(claim) >= kSumOverRateMin * largest) continue;
    const int needed = traits[k].level == Level::kLevel ? 1 : (sums + 1) / 2;
    if (rates > 0 && rates >= needed) claim.scope = day ? Scope::kPart : Scope::kRate;
  }
}

bool SameSentence(const Claim& a, const Claim& b) {
  return a.field == b.field && a.sentence == b.sentence;
}

// "Term" may be added to others of its sentence: of the same measure and unit, told alike ("12
// people, three of them women" are no 15).
bool IsTerm(const Claim& first, const Claim& term) {
  return term.measure == first.measure && term.unit == first.unit && SameSentence(first, term) &&
         term.scope == first.scope && term.status == first.status;
}

// Whether the claims at `terms` add up to another claim of their measure.
bool AddUp(const std::vector<Claim>& claims, const std::vector<std::size_t>& terms) {
  double sum = 0, largest = 0;
  for (const std::size_t k : terms) {
    sum += Size(claims[k]);
    largest = std::max(largest, Size(claims[k]));
  }
  if (sum <= 0 || largest > 0.999 * sum) return false;
  const Claim& first = claims[terms.front()];
  for (std::size_t i = 0; i < claims.size(); ++i) {
    const Claim& whole = claims[i];
    if (std::find(terms.begin(), terms.end(), i) != terms.end()) continue;
    if (whole.measure != first.measure || whole.scope == Scope::kRate) continue;
    if (whole.unit != first.unit || whole.status != first.status) continue;
    const double size = Size(whole);
    if (size > sum * 0.999999 && size < sum * 1.000001) return true;
  }
  return false;
}

// "12 Danes and 11 Swedes" beside "23 sailors"; "$2bn in oil, $2bn for eight banks and $1bn in
// cash" beside "$5bn": together they are a whole that is told elsewhere.
void SettleSums(const Catalogue& catalogue, std::vector<Claim>* claims) {
  std::vector<std::size_t> terms;
  for (std::size_t k = 0; k + 1 < claims->size(); ++k) {
    const Claim& first = (*claims)[k];
    const bool people = catalogue.Get(first.measure).people;
    if (first.scope != Scope::kTotal && first.scope != Scope::kPart) continue;
    if (!people && first.unit != "USD" && first.unit != "EUR" && first.unit != "GBP") continue;
    terms.assign(1, k);
    for (std::size_t i = k + 1; i < claims->size() && terms.size() < kSumTermsMax; ++i) {
      const Claim& last = (*claims)[i];
      if (!SameSentence(first, last)) break;
      if (!IsTerm(first, last)) continue;
      terms.push_back(i);
      const bool same = first.population == last.population && first.counted == last.counted;
      if (terms.size() == 2 && people && same) continue;
      if (!AddUp(*claims, terms)) continue;
      for (const std::size_t term : terms) (*claims)[term].scope = Scope::kPart;
      break;
    }
  }
}

// "42 office buildings, 14 hotels and 4 school buildings": kinds of one noun are parts of it.
void SettleKinds(const Catalogue& catalogue, std::vector<Claim>* claims) {
  for (std::size_t k = 0; k < claims->size(); ++k) {
    Claim& left = (*claims)[k];
    if (left.counted.empty() || !catalogue.Get(left.measure).keyed_by_noun ||
        !catalogue.Get(left.measure).cumulative) {
      continue;
    }
    for (std::size_t i = k + 1; i < claims->size(); ++i) {
      Claim& right = (*claims)[i];
      if (!SameSentence(left, right)) break;
      const bool kinds = right.measure == left.measure && right.counted == left.counted &&
                         right.subject.text != left.subject.text;
      if (!kinds || right.scope != Scope::kTotal) continue;
      right.scope = Scope::kPart;
      if (left.scope == Scope::kTotal) left.scope = Scope::kPart;
    }
  }
}

// "Two policemen and three soldiers were killed": each is a part of those whom nobody summed up.
void SettlePairs(const Catalogue& catalogue, std::vector<Claim>* claims) {
  for (std::size_t k = 0; k + 1 < claims->size(); ++k) {
    Claim& left = (*claims)[k];
    Claim& right = (*claims)[k + 1];
    if (!catalogue.Get(left.measure).people || left.measure != right.measure) continue;
    if (!SameSentence(left, right) || right.quote.begin > left.quote.end() + kPairBytesMax)
      continue;
    if (left.population == right.population || left.population.empty()) continue;
    const bool parts = (left.scope == Scope::kTotal || left.scope == Scope::kPart) &&
                       right.scope == Scope::kTotal && left.subject.span != right.subject.span;
    const bool whole = left.population == "people" && Size(left) > Size(right);
    if (!parts || right.population == "people") continue;
    right.scope = Scope::kPart;
    if (!whole) left.scope = Scope::kPart;
  }
}

// A group ("16 soldiers") beside a larger figure of everybody is a part; so are the bodies that
// were found beside the number of those who may have died.
void SettleGroups(const Catalogue& catalogue, bool outbreak, std::vector<Claim>* claims) {
  for (Claim& part : *claims) {
    if (part.scope != Scope::kTotal || !catalogue.Get(part.measure).people) continue;
    if (part.measure == CatalogueAccess::Get(catalogue).known.deployed) continue;
    const bool group = !part.population.empty() && part.population != "people";
    if (!group && part.counted != "body") continue;
    // In an outbreak a nation's figure is its whole.
    if (outbreak && absl::EndsWith(part.population, " people")) continue;
    for (const Claim& whole : *claims) {
      // Two earlier events have nothing to do with each other.
      if (part.status == Status::kPastEvent && !SameSentence(part, whole)) continue;
      const bool same = whole.status == part.status ||
                        (whole.status == Status::kProjected && part.status == Status::kStated);
      if (whole.measure == part.measure && whole.population == "people" &&
          whole.counted != "body" && whole.scope == Scope::kTotal && same &&
          Size(whole) > Size(part)) {
        part.scope = Scope::kPart;
        break;
      }
    }
  }
}

// "Eight peacekeepers were killed and five were hurt": the hurt are of the same group as the dead.
void SettleSiblings(const Catalogue& catalogue, const std::vector<ClaimTrait>& traits,
                    std::vector<Claim>* claims) {
  for (std::size_t k = 1; k < claims->size(); ++k) {
    const Claim& left = (*claims)[k - 1];
    Claim& right = (*claims)[k];
    if (!SameSentence(left, right) || left.scope != Scope::kPart || traits[k - 1].aside) continue;
    if (right.scope != Scope::kTotal || !catalogue.Get(right.measure).people) continue;
    const bool group = left.population != "people" && left.population == right.population;
    if (group && left.subject.span == right.subject.span) right.scope = Scope::kPart;
  }
}

// "Britain expects 65,000": of what, the body says.
void TakeBodyMeasure(const KnownMeasures& known, const std::vector<Claim>& claims, Claim* head) {
  const Claim* same = nullptr;
  for (const Claim& told : claims) {
    const bool equal =
        told.quantity.low == head->quantity.low && told.quantity.high == head->quantity.high;
    if (told.field == Field::kTitle || !equal) continue;
    if (same != nullptr && same->measure != told.measure) return;
    same = &told;
  }
  if (same == nullptr || same->measure == head->measure) return;
  // "Three pirates shot": shot dead, as the body says.
  const bool died = same->measure == known.killed && same->counted == head->counted;
  if (head->measure == known.injured && !died) return;
  head->measure = same->measure;
  head->unit = same->unit;
  head->population = same->population;
}

// The headline tells a figure of the body: what the body says of it holds for it, too.
void SettleHeadline(const KnownMeasures& known, bool crisis, const std::vector<ClaimTrait>& traits,
                    std::vector<Claim>* claims) {
  for (Claim& head : *claims) {
    if (head.field != Field::kTitle) break;
    const bool own_noun = head.subject.span.begin >= head.quote.end() && !head.subject.span.empty();
    const bool bare = head.measure == known.count && !own_noun;
    if (bare || head.measure == known.injured) TakeBodyMeasure(known, *claims, &head);
    for (Claim& told : *claims) {
      if (told.field == Field::kTitle || told.measure != head.measure) continue;
      const bool same = told.quantity.low ? told.quantity.low == head.quantity.low ||
                                                told.quantity.low == head.quantity.high
                                          : told.quantity.high == head.quantity.high;
      const bool over = told.quantity.low && !told.quantity.high &&
                        head.quantity.low == head.quantity.high && head.quantity.low &&
                        *told.quantity.low == *head.quantity.low + Decimal(1);
      if (!same && !over) continue;  // "300,000" over "more than 300,000"
      // What headline and lead tell is the whole, in whatever building: "killed 32 in a hall".
      const bool lead = told.sentence.begin < kLeadBytesMax && !crisis &&
                        !traits[static_cast<std::size_t>(&told - claims->data())].aside;
      if (lead && head.scope == Scope::kTotal && told.scope == Scope::kPart) {
        told.scope = Scope::kTotal;
      }
      head.scope = told.scope;
      head.status = told.status;
      break;
    }
  }
}

}  // namespace

void SettleScopes(const Background& background, const std::vector<ClaimTrait>& traits,
                  const Catalogue& catalogue, std::vector<Claim>* claims) {
  SettleRates(traits, claims);
  SettleSums(catalogue, claims);
  if (!background.crisis) {
    SettleKinds(catalogue, claims);
    SettlePairs(catalogue, claims);
    SettleGroups(catalogue, background.outbreak, claims);
  }
  SettleByWar(catalogue, traits, claims);
  SettleSmaller(catalogue, background.crisis, traits, claims);
  SettleSiblings(catalogue, traits, claims);
  SettleHeadline(CatalogueAccess::Get(catalogue).known, background.crisis, traits, claims);
}

}  // namespace claimwatch
