#include "server/store/seal.h"

#include <gtest/gtest.h>

#include "server/base/hash.h"

namespace claimwatch {
namespace {

const std::string kTexts[] = {"", "a", std::string("\0\1\2", 3), std::string(100'000, 'x')};

TEST(Seal, ComesBackAsItWas) {
  for (const std::string& text : kTexts) {
    EXPECT_EQ(*Unseal(Seal(text)), text);
    EXPECT_EQ(*Unseal(SealCompressed(text)), text);
  }
  EXPECT_LT(SealCompressed(kTexts[3]).size(), 1000u);
}

TEST(Seal, IsTheSameEveryTime) {
  EXPECT_EQ(SealCompressed("some words, some words"), SealCompressed("some words, some words"));
}

TEST(Seal, ReadsWhatWasSealedByAnotherHash) {
  std::string sealed("\x01....164 people", 15);
  const auto sum = static_cast<std::uint32_t>(Fnv64("164 people", 1));
  for (std::size_t i = 0; i < 4; ++i) sealed[1 + i] = static_cast<char>(sum >> (8 * i));
  EXPECT_EQ(*Unseal(sealed), "164 people");
}

TEST(Seal, EveryChangedBitShows) {
  for (const std::string& sealed : {Seal("164 people"), SealCompressed("164 people, 164 people")}) {
    for (std::size_t i = 0; i < sealed.size() * 8; ++i) {
      std::string changed = sealed;
      changed[i / 8] = static_cast<char>(changed[i / 8] ^ (1 << (i % 8)));
      EXPECT_EQ(Unseal(changed).status().code(), absl::StatusCode::kDataLoss) << "bit " << i;
    }
    for (std::size_t size = 0; size < sealed.size(); ++size) {
      EXPECT_EQ(Unseal(sealed.substr(0, size)).status().code(), absl::StatusCode::kDataLoss);
    }
  }
}

}  // namespace
}  // namespace claimwatch
