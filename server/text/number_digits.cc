// Digits: what a token of digits says, and what stands glued or spaced beside it.
//
// "1,300", "12,34,567", "1.300.000", "3 200", "61, 000", "2 1/2", "2½", "4e14", "1.3x10^6".
#include <cmath>

#include "server/text/number_parts.h"

namespace claimwatch::numbers {
namespace {

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// The value of a character like "½"; nullopt if it is none.
std::optional<Decimal> VulgarFraction(std::string_view text) {
  struct Glyph {
    std::string_view text;
    int numerator, denominator;
  };
  static constexpr Glyph kGlyphs[] = {
      {"\xc2\xbc", 1, 4},     {"\xc2\xbd", 1, 2},     {"\xc2\xbe", 3, 4},
      {"\xe2\x85\x90", 1, 7}, {"\xe2\x85\x91", 1, 9}, {"\xe2\x85\x92", 1, 10},
      {"\xe2\x85\x93", 1, 3}, {"\xe2\x85\x94", 2, 3}, {"\xe2\x85\x95", 1, 5},
      {"\xe2\x85\x96", 2, 5}, {"\xe2\x85\x97", 3, 5}, {"\xe2\x85\x98", 4, 5},
      {"\xe2\x85\x99", 1, 6}, {"\xe2\x85\x9a", 5, 6}, {"\xe2\x85\x9b", 1, 8},
      {"\xe2\x85\x9c", 3, 8}, {"\xe2\x85\x9d", 5, 8}, {"\xe2\x85\x9e", 7, 8},
  };
  for (const Glyph& glyph : kGlyphs) {
    if (glyph.text == text) return Divide(glyph.numerator, glyph.denominator);
  }
  return std::nullopt;
}

bool AllDigits(std::string_view text) {
  for (const char c : text) {
    if (!IsDigit(c)) return false;
  }
  return !text.empty();
}

// Three more digits after a space, as in "3 200" or "40 000".
bool IsSpaceGroup(const Line& line, std::uint32_t i) {
  if (!line.Digits(i) || line.Glued(i) || line.Text(i).size() < 3 || line.At(i).line_before) {
    return false;
  }
  const std::string_view text = line.Text(i);
  const std::size_t integer = text.find('.');
  if (text.substr(0, integer).size() != 3 || !AllDigits(text.substr(0, 3))) return false;
  return integer == std::string_view::npos || AllDigits(text.substr(integer + 1));
}

// Joins the groups after token i: "3 200", "1 414 021 100", "61, 000", "46 . 8".
void JoinGroups(const Line& line, Amount* amount) {
  const std::string_view first = line.Text(amount->first);
  if (!AllDigits(first) || first.size() > 3 || first[0] == '0') return;
  const bool after_month = line.Is(amount->first - 1, kMonth);
  std::string digits(first);
  std::uint32_t end = amount->end;
  while (!after_month && IsSpaceGroup(line, end)) digits.append(line.Text(end++));
  if (end == amount->end && line.Mark(end, ',') && IsSpaceGroup(line, end + 1)) {
    const std::string_view group = line.Text(end + 1);
    const bool spaced = !line.Glued(end);  // Tokenised text: "80 , 000".
    if ((group == "000" || spaced) && group.size() == 3) {
      digits.append(group);
      end += 2;
    }
  }
  const auto value = Decimal::Parse(digits);
  if (end == amount->end || !value.has_value()) return;
  amount->value = *value;
  amount->end = end;
  amount->plain = false;
}

// "46 . 8 million": a point with white space on both sides, where money or a magnitude tells it.
void JoinSpacedPoint(const Line& line, Amount* amount) {
  const std::uint32_t point = amount->end;
  std::uint32_t next = point + 1;
  const bool broken = line.Digits(point) && line.Text(point)[0] == '.';  // "1 .9 million"
  if (broken) {
    --next;
  } else if (!line.Mark(point, '.') || line.Glued(point) || line.Glued(next) ||
             !line.Digits(next) || !AllDigits(line.Text(next))) {
    return;
  }
  const bool money = line.Mark(amount->first - 1, '$') ||
                     line.Text(amount->first - 1) == "\xc2\xa3" ||
                     line.Text(amount->first - 1) == "\xe2\x82\xac";
  const bool more = line.RoleAt(next + 1) == Role::kMagnitude || line.Mark(next + 1, '%');
  if (!money && !more) return;
  const std::string text =
      amount->value.ToString() + (broken ? "" : ".") + std::string(line.Text(next));
  if (const auto value = Decimal::Parse(text)) {
    amount->value = *value;
    amount->end = next + 1;
    amount->plain = false;
  }
}

// The denominator after token i ("/4", "\/4", a fraction slash); one past it in `end`.
std::optional<Decimal> Denominator(const Line& line, std::uint32_t i, std::uint32_t* end) {
  std::uint32_t at = i;
  if (line.Mark(at, '\\')) ++at;
  if (!line.Mark(at, '/') && line.Text(at) != "\xe2\x81\x84") return std::nullopt;
  if (!line.Glued(i) || !line.Glued(at + 1) || !line.Digits(at + 1)) return std::nullopt;
  const DigitRun run = ReadDigits(line.Text(at + 1));
  if (run.decimals || run.grouped || run.value.IsZero() || run.integer_size > 4)
    return std::nullopt;
  if (line.Mark(at + 2, '/') && line.Glued(at + 2)) return std::nullopt;  // A date.
  *end = at + 2;
  return run.value;
}

// "2 1/2", "2-1/2", "2½", "3/4".
void AddDigitFraction(const Line& line, Amount* amount) {
  std::uint32_t end = 0;
  if (const auto glyph = VulgarFraction(line.Text(amount->end)); glyph && amount->digits) {
    amount->value = amount->value + *glyph;
    amount->end += 1;
    amount->plain = false;
    return;
  }
  if (const auto denominator = Denominator(line, amount->end, &end)) {
    // "21\\/2" has lost its space: two and a half.
    const Decimal whole = Divide(amount->value - Decimal(amount->value.digits() % 10), 10);
    const Decimal top = amount->value - whole * Decimal(10);
    const bool lost = line.Mark(amount->end, '\\') && !whole.IsZero() && top < *denominator &&
                      !top.IsZero() && amount->value.exponent() == 0;
    if (lost) {
      amount->value = whole + Divide(top, *denominator);
      amount->end = end;
      amount->plain = false;
      return;
    }
    if (amount->value < *denominator || *denominator <= Decimal(16)) {
      amount->value = Divide(amount->value, *denominator);
      amount->end = end;
      amount->plain = false;
      amount->share = true;
    }
    return;
  }
  std::uint32_t numerator = amount->end;
  if (line.Dash(numerator)) ++numerator;
  if (!line.Digits(numerator) || line.Text(numerator).size() > 2) return;
  const DigitRun top = ReadDigits(line.Text(numerator));
  const auto denominator = Denominator(line, numerator + 1, &end);
  if (!denominator.has_value() || !(top.value < *denominator) || !amount->plain) return;
  amount->value = amount->value + Divide(top.value, *denominator);
  amount->end = end;
  amount->plain = false;
}

// A signed exponent from token i on; one past it in `end`.
std::optional<int> Exponent(const Line& line, std::uint32_t i, std::uint32_t* end) {
  bool negative = false;
  while (line.Glued(i) && (line.Mark(i, '+') || line.Dash(i) || line.Text(i) == "\xe2\x88\x92")) {
    negative = negative != !line.Mark(i, '+');
    ++i;
  }
  if (!line.Digits(i) || !line.Glued(i) || line.Text(i).size() > 2 || !AllDigits(line.Text(i))) {
    return std::nullopt;
  }
  const int size = static_cast<int>(ReadDigits(line.Text(i)).value.ToDouble());
  *end = i + 1;
  return negative ? -size : size;
}

// "4e14", "1.3x10^6", "2.48×10−5", "1.1^23".
void AddExponent(const Line& line, Amount* amount) {
  const std::uint32_t at = amount->end;
  if (!line.Glued(at)) return;
  std::uint32_t end = 0;
  const std::string_view mark = line.Text(at);
  if (mark == "^") {
    const auto power = Exponent(line, at + 1, &end);
    if (!power.has_value()) return;
    const auto value = Decimal::FromDouble(std::pow(amount->value.ToDouble(), *power));
    if (!value.has_value()) return;
    amount->value = *value;
  } else if (mark == "e" || mark == "E") {
    const auto power = Exponent(line, at + 1, &end);
    if (!power.has_value()) return;
    amount->value = amount->value * Decimal::Of(1, *power);
  } else if (mark == "x" || mark == "\xc3\x97") {
    if (line.Text(at + 1) != "10") return;
    const bool caret = line.Mark(at + 2, '^');
    const auto power = Exponent(line, at + 2 + (caret ? 1 : 0), &end);
    if (!power.has_value()) return;
    amount->value = amount->value * Decimal::Of(1, *power);
  } else {
    return;
  }
  amount->end = end;
  amount->plain = false;
}

}  // namespace

Decimal Divide(const Decimal& a, const Decimal& b) {
  const auto quotient = Decimal::FromDouble(a.ToDouble() / b.ToDouble());
  return quotient.value_or(Decimal());
}

Decimal PowerOfTen(int power) { return Decimal::Of(1, power); }

DigitRun ReadDigits(std::string_view text) {
  DigitRun run;
  if (text.size() <= 15 && AllDigits(text)) {  // Most are.
    std::int64_t value = 0;
    for (const char c : text) value = value * 10 + (c - '0');
    run.value = Decimal(value);
    run.integer_size = static_cast<int>(text.size());
    return run;
  }
  std::size_t commas = 0, points = 0, last_group = 0, first_comma = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ',' || text[i] == '.') {
      if (text[i] == ',' && commas == 0) first_comma = i;
      (text[i] == ',' ? commas : points) += 1;
      last_group = text.size() - i - 1;
    }
  }
  std::string plain;
  plain.reserve(text.size());
  // "1.300.000" and "1.111,11": the points group.
  const bool european = points >= 1 && commas == 1 && first_comma > text.rfind('.');
  const bool point_groups = points >= 2 && commas == 0 && last_group == 3 && text.find('.') <= 3;
  const bool comma_decimal = commas == 1 && points == 0 && last_group <= 2;
  run.dotted = points >= 2 && !point_groups && !european;
  run.malformed = commas == 1 && points == 0 && last_group > 3;
  run.grouped = commas > 0 && !comma_decimal;
  for (const char c : text) {
    if (c == '.') {
      if (!european && !point_groups) plain += '.';
    } else if (c == ',') {
      if (european || comma_decimal) plain += '.';
    } else {
      plain += c;
    }
  }
  if (run.dotted) plain.resize(plain.find('.'));
  run.value = Decimal::Parse(plain).value_or(Decimal());
  const std::size_t point = plain.find('.');
  run.decimals = point != std::string::npos;
  run.integer_size = static_cast<int>(run.decimals ? point : plain.size());
  run.grouped = run.grouped || point_groups || european;
  run.thousand_point =
      points == 1 && commas == 0 && last_group == 3 && point <= 3 && text[0] != '0' && point > 0;
  return run;
}

