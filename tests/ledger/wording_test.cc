#include "server/ledger/wording.h"

#include <gtest/gtest.h>

#include "tests/ledger/story_script.h"

namespace claimwatch {
namespace {

std::string SummaryOf(const char* script) {
  const Played played = Play(script);
  return played.events.empty() ? "" : played.events.back().alert.summary;
}

TEST(Wording, ALineAsAPersonWouldWriteIt) {
  EXPECT_EQ(SummaryOf(R"(
      2022-01-11T09:00 a1 paper.example: killed 164 people by=the_Health_Ministry
      2022-01-15T09:45 a2 wire.example: killed 225 people by=Prosecutor_General)"),
            "Death toll raised: 225 (Prosecutor General, via wire.example) against 164 (Health "
            "Ministry, via paper.example, 4 days earlier)");
  EXPECT_EQ(SummaryOf(R"(
      2024-03-01T10:00 a1 wire.example: killed 18 police
      2024-03-01T18:00 a2 wire.example: killed 16 police)"),
            "Death toll, police lowered: 16 (wire.example) against 18 (wire.example, 8 hours "
            "earlier)");
  EXPECT_EQ(
      SummaryOf(R"(
      2024-03-01T10:00 a1 wire.example: deployed 2500 peacekeeper
      2024-03-06T10:00 a2 wire.example: deployed 2030 peacekeeper)"),
      "Deployed, peacekeepers lowered: 2030 (wire.example) against 2500 (wire.example, 5 days "
      "earlier)");
  EXPECT_EQ(SummaryOf(R"(
      2024-03-01T10:00 a1 wire.example: damaged 12 house
      2024-03-01T10:40 a2 post.example: damaged 40 house)"),
            "Houses damaged disputed: 40 (post.example) against 12 (wire.example, 40 minutes "
            "earlier)");
  EXPECT_EQ(SummaryOf(R"(
      2024-03-01T10:00 a1 wire.example: killed 164 people
      2024-03-02T10:00 a2 post.example: killed 164 people denied
          "It withdrew the toll of # dead")"),
            "Death toll taken back: 164 (wire.example), says post.example");
  EXPECT_EQ(SummaryOf(R"(
      2024-03-01T10:00 a1 wire.example: killed 5 people
      2024-03-01T18:00 a2 post.example: killed 50 people
      2024-03-01T20:00 RETRACT a2 a typing error)"),
            "Death toll taken back: 50 (post.example); again 5 (wire.example)");
  EXPECT_EQ(SummaryOf(R"(
      2024-03-01T18:00 a2 post.example: killed 50 people
      2024-03-01T20:00 RETRACT a2 a typing error)"),
            "Death toll taken back: 50 (post.example)");
}

TEST(Wording, ValuesAsTheyWereWritten) {
  KnownClaim claim = ClaimOfScript("killed 12 people");
  claim.quote_text = "At least 12";
  EXPECT_EQ(TellValue(claim), "at least 12");
  claim.quote_text = "";
  EXPECT_EQ(TellValue(claim), "12");
  claim.claim.quantity = QuantityOfScript(">=1234567");
  EXPECT_EQ(TellValue(claim), "at least 1,234,567");
  claim.claim.quantity = QuantityOfScript("~1500");
  EXPECT_EQ(TellValue(claim), "about 1,500");
  claim.claim.quantity = QuantityOfScript("40..60");
  EXPECT_EQ(TellValue(claim), "40 to 60");
  claim.claim.quantity = QuantityOfScript("<=50");
  EXPECT_EQ(TellValue(claim), "up to 50");
}

Severity SeverityOfChange(const char* known, const char* fresh) {
  Alert alert;
  alert.current = ClaimOfScript(fresh);
  alert.previous = {ClaimOfScript(known)};
  return SeverityOf(alert, *ScriptMeasure(alert.current.measure));
}

TEST(Wording, SeverityGrowsWithMeasureRatioAndSize) {
  EXPECT_EQ(SeverityOfChange("count 7 bridge", "count 8 bridge"), Severity::kLow);
  EXPECT_EQ(SeverityOfChange("arrested 7 people", "arrested 20 people"), Severity::kMedium);
  EXPECT_EQ(SeverityOfChange("killed 24 people", "killed 25 people"), Severity::kMedium);
  EXPECT_EQ(SeverityOfChange("killed 12 people", "killed 30 people"), Severity::kHigh);
  EXPECT_EQ(SeverityOfChange("killed 12 people", "killed 300 people"), Severity::kCritical);
}

}  // namespace
}  // namespace claimwatch
