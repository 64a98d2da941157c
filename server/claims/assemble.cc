#include "server/claims/assemble.h"

#include <string>

#include "server/claims/attribution.h"
#include "server/claims/place.h"
#include "server/claims/population.h"
#include "server/claims/time_scope.h"
#include "server/text/units.h"

namespace claimwatch {
namespace {

Phrase PhraseOf(const Passage& p, std::uint32_t begin, std::uint32_t end) {
  Phrase phrase;
  phrase.span = p.SpanOf(begin, end);
  if (!phrase.span.empty()) phrase.text = std::string(p.doc.Surface(phrase.span));
  return phrase;
}

// The noun phrase that names the counted: its own, or that of the figure it leans on.
const NounPhrase& SubjectOf(const std::vector<Draft>& drafts, const Draft& draft) {
  const Draft* at = &draft;
  for (int hops = 0; at->np.elided() && hops < 8; ++hops) {
    int from = at->container >= 0 ? at->container : at->source;
    if (from < 0) {
      from = static_cast<int>(at - drafts.data()) - 1;
      while (from >= 0 &&
             drafts[static_cast<std::size_t>(from)].number->kind != NumberKind::kCount) {
        --from;
      }
    }
    if (from < 0) break;
    at = &drafts[static_cast<std::size_t>(from)];
  }
  return at->counted == CountedClass::kThing && draft.counted != CountedClass::kThing &&
                 at != &draft
             ? draft.np
             : at->np;
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
               const Catalogue& catalogue) {
  const Number& number = *draft.number;
  Claim claim;
  claim.field = passage.doc.field;
  claim.quote = number.span;
  claim.sentence = passage.SpanOf(passage.first, passage.end);
  claim.quantity = InPercent(InToldUnit(number.quantity));
  claim.measure = draft.measure;
  claim.scope = draft.scope;
  claim.status = draft.status;

  const NounPhrase& subject =
      number.kind == NumberKind::kCount ? SubjectOf(drafts, draft) : draft.np;
  claim.subject = PhraseOf(passage, subject.begin, subject.tail);
  claim.counted = CountedOf(passage, subject, catalogue.lexicon());
  if (catalogue.Get(draft.measure).people || draft.counted == CountedClass::kPerson) {
    claim.population = PopulationOf(passage, subject, catalogue.lexicon());
    claim.unit = "people";
  } else if (number.quantity.unit != UnitId::kNone) {
    claim.unit = std::string(GetUnit(claim.quantity.unit).symbol);
  } else {
    claim.unit = claim.counted;
  }
  if (draft.measure == CatalogueAccess::Get(catalogue).known.magnitude) claim.unit = "magnitude";

  const PlacePhrase place = FindPlace(passage, number.first, draft.np.tail);
  if (place.name != kNoToken) claim.place = PhraseOf(passage, place.begin, place.end);
  claim.attribution = ReadAttribution(passage, draft);
  claim.time = ReadTimeScope(passage, draft);
  return claim;
}

}  // namespace claimwatch
