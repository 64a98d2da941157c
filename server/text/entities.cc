#include "server/text/entities.h"

namespace claimwatch {
namespace {

struct Known {
  std::string_view name;  // Empty: only as a number.
  std::uint32_t code;
  std::string_view text;
};

constexpr Known kKnown[] = {
    {"amp", '&', "&"},
    {"nbsp", 0xa0, "\xc2\xa0"},
    {"quot", '"', "\""},
    {"apos", '\'', "'"},
    {"lt", '<', "<"},
    {"gt", '>', ">"},
    {"ldquo", 0x201c, "\xe2\x80\x9c"},
    {"rdquo", 0x201d, "\xe2\x80\x9d"},
    {"lsquo", 0x2018, "\xe2\x80\x98"},
    {"rsquo", 0x2019, "\xe2\x80\x99"},
    {"laquo", 0xab, "\xc2\xab"},
    {"raquo", 0xbb, "\xc2\xbb"},
    {"ndash", 0x2013, "\xe2\x80\x93"},
    {"mdash", 0x2014, "\xe2\x80\x94"},
    {"hellip", 0x2026, "\xe2\x80\xa6"},
    {"bull", 0x2022, "\xe2\x80\xa2"},
    {"middot", 0xb7, "\xc2\xb7"},
    {"pound", 0xa3, "\xc2\xa3"},
    {"euro", 0x20ac, "\xe2\x82\xac"},
    {"yen", 0xa5, "\xc2\xa5"},
    {"cent", 0xa2, "\xc2\xa2"},
    {"deg", 0xb0, "\xc2\xb0"},
    {"minus", 0x2212, "\xe2\x88\x92"},
    {"times", 0xd7, "\xc3\x97"},
    {"frac14", 0xbc, "\xc2\xbc"},
    {"frac12", 0xbd, "\xc2\xbd"},
    {"frac34", 0xbe, "\xc2\xbe"},
    {"thinsp", 0x2009, "\xe2\x80\x89"},
    {"ensp", 0x2002, "\xe2\x80\x82"},
    {"emsp", 0x2003, "\xe2\x80\x83"},
    {"", 0x2010, "\xe2\x80\x90"},
    {"", 0x2011, "\xe2\x80\x91"},
    {"", '#', "#"},
    {"", '$', "$"},
    {"", '%', "%"},
    {"", '(', "("},
    {"", ')', ")"},
    {"", '*', "*"},
    {"", '+', "+"},
    {"", ',', ","},
    {"", '-', "-"},
    {"", '.', "."},
    {"", '/', "/"},
    {"", ':', ":"},
    {"", ';', ";"},
    {"", '=', "="},
    {"", '[', "["},
    {"", ']', "]"},
};

constexpr std::size_t kNameBytesMax = 8;
constexpr std::uint32_t kCodeMax = 0x10ffff;

bool IsLetterOrDigit(char c) {
  return (c >= '0' && c <= '9') || static_cast<unsigned char>((c | 0x20) - 'a') < 26;
}

// The value of a digit in base 10 or 16; the base where it is none.
std::uint32_t DigitValue(char c, std::uint32_t base) {
  std::uint32_t value = base;
  if (c >= '0' && c <= '9') value = static_cast<std::uint32_t>(c - '0');
  const auto letter = static_cast<unsigned char>((c | 0x20) - 'a');
  if (letter < 6) value = 10u + letter;
  return value < base ? value : base;
}

// "8217", "x2019"; 0 when it is no number.
std::uint32_t NumberOf(std::string_view digits) {
  std::uint32_t base = 10;
  if (!digits.empty() && (digits[0] | 0x20) == 'x') {
    base = 16;
    digits.remove_prefix(1);
  }
  std::uint32_t code = 0;
  for (const char c : digits) {
    const std::uint32_t value = DigitValue(c, base);
    if (value == base || code > kCodeMax) return 0;
    code = code * base + value;
  }
  return code <= kCodeMax ? code : 0;
}

// The code point of "pound" or "#163"; 0 when it is unknown.
std::uint32_t CodeOf(std::string_view name) {
  if (name[0] == '#') return NumberOf(name.substr(1));
  for (const Known& known : kKnown) {
    if (known.name == name) return known.code;
  }
  return 0;
}

}  // namespace

Entity EntityAt(std::string_view text, std::size_t at) {
  if (text[at] != '&') return {};
  std::size_t end = at + 1;
  const std::size_t last = end + kNameBytesMax < text.size() ? end + kNameBytesMax : text.size();
  if (end < last && text[end] == '#') ++end;
  while (end < last && IsLetterOrDigit(text[end])) ++end;
  if (end >= text.size() || text[end] != ';' || end < at + 3) return {};
  const std::uint32_t code = CodeOf(text.substr(at + 1, end - at - 1));
  if (code == 0) return {};
  return {static_cast<std::uint8_t>(end + 1 - at), code};
}

std::string_view EntityText(std::string_view entity) {
  const std::uint32_t code = entity.empty() ? 0 : EntityAt(entity, 0).code;
  for (const Known& known : kKnown) {
    if (known.code == code) return known.text;
  }
  return entity;
}

}  // namespace claimwatch
