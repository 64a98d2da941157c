// Is it UTF-8? Checked once, at the door, so that nothing behind it has to ask.
//
// By the Unicode standard (no overlong forms, no surrogates, nothing above U+10FFFF). ASCII goes
// eight bytes at a time. Tested by tests/ingest/utf8_test.cc against a slow decoder.
#pragma once

#include <string_view>

namespace claimwatch {

bool IsUtf8(std::string_view bytes);

// The longest prefix of at most `bytes_max` bytes that cuts no character. `text` is UTF-8.
std::string_view CutUtf8(std::string_view text, std::size_t bytes_max);

}  // namespace claimwatch
