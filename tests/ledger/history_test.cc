#include "server/ledger/history.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/ledger/story_script.h"

namespace claimwatch {
namespace {

// "12 FIRST (12)", one a claim: its value, its verdict and what is believed then.
std::string Show(const char* script) {
  const Played played = Play(script);
  const Figure& figure = played.ledger.figures.front();
  std::string lines;
  for (std::size_t i = 0; i < figure.claims.size(); ++i) {
    const HistoryStep step = HistoryOf(figure, *ScriptMeasure("killed"))[i];
    absl::StrAppend(&lines, lines.empty() ? "" : "; ", figure.claims[i].quote_text, " ",
                    step.first ? "FIRST" : std::string(Name(step.verdict.reason)), " (",
                    step.believed != nullptr ? step.believed->quote_text : "nothing", ")");
  }
  return lines;
}

TEST(History, TellsWhatEachClaimDid) {
  EXPECT_EQ(Show(R"(
      2024-03-01T10:00 a1 wire: killed 12 people
      2024-03-02T10:00 a2 post: killed 30 people
      2024-03-03T10:00 a3 herald: killed 12 people)"),
            "12 FIRST (12); 30 RAISED (30); 12 ECHO (30)");
}

TEST(History, VaguerWordsThatAgreeReplaceNothing) {
  EXPECT_EQ(Show(R"(
      2024-03-01T10:00 a1 wire: killed 5800 people
      2024-03-02T10:00 a2 post: killed thousands people
      2024-03-03T10:00 a3 herald: killed <=6000 people)"),
            "5800 FIRST (5800); thousands AGREES (5800); <=6000 AGREES (5800)");
}

TEST(History, ClaimsOfOneArticleAreNotHeldAgainstEachOther) {
  EXPECT_EQ(Show(R"(
      2024-03-01T10:00 a1 wire: killed 12 people
      2024-03-02T10:00 a2 post: killed 30 people; killed 30 people)"),
            "12 FIRST (12); 30 RAISED (30); 30 RAISED (30)");
}

TEST(History, WhatATextTakesBackIsNotBelieved) {
  EXPECT_EQ(Show(R"(
      2024-03-01T10:00 a1 wire: killed 164 people
      2024-03-02T10:00 a2 post: killed 164 people denied
          "It withdrew the toll of # dead")"),
            "164 FIRST (164); 164 RETRACTED (nothing)");
}

TEST(AsKnownAt, UndoesWhatCameLater) {
  const Played played = Play(R"(
      2024-03-01T10:00 a1 wire: killed 12 people
      2024-03-01T12:00 a2 post: killed 30 people
      2024-03-02T10:00 a1@2 wire: killed 25 people
      2024-03-03T10:00 a3 herald: killed 30 people denied
          "It withdrew the toll of # dead")");
  const Figure& figure = played.ledger.figures.front();
  const absl::Time revised = TimeOfScript("2024-03-02T10:00");
  const auto known = [&](const char* when) {
    std::string values;
    const auto withdrawn = [&](const KnownClaim& claim) {
      return claim.article_id == "a1" ? revised : absl::InfinitePast();
    };
    for (const KnownClaim& claim : AsKnownAt(figure, TimeOfScript(when), withdrawn).claims) {
      absl::StrAppend(&values, claim.quote_text, claim.withdrawn ? "- " : "+ ");
    }
    return values;
  };
  EXPECT_EQ(known("2024-03-01T11:00"), "12+ ");
  EXPECT_EQ(known("2024-03-01T13:00"), "12+ 30+ ");
  EXPECT_EQ(known("2024-03-02T11:00"), "12- 30+ 25+ ");
  EXPECT_EQ(known("2024-03-03T11:00"), "12- 30- 25+ 30+ ");
}

}  // namespace
}  // namespace claimwatch
