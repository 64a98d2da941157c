#include "server/story/ids.h"

#include <gtest/gtest.h>

namespace claimwatch {
namespace {

TEST(Ids, ClaimIdHoldsItsArticleAndPlace) {
  for (const int index : {0, 1, 511}) {
    const ClaimId id = MakeClaimId(static_cast<Sequence>(12'345'678'901), index);
    EXPECT_EQ(ArticleOf(id), static_cast<Sequence>(12'345'678'901));
    EXPECT_EQ(IndexOf(id), index);
  }
}

TEST(Ids, ClaimIdsFollowTheSequence) {
  EXPECT_LT(MakeClaimId(static_cast<Sequence>(7), 511), MakeClaimId(static_cast<Sequence>(8), 0));
}

TEST(Ids, AreSpelledWithALetter) {
  EXPECT_EQ(ToString(static_cast<StoryId>(7)), "s7");
  EXPECT_EQ(ToString(static_cast<FigureId>(3)), "f3");
  EXPECT_EQ(ToString(static_cast<AlertId>(2)), "al2");
  EXPECT_EQ(ToString(static_cast<ClaimId>(9)), "c9");
}

TEST(Ids, ReadBackWhatTheySpell) {
  EXPECT_EQ(ParseStoryId("s9223372036854775807"), static_cast<StoryId>(9223372036854775807));
  EXPECT_EQ(ParseFigureId("f3"), static_cast<FigureId>(3));
  EXPECT_EQ(ParseAlertId("al20"), static_cast<AlertId>(20));
  EXPECT_EQ(ParseClaimId("c513"), static_cast<ClaimId>(513));
}

TEST(Ids, RefuseWhatTheyCannotHaveSpelled) {
  for (const char* text : {"", "s", "7", "s0", "s-1", "s+1", "s01", "s1 ", " s1", "S1", "s1x", "f1",
                           "al1", "s9223372036854775808"}) {
    EXPECT_EQ(ParseStoryId(text), std::nullopt) << text;
  }
  EXPECT_EQ(ParseAlertId("a1"), std::nullopt);
}

}  // namespace
}  // namespace claimwatch
