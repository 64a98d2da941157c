#include "server/claims/whole.h"

#include <algorithm>
#include <string_view>

#include "server/claims/senses.h"

namespace claimwatch {
namespace {

constexpr std::uint32_t kRivalReach = 14;
constexpr double kWarMin = 200, kWarRatio = 8, kRivalRatio = 60;

// Measures of which an article tells the whole and then its parts; outbreaks tell their cases by
// country and by day, with totals of each.
bool HasParts(const KnownMeasures& known, MeasureId m) {
  return m == known.killed || m == known.injured || m == known.casualties || m == known.missing ||
         m == known.arrested || m == known.displaced || m == known.evacuated ||
         m == known.rescued || m == known.trapped || m == known.hospitalised ||
         m == known.hostages || m == known.affected || m == known.participants;
}

double Size(const Claim& claim) {
  const Quantity& q = claim.quantity;
  if (q.low) return q.low->ToDouble();
  return q.high ? q.high->ToDouble() : 0;
}

// The largest figure of a measure in the sentences before, and in the one at hand.
struct Whole {
  double before = 0, here = 0;
  Field field = Field::kTitle;
  Span sentence;
};

// put, estimated, earlier, up from: another count of the same thing.
bool TellsRival(const Passage& p, std::uint32_t i) {
  if (p.In(i, WordList::kRival)) return true;
  if (p.Sense(i).Is(kCueTally | kCueLevel) && p.Is(i, kNoun)) return true;
  if (p.RoleOf(i + 1) != Role::kFrom) return false;
  const std::string_view text = p.Text(i);
  return text == "up" || text == "down";
}

}  // namespace

bool IsRivalCount(const Passage& p, const Draft& draft) {
  if (draft.finding.relation == Relation::kToll) return true;
  const bool joined = p.RoleOf(draft.number->first - 1) == Role::kAnd;
  if (draft.source >= 0 && !joined) return true;
  const std::uint32_t at = draft.number->first;
  for (std::uint32_t k = 1; k <= kRivalReach && at >= p.first + k; ++k) {
    if (p.IsPunct(at - k, ';')) break;
    if (TellsRival(p, at - k)) return true;
  }
  for (std::uint32_t i = draft.np.tail; i < draft.np.tail + kRivalReach && p.Has(i); ++i) {
    if (p.IsPunct(i, ';') || p.NumberAt(i) != nullptr) break;
    if (p.Text(i) == "since" || (p.Text(i) == "so" && p.Text(i + 1) == "far")) return true;
    if (p.Text(i) == "total" || p.Text(i) == "altogether" || p.Text(i) == "nationwide") return true;
  }
  return false;
}

bool NamesCountry(const Passage& p) {
  for (std::uint32_t i = p.first; i < p.end; ++i) {
    if (p.Sense(i).Is(kCueCountry)) return true;
    const bool united = p.Says(i, "united") || p.Says(i, "u.s.");
    if (united && !p.Says(i + 1, "nations")) return true;
  }
  return false;
}

bool OpensClause(const Passage& p, const Draft& draft) {
  const std::uint32_t at = draft.number->first;
  for (std::uint32_t k = 1; k <= 4 && at > p.first + k; ++k) {
    if (p.IsPunct(at - k, ';')) return true;
  }
  return false;
}

void SettleByWar(const Catalogue& catalogue, const std::vector<ClaimTrait>& traits,
                 std::vector<Claim>* claims) {
  const KnownMeasures& known = CatalogueAccess::Get(catalogue).known;
  double war = 0;
  for (std::size_t k = 0; k < claims->size(); ++k) {
    const Claim& claim = (*claims)[k];
    const bool told = claim.scope == Scope::kTotal && claim.status == Status::kStated;
    if (claim.measure == known.killed && told && traits[k].whole) war = std::max(war, Size(claim));
  }
  if (war < kWarMin) return;
  for (std::size_t k = 0; k < claims->size(); ++k) {
    Claim& claim = (*claims)[k];
    if (claim.measure != known.killed || claim.scope != Scope::kTotal || traits[k].nation) continue;
    if (claim.status != Status::kStated || traits[k].whole) continue;
    // Two counts of one war may stand ten to one.
    const double ratio = traits[k].rival ? kRivalRatio : kWarRatio;
    if (Size(claim) * ratio > war) continue;
    if (Size(claim) <= 0) continue;
    claim.scope = Scope::kPart;
    for (Claim& other : *claims) {  // "killing 62 people and wounding 70"
      const bool beside = other.sentence == claim.sentence && other.field == claim.field;
      if (beside && other.measure == known.injured && other.scope == Scope::kTotal) {
        other.scope = Scope::kPart;
      }
    }
  }
}

void SettleSmaller(const Catalogue& catalogue, bool crisis, const std::vector<ClaimTrait>& traits,
                   std::vector<Claim>* claims) {
  const Senses& senses = CatalogueAccess::Get(catalogue);
  std::vector<Whole> wholes(senses.people.size());  // By measure.
  for (std::size_t k = 0; k < claims->size(); ++k) {
    Claim& claim = (*claims)[k];
    if (claim.scope != Scope::kTotal || claim.status != Status::kStated) continue;
    if (!HasParts(senses.known, claim.measure)) continue;
    Whole& whole = wholes[static_cast<std::size_t>(claim.measure)];
    if (claim.field != whole.field) {
      whole = {0, 0, claim.field, claim.sentence};  // What body and headline tell may clash.
    } else if (claim.sentence != whole.sentence) {
      whole = {std::max(whole.before, whole.here), 0, claim.field, claim.sentence};
    }
    const double size = Size(claim);
    const double told = traits[k].clause ? std::max(whole.before, whole.here) : whole.before;
    const bool doers =
        !crisis && (claim.population == "suspects" || claim.population == "militants");
    if (doers) continue;  // Who did it is no part of those whom it hit.
    // Who is still missed grows fewer.
    if (claim.measure == senses.known.missing || claim.measure == senses.known.trapped) continue;
    const bool own = traits[k].nation && claim.measure == senses.known.killed;
    if (size > 0 && size < told * 0.9999 && !traits[k].rival && !own) {
      claim.scope = Scope::kPart;
    } else {
      whole.here = std::max(whole.here, size);
    }
  }
}

}  // namespace claimwatch
