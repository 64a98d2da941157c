#include "server/claims/verb_sense.h"

#include <algorithm>

namespace claimwatch {

const PhraseSense* FindPhrase(const Passage& passage, std::uint32_t verb, std::uint32_t from,
                              std::uint32_t reach, bool object) {
  const WordId lemma = passage.Lemma(verb);
  if (lemma == WordId::kNone ||
      !passage.senses.words[static_cast<std::size_t>(lemma)].Is(kCuePhrase)) {
    return nullptr;
  }
  const std::vector<PhraseSense>& phrases = passage.senses.phrases;
  const auto it = std::lower_bound(phrases.begin(), phrases.end(), lemma,
                                   [](const PhraseSense& a, WordId b) { return a.verb < b; });
  for (std::uint32_t i = from; i < from + reach && passage.Has(i); ++i) {
    if (passage.At(i).kind == TokenKind::kPunct && !passage.IsQuote(i)) break;
    const Number* at = passage.NumberAt(i);  // "spent a second night", but not "took 12 ..."
    const bool number = i > from && at != nullptr && at->kind <= NumberKind::kMeasurement;
    if (number && !passage.Is(passage.NumberAt(i)->first - 1, kPreposition)) break;  // in 12 camps
    const WordId word = passage.Lemma(i);
    for (auto phrase = it; phrase != phrases.end() && phrase->verb == lemma; ++phrase) {
      if (phrase->object == object && phrase->word == word) return &*phrase;
    }
  }
  return nullptr;
}

}  // namespace claimwatch
