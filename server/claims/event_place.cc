#include "server/claims/event_place.h"

#include "server/claims/telling.h"

namespace claimwatch {
namespace {

constexpr std::uint32_t kReach = 18;  // Tokens before the number.

// One past the words that lead to the place of an event at `i`: "in", "hit", "the shelling of".
bool LeadsToPlace(const Passage& p, std::uint32_t i) {
  if (IsPlacePreposition(p, i) || p.In(i, WordList::kEventPlace)) return true;
  if (p.RoleOf(i) == Role::kOf) return p.In(i - 1, WordList::kBefall);
  return p.In(i, WordList::kBefall) && p.RoleOf(i + 1) != Role::kOf;
}

// "Officials in Kelo said 30 people died": what is said may have been anywhere.
bool SaysBetween(const Passage& p, std::uint32_t from, std::uint32_t number) {
  for (std::uint32_t i = from; i < number; ++i) {
    if (p.Is(i, kSpeech)) return true;
  }
  return false;
}

// "Six were found in Kelo and four elsewhere": the place of the figure before.
bool IsOfFigureBefore(const Passage& p, std::uint32_t place, std::uint32_t number) {
  if (p.RoleOf(number - 1) != Role::kAnd && !p.IsPunct(number - 1, ',')) return false;
  for (std::uint32_t k = p.first_number; k < p.end_number && p.numbers[k].first < place; ++k) {
    if (p.numbers[k].kind == NumberKind::kCount) return true;
  }
  return false;
}

PlacePhrase PlaceBefore(const Passage& p, std::uint32_t number, const Phrase& attribution) {
  for (std::uint32_t k = 1; k <= kReach && number >= p.first + k; ++k) {
    const std::uint32_t i = number - k;
    const Number* other = p.NumberAt(i);
    if (p.IsPunct(i, ';') || (other != nullptr && other->kind == NumberKind::kCount)) break;
    if (!LeadsToPlace(p, i) || p.In(i - 1, WordList::kFounding)) continue;
    const PlacePhrase place = PlaceNameAfter(p, i);
    const bool people = place.name != kNoToken && p.Is(place.name, kAdjective);
    if (people && !p.Is(place.name, kNoun)) continue;  // "hit a Norwegian family"
    if (place.name == kNoToken || place.end > number) continue;
    if (SaysBetween(p, place.end, number)) break;
    if (IsOfFigureBefore(p, i, number) || IsOfTelling(p, i, place.end, attribution)) break;
    return place;
  }
  return {};
}

}  // namespace

PlacePhrase EventPlace(const Passage& p, const Draft& draft, const Phrase& attribution) {
  const std::uint32_t number = draft.number->first;
  PlacePhrase place = FindPlace(p, number, draft.np.tail);
  if (place.local && place.name == kNoToken) {
    place = p.RoleOf(place.begin - 1) == Role::kThe ? NamedBeforeNumber(p, number)  // "in the city"
            : IsPlacePreposition(p, place.end)
                ? PlaceNameAfter(p, place.end)  // "at a school in Kelo"
                : PlacePhrase{};
  }
  if (place.name != kNoToken) {
    const bool speakers =
        place.begin > number && IsOfTelling(p, place.begin - 1, place.end, attribution);
    return speakers ? PlacePhrase{} : place;
  }
  // Who was evacuated left one place for another: the one named before may be either.
  if (draft.measure == p.senses.known.evacuated) return {};
  return PlaceBefore(p, number, attribution);
}

}  // namespace claimwatch
