#include "client/cli/safe_text.h"

#include <gtest/gtest.h>

namespace claimwatch::cli {
namespace {

TEST(SafeText, ShowsWhatIsHidden) {
  struct Case {
    const char* text;
    const char* safe;
  };
  const Case kCases[] = {
      {"At least 12 people", "At least 12 people"},
      {"Алматы, 北京, café, 😀", "Алматы, 北京, café, 😀"},
      {"red \x1b[31m12", "red \\u{1b}[31m12"},
      {"\x1b]0;title\x07", "\\u{1b}]0;title\\u{7}"},
      {"one\ntwo\tthree\r", "one two three "},
      {"del \x7f", "del \\u{7f}"},
      {"C1 \xc2\x9b"
       "31m",
       "C1 \\u{9b}31m"},
      {"bidi \xe2\x80\xae"
       "21",
       "bidi \\u{202e}21"},
      {"isolate \xe2\x81\xa6"
       "21\xe2\x81\xa9",
       "isolate \\u{2066}21\\u{2069}"},
      {"mark \xd8\x9c", "mark \\u{61c}"},
      {"zero width \xe2\x80\x8b"
       "1",
       "zero width \\u{200b}1"},
      {"line \xe2\x80\xa8"
       "end",
       "line \\u{2028}end"},
      {"tags \xf3\xa0\x81\x81", "tags \\u{e0041}"},
      {"byte \xff\xfe", "byte \\xff\\xfe"},
      {"cut \xe2\x80", "cut \\xe2\\x80"},
      {"overlong \xc0\xaf", "overlong \\xc0\\xaf"},
      {"overlong \xe0\x80\xaf", "overlong \\xe0\\x80\\xaf"},
      {"surrogate \xed\xa0\x80", "surrogate \\xed\\xa0\\x80"},
      {"too great \xf4\x90\x80\x80", "too great \\xf4\\x90\\x80\\x80"},
  };
  for (const Case& c : kCases) EXPECT_EQ(SafeText(c.text), c.safe);
  EXPECT_EQ(SafeText(std::string_view("\0x", 2)), "\\u{0}x");
}

TEST(SafeText, EveryByteComesOutAsPrintableText) {
  for (int byte = 0; byte < 256; ++byte) {
    for (const unsigned char c : SafeText(std::string(1, static_cast<char>(byte)))) {
      EXPECT_TRUE(c >= 0x20 && c < 0x7f) << byte;
    }
  }
}

TEST(DisplayWidth, CountsColumns) {
  EXPECT_EQ(DisplayWidth("abc"), 3u);
  EXPECT_EQ(DisplayWidth("\x1b[1;31mabc\x1b[0m"), 3u);
  EXPECT_EQ(DisplayWidth("北京"), 4u);
  EXPECT_EQ(DisplayWidth("e\xcc\x81"), 1u);
}

TEST(Shorten, CutsOnACharacter) {
  EXPECT_EQ(Shorten("abcdef", 0), "abcdef");
  EXPECT_EQ(Shorten("abcdef", 6), "abcdef");
  EXPECT_EQ(Shorten("abcdef", 4), "abc…");
  EXPECT_EQ(Shorten("北京市", 4), "北…");
}

TEST(Wrap, BreaksAtSpacesAndIndents) {
  const std::string text = "one two three four five six seven";
  EXPECT_EQ(Wrap(text, 4, 0), text);
  EXPECT_EQ(Wrap(text, 4, 25), "one two three four\n    five six seven");
  EXPECT_EQ(Wrap(text, 10, 25), text);  // No room.
  EXPECT_EQ(Wrap("a-word-that-is-longer-than-the-line x", 0, 20),
            "a-word-that-is-longer-than-the-line\nx");
  EXPECT_EQ(Wrap("\x1b[1mone\x1b[0m two three four five", 4, 24),
            "\x1b[1mone\x1b[0m two three four\n    five");
}

}  // namespace
}  // namespace claimwatch::cli
