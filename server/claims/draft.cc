#include "server/claims/draft.h"

namespace claimwatch {

bool IsZero(const Quantity& quantity) {
  return quantity.low && quantity.high && quantity.low->IsZero() && quantity.high->IsZero();
}

bool IsOne(const Quantity& quantity) {
  return quantity.low && quantity.high && *quantity.low == Decimal(1) &&
         *quantity.high == Decimal(1);
}

CountedClass ClassOf(const Passage& passage, const NounPhrase& np) {
  if (np.elided()) return CountedClass::kUnknown;
  const WordSense& sense = passage.Sense(np.head);
  if (sense.population != 0) return CountedClass::kPerson;
  if (sense.Is(kCueGeneric) && passage.Text(np.head).substr(0, 5) == "piece") {
    return CountedClass::kThing;
  }
  if (sense.thing != ThingClass::kNone) return CountedClass::kThing;
  if (passage.Is(np.head, kPersonNoun)) return CountedClass::kPerson;
  if (passage.WordAt(np.head) == nullptr) return CountedClass::kUnknown;
  return CountedClass::kThing;
}

}  // namespace claimwatch
