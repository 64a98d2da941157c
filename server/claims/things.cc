#include "server/claims/things.h"

namespace claimwatch {
namespace {

constexpr std::uint32_t kVerbReach = 5;  // From a part of a thing to what happened to it.

bool Joins(const Passage& p, std::uint32_t i) {
  return p.RoleOf(i) == Role::kOf || p.RoleOf(i) == Role::kFrom || p.RoleOf(i) == Role::kIn ||
         p.RoleOf(i) == Role::kOut || p.Text(i) == "off" || p.Text(i) == "on";
}

// The token left of the number's determiners and adverbs.
std::uint32_t LeftOf(const Passage& p, std::uint32_t at) {
  while (at > p.first && (p.Is(at - 1, kDeterminer) || p.IsAdverb(at - 1)) &&
         !p.Is(at - 1, kPreposition)) {
    --at;
  }
  return at == p.first ? kNoToken : at - 1;
}

bool Harms(const Passage& p, std::uint32_t i) {
  return p.Is(i, kVerb) && p.Sense(i).object_thing == p.senses.known.damaged;
}

// "smashed the windows of", "ripped roofs off"; "windows of [8 cars] were smashed".
bool PartIsHarmed(const Passage& p, std::uint32_t left, const NounPhrase& np) {
  if (p.RoleOf(left) == Role::kOf && p.RoleOf(left - 1) == Role::kOut) {  // "blown out of"
    for (std::uint32_t k = 2; k <= kVerbReach && left >= p.first + k; ++k) {
      if (p.In(left - k, WordList::kThingPart)) return Harms(p, left - 2);
    }
  }
  if (!Joins(p, left) || !p.In(left - 1, WordList::kThingPart)) return false;
  for (std::uint32_t k = 2; k <= kVerbReach && left >= p.first + k; ++k) {
    if (Harms(p, left - k)) return true;
  }
  for (std::uint32_t i = np.tail; i < np.tail + kVerbReach && p.Has(i); ++i) {
    if (Harms(p, i)) return true;
  }
  return false;
}

// "spread to", "swept through", "crashed into"
bool IsEngulfed(const Passage& p, std::uint32_t left) {
  const std::string_view way = p.Text(left);
  const bool enters = p.RoleOf(left) == Role::kTo || p.RoleOf(left) == Role::kThrough ||
                      way == "into" || way == "across" || way == "onto";
  if (!enters) return false;
  const std::uint32_t verb = p.Is(left - 1, kAdverb) ? left - 2 : left - 1;
  return p.In(verb, WordList::kEngulf);
}

// "The twister picked up 12 cars", "surging water carried off 30 cottages": what such a cause does
// to a house does it no good.
bool IsWrecked(const Passage& p, std::uint32_t left) {
  std::uint32_t verb = left;
  const bool particle = p.Is(verb, kAdverb | kPreposition) && !p.Is(verb, kVerb);
  if (particle) --verb;
  const std::string_view text = p.Text(verb);
  const bool past =
      p.Is(verb, kPastTense | kGerund) ||
      (p.WordAt(verb) == nullptr && text.size() > 4 && text.substr(text.size() - 2) == "ed");
  if (!past || p.In(verb, WordList::kSparing) || p.Is(verb, kAuxiliary | kSpeech)) return false;
  const std::string_view way = p.Text(left);
  if (particle && way != "up" && way != "off" && way != "down" && way != "away" && way != "out") {
    return false;
  }
  std::uint32_t cause = verb - 1;
  if (p.Sense(cause).Is(kCueHave) || p.IsAdverb(cause)) --cause;
  return p.In(cause, WordList::kWrecker) && p.Is(cause, kNoun);
}

// "homes lost in the fire", "buildings fell down", "houses were reduced to ashes"
bool IsRuined(const Passage& p, std::uint32_t i) {
  if (p.Sense(i).Is(kCueHave)) ++i;
  if (p.Sense(i).Is(kCueBe)) ++i;
  if (p.In(i, WordList::kRuined)) {
    return !p.NounLike(i + 1) && p.NumberAt(i + 1) == nullptr && !p.Is(i + 1, kDeterminer);
  }
  const std::uint32_t to = i + 1;
  const bool becomes = p.RoleOf(to) == Role::kTo || p.RoleOf(to) == Role::kIn ||
                       p.RoleOf(to) == Role::kAs || p.Text(to) == "into";
  return becomes && p.In(to + 1, WordList::kWreck);
}

// "a convoy of 25 trucks", "boats skimming oil", "involves six boats", "troops in 40 trucks"
bool IsUsed(const Passage& p, std::uint32_t left, const NounPhrase& np) {
  if (p.In(np.tail, WordList::kBusy)) return true;
  const std::string_view aboard = p.Text(left);
  const bool carries =
      aboard == "in" || aboard == "aboard" || aboard == "with" || aboard == "using";
  if (carries && p.Sense(left - 1).counts == p.senses.known.deployed) return true;
  if (p.RoleOf(left) == Role::kOf && p.In(left - 1, WordList::kFleet)) return true;
  return p.In(left, WordList::kPutToUse);
}

}  // namespace

MeasureId ReadThings(const Passage& p, const Draft& draft) {
  const NounPhrase& np = draft.np;
  if (np.elided() || draft.number->kind != NumberKind::kCount) return MeasureId::kNone;
  const ThingClass thing = p.Sense(np.head).thing;
  if (thing != ThingClass::kBuilding && thing != ThingClass::kVehicle) return MeasureId::kNone;
  const KnownMeasures& known = p.senses.known;
  const std::uint32_t left = LeftOf(p, draft.number->first);
  const bool torn = p.In(np.tail, WordList::kTorn);  // "riddled with bullets"
  if (torn) return known.damaged;
  if (IsRuined(p, np.tail)) return known.damaged;
  if (left != kNoToken &&
      (PartIsHarmed(p, left, np) || IsEngulfed(p, left) || IsWrecked(p, left))) {
    return known.damaged;
  }
  const bool used = thing == ThingClass::kVehicle && IsUsed(p, left, np);
  return used ? known.equipment : MeasureId::kNone;
}

bool CountsThingsBefore(const Passage& p, const Draft& before, const Draft& draft) {
  if (!draft.np.elided() || before.np.elided()) return false;
  const ThingClass thing = p.Sense(before.np.head).thing;
  if (thing != ThingClass::kBuilding && thing != ThingClass::kVehicle) return false;
  const std::uint32_t at = draft.number->first;
  if (at > before.np.tail + kVerbReach + 2 || !p.Is(draft.number->end, kParticiple)) return false;
  return p.RoleOf(at - 1) == Role::kAnd || p.IsPunct(at - 1, ',');
}

}  // namespace claimwatch
