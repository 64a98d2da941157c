#include "client/cli/alert_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/client/fake_daemon.h"

namespace claimwatch::cli {
namespace {

namespace pb = ::claimwatch::v1;
using client::SampleAlert;

TEST(AlertText, ReadsLikeThis) {
  EXPECT_EQ(
      AlertText(SampleAlert("al2"), {}),
      "RAISED  critical  Death toll raised: 12 (Health Ministry) against 5 (police, 2 hours "
      "earlier)\n"
      "  now     “The quake killed [12] people.”\n"
      "          the Health Ministry, via herald.example · 2022-01-10 09:00 UTC · article herald-1 "
      "· claim c9\n"
      "  against “Police counted [five] dead bodies”\n"
      "          police, via herald.example · 2022-01-10 09:00 UTC · article herald-1 · claim c4\n"
      "  why     newer and higher\n"
      "  ids     alert al2 · story s1 · figure f3 · 2 origins against 1\n");
}

TEST(AlertText, WrapsAtTheWidthOfTheTerminal) {
  EXPECT_THAT(AlertText(SampleAlert("al2"), {false, 60}),
              testing::StartsWith("RAISED  critical  Death toll raised: 12 (Health Ministry)\n"
                                  "                  against 5 (police, 2 hours earlier)\n"));
}

TEST(AlertText, ColourTellsTheSeverity) {
  EXPECT_THAT(AlertText(SampleAlert("al2"), {true, 0}),
              testing::StartsWith("\x1b[1;31mRAISED\x1b[0m  \x1b[1;31mcritical\x1b[0m  "));
}

TEST(AlertText, NothingFromAnArticleReachesTheTerminalRaw) {
  pb::Alert alert = SampleAlert("al2");
  const std::string evil = "\x1b[2J\xe2\x80\xae";
  for (pb::Claim* claim : {alert.mutable_current(), alert.mutable_previous(0)}) {
    claim->set_source(evil);
    claim->set_attribution(evil);
    claim->set_article_id(evil);
    claim->mutable_sentence()->set_text(evil);
  }
  alert.set_summary(evil);
  alert.set_reason(evil);
  alert.mutable_acknowledgement()->set_by(evil);
  const std::string text = AlertText(alert, {});
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find("\xe2\x80\xae"), std::string::npos);
}

pb::AlertEvent Event(pb::AlertEvent::Change change) {
  pb::AlertEvent event;
  event.set_position(7);
  event.set_change(change);
  *event.mutable_alert() = SampleAlert("al2");
  return event;
}

TEST(AlertEventText, ANewAlertIsToldInFull) {
  for (const auto change : {pb::AlertEvent::CHANGE_OPENED, pb::AlertEvent::CHANGE_SNAPSHOT}) {
    EXPECT_EQ(AlertEventText(Event(change), {}), AlertText(SampleAlert("al2"), {}));
  }
}

TEST(AlertEventText, WhatHappensToItBeginsSmall) {
  pb::AlertEvent event = Event(pb::AlertEvent::CHANGE_SUPERSEDED);
  event.mutable_alert()->set_state(pb::Alert::STATE_SUPERSEDED);
  event.mutable_alert()->set_superseded_by_alert_id("al5");
  EXPECT_EQ(AlertEventText(event, {}),
            "superseded  al2  by al5\n"
            "  what    RAISED  critical  Death toll raised: 12 (Health Ministry) against 5 "
            "(police, 2 hours earlier)\n"
            "  why     newer and higher\n");
  event = Event(pb::AlertEvent::CHANGE_ACKNOWLEDGED);
  event.mutable_alert()->mutable_acknowledgement()->set_by("desk");
  event.mutable_alert()->mutable_acknowledgement()->set_note("checked");
  EXPECT_THAT(AlertEventText(event, {}), testing::StartsWith("acknowledged  al2\n"));
  EXPECT_THAT(AlertEventText(event, {}), testing::EndsWith("  seen    seen by desk: checked\n"));
}

TEST(AlertText, ARetractionMayLeaveNoClaim) {
  pb::Alert alert = SampleAlert("al2");
  alert.clear_current();
  alert.set_state(pb::Alert::STATE_WITHDRAWN);
  EXPECT_THAT(AlertText(alert, {}), testing::Not(testing::HasSubstr("now ")));
  EXPECT_THAT(AlertText(alert, {}), testing::HasSubstr(" · withdrawn\n"));
}

}  // namespace
}  // namespace claimwatch::cli
