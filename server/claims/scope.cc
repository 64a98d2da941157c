#include "server/claims/scope.h"

#include "server/claims/place.h"
#include "server/text/units.h"

namespace claimwatch {
namespace {

class ScopeReader {
 public:
  ScopeReader(const Passage& passage, const Background& background, std::vector<Draft>* drafts)
      : p_(passage), background_(background), drafts_(*drafts) {}

  void Run() {
    for (Draft& draft : drafts_) {
      if (draft.claim()) draft.scope = Read(draft);
    }
    for (Draft& draft : drafts_) {
      if (!draft.claim() || draft.source < 0 || draft.scope != Scope::kTotal) continue;
      const Draft& source = drafts_[static_cast<std::size_t>(draft.source)];
      if (draft.np.elided() && source.scope == Scope::kRate) draft.scope = Scope::kRate;
      if (draft.np.elided() && source.scope == Scope::kPart) draft.scope = Scope::kPart;
    }
  }

 private:
  Scope Read(const Draft& draft) const {
    const KnownMeasures& known = p_.senses.known;
    if (draft.measure != known.percent && IsRate(draft)) return Scope::kRate;
    if (draft.number->increment) return Scope::kIncrement;
    if (draft.container >= 0 || draft.np.partitive) return Scope::kPart;
    if (!IsToll(draft.measure)) return Scope::kTotal;
    const PlacePhrase place = FindPlace(p_, draft.number->first, draft.np.tail);
    if (place.found()) {
      const bool own = background_.IsEventPlace(p_.Text(place.name));
      if (!own || background_.crisis) return Scope::kPart;
    }
    if (background_.crisis && HasDay()) return Scope::kPart;
    return Scope::kTotal;
  }

  bool IsToll(MeasureId m) const {
    const KnownMeasures& known = p_.senses.known;
    return m == known.killed || m == known.injured || m == known.casualties ||
           m == known.missing || m == known.arrested || m == known.displaced ||
           m == known.evacuated || m == known.rescued || m == known.trapped ||
           m == known.hospitalised || m == known.infected || m == known.affected ||
           m == known.damaged;
  }

  bool HasDay() const {
    for (std::uint32_t i = p_.first; i < p_.end; ++i) {
      if (p_.Is(i, kWeekday) || p_.Text(i) == "yesterday" || p_.Text(i) == "weekend" ||
          p_.Text(i) == "overnight") {
        return p_.Text(i - 1) != "since";
      }
    }
    return false;
  }

  // "12 a day", "12 barrels per day", "12 deaths per 100,000", "daily"
  bool IsRate(const Draft& draft) const {
    const Number& number = *draft.number;
    if (number.each) return true;
    const std::string_view dimension = GetUnit(number.quantity.unit).dimension;
    if (dimension.find("rate") != std::string_view::npos ||
        dimension.find("per") != std::string_view::npos ||
        dimension.find("flow") != std::string_view::npos) {
      return true;
    }
    std::uint32_t i = number.end;
    for (std::uint32_t k = 0; k < 9 && p_.Has(i); ++k, ++i) {
      const Number* other = p_.NumberAt(i);
      if (p_.IsPunct(i, ',') || p_.IsPunct(i, ';')) break;
      if (p_.IsPunct(i, '(')) {
        while (p_.Has(i) && !p_.IsPunct(i, ')')) ++i;
        continue;
      }
      if (other != nullptr && i > number.end && other->kind == NumberKind::kCount) break;
      const Role role = p_.RoleOf(i);
      if (role == Role::kPer) return true;
      if (role == Role::kA || role == Role::kEach || p_.Text(i) == "every") {
        std::uint32_t time = i + 1;
        if (p_.IsHyphen(time)) ++time;
        if (p_.Is(time, kTimeNoun)) return true;
        if (role == Role::kA && draft.measure == p_.senses.known.money && k == 0) return false;
      }
      if (p_.Text(i) == "daily" || p_.Text(i) == "weekly" || p_.Text(i) == "hourly" ||
          p_.Text(i) == "monthly" || p_.Text(i) == "annually") {
        return true;
      }
      if (p_.IsHyphen(i) && p_.Text(i + 1) == "a") return true;
    }
    return false;
  }

  const Passage& p_;
  const Background& background_;
  std::vector<Draft>& drafts_;
};

double Size(const Claim& claim) {
  const Quantity& q = claim.quantity;
  if (q.low) return q.low->ToDouble();
  return q.high ? q.high->ToDouble() : 0;
}

}  // namespace

void ReadScopes(const Passage& passage, const Background& background,
                std::vector<Draft>* drafts) {
  ScopeReader(passage, background, drafts).Run();
}

void SettleParts(std::vector<Claim>* claims, const Catalogue& catalogue) {
  for (Claim& part : *claims) {
    if (part.scope != Scope::kTotal || !catalogue.Get(part.measure).people) continue;
    if (part.population.empty() || part.population == "people") continue;
    for (const Claim& whole : *claims) {
      if (whole.measure == part.measure && whole.population == "people" &&
          whole.scope == Scope::kTotal && whole.status == part.status && Size(whole) > Size(part)) {
        part.scope = Scope::kPart;
        break;
      }
    }
  }
}

}  // namespace claimwatch
