#include "server/story/fingerprint.h"

#include <string_view>

#include "server/base/hash.h"

namespace claimwatch {
namespace {

constexpr std::uint32_t kDatelineTokensMax = 14;

bool IsDash(std::string_view text) {
  return text == "-" || text == "--" || text == "\u2013" || text == "\u2014";
}

// One past a dateline that opens the range, else `first`.
std::uint32_t AfterDateline(const Document& document, std::uint32_t first, std::uint32_t end) {
  if (first >= end || !document.tokens[first].all_caps) return first;
  const std::uint32_t last = end - first > kDatelineTokensMax ? first + kDatelineTokensMax : end;
  for (std::uint32_t i = first + 1; i < last; ++i) {
    const Token& token = document.tokens[i];
    if (token.kind == TokenKind::kPunct && token.space_before && IsDash(document.Surface(token))) {
      return i + 1;
    }
  }
  return first;
}

std::uint64_t HashLower(std::string_view text, std::uint64_t h) {
  for (const char c : text) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    h = (h ^ static_cast<unsigned char>(lower)) * 0x100000001b3ULL;
  }
  return (h ^ ' ') * 0x100000001b3ULL;
}

}  // namespace

Fingerprint FingerprintOf(const Document& document, std::uint32_t first, std::uint32_t end) {
  Fingerprint print;
  std::uint64_t h = 0xcbf29ce484222325ULL;
  for (std::uint32_t i = AfterDateline(document, first, end); i < end; ++i) {
    const Token& token = document.tokens[i];
    if (token.kind != TokenKind::kWord && token.kind != TokenKind::kDigits) continue;
    h = HashLower(document.Surface(token), h);
    ++print.words;
  }
  h ^= h >> 33;
  h *= 0xff51afd7ed558ccdULL;
  h ^= h >> 33;
  print.hash = h == 0 ? 1 : static_cast<std::uint32_t>(h);
  if (print.hash == 0) print.hash = 1;
  return print;
}

}  // namespace claimwatch
