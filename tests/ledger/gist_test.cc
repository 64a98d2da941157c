#include "server/ledger/gist.h"

#include <gtest/gtest.h>

#include "server/ledger/ledger.h"
#include "tests/ledger/story_script.h"

namespace claimwatch {
namespace {

// One article in which two claims share a sentence and the third has one of its own.
std::vector<KnownClaim> ThreeClaims() {
  std::vector<KnownClaim> claims = {
      ClaimOfScript("killed 12 miner \"The blast at the pit killed # miners and hurt 30 others\""),
      ClaimOfScript("injured 30 miner \"The blast at the pit killed 12 miners and hurt # others\""),
      ClaimOfScript("money 5 sum \"The owner set aside # for the families of the village\"")};
  claims[1].claim.sentence = claims[0].claim.sentence;
  claims[1].sentence_text = claims[0].sentence_text;
  claims[2].claim.sentence.begin = claims[0].claim.sentence.end() + 1;
  claims[2].claim.quote.begin += claims[2].claim.sentence.begin;
  return claims;
}

TEST(Gist, IsWhatEachClaimGivesByItself) {
  const std::vector<KnownClaim> claims = ThreeClaims();
  Measure killed;
  killed.name = "killed";
  killed.people = killed.cumulative = true;
  const auto measures = [&](std::string_view name) { return name == "killed" ? &killed : nullptr; };
  const std::vector<Gist> gists = GistsOf(claims, measures);
  ASSERT_EQ(gists.size(), claims.size());
  for (std::size_t i = 0; i < claims.size(); ++i) {
    const Identity alone = IdentityOf(claims[i], i == 0 ? killed : Measure());
    EXPECT_EQ(gists[i].identity.key, alone.key) << i;
    EXPECT_EQ(gists[i].identity.needs, alone.needs) << i;
    EXPECT_EQ(gists[i].meaning, MeaningOf(claims[i].claim.quantity)) << i;
    EXPECT_EQ(gists[i].words, WordsAround(claims[i])) << i;
    EXPECT_FALSE(gists[i].words.empty()) << i;
  }
  EXPECT_NE(gists[0].words, gists[1].words);  // Of one sentence, about two numbers.
}

TEST(Gist, JudgingIsTheSameWithAndWithout) {
  const auto measures = [](std::string_view) -> const Measure* { return nullptr; };
  const auto judged = [&](bool with) {
    FreshArticle article;
    article.story = StoryId{1};
    article.article_id = "a";
    article.sequence = Sequence{1};
    article.claims = ThreeClaims();
    for (std::size_t i = 0; i < article.claims.size(); ++i) {
      article.claims[i].id = MakeClaimId(article.sequence, static_cast<int>(i));
      article.claims[i].incident = 7;
    }
    if (with) article.gists = GistsOf(article.claims, measures);
    IdSource ids;
    return Judge(StoryLedger(), std::move(article), measures, ids);
  };
  const Judgement with = judged(true);
  const Judgement without = judged(false);
  ASSERT_EQ(with.new_figures.size(), without.new_figures.size());
  ASSERT_FALSE(with.new_figures.empty());
  for (std::size_t i = 0; i < with.new_figures.size(); ++i) {
    EXPECT_EQ(with.new_figures[i].key, without.new_figures[i].key);
    EXPECT_EQ(with.new_figures[i].key.incident, 7u);
  }
  EXPECT_EQ(with.claims, without.claims);
}

}  // namespace
}  // namespace claimwatch
