#include "server/claims/loss.h"

namespace claimwatch {
namespace {

constexpr std::uint32_t kVerdictReach = 16;

// "insurers' claims may top $2 billion", "is costing the country $12 million", "rebuilding could
// cost $14 billion", "writing down $5 billion": what the event costs those whom it hit.
bool IsBill(const Passage& p, std::uint32_t i) {
  const std::string_view text = p.Text(i);
  // "the bill could reach $22 billion"; a bill that would cost money is a law.
  const bool priced =
      (p.Is(i + 1, kModal) && p.Text(i + 2) != "cost") || p.RoleOf(i + 1) == Role::kAt;
  if (text == "bill" && priced) return true;
  if (text == "claims" || text == "bill") {
    for (std::uint32_t k = p.first; k < i; ++k) {
      if (p.In(k, WordList::kInsurer)) return true;
    }
  }
  if (p.IsPair(i, WordList::kWriteOff)) return true;
  if (!p.In(i, WordList::kCost)) return false;
  if (p.In(i + 1, WordList::kBearer) || p.In(i + 2, WordList::kBearer)) return true;
  // "cost the schools $900,000", "costing taxpayers $2 million"
  if (text == "costs" && p.Is(i + 1, kPlural)) return true;  // "Snow costs shops £1.2bn"
  const std::string_view who = p.Text(i + 1);                // "cost retailers $2 billion"
  const bool unknown = p.WordAt(i + 1) == nullptr && who.size() > 3 && who.back() == 's';
  if ((text == "cost" || text == "costing") && unknown && !p.Is(i - 1, kDeterminer)) return true;
  if ((text == "cost" || text == "costing") && !p.Is(i - 1, kDeterminer | kAdjective) &&
      p.NumberAt(i + 1) == nullptr && p.Is(i + 1, kDeterminer | kPlural | kPronoun)) {
    return true;
  }
  for (std::uint32_t k = 1; k <= 3 && i >= p.first + k; ++k) {
    if (p.In(i - k, WordList::kCostly)) return true;  // "the cleanup has cost $7 million"
    if (p.In(i - k, WordList::kRebuild)) return true;
  }
  return false;
}

// "swindled 40 people out of $2 million"
bool IsFraud(const Passage& p, std::uint32_t out) {
  for (std::uint32_t k = 1; k <= 12 && out >= p.first + k; ++k) {
    if (p.In(out - k, WordList::kFraud)) return true;
  }
  return false;
}

// "The jury awarded her $4 million in damages", "damages of $1 million were awarded": no loss.
bool IsVerdict(const Passage& p, std::uint32_t i) {
  if (p.Text(i) != "damages") return false;
  const std::uint32_t from = i > p.first + kVerdictReach ? i - kVerdictReach : p.first;
  for (std::uint32_t k = from; k < p.end && k < i + kVerdictReach; ++k) {
    if (p.In(k, WordList::kVerdict)) return true;
  }
  return false;
}

bool IsLossWord(const Passage& p, std::uint32_t i) {
  return p.Sense(i).toll == p.senses.known.loss && !IsVerdict(p, i);
}

// "property worth $200 million was destroyed"
bool IsWorthDestroyed(const Passage& p, const Number& number) {
  if (p.Text(number.first - 1) != "worth") return false;
  for (std::uint32_t i = number.end; i < number.end + 4 && p.Has(i); ++i) {
    if (p.Sense(i).Is(kCueBe)) return p.Sense(i + 1).object_thing == p.senses.known.damaged;
  }
  return false;
}

// The sum that this one is set against: "[$151 million], up from $98 million", "[$11 billion],
// against $3 billion", "[$4 billion], or $2.42 a share"; null: none.
const Number* SetAgainst(const Passage& p, const Number& number) {
  std::uint32_t i = number.first;
  bool against = false;
  for (std::uint32_t k = 0; k < 4 && i > p.first; ++k) {
    --i;
    if (const Number* other = p.NumberAt(i)) {
      return against && other->kind == NumberKind::kMoney ? other : nullptr;
    }
    const Role role = p.RoleOf(i);
    const std::string_view text = p.Text(i);
    const bool link = role == Role::kFrom || role == Role::kOr || text == "against" ||
                      text == "versus" || (text == "with" && p.Text(i - 1) == "compared");
    against = against || link;
    const bool bridge = link || p.IsPunct(i, ',') || text == "compared" || text == "up" ||
                        text == "down" || p.Is(i, kDeterminer);
    if (!bridge) return nullptr;
  }
  return nullptr;
}

}  // namespace

// "$12 million in damage", "damage of $12 million", "losses estimated at $12 million"
bool TellsLoss(const Passage& p, const Number& number) {
  for (std::uint32_t i = number.end; i < number.end + 7 && p.Has(i); ++i) {
    if (p.NumberAt(i) != nullptr || p.IsPunct(i, ',') || p.IsPunct(i, ';')) break;
    if (IsLossWord(p, i)) return true;
  }
  if (IsWorthDestroyed(p, number)) return true;
  if (const Number* other = SetAgainst(p, number)) return TellsLoss(p, *other);
  if (p.In(number.unit_end, WordList::kWriteDown)) return true;  // "a $2 billion charge"
  std::uint32_t i = number.first;
  if (p.RoleOf(i - 1) == Role::kOf && p.Text(i - 2) == "charge") return true;
  if (p.RoleOf(i - 1) == Role::kOf && p.RoleOf(i - 2) == Role::kOut && IsFraud(p, i - 2))
    return true;
  std::uint32_t verb = p.IsAdverb(i - 1) ? i - 2 : i - 1;
  if (p.RoleOf(verb) == Role::kOf && p.Is(verb - 2, kDeterminer)) verb -= 3;  // "an average of"
  // "has lost them $3 million", "$2 billion in lost sales"
  if (p.Is(i - 1, kPronoun) && p.In(i - 2, WordList::kLoses)) return true;
  const bool lost = p.RoleOf(number.unit_end) == Role::kIn && p.Text(number.unit_end + 1) == "lost";
  if (lost && p.Text(number.unit_end + 2) != "tax") return true;
  if (p.Text(number.unit_end) == "wiped") return true;  // "$70 billion wiped off shares"
  const bool wiped_off = p.Text(number.unit_end) == "off" && p.In(verb, WordList::kWipe);
  if (i > p.first && (p.In(verb, WordList::kLoses) || wiped_off)) {
    return true;  // "lost $2 million", "wiping $2 billion off"
  }
  if (p.RoleOf(i - 1) == Role::kOut && p.In(i - 2, WordList::kWipe)) return true;
  // "losses on a $40 million portfolio": the sum is the portfolio's.
  if (p.RoleOf(i - 1) == Role::kA && p.Text(i - 2) == "on" && p.NounLike(number.unit_end))
    return false;
  for (std::uint32_t k = 0; k < 12 && i > p.first; ++k) {
    --i;
    const bool damaged = p.NumberAt(i) != nullptr && p.RoleOf(i - 1) == Role::kTo &&
                         p.Sense(i - 2).toll == p.senses.known.loss;
    if (damaged) return true;  // "damage to 30 shops was put at $2 million"
    if (const Number* share =
            p.NumberAt(i)) {  // "lost 47 percent of their worth, some $89 billion"
      return share->kind == NumberKind::kPercent && p.IsPunct(number.first - 1, ',') &&
             p.In(share->first - 1, WordList::kLoses);
    }
    if (p.NumberAt(i) != nullptr || p.IsPunct(i, ';')) break;
    if (IsLossWord(p, i) || IsBill(p, i)) return true;
  }
  return false;
}

}  // namespace claimwatch
