#include "server/claims/place.h"

namespace claimwatch {
namespace {

constexpr std::uint32_t kReach = 18;

// "entered Tunisia", "crossed into Tunisia", "have fled Libya for Chad", "fled to Chad"
bool LeadsTo(const Passage& p, std::uint32_t i, std::uint32_t tail) {
  if (!p.HasCapital(i + 1)) return false;
  if (p.In(i, WordList::kInto)) return true;
  if (p.RoleOf(i) != Role::kTo) return false;
  for (std::uint32_t k = 1; k <= 4 && i >= tail + k; ++k) {
    const WordSense& sense = p.Sense(i - k);
    if (sense.subject != MeasureId::kNone && sense.subject == p.senses.known.displaced) return true;
    if (p.In(i - k, WordList::kCross)) return true;
  }
  return false;
}

// "in 15 states": all over; not "in three hospitals"
bool IsAllOver(const Passage& p, const Number& several) {
  const std::optional<Decimal>& low = several.quantity.low;
  if (several.kind != NumberKind::kCount || !low || *low < Decimal(3)) return false;
  return *low >= Decimal(10) || !p.Sense(several.end).Is(kCueNarrow);
}

// The name right after a preposition at `i`: [the] [neighbouring] Central Aceh district.
PlacePhrase ReadName(const Passage& p, std::uint32_t i) {
  PlacePhrase place;
  std::uint32_t k = i + 1;
  place.throughout = p.In(i, WordList::kThroughout);
  while (p.RoleOf(k) == Role::kThe || p.Is(k, kDeterminer)) ++k;
  const bool loose = p.In(k, WordList::kNeighbouring);
  if (loose) ++k;
  place.neighbour = loose;
  if (const Number* several = p.NumberAt(k)) {  // "in two hospitals"
    if (several->kind == NumberKind::kCount) k = several->end;
    place.throughout = place.throughout || IsAllOver(p, *several);
  }
  place.begin = k;
  bool noun = false;
  for (std::uint32_t steps = 0; steps < 8 && p.Has(k); ++steps, ++k) {
    const Token& token = p.At(k);
    if (token.kind != TokenKind::kWord || p.NumberAt(k) != nullptr) {
      if (p.IsHyphen(k)) continue;
      break;
    }
    if (p.Is(k, kMonth | kWeekday)) break;
    if (p.HasCapital(k)) {
      // In Title Case any noun is written so: "3 Hurt In Head-On Crash".
      const bool common = p.Is(k, kNoun | kVerb) && !p.Is(k, kPlaceNoun) &&
                          !p.Sense(k).Is(kCueCountry) && p.Sense(k).population == 0;
      const bool first = p.doc.field == Field::kBody && p.HasCapital(k + 1) &&
                         !p.Is(k + 1, kNoun | kVerb | kMonth | kWeekday);  // "Port Sella"
      if (common && !first && !p.Is(k, kAdjective)) return {};
      place.name = k;
      place.end = k + 1;
      continue;
    }
    if (p.Sense(k).Is(kCueNarrow)) place.narrow = true;
    if (p.Is(k, kPlaceNoun) || p.Sense(k).Is(kCueNarrow)) {
      noun = true;
      place.local = place.local || !p.In(k, WordList::kCountryNoun);
      place.end = k + 1;
      continue;
    }
    if (p.RoleOf(k) == Role::kOf && noun) continue;
    if (p.Is(k, kAdjective) && place.name == kNoToken) continue;
    break;
  }
  if (place.name == kNoToken && !place.narrow && !place.local) return {};
  // "in Libyan demonstrations" is no place: the name only describes what follows.
  const bool goes_on = p.Is(k, kPastTense) || p.In(k, WordList::kLast);  // "in Libya last week"
  if (!noun && !goes_on && p.NounLike(k) && !p.HasCapital(k) && k == place.end) return {};
  return place;
}

}  // namespace

bool IsPlacePreposition(const Passage& p, std::uint32_t i) {
  if (p.RoleOf(i) == Role::kIn) return true;
  if (p.RoleOf(i) == Role::kAt) return true;
  return p.In(i, WordList::kPlacePreposition);
}

PlacePhrase PlaceNameAfter(const Passage& passage, std::uint32_t i) { return ReadName(passage, i); }

PlacePhrase FindPlace(const Passage& passage, std::uint32_t number, std::uint32_t tail) {
  for (std::uint32_t i = tail; i < tail + kReach && passage.Has(i); ++i) {
    const Number* other = passage.NumberAt(i);
    if (other != nullptr && other->kind == NumberKind::kCount &&
        (passage.RoleOf(other->first - 1) != Role::kAnd || !passage.NounLike(other->end))) {
      break;
    }
    if (passage.IsPunct(i, ';')) break;
    // What began there, and who else is there, is another matter.
    if (passage.Text(i) == "since" || passage.Text(i) == "including") break;
    // "were hurt in the quakes, which also sent waves into Japan"
    if (passage.Text(i) == "which" && i > tail + 1 && passage.IsPunct(i - 1, ',')) break;
    const bool destination = LeadsTo(passage, i, tail);
    if (!destination && !IsPlacePreposition(passage, i)) continue;
    PlacePhrase place = ReadName(passage, i);
    place.destination = destination;
    const Number* next = passage.NumberAt(place.end);  // ", and in Kelo 150 were held"
    const bool others = next != nullptr && next->kind == NumberKind::kCount && i > tail;
    if (others && (passage.IsPunct(i - 1, ',') || passage.RoleOf(i - 1) == Role::kAnd)) break;
    if (place.found()) return place;
  }
  if (IsPlacePreposition(passage, passage.first) && passage.first < number) {
    return ReadName(passage, passage.first);
  }
  return {};
}

PlacePhrase NamedBeforeNumber(const Passage& passage, std::uint32_t number) {
  for (std::uint32_t i = number; i > passage.first; --i) {
    if (!IsPlacePreposition(passage, i - 1)) continue;
    const PlacePhrase place = ReadName(passage, i - 1);
    if (place.name != kNoToken && place.end <= number) return place;
  }
  return {};
}

}  // namespace claimwatch
