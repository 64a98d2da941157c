#include "server/base/hash.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace claimwatch {
namespace {

// Stored hashes must read the same for ever: these values are part of the file format.
TEST(Hash, KeepsItsValues) {
  EXPECT_EQ(Fnv64(""), Fnv64("", 0));
  EXPECT_EQ(Fnv64("claimwatch"), 11623374086045257783ULL);
  EXPECT_EQ(Fnv64("claimwatch", 7), 16128369079622823651ULL);
}

TEST(Hash, TellsTextsAndSeedsApart) {
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 10'000; ++i) seen.insert(Fnv64(std::to_string(i)));
  EXPECT_EQ(seen.size(), 10'000u);
  EXPECT_NE(Fnv64("a", 1), Fnv64("a", 2));
  EXPECT_NE(Fnv64(std::string_view("a\0", 2)), Fnv64("a"));
}

TEST(FastHash, KeepsItsValues) {
  EXPECT_EQ(FastHash(""), FastHash("", 0));
  EXPECT_EQ(FastHash("claimwatch"), 16265468948886993069ULL);
  EXPECT_EQ(FastHash(std::string(100, 'x'), 7), 15863979220037810070ULL);
}

TEST(FastHash, TellsTextsSizesAndSeedsApart) {
  std::set<std::uint64_t> seen;
  for (std::size_t size = 0; size < 100; ++size) {
    std::string text(size, '\0');
    seen.insert(FastHash(text));
    seen.insert(FastHash(text, 1));
    for (std::size_t i = 0; i < size; ++i) {
      std::string changed = text;
      changed[i] = 1;
      seen.insert(FastHash(changed));
    }
  }
  EXPECT_EQ(seen.size(), 200u + 99 * 100 / 2);
}

TEST(ContentHash, IsTheStartOfSha256) {
  const std::string hash = ContentHash("abc");  // FIPS 180-2, appendix B.1.
  ASSERT_EQ(hash.size(), kContentHashBytes);
  EXPECT_EQ(hash, std::string("\xba\x78\x16\xbf\x8f\x01\xcf\xea\x41\x41\x40\xde\x5d\xae\x22\x23"));
  EXPECT_NE(ContentHash("abd"), hash);
  EXPECT_EQ(ContentHash("").size(), kContentHashBytes);
}

}  // namespace
}  // namespace claimwatch
