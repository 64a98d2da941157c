#include "server/claims/draft.h"

namespace claimwatch {

bool IsZero(const Quantity& quantity) {
  return quantity.low && quantity.high && quantity.low->IsZero() && quantity.high->IsZero();
}

bool IsOne(const Quantity& quantity) {
  return quantity.low && quantity.high && *quantity.low == Decimal(1) &&
         *quantity.high == Decimal(1);
}

namespace {

// "12 feminists", "12 dockworkers": a word that the lexicon lacks tells by its end that it is of
// persons.
bool IsPersonByForm(std::string_view text) {
  for (const std::string_view end : {"ists", "ians", "women", "workers", "goers", "mates", "wives",
                                     "drivers", "fighters", "keepers", "holders", "hunters"}) {
    if (text.size() > end.size() + 2 && text.substr(text.size() - end.size()) == end) return true;
  }
  return false;
}

}  // namespace

CountedClass ClassOf(const Passage& passage, const NounPhrase& np) {
  if (np.elided()) return CountedClass::kUnknown;
  const WordSense& sense = passage.Sense(np.head);
  if (sense.population != 0) return CountedClass::kPerson;
  if (sense.Is(kCueGeneric) && passage.Text(np.head).substr(0, 5) == "piece") {
    return CountedClass::kThing;
  }
  if (sense.thing != ThingClass::kNone) return CountedClass::kThing;
  if (passage.Is(np.head, kPersonNoun)) return CountedClass::kPerson;
  if (passage.WordAt(np.head) == nullptr) {
    return IsPersonByForm(passage.Text(np.head)) ? CountedClass::kPerson : CountedClass::kUnknown;
  }
  return CountedClass::kThing;
}

}  // namespace claimwatch
