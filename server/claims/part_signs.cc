#include "server/claims/part_signs.h"

#include <string_view>

namespace claimwatch {

bool AloneAfter(const Passage& p, const Draft& draft) {
  if (p.Is(draft.number->first - 1, kPreposition)) return false;  // "84 from two boats ... alone"
  for (std::uint32_t i = draft.np.tail; i < draft.np.tail + 10 && p.Has(i); ++i) {
    if (p.IsPunct(i, ',') || p.NumberAt(i) != nullptr) return false;
    if (p.Text(i) == "alone") return p.HasCapital(i - 1) || p.Is(i - 1, kNoun);
  }
  return false;
}

bool Alone(const Passage& p, const Draft& draft) {
  for (std::uint32_t k = 1; k <= 6 && draft.number->first >= p.first + k; ++k) {
    if (p.Text(draft.number->first - k) == "alone") return true;
  }
  return p.Text(draft.np.tail) == "alone";
}

bool InWindow(const Passage& p, const Draft& draft) {
  for (std::uint32_t i = draft.np.tail; i < draft.np.tail + 14 && p.Has(i); ++i) {
    const std::string_view text = p.Text(i);
    if (p.NumberAt(i) != nullptr) return false;  // "198 deaths, 37 of them in the past week"
    if (text != "past" && text != "last") continue;
    if (p.RoleOf(i - 1) != Role::kThe) continue;
    const Number* span = p.NumberAt(i + 1);
    if (span == nullptr && text == "last") continue;  // "in the last week of March"
    const std::uint32_t unit = span == nullptr ? i + 1 : span->end;
    for (std::uint32_t k = unit - 1; k <= unit; ++k) {
      const std::string_view time = p.Text(k);
      if (time.substr(0, 4) == "hour" || time.substr(0, 3) == "day" ||
          time.substr(0, 4) == "week" || time.substr(0, 5) == "month") {
        return true;
      }
    }
  }
  return false;
}

bool InMonth(const Passage& p, const Draft& draft) {
  for (std::uint32_t i = draft.np.tail; i < draft.np.tail + 5 && p.Has(i); ++i) {
    if (p.RoleOf(i) == Role::kIn && p.Is(i + 1, kMonth)) return !p.IsPunct(i - 1, ',');
  }
  return false;
}

// "1,600 [in Mexico]", "Mexico has 1,600 cases, including [45] deaths": in an outbreak a
// country's totals.
bool IsCountrysOwn(const Passage& p, const std::vector<Draft>& drafts, const Draft& draft) {
  const KnownMeasures& known = p.senses.known;
  if (draft.measure != known.infected && draft.measure != known.killed) return false;
  const std::uint32_t name = p.NameAfterIn(draft.np.tail);
  if (draft.np.elided() && name != kNoToken) {
    const bool second = p.HasCapital(name + 1) && p.Sense(name + 1).Is(kCueCountry);
    if (second || p.Sense(name).Is(kCueCountry)) return true;
  }
  if (draft.container < 0 || draft.measure != known.killed) return false;
  const Draft& cases = drafts[static_cast<std::size_t>(draft.container)];
  return cases.measure == known.infected && cases.scope == Scope::kTotal;
}

}  // namespace claimwatch
