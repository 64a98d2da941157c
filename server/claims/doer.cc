#include "server/claims/doer.h"

#include <string>
#include <string_view>

#include "server/claims/condition.h"
#include "server/claims/hints.h"

namespace claimwatch {
namespace {

constexpr std::uint32_t kPoliceReach = 9;

bool MayBeSought(const Passage& p, const NounPhrase& np) {
  if (np.elided()) return p.doc.field == Field::kTitle;  // "Police hunt three in robbery"
  for (std::uint32_t k = np.begin; k < np.end; ++k) {
    if (p.Sense(k).adjective != MeasureId::kNone) return false;  // "two missing men"
  }
  return p.In(np.head, WordList::kStranger);
}

// Their verb: "four youths on scooters [snatched] her bag", "men wearing masks [stormed] it".
std::uint32_t Deed(const Passage& p, std::uint32_t tail) {
  const std::string_view text = p.Text(tail);
  const bool doing = p.WordAt(tail) == nullptr && text.size() > 5 &&  // "wearing"
                     text.substr(text.size() - 3) == "ing";
  if (!doing && (!p.Is(tail, kPreposition | kGerund) || p.Is(tail, kPastTense))) return tail;
  if (p.In(tail, WordList::kClause)) return tail;  // "after an explosion killed seven"
  for (std::uint32_t i = tail + 1; i < tail + 5 && p.At(i).kind == TokenKind::kWord; ++i) {
    if (p.NumberAt(i) != nullptr || p.Is(i, kAuxiliary | kConjunction | kPronoun)) break;
    if (p.Is(i, kPastTense) && !p.Is(i, kNoun)) return i;
  }
  return tail;
}

}  // namespace

bool IsPolice(const Passage& p, std::uint32_t i) {
  const std::uint8_t population = p.Sense(i).population;
  if (population != 0 && p.senses.populations[population] == "police") return true;
  return p.In(i, WordList::kAuthority);
}

bool IsSearch(const Passage& p, std::uint32_t verb, const NounPhrase& np) {
  if (!np.elided() && p.Text(np.head).substr(0, 7) == "witness") return false;
  return p.In(verb, WordList::kLookFor) ||
         (p.Text(verb) == "hunt" && p.RoleOf(verb - 1) == Role::kThe);
}

bool IsHunted(const Passage& p, std::uint32_t i, const NounPhrase& np) {
  if (p.Text(i) == "for") --i;
  bool hunt = p.RoleOf(i) == Role::kTo &&  // "police want to talk to two men"
              (p.Text(i - 1) == "talk" || p.Text(i - 1) == "speak");
  hunt = hunt || (p.RoleOf(i - 1) == Role::kTo && p.Text(i - 2) == "want" &&
                  (p.Text(i) == "question" || p.Text(i) == "interview" || p.Text(i) == "trace"));
  hunt = hunt || p.In(i, WordList::kPursuit);
  if (!hunt || !MayBeSought(p, np)) return false;
  for (std::uint32_t k = 1; k <= kPoliceReach && i >= p.first + k; ++k) {
    if (IsPolice(p, i - k)) return true;
    if (p.IsPunct(i - k, ';')) return false;
  }
  return IsPolice(p, p.first) &&
         p.RoleOf(i - 2) == Role::kAnd;  // "Police ..., and are looking for"
}

std::uint32_t DeedBefore(const Passage& p, std::uint32_t by) {
  if (p.In(by - 1, WordList::kDeed)) return by - 1;
  const bool at = (p.Text(by - 1) == "on" || p.Text(by - 1) == "at") && p.Is(by - 2, kParticiple);
  if (!at && !p.Is(by - 1, kParticiple | kAdverb)) return kNoToken;
  const std::uint32_t verb = p.Is(by - 1, kParticiple) && !at ? by - 1 : by - 2;
  const KnownMeasures& known = p.senses.known;
  const WordSense& sense = p.Sense(verb);
  const bool harm = sense.object == known.killed || sense.object == known.injured ||
                    sense.object == known.hostages || sense.object_thing == known.damaged;
  return harm || sense.Is(kCueCrime) || p.In(verb, WordList::kAssault) ? verb : kNoToken;
}

bool DidIt(const Passage& p, const Draft& draft) {
  if (draft.np.elided() || draft.counted != CountedClass::kPerson || IsForce(p, draft)) {
    return false;
  }
  const WordSense& head = p.Sense(draft.np.head);
  if (head.counts != MeasureId::kNone) return false;
  const std::uint32_t i = Deed(p, draft.np.tail);
  if (!p.Is(i, kPastTense | kGerund) && !p.Is(i, kVerb)) return false;
  const KnownMeasures& known = p.senses.known;
  const MeasureId object = p.Sense(i).object;  // "five teens beat a man to death"
  const bool harm = object == known.killed || object == known.injured || object == known.hostages;
  if (p.In(i, WordList::kAssault) || (harm && p.Is(i, kPastTense))) return ObjectStarts(p, i + 1);
  const bool stranger = p.In(draft.np.head, WordList::kStranger) && p.Is(i, kPastTense);
  const bool wrecks = p.Sense(i).object_thing == known.damaged;  // "Three men smashed the window"
  if (stranger && wrecks) return ObjectStarts(p, i + 1);
  const bool armed = p.senses.populations[head.population] == "militants";
  return armed && p.Sense(i).Is(kCueCrime) && ObjectStarts(p, i + 1);
}

}  // namespace claimwatch
