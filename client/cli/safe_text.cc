#include "client/cli/safe_text.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace claimwatch::cli {
namespace {

struct Character {
  std::uint32_t code = 0;
  std::size_t bytes = 1;
  bool valid = false;
};

// The character that `text`, which is not empty, begins with.
Character FirstOf(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t bytes = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < bytes) return {lead, 1, false};
  std::uint32_t code = lead & (0x7f >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return {lead, 1, false};
    code = (code << 6) | (byte(i) & 0x3f);
  }
  constexpr std::uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xd800 && code <= 0xdfff;
  if (code < kLeast[bytes] || code > 0x10ffff || surrogate) return {lead, 1, false};
  return {code, bytes, true};
}

struct Range {
  std::uint32_t first, last;
};

bool IsIn(std::uint32_t code, const Range* begin, const Range* end) {
  return std::any_of(begin, end,
                     [code](const Range& r) { return code >= r.first && code <= r.last; });
}

// Not plainly visible: controls, marks of direction, invisible and unassigned-by-purpose
// characters.
constexpr Range kHidden[] = {
    {0x00, 0x1f},     {0x7f, 0x9f},     {0xad, 0xad},     {0x61c, 0x61c},     {0x115f, 0x1160},
    {0x180e, 0x180e}, {0x200b, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x206f},   {0x3164, 0x3164},
    {0xfeff, 0xfeff}, {0xfff0, 0xfffb}, {0xfffe, 0xffff}, {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff},
};
constexpr Range kWide[] = {
    {0x1100, 0x115e}, {0x2e80, 0x303e}, {0x3041, 0xa4cf},   {0xac00, 0xd7a3},   {0xf900, 0xfaff},
    {0xfe30, 0xfe6f}, {0xff00, 0xff60}, {0x1f300, 0x1faff}, {0x20000, 0x3fffd},
};
constexpr Range kCombining[] = {
    {0x300, 0x36f}, {0x1ab0, 0x1aff}, {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}};

std::size_t WidthOf(std::uint32_t code) {
  if (IsIn(code, std::begin(kCombining), std::end(kCombining))) return 0;
  return IsIn(code, std::begin(kWide), std::end(kWide)) ? 2 : 1;
}

// Bytes of the colour code that `text` begins with; 0: none.
std::size_t ColourCodeBytes(std::string_view text) {
  if (!text.starts_with("\x1b[")) return 0;
  const std::size_t end = text.find('m');
  return end == std::string_view::npos ? 0 : end + 1;
}

}  // namespace

std::string SafeText(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  while (!text.empty()) {
    const Character c = FirstOf(text);
    if (!c.valid) {
      absl::StrAppendFormat(&safe, "\\x%02x", c.code);
    } else if (c.code == '\n' || c.code == '\t' || c.code == '\r') {
      safe += ' ';
    } else if (IsIn(c.code, std::begin(kHidden), std::end(kHidden))) {
      absl::StrAppendFormat(&safe, "\\u{%x}", c.code);
    } else {
      safe += text.substr(0, c.bytes);
    }
    text.remove_prefix(c.bytes);
  }
  return safe;
}

std::size_t DisplayWidth(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    if (const std::size_t skip = ColourCodeBytes(text); skip > 0) {
      text.remove_prefix(skip);
      continue;
    }
    const Character c = FirstOf(text);
    width += WidthOf(c.code);
    text.remove_prefix(c.bytes);
  }
  return width;
}

std::string Shorten(std::string_view text, std::size_t columns) {
  if (columns == 0 || DisplayWidth(text) <= columns) return std::string(text);
  std::string_view rest = text;
  std::size_t width = 0;
  while (!rest.empty()) {
    const Character c = FirstOf(rest);
    if (width + WidthOf(c.code) + 1 > columns) break;
    width += WidthOf(c.code);
    rest.remove_prefix(c.bytes);
  }
  return std::string(text.substr(0, text.size() - rest.size())) + "…";
}

std::string Wrap(std::string_view text, std::size_t indent, std::size_t columns) {
  if (columns < indent + 20) return std::string(text);  // No room to wrap in: let the terminal.
  std::string wrapped;
  std::size_t column = indent;
  while (!text.empty()) {
    const std::size_t space = text.find(' ');
    const std::string_view word = text.substr(0, space);
    const std::size_t width = DisplayWidth(word);
    if (column > indent && column + 1 + width > columns) {
      absl::StrAppend(&wrapped, "\n", std::string(indent, ' '));
      column = indent;
    } else if (column > indent) {
      wrapped += ' ';
      ++column;
    }
    wrapped += word;
    column += width;
    text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
  }
  return wrapped;
}

}  // namespace claimwatch::cli
