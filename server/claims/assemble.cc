#include "server/claims/assemble.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "server/claims/attribution.h"
#include "server/claims/event_place.h"
#include "server/claims/population.h"
#include "server/claims/rate.h"
#include "server/claims/time_scope.h"
#include "server/text/units.h"

namespace claimwatch {
namespace {

absl::string_view Absl(std::string_view text) { return {text.data(), text.size()}; }

Phrase PhraseOf(const Passage& p, std::uint32_t begin, std::uint32_t end) {
  Phrase phrase;
  phrase.span = p.SpanOf(begin, end);
  if (!phrase.span.empty()) phrase.text = std::string(p.doc.Surface(phrase.span));
  return phrase;
}

// "[Two bombers] blew themselves up, killing at least 14": the figure before is of who did it.
bool IsDoneBy(const std::vector<Draft>& drafts, const Draft& draft) {
  if (&draft == drafts.data() || draft.container >= 0 || draft.source >= 0) return false;
  const Draft& before = (&draft)[-1];
  return draft.finding.relation == Relation::kGovernor && before.measure != draft.measure &&
         before.finding.relation == Relation::kPredicate;
}

// The noun phrase that names the counted: its own, or that of the figure it leans on.
const NounPhrase& SubjectOf(const std::vector<Draft>& drafts, const Draft& draft) {
  // A toll is of everybody, whomever the words before told of; those killed are not the killers.
  if (draft.finding.relation == Relation::kToll) return draft.np;
  const Draft* at = &draft;
  for (int hops = 0; at->np.elided() && hops < 8; ++hops) {
    if (IsDoneBy(drafts, *at)) return draft.np;
    int from = at->container >= 0 ? at->container : at->source;
    if (from < 0) {
      from = static_cast<int>(at - drafts.data()) - 1;
      const auto names = [&drafts](int k) {  // Not "one morgue".
        const Draft& other = drafts[static_cast<std::size_t>(k)];
        return other.number->kind == NumberKind::kCount && other.claim();
      };
      while (from >= 0 && !names(from)) --from;
    }
    if (from < 0) break;
    at = &drafts[static_cast<std::size_t>(from)];
  }
  return at->counted == CountedClass::kThing && draft.counted != CountedClass::kThing &&
                 at != &draft
             ? draft.np
             : at->np;
}

// What a rate is over: "day", "100000 people", "barrel".
std::string PerOf(const Passage& p, const Draft& draft) {
  if (!draft.number->per.empty()) {
    std::string per(draft.number->per);
    per.erase(std::remove(per.begin(), per.end(), ','), per.end());  // "100,000 people"
    return per;
  }
  if (EachBefore(p, *draft.number)) return "unit";
  std::uint32_t i = draft.number->unit_end;
  for (std::uint32_t k = 0; k < 16 && p.Has(i); ++k, ++i) {
    if (p.IsPunct(i, '(')) i = p.AfterBracket(i);  // "12 barrels (504 gallons) a day"
    const Role role = p.RoleOf(i);
    const std::string_view text = p.Text(i);
    if (InPlainYear(p, i)) return "year";
    if (text == "daily") return "day";
    if (text == "weekly") return "week";
    if (text == "monthly") return "month";
    if (text == "hourly") return "hour";
    if (text == "annually" || text == "yearly") return "year";
    const bool over = role == Role::kPer || role == Role::kEach || text == "every" ||
                      (role == Role::kA && p.Is(i + 1, kTimeNoun | kUnitNoun));
    if (!over) continue;
    if (role == Role::kEach && p.RoleOf(i + 1) == Role::kAnd) continue;  // "each and every day"
    if (role == Role::kEach && !p.NounLike(i + 1)) return "person";      // "paid $150 each"
    const Number* base = p.NumberAt(i + 1);
    if (base == nullptr) return std::string(p.doc.Surface(p.At(i + 1)));
    std::string per = base->quantity.low ? base->quantity.low->ToString() : "";
    if (p.NounLike(base->end)) absl::StrAppend(&per, " ", Absl(p.Text(base->end)));
    return per;
  }
  const std::uint32_t at = draft.number->first;
  for (std::uint32_t k = 2; k <= 6 && at >= p.first + k; ++k) {  // "Every year some 900 die"
    const bool every = p.Text(at - k) == "every";
    if (every && p.Is(at - k + 1, kTimeNoun)) return std::string(p.Text(at - k + 1));
  }
  return "day";  // Taken over from a rate told before; nearly all are by the day.
}

// Shares ("half", "one in five") are told in percent.
Quantity InPercent(Quantity quantity) {
  static const UnitId percent = FindUnit("percent");
  const Unit& unit = GetUnit(quantity.unit);
  if (unit.dimension != "ratio" || unit.id == percent) return quantity;
  if (quantity.low) quantity.low = Convert(*quantity.low, unit, GetUnit(percent));
  if (quantity.high) quantity.high = Convert(*quantity.high, unit, GetUnit(percent));
  quantity.unit = percent;
  return quantity;
}

}  // namespace

Claim Assemble(const Passage& passage, const std::vector<Draft>& drafts, const Draft& draft,
               const std::vector<TimePhrase>& times, const Catalogue& catalogue) {
  const Number& number = *draft.number;
  Claim claim;
  claim.field = passage.doc.field;
  claim.quote = number.span;
  claim.sentence = passage.SpanOf(passage.first, passage.end);
  Quantity quantity = ClosedOnIntegers(number);
  if (quantity.unit == UnitId::kNone) quantity.unit = draft.unit;
  claim.quantity = InPercent(InToldUnit(quantity));
  claim.measure = draft.measure;
  claim.scope = draft.scope;
  claim.status = draft.status;

  const NounPhrase& subject =
      number.kind == NumberKind::kCount ? SubjectOf(drafts, draft) : draft.np;
  claim.subject = PhraseOf(passage, subject.begin, subject.tail);
  claim.counted = CountedOf(passage, subject, catalogue.lexicon());
  if (catalogue.Get(draft.measure).people || draft.counted == CountedClass::kPerson) {
    claim.population =
        PopulationOf(passage, subject, draft.scope == Scope::kPart, catalogue.lexicon());
    claim.unit = "people";
  } else if (claim.quantity.unit != UnitId::kNone) {
    claim.unit = std::string(GetUnit(claim.quantity.unit).symbol);
  } else {
    claim.unit = claim.counted;
  }
  if (draft.measure == CatalogueAccess::Get(catalogue).known.magnitude) claim.unit = "magnitude";

  claim.attribution = ReadAttribution(passage, draft);
  const PlacePhrase place = EventPlace(passage, draft, claim.attribution);
  if (place.name != kNoToken) claim.place = PhraseOf(passage, place.begin, place.end);
  if (draft.scope == Scope::kRate) claim.per = PerOf(passage, draft);
  claim.time = ReadTimeScope(passage, draft, claim.attribution, times);
  return claim;
}

}  // namespace claimwatch
