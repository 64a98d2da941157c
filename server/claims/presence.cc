#include "server/claims/presence.h"

#include <string>

namespace claimwatch {
namespace {

constexpr std::uint32_t kCapacityReach = 6, kPlaceReach = 5, kGearReach = 8, kAsideReach = 14;

// "packed with 300 guests", "a bus full of 40 pilgrims"
bool FillsPlace(const Passage& p, const Number& number) {
  const std::uint32_t i = number.first - 1;
  const bool with = p.Text(i) == "with" || p.RoleOf(i) == Role::kOf || p.RoleOf(i) == Role::kBy;
  // "six ships with 700 people"
  if (p.Text(i) == "with" && p.Sense(i - 1).thing == ThingClass::kVehicle) return true;
  return with && p.In(i - 1, WordList::kFilled);
}

// "Police expect 250,000 people outside"
bool AreExpected(const Passage& p, const Number& number, std::uint32_t tail) {
  const std::string_view verb = p.Text(number.first - 1);
  const bool expect = verb == "expect" || verb == "expects" || verb == "expected";
  return expect && !p.Is(number.first - 2, kAuxiliary) && p.RoleOf(tail) != Role::kTo;
}

// "[There were] 12 people"
bool AreThere(const Passage& p, const Number& number) {
  std::uint32_t i = number.first - 1;
  if (p.IsAdverb(i)) --i;
  return p.Sense(i).Is(kCueBe) && p.Text(i - 1) == "there";
}

// "were in the room", "are outside the gates", "there were 12 inside": that is all.
bool IsSomewhere(const Passage& p, const Number& number, std::uint32_t i) {
  if (p.Sense(i).Is(kCueBe)) {
    ++i;
  } else if (!AreThere(p, number)) {
    return false;
  }
  if (p.IsAdverb(i) && !p.Is(i, kPreposition)) ++i;
  const bool there = p.RoleOf(i) == Role::kIn || p.RoleOf(i) == Role::kAt ||
                     p.Text(i) == "inside" || p.Text(i) == "outside";
  if (!there) return false;
  for (std::uint32_t k = i + 1; k <= i + kPlaceReach && p.At(k).kind == TokenKind::kWord; ++k) {
    if (p.NumberAt(k) != nullptr || p.Is(k, kTimeNoun)) return false;
    const bool place = p.Is(k, kPlaceNoun) || p.Sense(k).Is(kCueNarrow) ||
                       p.Sense(k).thing == ThingClass::kBuilding ||
                       p.Sense(k).thing == ThingClass::kVehicle;
    if (place && p.Is(k, kNoun)) return true;
  }
  return false;
}

// Police, soldiers, rescuers, doctors.
bool AreOfService(const Passage& p, const NounPhrase& np) {
  if (p.Sense(np.head).counts == p.senses.known.deployed) return true;
  const std::string& group = p.senses.populations[p.Sense(np.head).population];
  return group == "police" || group == "military" || group == "rescuers" ||
         group == "health workers" || group == "security forces";
}

// "twenty officers [in riot gear] traded fire with him": a verb of their own.
bool Act(const Passage& p, std::uint32_t i) {
  if (p.IsPunct(i, ',') && p.Is(i + 1, kParticiple)) {  // ", backed by six trucks, surrounded it"
    const std::uint32_t end = i + kAsideReach;
    do {
      ++i;
    } while (i < end && p.Has(i) && !p.IsPunct(i, ','));
    if (!p.IsPunct(i, ',')) return false;
    ++i;
  } else if (p.RoleOf(i) == Role::kIn || p.Text(i) == "with") {
    const std::uint32_t end = i + kGearReach;
    while (i < end && p.At(i).kind == TokenKind::kWord && p.NumberAt(i) == nullptr &&
           (!p.Is(i, kVerb) || p.Is(i, kNoun))) {
      ++i;
    }
    if (!p.Is(i, kPastTense)) return false;
  }
  while (p.Sense(i).Is(kCueHave | kCueModal | kCueFuture) || p.IsAdverb(i)) ++i;
  if (p.Sense(i).Is(kCueBe)) return p.Is(i + 1, kGerund) && !p.Is(i + 1, kParticiple);
  return p.Is(i, kVerb) && !p.Is(i, kSpeech | kAuxiliary) && !p.Sense(i).Is(kCueReport);
}

}  // namespace

bool IsCapacity(const Passage& p, const Number& number) {
  const std::uint32_t at = number.first;
  for (std::uint32_t k = 1; k <= kCapacityReach && at >= p.first + k; ++k) {
    const std::uint32_t i = at - k;
    if (p.IsPunct(i, ',') || p.IsPunct(i, ';') || p.NumberAt(i) != nullptr) return false;
    if (!p.In(i, WordList::kCapacity)) continue;
    return p.RoleOf(i + 1) == Role::kTo || p.RoleOf(i + 1) == Role::kOf || p.Text(i + 1) == "for";
  }
  return false;
}

MeasureId ReadPresence(const Passage& p, const Draft& draft) {
  const KnownMeasures& known = p.senses.known;
  const NounPhrase& np = draft.np;
  if (np.elided() || draft.counted != CountedClass::kPerson) return MeasureId::kNone;
  const std::uint32_t at = draft.number->first;
  if (p.Sense(np.head).counts == known.hostages) return MeasureId::kNone;
  const bool there = FillsPlace(p, *draft.number) || IsSomewhere(p, *draft.number, np.tail) ||
                     AreExpected(p, *draft.number, np.tail);
  if (!AreOfService(p, np)) return there ? known.participants : MeasureId::kNone;
  if (p.Sense(at - 1).Is(kCueCourt)) return MeasureId::kNone;
  const bool more = draft.number->increment || p.Says(np.begin, "extra");
  return more || there || Act(p, np.tail) ? known.deployed : MeasureId::kNone;
}

}  // namespace claimwatch
