// HTML entities that are left over in a text: "&pound;5", "&#8217;s", "&#xA0;".
//
// They stay in the text, since a claim quotes what is written, and are read as the character that
// they stand for. Only what news carries is known by name; every number is.
// Tested by tests/text/document_test.cc.
#pragma once

#include <cstdint>
#include <string_view>

namespace claimwatch {

struct Entity {
  std::uint8_t size = 0;   // Bytes as written, with '&' and ';'; 0: none stands there.
  std::uint32_t code = 0;  // The code point that it stands for.
};

// The entity at `at` (< text.size()).
Entity EntityAt(std::string_view text, std::size_t at);

// The character that a whole entity ("&euro;") stands for, in UTF-8; `entity` itself for a
// character that no rule of reading asks for.
std::string_view EntityText(std::string_view entity);

}  // namespace claimwatch
