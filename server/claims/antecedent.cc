#include "server/claims/antecedent.h"

#include <optional>

#include "server/claims/aside.h"

namespace claimwatch {
namespace {

// "Sales dropped to 9,800": of its own noun, not of the deaths that were told before.
bool TellsOwnLevel(const Passage& p, const Number& number) {
  const Role role = p.RoleOf(number.first - 1);
  if (role != Role::kTo && role != Role::kBy && role != Role::kFrom) return false;
  bool noun = false;
  for (std::uint32_t i = p.first; i < number.first; ++i) {
    const WordSense& sense = p.Sense(i);
    if (sense.Is(kCueTally) || sense.toll != MeasureId::kNone) return false;
    if (sense.counts != MeasureId::kNone || p.Is(i, kPersonNoun)) return false;
    const bool opens = p.Is(i, kPlural) && p.Is(i + 1, kAuxiliary | kPastTense);
    noun = noun || (p.Is(i, kNoun) && (!p.Is(i, kVerb | kTimeNoun) || opens));
  }
  return noun;
}

bool WillAct(const Passage& p, const Number& number) {
  return p.RoleOf(number.end) == Role::kTo && p.Is(number.end + 1, kVerb) &&
         !p.Sense(number.end + 1).Is(kCueBe) &&
         SubjectMeasure(p.Sense(number.end + 1), CountedClass::kPerson) == MeasureId::kNone;
}

// "The ministry's figure stood at 29"
bool IsTallied(const Passage& p, const Number& number) {
  for (std::uint32_t k = 2; k <= 5 && number.first >= p.first + k; ++k) {
    if (p.Sense(number.first - k).Is(kCueTally) && p.Is(number.first - k, kNoun)) return true;
  }
  return false;
}

// "cut 8,000 posts after it paid $68 billion, and the other 5,000": as small, it is no money.
bool IsFarBelow(const std::optional<Decimal>& bound, const Draft& money) {
  const auto& sum = money.number->quantity.low;
  return bound && sum && *bound < Decimal(1000000) && *sum >= Decimal(1000000);
}

// Likewise of the sentence before; `bound` is the figure's own size.
void TakeFromBefore(const Passage& p, const Antecedent& before, const std::optional<Decimal>& bound,
                    Draft* draft) {
  const Number& number = *draft->number;
  const bool money =
      before.measure == p.senses.known.money || before.measure == p.senses.known.loss;
  if (money) {  // "The fund will provide 30 billion."
    const bool ends = !p.Has(number.end + 1) || p.Is(number.end, kPreposition | kConjunction) ||
                      p.Text(number.end) == "last" || p.Text(number.end) == "this";
    if (!bound || *bound < Decimal(1000000) || !ends) return;
    draft->unit = before.unit;
  }
  const bool measured = before.measure == p.senses.known.measurement;
  const bool have = before.scope != Scope::kRate && p.Sense(number.end).Is(kCueHave);
  if (measured && (have || p.Text(number.end) == "were")) {
    draft->anaphor = false;  // "winds of 60 mph. Another 300 were on the way": no miles.
    return;
  }
  // "eight metres an hour. Some 25 are still down there."
  const bool acts = p.Is(number.end, kAuxiliary) || p.Is(number.end, kPastTense);
  if (measured && (!bound || *bound < Decimal(100)) && (before.scope != Scope::kRate || acts)) {
    return;
  }
  if (p.senses.CountsPeople(before.measure) && WillAct(p, number)) {
    draft->anaphor = false;  // "expects 75,000 to make the journey": not of the dead.
    if (p.Text(number.end + 1) == "join") draft->measure = p.senses.known.participants;
    return;
  }
  draft->measure = before.measure;
  const bool of_them = p.Text(number.end + 1) == "them" && draft->np.partitive;
  const bool tallied = IsTallied(p, number);
  const bool hurt = draft->measure == p.senses.known.injured;
  const bool beside = draft->measure == p.senses.known.rescued ||
                      draft->measure == p.senses.known.missing ||
                      (hurt && before.scope == Scope::kPart);  // "The count was raised to 51"
  if ((before.toll && tallied && beside) || (before.dead && (of_them || tallied) && hurt)) {
    draft->measure = p.senses.known.killed;  // "killed 11 and hurt 57. Eight of them were"
    if (tallied) draft->finding.relation = Relation::kToll;
  }
  if (before.scope == Scope::kRate) {
    draft->scope = Scope::kRate;
    draft->unit = before.unit;
  }
  const bool persons = number.quantity.bound == Bound::kVague;  // "Thousands have no money"
  if (persons && !p.senses.CountsPeople(draft->measure)) draft->measure = p.senses.known.count;
}

}  // namespace

bool IsChange(const Passage& p, const Number& number) {
  const std::uint32_t i = number.first;
  if (p.RoleOf(i - 1) != Role::kFrom) return false;
  return p.Text(i - 2) == "up" || p.Text(i - 2) == "down";
}

const Draft* LikeInSize(const std::vector<Draft>& drafts, const Draft& draft, const Draft* near) {
  const auto& own = draft.number->quantity.low;
  const auto like = [&own](const Draft& other) {
    const auto& size = other.number->quantity.low;
    return own && size && *own < *size * Decimal(4) && *size < *own * Decimal(4);
  };
  if (like(*near)) return near;
  for (const Draft& other : drafts) {
    if (&other == &draft) break;
    if (other.claim() && other.number->kind == near->number->kind && like(other)) return &other;
  }
  return near;
}

// A figure without a noun counts what the nearest figure before it counted.
void TakeAntecedent(const Passage& p, const Antecedent& before, const std::vector<Draft>& drafts,
                    Draft* draft) {
  if (IsZero(draft->number->quantity) || IsOne(draft->number->quantity)) return;
  const Number& number = *draft->number;
  if (p.IsPunct(number.end, ':') || p.IsPunct(number.first - 1, '-')) return;
  if (p.NumberAt(number.end) != nullptr || p.Text(number.first).front() == '0') return;
  const auto& bound = number.quantity.low ? number.quantity.low : number.quantity.high;
  // "tents for 2,500", "a plane for 500": of whom, nobody says.
  if (p.Text(number.first - 1) == "for" && p.Is(number.first - 2, kNoun) && draft->np.elided()) {
    draft->measure = p.senses.known.count;
    return;
  }
  const bool small = bound && *bound < Decimal(120) && number.per_end <= number.unit_end;
  const bool there = p.Text(number.first - 2) == "there";
  if (small && p.Sense(number.first - 1).Is(kCueBe) && !p.NounLike(number.end) && !there)
    return;  // An age.
  if (small && IsAgeBetweenCommas(p, number)) return;
  if (p.IsDash(number.end) && p.NumberAt(number.end + 1) != nullptr) return;
  const Draft *near = nullptr, *money = nullptr;
  for (const Draft& other : drafts) {
    if (&other == draft) break;
    if (!other.claim() || other.number->kind == NumberKind::kPercent) continue;
    const bool magnitude = other.measure == p.senses.known.magnitude;
    if (magnitude && (!bound || !(*bound < Decimal(11)))) continue;  // No quake is as strong.
    const bool is_money = other.number->kind == NumberKind::kMoney;
    if (is_money && near != nullptr && IsFarBelow(bound, other)) continue;
    near = &other;
    if (is_money) money = &other;
  }
  if (near != nullptr && IsChange(p, number)) near = LikeInSize(drafts, *draft, near);
  // "$37 billion for three banks: 20 billion for one": as large a figure is no third bank.
  const bool sum = bound && *bound >= Decimal(1000000);
  if (sum && near != money && money != nullptr && near->number->quantity.low &&
      *near->number->quantity.low < Decimal(10000)) {
    near = money;
  }
  if (near == nullptr && TellsOwnLevel(p, number)) return;
  draft->anaphor = near != nullptr || before.measure != MeasureId::kNone;
  if (near == nullptr) {
    TakeFromBefore(p, before, bound, draft);
    return;
  }
  draft->measure = near->measure;
  draft->source = static_cast<int>(near - drafts.data());
  const bool rate = near->number->per_end > near->number->unit_end;
  const bool same_unit = near->number->kind == NumberKind::kMoney ||  // "10bn euros, 2bn of it"
                         near->measure == p.senses.known.magnitude;
  draft->unit = rate || same_unit ? near->number->quantity.unit : near->unit;
}

}  // namespace claimwatch
