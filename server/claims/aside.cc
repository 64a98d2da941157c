#include "server/claims/aside.h"

namespace claimwatch {
namespace {

// "the Orvan 02 Arena": a count has no nought before it, unless things are counted behind it.
bool IsNoughtName(const Passage& p, const Number& number) {
  return number.digits.size == 2 && p.doc.text[number.digits.begin] == '0' &&
         p.HasCapital(number.end) && p.HasCapital(number.first - 1);
}

}  // namespace

// "45 per 100,000", "45 for every 100,000", "3 a day for each 1,000"
bool IsBaseOfRate(const Passage& p, const Number& number) {
  if (number.kind != NumberKind::kCount) return false;
  const std::uint32_t before = number.first - 1;
  if (p.RoleOf(before) == Role::kPer) return true;
  const bool every = p.Text(before) == "every" || p.RoleOf(before) == Role::kEach;
  return every && p.Is(before - 1, kPreposition | kNoun) && p.NumberAt(number.first) == &number &&
         p.first_number < p.end_number && &p.numbers[p.first_number] != &number;
}

// "A-310", "/89580220/", "3wjm": digits grown together with letters or a path.
bool IsInsideWord(const Passage& p, const Number& number) {
  const std::string_view text = p.doc.text;
  const std::uint32_t begin = number.digits.begin, end = number.digits.end();
  const auto letter = [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; };
  if (begin >= 1 && text[begin - 1] == '/' && number.kind == NumberKind::kCount) return true;
  const bool digits = begin < text.size() && text[begin] >= '0' && text[begin] <= '9';
  if (!digits || number.kind != NumberKind::kCount) return false;
  if (begin >= 2 && text[begin - 1] == '-' && letter(text[begin - 2])) return true;
  if (end < text.size() && letter(text[end])) return true;
  return p.doc.Surface(number.digits) == "911";  // The emergency number.
}

// "14 AK 47 rifles": letters between two numbers make the second a name.
bool IsModelName(const Passage& p, const Number& number) {
  if (number.kind == NumberKind::kCount && IsNoughtName(p, number)) return true;
  std::uint32_t i = number.first;
  if (i > p.first && p.IsDash(i - 1)) --i;
  if (i < p.first + 2 || p.At(number.first).kind != TokenKind::kDigits) return false;
  const Token& letters = p.At(i - 1);
  const bool joins = p.Is(i - 1, kPreposition | kConjunction | kDeterminer);  // "12 AND 30"
  return letters.all_caps && letters.span.size <= 3 && !joins && p.NumberAt(i - 2) != nullptr;
}

// ".40-caliber", "12-gauge", "a 9 mm handgun": the kind of a gun.
bool IsGunSize(const Passage& p, const Number& number) {
  std::uint32_t at = number.end;
  if (p.IsHyphen(at)) ++at;
  if (p.In(at, WordList::kBore)) return true;
  const auto& size = number.quantity.low;  // "a .45 handgun"
  if (p.In(at, WordList::kGun) && size && *size < Decimal(1)) return true;
  if (!p.In(at, WordList::kBoreUnit)) return false;
  const bool alone =
      p.RoleOf(number.first - 1) == Role::kA || p.RoleOf(number.first - 1) == Role::kThe;
  if (alone && !p.NounLike(at + 1)) return true;  // "the man with the 9mm"
  for (std::uint32_t k = at + 1; k <= at + 3 && p.Has(k); ++k) {
    if (p.In(k, WordList::kGun)) return true;
  }
  return false;
}

// "Two of my children are sick": nobody's figure of the event.
bool IsSpeakersOwn(const Passage& p, const Number& number) {
  const std::uint32_t i = number.end;
  if (p.Text(number.first - 1) == "lost") return false;  // "We lost two of our men"
  return p.RoleOf(i) == Role::kOf && p.In(i + 1, WordList::kOwn);
}

// "a city of 160,000 people", "population 160,000", "home to 160,000": who lives there.
bool CountsInhabitants(const Passage& p, const Number& number, const NounPhrase& np) {
  const auto& size = number.quantity.low;
  if (!size || *size < Decimal(100)) return false;
  if (!np.elided() && !p.In(np.head, WordList::kInhabitants)) return false;
  const bool of_the = p.RoleOf(number.first - 1) == Role::kThe &&
                      p.RoleOf(number.first - 2) == Role::kOf;  // "of the 350,000 who live there"
  if (of_the && p.Sense(np.tail).Is(kCueRelative) && p.In(np.tail + 1, WordList::kDwell)) {
    return true;
  }
  std::uint32_t i = number.first - 1;
  if (p.In(i, WordList::kPopulace)) return true;
  if (p.RoleOf(i) == Role::kTo) return p.Text(i - 1) == "home" && !p.Is(i - 2, kVerb);
  if (p.RoleOf(i) != Role::kOf) return false;
  if (p.In(i - 1, WordList::kPopulace)) return true;
  if (!p.In(i - 1, WordList::kInhabited)) return false;
  return p.RoleOf(i - 2) == Role::kA || !p.Is(i - 2, kPreposition);
}

bool CountsStoreys(const Passage& p, const Number& number) {
  const std::uint32_t storey = p.IsHyphen(number.end) ? number.end + 1 : number.end;
  return p.In(storey, WordList::kStorey) && !p.Is(storey, kPlural) && p.NounLike(storey + 1);
}

// "a 60-member rescue team", "a 200-strong force"
bool IsTeamSent(const Passage& p, const Number& number) {
  const std::uint32_t by = number.end + 1;
  if (!number.compound || !p.In(by, WordList::kHeadcount)) return false;
  if (p.Text(by + 1) == "work" || p.Says(by + 1, "workforce")) return false;
  for (std::uint32_t i = by + 1; i < by + 4 && p.At(i).kind == TokenKind::kWord; ++i) {
    if (p.In(i, WordList::kRelief) || p.In(i, WordList::kSentBody)) return true;
    if (p.Sense(i).Is(kCueMilitary)) return true;
  }
  return false;
}

// "The captain, 52, said"
bool IsAgeBetweenCommas(const Passage& p, const Number& number) {
  if (!p.IsPunct(number.first - 1, ',') || !p.IsPunct(number.end, ',')) return false;
  const std::uint32_t name = number.first - 2;
  return p.At(name).kind == TokenKind::kWord && !p.Is(name, kPlural | kVerb);
}

// "12 million users were hit", "job cuts to hit 2,900": by a failure, not by a blow.
bool IsClientHit(const Passage& p, std::uint32_t at, const NounPhrase& np) {
  if (at == kNoToken || !p.In(at, WordList::kHit)) return false;
  if (!np.elided() && p.In(np.head, WordList::kClient)) return true;
  for (std::uint32_t k = 1; k <= 6 && at >= p.first + k; ++k) {
    if (p.In(at - k, WordList::kCutback)) return true;
  }
  return false;
}

// "the hall, where 30 members were setting up"
bool IsThereWhere(const Passage& p, const Number& number, const NounPhrase& np,
                  CountedClass counted) {
  if (counted != CountedClass::kPerson || number.first <= p.first) return false;
  return p.Text(number.first - 1) == "where" && p.Sense(np.tail).Is(kCueBe);
}

}  // namespace claimwatch
