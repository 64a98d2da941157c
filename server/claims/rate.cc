#include "server/claims/rate.h"

#include "server/text/units.h"

namespace claimwatch {
namespace {

bool IsTimeAgo(const Passage& p, std::uint32_t i) {
  const std::string_view text = p.Text(i);
  return text == "ago" || text == "earlier" || text == "later" || text == "before" ||
         text == "after";
}

// "$112 a barrel" is what the market quotes: a level, not a rate of the event.
bool QuotedPrice(const Passage& p, const Number& number) {
  for (std::uint32_t i = number.end; i < number.end + 4; ++i) {
    const std::string_view text = p.Text(i);
    if (text == "barrel" || text == "ounce" || text == "share" || text == "tonne" ||
        text == "bushel") {
      return p.Text(i - 1) != "spilt" && p.Text(i - 1) != "spilled";
    }
  }
  return false;
}

// "winds of 31 miles an hour", "100-mile-per-hour": how fast; metres an hour are progress.
bool IsSpeed(const Number& number) { return GetUnit(number.quantity.unit).dimension == "speed"; }

// "the daily estimate of 12", "people entering daily dropped to 12", "averaged 12"
bool DailyBefore(const Passage& p, const Draft& draft) {
  const std::uint32_t at = draft.number->first;
  const std::uint32_t reach = draft.np.elided() ? 12 : 4;
  for (std::uint32_t k = 1; k <= reach && at >= p.first + k; ++k) {
    const std::string_view text = p.Text(at - k);
    if (text == "daily") return at - k == p.first || !p.HasCapital(at - k);  // Not a "Daily News".
    if (p.IsPunct(at - k, ',') || p.IsPunct(at - k, ';')) break;
  }
  return draft.number->kind == NumberKind::kCount && p.Text(at - 1) == "averaged";
}

// "Every year some 800 people die"; not "every two weeks"
bool EveryBefore(const Passage& p, const Number& number) {
  for (std::uint32_t k = 2; k <= 6 && number.first >= p.first + k; ++k) {
    const std::uint32_t i = number.first - k;
    const std::string_view text = p.Text(i);
    if (text != "every" && text != "each") continue;
    return p.Is(i + 1, kTimeNoun) && number.kind == NumberKind::kCount;
  }
  return false;
}

}  // namespace

// "two wells, each costing $100 million", "Each of the families will get $15,000"
bool EachBefore(const Passage& p, const Number& number) {
  // "gave each man $12,000"
  const std::uint32_t to = number.first - 1;
  if (p.RoleOf(to - 1) == Role::kEach && p.Is(to, kNoun) && !p.Is(to, kTimeNoun)) return true;
  for (std::uint32_t k = 2; k <= 9 && number.first >= p.first + k; ++k) {
    const std::uint32_t i = number.first - k;
    if (p.IsPunct(i, ',') || p.IsPunct(i, ';') || p.NumberAt(i) != nullptr) return false;
    if (p.RoleOf(i) != Role::kEach) continue;
    if (p.Is(i + 1, kGerund) || p.RoleOf(i + 1) == Role::kOf) return true;
    return i == p.first && p.Is(i + 1, kNoun) && !p.Is(i + 1, kTimeNoun);  // "Each guest pays $12"
  }
  return false;
}

// "to the family [of] each of the dead"
bool ToFamilyOf(const Passage& p, std::uint32_t of) {
  if (p.RoleOf(of) != Role::kOf || !p.Is(of - 1, kNoun)) return false;
  const auto gives = [&p](std::uint32_t i) {
    return p.RoleOf(i) == Role::kTo || p.Text(i) == "for";
  };
  return gives(of - 2) || gives(of - 3);
}

// "in an ordinary year"
bool InPlainYear(const Passage& p, std::uint32_t i) {
  return p.RoleOf(i) == Role::kIn && p.RoleOf(i + 1) == Role::kA &&
         (p.Text(i + 3) == "year" || p.Text(i + 3) == "season") &&
         p.In(i + 2, WordList::kPlainYear);
}

// "for a year", "for more than a year", "in about a week"
bool TellsSpan(const Passage& p, std::uint32_t a) {
  std::uint32_t i = a - 1;
  for (int steps = 0; steps < 3 && i > p.first; ++steps, --i) {
    if (p.Is(i, kPreposition)) return true;
    const Role role = p.RoleOf(i);
    if (role != Role::kThan && role != Role::kMore && !p.IsAdverb(i)) return false;
  }
  return false;
}

// per day, a day, each week, daily, for every 1,000
bool IsRateWord(const Passage& p, std::uint32_t i) {
  const Role role = p.RoleOf(i);
  if (role == Role::kPer) return true;
  const std::string_view text = p.Text(i);
  const bool every = role == Role::kEach || text == "every";
  if (every && p.RoleOf(i - 1) != Role::kOf && p.Is(i - 1, kPreposition | kNoun | kAdverb) &&
      (p.Is(i + 1, kNoun) || p.Is(i + 2, kNoun))) {
    return true;
  }
  if (role == Role::kA || every) {
    const std::uint32_t time = p.IsHyphen(i + 1) ? i + 2 : i + 1;
    if (p.Text(time) == "second" && p.Is(time + 1, kNoun)) return false;  // "a second night"
    if (p.IsHyphen(time + 1)) return false;                               // "a day-care centre"
    return p.Is(time, kTimeNoun) && !IsTimeAgo(p, time + 1) && !TellsSpan(p, i);
  }
  return text == "daily" || text == "weekly" || text == "hourly" || text == "monthly" ||
         text == "annually" || text == "apiece";
}

// "12 a day", "12 barrels per day", "12 deaths per 100,000", "daily"
bool IsRate(const Passage& p, const Draft& draft) {
  const Number& number = *draft.number;
  const bool price = draft.measure == p.senses.known.money;
  if (IsSpeed(number)) return false;
  if (number.each) return !p.senses.CountsPeople(draft.measure);  // "and one each in Torl and Kelo"
  const bool square = p.Text(number.per_end - 2) == "square";  // "pounds per square inch": a unit
  const bool ago =  // "12 barrels a day before the pipe was cut" is a rate all the same.
      IsTimeAgo(p, number.per_end) && number.kind != NumberKind::kMeasurement;
  if (number.per_end > number.unit_end && !square && !ago) {
    return !price || !QuotedPrice(p, number);
  }
  const std::string_view symbol = GetUnit(number.quantity.unit).symbol;
  if (symbol.find('/') != std::string_view::npos) return true;
  for (std::uint32_t i = number.end; i < number.unit_end; ++i) {
    if (p.Text(i) == "bpd") return true;
  }
  if (price && EachBefore(p, number)) return true;
  if (DailyBefore(p, draft) || EveryBefore(p, number)) return true;
  if (InPlainYear(p, p.first) && !price) return true;  // "In an average season 36,000 die"
  const bool pressure = GetUnit(number.quantity.unit).dimension == "pressure";
  for (std::uint32_t i = pressure ? number.unit_end : number.end; i < number.end + 16 && p.Has(i);
       ++i) {
    const Number* other = p.NumberAt(i);
    if (p.IsPunct(i, ',') || p.IsPunct(i, ';')) break;
    if (p.IsPunct(i, '(')) {
      i = p.AfterBracket(i) - 1;
      continue;
    }
    if (other != nullptr && other != &number && other->kind != NumberKind::kDate) break;
    const bool each_of =
        p.RoleOf(i) == Role::kEach && price && (p.Text(i - 1) == "for" || ToFamilyOf(p, i - 1));
    const bool apiece = p.RoleOf(i) == Role::kEach && price &&
                        (!p.Has(i + 1) || p.At(i + 1).kind == TokenKind::kPunct);
    if (each_of || apiece || InPlainYear(p, i)) return true;
    if (IsRateWord(p, i)) return !price || !QuotedPrice(p, number);
  }
  return false;
}

}  // namespace claimwatch
