#include "server/claims/verb_sense.h"

#include <algorithm>

#include "server/claims/condition.h"

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
    if (passage.At(i).kind == TokenKind::kPunct && !passage.IsQuote(i) && !passage.IsHyphen(i)) {
      break;
    }
    if (passage.IsHyphen(i)) reach += 2;     // "life-threatening" is one word
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

MeasureId JointMeasure(const Passage& p, CountedClass counted, std::uint32_t i, MeasureId measure) {
  const KnownMeasures& known = p.senses.known;
  if (p.Sense(i + 1).adjective == known.killed) return known.killed;  // shot dead
  if (p.Says(i - 1, "fatally")) return known.killed;
  const bool joint =
      p.RoleOf(i + 1) == Role::kAnd || p.RoleOf(i + 1) == Role::kOr || p.Text(i + 1) == "/";
  if (!joint) return measure;
  const WordSense& next = p.Sense(i + 2);
  if (p.Sense(i).Is(kCueManner) && next.object == known.killed && !ObjectStarts(p, i + 3)) {
    return known.killed;  // shot and killed
  }
  const MeasureId other =
      next.adjective != MeasureId::kNone ? next.adjective : ObjectMeasure(next, counted);
  if (other == MeasureId::kNone || other == measure || ObjectStarts(p, i + 3)) return measure;
  const auto harm = [&known](MeasureId m) {
    return m == known.killed || m == known.injured || m == known.missing;
  };
  return harm(measure) && harm(other) ? known.casualties : measure;
}

bool IsPossessive(const Passage& p, std::uint32_t i) {
  const std::string_view text = p.Text(i);
  return (text == "'s" || text == "\xE2\x80\x99s") && p.NounLike(i - 1) && p.NounLike(i + 1);
}

}  // namespace claimwatch
