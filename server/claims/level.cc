#include "server/claims/level.h"

namespace claimwatch {
namespace {

// "a total of 12 barrels", "12 barrels have leaked so far"
bool TellsSum(const Passage& p, const Draft& draft) {
  const std::uint32_t at = draft.number->first;
  const std::uint32_t begin = at > p.first + 8 ? at - 8 : p.first;
  for (std::uint32_t i = begin; i < draft.np.tail + 6 && p.Has(i); ++i) {
    const std::string_view text = p.Text(i);
    if (p.RoleOf(i) == Role::kTotal || text == "amount" || text == "already" || text == "far" ||
        text == "altogether" || p.Sense(i).Is(kCueHave)) {
      return true;
    }
  }
  return false;
}

}  // namespace

// "the estimate was 12 barrels", "revised to 12 barrels": which quantity, the article has said.
Level LevelOf(const Passage& p, const Draft& draft) {
  if (draft.measure != p.senses.known.measurement || TellsSum(p, draft)) return Level::kNone;
  const std::uint32_t at = draft.number->first;
  for (std::uint32_t k = 1; k <= 9 && at >= p.first + k; ++k) {
    if (p.Sense(at - k).Is(kCueLevel)) return Level::kLevel;
  }
  for (std::uint32_t i = draft.np.tail; i < draft.np.tail + 5 && p.Has(i); ++i) {
    if (p.Sense(i).Is(kCueLevel)) return Level::kLevel;
  }
  return draft.anaphor ? Level::kLevel : Level::kOpen;
}

}  // namespace claimwatch
