#include "server/ingest/utf8.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string>

namespace claimwatch {
namespace {

// Slow and obvious: decodes a character, then asks whether it was the shortest way to write it.
bool IsUtf8Slowly(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    const auto lead = static_cast<unsigned char>(bytes[i]);
    const int tails = lead < 0x80             ? 0
                      : (lead & 0xe0) == 0xc0 ? 1
                      : (lead & 0xf0) == 0xe0 ? 2
                      : (lead & 0xf8) == 0xf0 ? 3
                                              : -1;
    if (tails < 0 || i + static_cast<std::size_t>(tails) >= bytes.size()) return false;
    std::uint32_t code = tails == 0 ? lead : lead & (0x3fu >> tails);
    for (int k = 1; k <= tails; ++k) {
      const auto tail = static_cast<unsigned char>(bytes[i + k]);
      if ((tail & 0xc0) != 0x80) return false;
      code = code << 6 | (tail & 0x3f);
    }
    constexpr std::uint32_t kLeast[] = {0, 0x80, 0x800, 0x10000};
    if (code < kLeast[tails] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return false;
    i += tails + 1;
  }
  return true;
}

TEST(Utf8, KnowsGoodFromBad) {
  for (const std::string_view good :
       {"", "plain", "caf\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\xed\x9f\xbf",
        "\xee\x80\x80", "\xf4\x8f\xbf\xbf", "eight by\xc3\xa9tes and more than sixteen"}) {
    EXPECT_TRUE(IsUtf8(good)) << good;
  }
  for (const std::string_view bad :
       {"\x80", "\xc3", "\xc0\xaf", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
        "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80", "\xff", "eight by\xffte", "cut \xe2\x82"}) {
    EXPECT_FALSE(IsUtf8(bad)) << bad;
  }
}

TEST(Utf8, AgreesWithTheSlowWay) {
  std::mt19937 random(20220106);
  constexpr unsigned char kBytes[] = {'a',  0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0,
                                      0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff};
  for (int round = 0; round < 200'000; ++round) {
    std::string bytes(random() % 12, 'x');
    const std::size_t changed = bytes.empty() ? 0 : random() % bytes.size();
    for (std::size_t i = changed; i < bytes.size(); ++i) {
      bytes[i] = static_cast<char>(kBytes[random() % sizeof(kBytes)]);
    }
    ASSERT_EQ(IsUtf8(bytes), IsUtf8Slowly(bytes)) << "round " << round << ": " << bytes;
  }
}

TEST(Utf8, CutsBetweenCharacters) {
  EXPECT_EQ(CutUtf8("abc", 5), "abc");
  EXPECT_EQ(CutUtf8("abc", 2), "ab");
  EXPECT_EQ(CutUtf8("a\xe2\x82\xac", 3), "a");
  EXPECT_EQ(CutUtf8("a\xe2\x82\xac", 4), "a\xe2\x82\xac");
  EXPECT_EQ(CutUtf8("\xf0\x9f\x98\x80", 3), "");
}

}  // namespace
}  // namespace claimwatch
