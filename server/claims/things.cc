#include "server/claims/things.h"

#include "server/claims/verb_sense.h"

namespace claimwatch {
namespace {

constexpr std::uint32_t kOthersReach = 16;  // To "18 of them", "two others".
constexpr std::uint32_t kVerbReach = 5;     // From a part of a thing to what happened to it.

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
  if (p.In(i, WordList::kPartHarm)) return true;
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

// "River water got into 500 homes", "sent water into 63 cellars"
bool WaterIn(const Passage& p, std::uint32_t left) {
  for (std::uint32_t k = 1; k <= 3 && left >= p.first + k; ++k) {
    if (p.In(left - k, WordList::kWrecker)) return !p.Is(left - k, kPersonNoun);
  }
  return false;
}

// "spread to", "swept through", "crashed into"
bool IsEngulfed(const Passage& p, std::uint32_t left) {
  const std::string_view way = p.Text(left);
  if (way == "into" && WaterIn(p, left)) return true;
  const bool enters = p.RoleOf(left) == Role::kTo || p.RoleOf(left) == Role::kThrough ||
                      way == "into" || way == "across" || way == "onto" || way == "over";
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

// "shot down 12 drones", "the loss of 12 boats", "lost 12 tanks", "cut 12 roads"
bool IsLost(const Passage& p, std::uint32_t left, const NounPhrase& np) {
  if (p.IsPair(left, WordList::kFelled) || p.IsPair(left - 1, WordList::kFelled)) return true;
  if (p.In(left, WordList::kDowned)) return true;
  if (p.RoleOf(left) == Role::kOf && p.In(left - 1, WordList::kLosses)) return true;
  if (p.In(left, WordList::kLoses)) return true;
  return p.Text(left) == "cut" && p.In(np.head, WordList::kSeverable);
}

// One past the auxiliaries and adverbs at `i`: "have been badly".
std::uint32_t AfterAuxiliaries(const Passage& p, std::uint32_t i) {
  const std::uint32_t end = i + 4;
  while (i < end && (p.Sense(i).Is(kCueHave | kCueBe) || p.IsAdverb(i))) ++i;
  return i;
}

// A part of them within reach of `i`: "lost their [roofs]", "without a [wall] standing".
bool PartNear(const Passage& p, std::uint32_t i) {
  for (std::uint32_t k = i; k < i + 4; ++k) {
    if (p.In(k, WordList::kThingPart)) return true;
  }
  return false;
}

// "lost their roofs", "were left without roofs", "were shot down", "were cut by slides"
bool IsUndone(const Passage& p, std::uint32_t tail, const NounPhrase& np) {
  const std::uint32_t i = AfterAuxiliaries(p, tail);
  if (p.In(i, WordList::kLoses) && PartNear(p, i + 1)) return true;
  if (p.Sense(tail).Is(kCueHave) && PartNear(p, i)) {  // "had their windows smashed"
    for (std::uint32_t k = i + 1; k < i + kVerbReach; ++k) {
      if (p.Is(k, kParticiple) && Harms(p, k)) return true;
    }
  }
  if (i > tail && p.In(i, WordList::kDowned)) return true;
  if (i > tail && p.IsPair(i, WordList::kFelled)) return true;
  const bool afloat = p.Sense(np.head).thing == ThingClass::kVehicle;
  if (afloat && p.IsPair(i, WordList::kSank)) return true;
  if (p.Text(i) == "cut" && p.In(np.head, WordList::kSeverable)) return i > tail;
  for (std::uint32_t k = i; k < i + 4 && p.Has(k) && !p.Is(k, kConjunction); ++k) {
    if (p.Text(k) == "without") return PartNear(p, k + 1);
  }
  return false;
}

// "homes lost in the fire", "buildings fell down", "houses were reduced to ashes"
bool IsRuined(const Passage& p, std::uint32_t i) {
  i = AfterAuxiliaries(p, i);
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
  const std::uint32_t verb = AfterAuxiliaries(p, np.tail);
  if (p.In(verb, WordList::kBusy) || p.In(verb, WordList::kCome)) return true;
  const std::string_view aboard = p.Text(left);
  const bool carries =
      aboard == "in" || aboard == "aboard" || aboard == "with" || aboard == "using";
  const std::uint32_t crew = p.Is(left - 1, kPastTense) ? left - 2 : left - 1;
  if (carries && p.Sense(crew).counts == p.senses.known.deployed) return true;
  if (p.RoleOf(left) == Role::kOf && p.In(left - 1, WordList::kFleet)) return true;
  return p.In(left, WordList::kPutToUse);
}

// "18 of them [burned] out", "two others [caught] fire": what the verb tells, befalls things.
bool FallsOnThings(const Passage& p, std::uint32_t verb, bool them) {
  const MeasureId damaged = p.senses.known.damaged;
  const WordSense& sense = p.Sense(verb);
  if (sense.object_thing == damaged) return them || sense.object == MeasureId::kNone;
  const PhraseSense* phrase = FindPhrase(p, verb, verb + 1, 3, false);
  return phrase != nullptr && phrase->measure == damaged;
}

// "shipped 26,000 nets to the port": sold ones go to nobody in particular.
bool IsConveyed(const Passage& p, std::uint32_t left, const Draft& draft) {
  if (!p.In(left, WordList::kConvey) || draft.counted == CountedClass::kPerson) return false;
  if (p.Sense(draft.np.head).thing == ThingClass::kAnimal) return false;
  for (std::uint32_t i = draft.np.tail; i < draft.np.tail + 9 && p.Has(i); ++i) {
    if (p.RoleOf(i) == Role::kTo) return true;
  }
  return false;
}

// "six helicopters and 43 boats", "1,800 rescuers and 160 dogs"
bool SentAlong(const Passage& p, const Draft& before, const Draft& draft) {
  const KnownMeasures& known = p.senses.known;
  if (before.measure != known.equipment && before.measure != known.deployed) return false;
  const ThingClass thing = p.Sense(draft.np.head).thing;
  if (thing == ThingClass::kVehicle || thing == ThingClass::kAnimal) return true;
  if (p.In(before.number->first - 1, WordList::kConvey)) return true;  // "and 400 filters"
  return before.measure == known.equipment && draft.counted != CountedClass::kPerson &&
         before.finding.relation == Relation::kGovernor;
}

}  // namespace

MeasureId AlongWith(const Passage& p, const Draft& before, const Draft& draft) {
  const KnownMeasures& known = p.senses.known;
  const std::uint32_t from = before.np.tail, to = draft.number->first;
  if (to <= from || to > from + 2) return draft.measure;
  const bool joined = p.RoleOf(to - 1) == Role::kAnd || p.IsPunct(from, ',');
  if (!joined && p.Text(to - 1) != "with") return draft.measure;
  const bool plain = draft.measure == known.count;
  if (plain && SentAlong(p, before, draft)) return known.equipment;
  const bool thing = draft.counted == CountedClass::kThing;
  const bool lost = before.measure == known.damaged && before.finding.relation == Relation::kHead;
  const bool open = plain || draft.measure == known.equipment;
  return thing && lost && joined && open ? known.damaged : draft.measure;
}

MeasureId ReadThings(const Passage& p, const Draft& draft) {
  const NounPhrase& np = draft.np;
  if (np.elided() || draft.number->kind != NumberKind::kCount) return MeasureId::kNone;
  const ThingClass thing = p.Sense(np.head).thing;
  const KnownMeasures& known = p.senses.known;
  const std::uint32_t left = LeftOf(p, draft.number->first);
  if (left != kNoToken && IsConveyed(p, left, draft)) return known.equipment;
  const bool goods = p.Sense(np.head).counts == known.equipment;
  if (left != kNoToken && goods && p.In(left, WordList::kTraded)) return known.count;
  if (thing != ThingClass::kBuilding && thing != ThingClass::kVehicle && !goods) {
    return MeasureId::kNone;
  }
  const bool torn = p.In(np.tail, WordList::kTorn) ||  // "riddled with bullets"
                    (left != kNoToken && p.In(left, WordList::kTorn));
  if (torn) return known.damaged;
  if (IsRuined(p, np.tail) || IsUndone(p, np.tail, np)) return known.damaged;
  if (left != kNoToken && (PartIsHarmed(p, left, np) || IsEngulfed(p, left) || IsWrecked(p, left) ||
                           IsLost(p, left, np))) {
    return known.damaged;
  }
  const bool used = thing == ThingClass::kVehicle && IsUsed(p, left, np);
  return used ? known.equipment : MeasureId::kNone;
}

bool CountsThingsBefore(const Passage& p, const Draft& before, const Draft& draft) {
  if (!draft.np.elided() || before.np.elided()) return false;
  const ThingClass thing = p.Sense(before.np.head).thing;
  if (thing != ThingClass::kBuilding && thing != ThingClass::kVehicle) return false;
  const std::uint32_t at = draft.number->first, end = draft.number->end;
  const bool them = p.RoleOf(end) == Role::kOf && p.Text(end + 1) == "them";
  if ((them || draft.np.others) && at < before.np.tail + kOthersReach) {
    const std::uint32_t verb = AfterAuxiliaries(p, them ? end + 2 : draft.np.tail);
    return FallsOnThings(p, verb, them);
  }
  if (p.RoleOf(at - 2) == Role::kAnd && at == before.np.tail + 2 &&
      p.Sense(at - 1).object_thing == p.senses.known.damaged &&
      (!p.Has(end) || p.At(end).kind == TokenKind::kPunct)) {
    return true;  // "emptied 30 stores and burned [six]"
  }
  if (at > before.np.tail + kVerbReach + 2 || !p.Is(draft.number->end, kParticiple)) return false;
  return p.RoleOf(at - 1) == Role::kAnd || p.IsPunct(at - 1, ',');
}

}  // namespace claimwatch
