#include "server/ledger/words.h"

#include <gtest/gtest.h>

#include <array>

#include "tests/ledger/story_script.h"

namespace claimwatch {
namespace {

TEST(Words, ReadsWordsOneByOne) {
  std::size_t at = 0;
  const std::string_view text = "The mayor's 12 AK-47s -- and";
  EXPECT_EQ(NextWord(text, &at), "The");
  EXPECT_EQ(NextWord(text, &at), "mayor");
  EXPECT_EQ(NextWord(text, &at), "12");
  EXPECT_EQ(NextWord(text, &at), "AK-47s");
  EXPECT_EQ(NextWord(text, &at), "and");
  EXPECT_EQ(NextWord(text, &at), "");
}

TEST(Words, CanonicalPhrases) {
  EXPECT_EQ(Canonical("the AK-47 rifles"), "ak-47 rifle");
  EXPECT_EQ(Canonical("Central Aceh district"), "aceh central district");
  EXPECT_EQ(Canonical(""), "");
  EXPECT_EQ(Singular("Boxes"), "box");
  EXPECT_EQ(Singular("cities"), "city");
  EXPECT_EQ(Singular("aircraft"), "aircraft");
  EXPECT_EQ(Singular("bus"), "bus");
}

TEST(Words, PhrasesFromTheBeginningOfAWordOn) {
  constexpr std::array<std::string_view, 3> kPhrases = {"by mistake", "retracted the", "hoax"};
  EXPECT_TRUE(SaysAny("The toll was published by mistake.", kPhrases));
  EXPECT_TRUE(SaysAny("RETRACTED THE FIGURE", kPhrases));
  EXPECT_TRUE(SaysAny("It was\n(\u201choaxers\u201d)", kPhrases));
  EXPECT_FALSE(SaysAny("The ministry retracted", kPhrases));
  EXPECT_FALSE(SaysAny("They were standby mistakes", kPhrases));
  EXPECT_FALSE(SaysAny("", kPhrases));
}

TEST(Words, SameSpeakers) {
  EXPECT_TRUE(SameSpeaker("the Health Ministry", "Health Ministry"));
  EXPECT_TRUE(SameSpeaker("Kazakh Health Ministry", "the Health Ministry"));
  EXPECT_FALSE(SameSpeaker("the Health Ministry", "the Red Crescent"));
  EXPECT_FALSE(SameSpeaker("", ""));
  EXPECT_FALSE(SameSpeaker("he", "he"));  // Nobody knows who.
}

TEST(Words, SentencesThatTellTheSame) {
  const auto words = [](const char* sentence) {
    return WordsAround(ClaimOfScript(std::string("money 5 sum \"") + sentence + "\""));
  };
  const WordWeights frozen = words("Washington froze # of assets held by the ruling family");
  EXPECT_DOUBLE_EQ(Similarity(frozen, frozen), 1);
  EXPECT_GT(Similarity(frozen, words("The United States froze # in assets of the family")), 0.4);
  EXPECT_LT(Similarity(frozen, words("A donation of # will pay for tents and blankets")), 0.25);
  EXPECT_DOUBLE_EQ(Similarity({}, {}), 0);
}

TEST(Words, HoldTheWordsOfAPhrase) {
  const WordWeights words =
      WordsAround(ClaimOfScript("count 3 boat \"The smugglers, in # boats\""));
  EXPECT_TRUE(HoldsWordsOf(words, "smuggler"));
  EXPECT_TRUE(HoldsWordsOf(words, "boat smuggler"));
  EXPECT_FALSE(HoldsWordsOf(words, "fishing"));
  EXPECT_FALSE(HoldsWordsOf(words, "boat fishing"));
}

TEST(Words, TheNumberItselfSaysNothingOfIdentity) {
  const KnownClaim one = ClaimOfScript("killed 12 people \"At least # died in the quake\"");
  const KnownClaim other = ClaimOfScript("killed 4500 people \"At least # died in the quake\"");
  EXPECT_EQ(WordsAround(one), WordsAround(other));
}

}  // namespace
}  // namespace claimwatch