int SuffixPower(std::string_view text) {
  struct Suffix {
    std::string_view text;
    int power;
  };
  static constexpr Suffix kSuffixes[] = {
      {"k", 3},   {"K", 3},   {"m", 6},    {"M", 6},   {"MM", 6},  {"mm", 6},
      {"mil", 6}, {"mn", 6},  {"b", 9},    {"B", 9},   {"bn", 9},  {"Bn", 9},
      {"BN", 9},  {"t", 12},  {"T", 12},   {"tn", 12}, {"Tn", 12}, {"trn", 12},
      {"mln", 6}, {"bln", 9}, {"tln", 12}, {"cr", 7},
  };
  if (text.size() > 3) return 0;
  for (const Suffix& suffix : kSuffixes) {
    if (suffix.text == text) return suffix.power;
  }
  return 0;
}

std::optional<Amount> ReadDigitAmount(const Line& line, std::uint32_t i) {
  if (!line.Digits(i)) return std::nullopt;
  Amount amount;
  amount.first = i;
  amount.end = i + 1;
  amount.digits = true;
  if (const auto glyph = VulgarFraction(line.Text(i))) {
    amount.value = *glyph;
    amount.share = true;
    return amount;
  }
  const DigitRun run = ReadDigits(line.Text(i));
  amount.value = run.value;
  amount.malformed = run.malformed;
  if (run.thousand_point && line.Is(i + 1, kPersonNoun) && line.Is(i + 1, kPlural)) {
    amount.value = amount.value * Decimal(1000);  // "2.000 miners": there are no parts of people.
  }
  amount.plain = !run.grouped && !run.decimals && !run.dotted && !run.malformed;
  if (amount.plain) {
    JoinGroups(line, &amount);
    if (amount.plain) JoinSpacedPoint(line, &amount);
    AddDigitFraction(line, &amount);
  }
  AddExponent(line, &amount);
  amount.mantissa = amount.value;
  return amount;
}

}  // namespace claimwatch::numbers
