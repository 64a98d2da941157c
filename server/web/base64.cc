#include "server/web/base64.h"

#include <array>
#include <cstdint>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace claimwatch {
namespace {

constexpr std::string_view kStandard =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<std::int8_t, 256> MakeValues() {
  std::array<std::int8_t, 256> values{};
  values.fill(-1);
  for (std::size_t i = 0; i < kStandard.size(); ++i) {
    values[static_cast<unsigned char>(kStandard[i])] = static_cast<std::int8_t>(i);
  }
  values['-'] = 62;
  values['_'] = 63;
  return values;
}
constexpr std::array<std::int8_t, 256> kValues = MakeValues();

absl::Status Bad(std::size_t place) {
  return absl::InvalidArgumentError(absl::StrCat("is no base64 at byte ", place));
}

// The bytes of a group of 2 to 4 characters. False: bits are left over.
bool AppendGroup(std::uint32_t bits, int characters, std::string& out) {
  if (characters < 2) return false;
  bits <<= 6 * (4 - characters);
  const int bytes = characters - 1;
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<char>(bits >> (16 - 8 * i)));
  return (bits & ((1U << (24 - 8 * bytes)) - 1)) == 0;
}

}  // namespace

std::string EncodeBase64(std::string_view bytes, bool padded) {
  std::string text = absl::Base64Escape(absl::string_view(bytes.data(), bytes.size()));
  while (!padded && text.ends_with('=')) text.pop_back();
  return text;
}

absl::StatusOr<std::string> DecodeBase64(std::string_view text) {
  std::string out;
  out.reserve(text.size() / 4 * 3 + 3);
  std::uint32_t bits = 0;
  int characters = 0;  // Of the group at hand.
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '=') {
      if (!AppendGroup(bits, characters, out)) return Bad(i);
      if (characters == 2 && (i + 1 >= text.size() || text[++i] != '=')) return Bad(i);
      bits = 0;
      characters = 0;
      continue;
    }
    const std::int8_t value = kValues[static_cast<unsigned char>(text[i])];
    if (value < 0) return Bad(i);
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    if (++characters == 4) {
      AppendGroup(bits, 4, out);
      bits = 0;
      characters = 0;
    }
  }
  if (characters > 0 && !AppendGroup(bits, characters, out)) return Bad(text.size());
  return out;
}

}  // namespace claimwatch
