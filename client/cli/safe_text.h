// Text that comes from articles, made safe for a terminal.
//
// An article can hold anything: escape sequences that recolour or rewrite the screen, characters
// that turn the direction of writing so that one number reads as another. Whatever is not plainly
// visible is shown as its code, "\u{202e}". Tested by tests/client/safe_text_test.cc.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace claimwatch::cli {

// `text` with control characters, bidi controls, invisible characters and bytes that are not UTF-8
// written as codes. Line ends and tabs become a space: the result is one line.
std::string SafeText(std::string_view text);

// Columns that a terminal takes for `text`. Colour codes (ESC [ … m) take none, wide characters
// two.
std::size_t DisplayWidth(std::string_view text);

// At most `columns` wide, the end replaced by "…". 0: no limit. Not for text with colour codes.
std::string Shorten(std::string_view text, std::size_t columns);

// Breaks `text` at spaces into lines of at most `columns` (0: one line), each after the first led
// by `indent` spaces. The first is taken to start at column `indent`.
std::string Wrap(std::string_view text, std::size_t indent, std::size_t columns);

}  // namespace claimwatch::cli
