#include "server/claims/bare_figure.h"

namespace claimwatch {
namespace {

constexpr std::uint32_t kIndexReach = 24;
constexpr std::uint32_t kShareReach = 10;  // Tokens from a share to the bare one after it.

// "38.4 percent, and the incumbent [34.1]", "52 percent against [45]"; a sum or level after "to"
// is none: "fell 2.4 percent to 12.5".
bool IsShareToo(const Passage& p, const Draft& before, const Draft& draft) {
  const Number& number = *draft.number;
  const auto& size = number.quantity.low;
  if (before.number->kind != NumberKind::kPercent || !size || !(*size < Decimal(100))) return false;
  if (number.first > before.number->unit_end + kShareReach) return false;
  const Role role = p.RoleOf(number.first - 1);
  const bool against = p.Text(number.first - 1) == "against" || role == Role::kFrom;
  if (against) return true;
  if (size->IsInteger() || role == Role::kTo || role == Role::kAt || role == Role::kBy) {
    return false;
  }
  return !p.Is(number.first - 1, kVerb) || p.Is(number.first - 1, kNoun);
}

bool IsIndex(const Passage& p, std::uint32_t i) {
  return p.In(i, WordList::kBourse) || p.IsNamed(i, WordList::kBourse);
}

// "The DAX gained [42] to [6,281]"
bool CountsPoints(const Passage& p, const Draft& draft) {
  const Number& number = *draft.number;
  const std::uint32_t i = number.first - 1;
  if (number.first <= p.first || !number.quantity.low) return false;
  const Role role = p.RoleOf(i);
  const std::string_view verb = p.Text(i);
  const bool moves = role == Role::kChange || role == Role::kTo || role == Role::kAt ||
                     role == Role::kBy || role == Role::kUp || verb == "gained" || verb == "lost" ||
                     verb == "added" || verb == "shed" || verb == "down";
  if (!moves) return false;
  for (std::uint32_t k = i > p.first + kIndexReach ? i - kIndexReach : p.first; k < i; ++k) {
    if (IsIndex(p, k)) return true;
  }
  return false;
}

// "number of failed [banks]" at `of`; of persons other rules tell more.
bool OfThings(const Passage& p, std::uint32_t of) {
  if (p.RoleOf(of) != Role::kOf || !p.Sense(of - 1).Is(kCueTally)) return false;
  for (std::uint32_t k = 1; k <= 4 && p.NounLike(of + k); ++k) {
    if (p.Is(of + k, kPersonNoun)) return false;
    if (p.Is(of + k, kPlural)) return true;
  }
  return false;
}

}  // namespace

// "brings to 98 the number of banks", "the number of banks rose to 98"
bool IsNumberOfThings(const Passage& p, const Draft& draft) {
  const Number& number = *draft.number;
  if (!draft.np.elided() || number.first <= p.first) return false;
  if (p.RoleOf(number.end) == Role::kThe) {
    for (std::uint32_t i = number.end + 1; i < number.end + 4; ++i) {
      if (OfThings(p, i + 1)) return true;
    }
  }
  const Role role = p.RoleOf(number.first - 1);
  const bool leads = role == Role::kTo || role == Role::kAt || role == Role::kFrom ||
                     p.Is(number.first - 1, kVerb);
  for (std::uint32_t k = 2; leads && k < 16 && number.first >= p.first + k; ++k) {
    if (OfThings(p, number.first - k)) return true;
  }
  return false;
}

void ReadBareFigure(const Passage& p, const Draft* before, Draft* draft) {
  const Number& number = *draft->number;
  const bool bare = draft->np.elided() && number.kind == NumberKind::kCount &&
                    number.quantity.unit == UnitId::kNone && number.per_end == number.unit_end;
  if (!bare || draft->rejected) return;
  if (before != nullptr && before->claim() && IsShareToo(p, *before, *draft)) {
    draft->measure = p.senses.known.percent;
    draft->unit = before->number->quantity.unit;
  } else if (CountsPoints(p, *draft)) {
    draft->measure = p.senses.known.count;
  }
}

}  // namespace claimwatch
