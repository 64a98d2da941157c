#include "server/ingest/utf8.h"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace claimwatch {
namespace {

bool IsTail(unsigned char c) { return (c & 0xc0) == 0x80; }

// Bytes of the valid character that starts at `at`; 0 for none.
std::size_t CharacterSize(const unsigned char* at, std::size_t left) {
  const unsigned char lead = at[0];
  if (lead < 0x80) return 1;
  if (lead < 0xc2) return 0;  // A tail, or an overlong form.
  if (lead < 0xe0) return left >= 2 && IsTail(at[1]) ? 2 : 0;
  if (lead < 0xf0) {
    if (left < 3 || !IsTail(at[1]) || !IsTail(at[2])) return 0;
    if (lead == 0xe0 && at[1] < 0xa0) return 0;   // Overlong.
    if (lead == 0xed && at[1] >= 0xa0) return 0;  // Surrogate.
    return 3;
  }
  if (lead > 0xf4 || left < 4 || !IsTail(at[1]) || !IsTail(at[2]) || !IsTail(at[3])) return 0;
  if (lead == 0xf0 && at[1] < 0x90) return 0;   // Overlong.
  if (lead == 0xf4 && at[1] >= 0x90) return 0;  // Above U+10FFFF.
  return 4;
}

}  // namespace

bool IsUtf8(std::string_view bytes) {
  const auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
  std::size_t left = bytes.size();
  while (left > 0) {
    std::uint64_t eight = 0;
    if (left >= sizeof(eight)) {
      std::memcpy(&eight, at, sizeof(eight));
      if ((eight & 0x8080808080808080ULL) == 0) {
        at += sizeof(eight);
        left -= sizeof(eight);
        continue;
      }
    }
    const std::size_t size = CharacterSize(at, left);
    if (size == 0) return false;
    at += size;
    left -= size;
  }
  return true;
}

std::string_view CutUtf8(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  std::size_t end = bytes_max;
  while (end > 0 && IsTail(static_cast<unsigned char>(text[end]))) --end;
  return text.substr(0, end);
}

}  // namespace claimwatch
