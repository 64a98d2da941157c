#include "server/text/utf8.h"

#include <array>

namespace claimwatch {
namespace {

constexpr std::array<CharKind, 128> MakeAscii() {
  std::array<CharKind, 128> kinds{};
  for (int c = 0; c < 128; ++c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    kinds[static_cast<std::size_t>(c)] = letter                 ? CharKind::kLetter
                                         : c >= '0' && c <= '9' ? CharKind::kDigit
                                         : c <= ' ' || c == 127 ? CharKind::kOther
                                                                : CharKind::kSymbol;
  }
  for (const unsigned char c : {' ', '\t', '\v', '\f'})
    kinds[static_cast<std::size_t>(c)] = CharKind::kSpace;
  for (const unsigned char c : {'\n', '\r'}) kinds[static_cast<std::size_t>(c)] = CharKind::kLine;
  for (const unsigned char c :
       {'.', ',', ';', ':', '!', '?', '(', ')', '[', ']', '{', '}', '"', '\'', '-', '`'}) {
    kinds[static_cast<std::size_t>(c)] = CharKind::kPunct;
  }
  return kinds;
}

constexpr std::array<CharKind, 128> kAscii = MakeAscii();

CharKind KindOfLatin(std::uint32_t code) {
  if (code < 0xa0) return CharKind::kOther;
  if (code == 0xa0) return CharKind::kSpace;
  if (code >= 0xbc && code <= 0xbe) return CharKind::kFraction;
  if (code == 0xab || code == 0xbb) return CharKind::kPunct;  // Guillemets.
  if (code == 0xaa || code == 0xb5 || code == 0xba) return CharKind::kLetter;
  if (code == 0xd7 || code == 0xf7) return CharKind::kSymbol;
  return code < 0xc0 ? CharKind::kSymbol : CharKind::kLetter;
}

CharKind KindOfPunctuation(std::uint32_t code) {
  if (code <= 0x200a || code == 0x202f || code == 0x205f) return CharKind::kSpace;
  if (code == 0x2028 || code == 0x2029) return CharKind::kLine;
  if (code >= 0x2010 && code <= 0x201f) return CharKind::kPunct;  // Dashes and quotes.
  if (code == 0x2026 || code == 0x2039 || code == 0x203a) return CharKind::kPunct;
  if (code >= 0x200b && code <= 0x200f) return CharKind::kOther;
  if (code >= 0x202a && code <= 0x202e) return CharKind::kOther;
  return code >= 0x2060 ? CharKind::kOther : CharKind::kSymbol;
}

CharKind KindOf(std::uint32_t code) {
  if (code < 0x100) return KindOfLatin(code);
  if (code < 0x2000) return CharKind::kLetter;
  if (code < 0x2070) return KindOfPunctuation(code);
  if (code >= 0x2150 && code <= 0x215e) return CharKind::kFraction;
  if (code < 0x2c00)
    return code == 0x212a || code == 0x2126 ? CharKind::kLetter : CharKind::kSymbol;
  if (code == 0x3000) return CharKind::kSpace;
  if (code >= 0x3001 && code <= 0x303f) return CharKind::kPunct;
  if (code >= 0xe000 && code <= 0xf8ff) return CharKind::kOther;
  if (code == 0xfeff || code >= 0xfff0) return CharKind::kOther;
  return CharKind::kLetter;
}

bool Follows(std::string_view text, std::size_t at, std::size_t count) {
  if (text.size() - at <= count) return false;
  for (std::size_t i = 1; i <= count; ++i) {
    if ((static_cast<unsigned char>(text[at + i]) & 0xc0) != 0x80) return false;
  }
  return true;
}

}  // namespace

CharKind KindOfCode(std::uint32_t code) { return code < 0x80 ? kAscii[code] : KindOf(code); }

Char CharAt(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at + i]));
  };
  const std::uint32_t lead = byte(0);
  if (lead < 0x80) return {lead, 1, kAscii[lead]};
  const Char bad{lead, 1, CharKind::kOther};
  if (lead < 0xc2 || lead > 0xf4) return bad;
  const std::uint8_t more = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
  if (!Follows(text, at, more)) return bad;
  std::uint32_t code = lead & (0x3fu >> more);
  for (std::size_t i = 1; i <= more; ++i) code = (code << 6) | (byte(i) & 0x3f);
  const bool too_long = (more == 2 && code < 0x800) || (more == 3 && code < 0x10000);
  if (too_long || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return bad;
  return {code, static_cast<std::uint8_t>(more + 1), KindOf(code)};
}

bool IsCapital(std::uint32_t code) {
  if (code < 0x80) return code >= 'A' && code <= 'Z';
  if (code >= 0xc0 && code <= 0xde) return code != 0xd7;
  if (code >= 0x100 && code <= 0x17f) {
    const bool odd_is_capital =
        (code >= 0x139 && code <= 0x148) || (code >= 0x179 && code <= 0x17e);
    return ((code & 1) != 0) == odd_is_capital;
  }
  if (code >= 0x391 && code <= 0x3ab) return true;
  return code >= 0x400 && code <= 0x42f;
}

}  // namespace claimwatch
