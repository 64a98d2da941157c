// Units beside a number: "22 miles", "5-mile", "$2", "1,200€", "US$ 5", "40 per cent", "barrels a
// day".
//
// The tokens are put together as they are written, a hyphen read as a space, and the longest run
// that the table knows is the unit. At most kUnitTokens are tried, so the cost is bounded.
#include <array>

#include "server/text/number_parts.h"

namespace claimwatch::numbers {
namespace {

constexpr std::uint32_t kUnitTokens = 5;
constexpr std::size_t kKeyBytes = 40;

// A unit's wording, put together token by token.
class Key {
 public:
  // False when the wording gets too long to be a unit.
  bool Add(std::string_view text, bool space) {
    if (size_ + text.size() + 1 > kKeyBytes) return false;
    if (space && size_ > 0) bytes_[size_++] = ' ';
    for (const char c : text) bytes_[size_++] = c;
    return true;
  }
  std::string_view text() const { return {bytes_.data(), size_}; }

 private:
  std::array<char, kKeyBytes> bytes_;
  std::size_t size_ = 0;
};

bool IsAsciiLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Whether a written form of one or two letters is a unit at this place.
bool ShortFormFits(const Line& line, std::uint32_t i, std::uint32_t end, const Amount& amount) {
  const std::string_view text = line.Text(i);
  if (end != i + 1 || !line.IsWord(i)) return true;
  const bool glued = line.Glued(i);
  if (text == "s" || text == "S") {  // "1990s", "747s" against "3.5s".
    return glued ? !amount.plain || text == "S" : !amount.plain;
  }
  if (text == "in" && !glued) {  // "6 ft 2 in."
    return !line.Has(i + 1) || (line.Mark(i + 1, '.') && !line.Has(i + 2)) || line.Mark(i + 1, ')');
  }
  if (text == "in" || text == "a" || text == "A" || text == "am") return glued && text != "a";
  if (text == "mark" || text == "marks" || text == "real") return false;
  if (text.size() > 1) return true;
  if (!amount.digits || (line.Dash(i + 1) && line.Digits(i + 2))) return false;  // "two C-130s"
  if (text == "p") return line.RoleAt(i + 1) != Role::kClock;
  if (!glued && (text == "B" || text == "b" || text == "J" || text == "N")) return false;
  if (glued) return true;
  if (line.Capitalised(i + 1) && line.Text(i + 1).size() > 1) return false;  // "3300 W Oak Dr"
  return !line.Mark(i + 1, '.') || !line.Capitalised(i + 2);
}

// "one second" and "40 seconds" are times; "two second homes" are not.
bool SecondFits(const Line& line, std::uint32_t i, const Amount& amount) {
  if (line.RoleAt(i) != Role::kOrdinal) return true;
  return amount.value == Decimal(1) || amount.digits;
}

// "pounds" by weight rather than money.
bool IsWeight(const Line& line, std::uint32_t first, std::uint32_t unit, std::uint32_t end) {
  if (first != unit) return true;  // "500-pound bomb"
  if (line.RoleAt(end) == Role::kOf) return true;
  for (std::uint32_t i = unit; i-- > line.first() && unit - i < 8;) {
    const std::string_view word = line.Lower(i);
    if (word == "weigh" || word == "weighs" || word == "weighed" || word == "weighing") return true;
  }
  return false;
}

}  // namespace

UnitHit ReadUnit(const Line& line, std::uint32_t i, const Amount& amount) {
  UnitHit hit;
  std::uint32_t at = i;
  const bool hyphen = line.Dash(at) && line.Glued(at + 1) && line.Glued(at) && line.Text(at) == "-";
  if (line.Dash(at) && !hyphen && !(line.Mark(at, '-') && line.IsWord(at + 1))) return hit;
  if (line.Dash(at)) ++at;
  const bool bracket = line.Mark(at, '(') && line.Mark(at + 2, ')');
  if (bracket) ++at;
  if (!line.Has(at)) return hit;
  const Token& start = line.At(at);
  if (at > i && start.kind != TokenKind::kWord && !bracket) return hit;
  // "1 $10 bill": the sign belongs to the number after it.
  if (start.kind == TokenKind::kSymbol && line.Digits(at + 1) && line.Glued(at + 1) &&
      !line.Glued(at))
    return hit;
  // A unit may stand on the next line where a line was only too long.
  const bool apart = start.line_before && (start.kind != TokenKind::kWord || start.capitalised);
  if (start.kind == TokenKind::kDigits || start.kind == TokenKind::kOther || apart) return hit;
  if (start.kind == TokenKind::kWord && start.word != nullptr &&
      start.word->Is(kPreposition | kDeterminer | kConjunction | kModal | kPronoun) &&
      start.word->role != Role::kPer && start.word->role != Role::kIn &&
      start.word->text != "us") {  // "US dollars"
    return hit;
  }
  if (!MayStartUnit(line.Text(at))) return hit;
  Key key;
  bool dash = false;
  for (std::uint32_t end = at; end < at + kUnitTokens && line.Has(end); ++end) {
    if (line.Dash(end) && end > at && line.Glued(end)) {
      dash = true;
      continue;
    }
    const bool space = end > at && (dash || line.At(end).space_before);
    dash = false;
    if (!key.Add(line.Text(end), space)) break;
    const UnitId unit = FindUnit(key.text());
    if (unit == UnitId::kNone) continue;
    if (!ShortFormFits(line, at, end + 1, amount) || !SecondFits(line, at, amount)) continue;
    hit = {unit, at, end + 1};
  }
  if (hit.end == 0) return hit;
  if (GetUnit(hit.unit).symbol == "GBP" && line.IsWord(at) && line.Text(at).size() > 2 &&
      amount.power < 6 && IsWeight(line, i, at, hit.end) && hit.end == at + 1) {
    hit.unit = FindUnit("lb");
  }
  if (bracket && hit.end != at + 1) return UnitHit{};
  if (bracket) ++hit.end;
  return hit;
}

UnitHit ReadCurrencyBefore(const Line& line, std::uint32_t i, std::uint32_t floor) {
  UnitHit hit;
  if (i <= floor || !line.Has(i - 1)) return hit;
  const Token& before = line.At(i - 1);
  if (before.kind == TokenKind::kDigits || before.kind == TokenKind::kOther) return hit;
  const std::string_view last = line.Text(i - 1);
  if (before.kind == TokenKind::kPunct && last != ".") return hit;
  const bool after_sign = line.Mark(i - 2, '$');  // "$A195"
  if (before.kind == TokenKind::kWord && !after_sign && (last.size() > 5 || last.size() < 2))
    return hit;
  for (std::uint32_t count = 1; count <= 3 && i >= floor + count && line.Has(i - count); ++count) {
    Key key;
    bool fits = true;
    for (std::uint32_t at = i - count; at < i && fits; ++at) {
      fits = key.Add(line.Text(at), line.At(at).space_before);
    }
    if (!fits) break;
    const std::string_view text = key.text();
    const bool apart = count == 2 && text.size() == 3 && text[1] == ' ' && line.Glued(i);
    if (apart) break;  // "A $10 plan" is no Australian one.
    const UnitId unit = FindUnit(text);
    if (unit == UnitId::kNone || KindOfUnit(unit) != NumberKind::kMoney) continue;
    const bool letters_only = IsAsciiLetter(last.back());
    if (letters_only && line.IsWord(i - count) && !line.At(i - count).all_caps && last != "Rs" &&
        last != "Rp" && last != "Tk" && last != "Php" && last != "SFr" && last != "Ksh" &&
        last != "KSh") {
      continue;  // A word such as "dollar"; codes are in capitals.
    }
    hit = {unit, i - count, i};
  }
  return hit;
}

std::uint32_t ReadPer(const Line& line, std::uint32_t i) {
  std::uint32_t at = i;
  if (line.Mark(at, '/') && line.IsWord(at + 1)) return at + 2;
  if (line.Dash(at) && line.Glued(at)) ++at;
  const Role role = line.RoleAt(at);
  const std::string_view word = line.Lower(at);
  if (role == Role::kPer) {  // Also "per 100,000 people".
    ++at;
    if (line.Dash(at)) ++at;
    if (line.Digits(at) || line.Is(at, kNumberWord)) {
      const auto amount = ReadWholeNumber(line, at, true);
      if (amount.has_value()) at = amount->end;
    }
    return line.IsWord(at) ? at + 1 : i;
  }
  if (role != Role::kA && word != "every" && word != "each") return i;
  ++at;
  if (line.Dash(at)) ++at;
  const std::string_view noun = line.Lower(at);
  const bool of_measure = noun == "barrel" || noun == "gallon" || noun == "litre" ||
                          noun == "liter" || noun == "ounce" || noun == "pound" ||
                          noun == "share" || noun == "head" || noun == "person" ||
                          noun == "tonne" || noun == "ton" || noun == "piece";
  const bool of_time = line.Is(at, kTimeNoun) && !line.Is(at, kPlural) && noun != "period" &&
                       noun != "moment" && noun != "time" && noun != "date" && noun != "holiday";
  return of_time || of_measure ? at + 1 : i;
}

}  // namespace claimwatch::numbers
