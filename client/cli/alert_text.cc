#include "client/cli/alert_text.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "client/cli/safe_text.h"
#include "client/cli/wording.h"

namespace claimwatch::cli {

namespace pb = ::claimwatch::v1;

namespace {

constexpr std::size_t kIndent = 10;  // Where text begins, behind its label.

Ink InkOf(pb::Alert::Severity severity) {
  switch (severity) {
    case pb::Alert::SEVERITY_CRITICAL:
      return Ink::kBoldRed;
    case pb::Alert::SEVERITY_HIGH:
      return Ink::kRed;
    case pb::Alert::SEVERITY_MEDIUM:
      return Ink::kYellow;
    default:
      return Ink::kPlain;
  }
}

std::string Labelled(std::string_view label, std::string_view text, const Look& look) {
  std::string head = absl::StrCat("  ", absl::string_view(label.data(), label.size()));
  head.resize(kIndent, ' ');
  return absl::StrCat(look.Paint(Ink::kDim, head), Wrap(text, kIndent, look.columns), "\n");
}

std::string ClaimText(std::string_view label, const pb::Claim& claim, const Look& look) {
  std::string origin =
      absl::StrCat(SpeakerText(claim), " · ", TimeText(claim.publish_time()), " · article ",
                   SafeText(claim.article_id()), " · claim ", SafeText(claim.claim_id()));
  if (claim.withdrawn()) absl::StrAppend(&origin, " · withdrawn");
  return Labelled(label, SentenceText(claim, look), look) + Labelled("", origin, look);
}

std::string Ids(const pb::Alert& alert) {
  std::string ids =
      absl::StrCat("alert ", SafeText(alert.alert_id()), " · story ", SafeText(alert.story_id()),
                   " · figure ", SafeText(alert.figure_id()));
  if (alert.current_origin_count() > 0) {
    absl::StrAppend(&ids, " · ", CountText(alert.current_origin_count(), "origin", "origins"),
                    " against ", alert.previous_origin_count());
  }
  if (alert.state() != pb::Alert::STATE_OPEN) {
    absl::StrAppend(&ids, " · ", StateText(alert.state()));
    if (!alert.superseded_by_alert_id().empty()) {
      absl::StrAppend(&ids, " by ", SafeText(alert.superseded_by_alert_id()));
    }
  }
  return ids;
}

std::string AcknowledgementText(const pb::Acknowledgement& seen) {
  std::string text = absl::StrCat("seen by ", SafeText(seen.by()));
  if (!seen.note().empty()) absl::StrAppend(&text, ": ", SafeText(seen.note()));
  return text;
}

// "superseded  al2  by al5"
std::string ChangeText(const pb::AlertEvent& event) {
  const std::string name = EnumText(pb::AlertEvent::Change_Name(event.change()), "CHANGE_");
  std::string text =
      absl::StrCat(absl::AsciiStrToLower(name), "  ", SafeText(event.alert().alert_id()));
  if (!event.alert().superseded_by_alert_id().empty()) {
    absl::StrAppend(&text, "  by ", SafeText(event.alert().superseded_by_alert_id()));
  }
  return text;
}

}  // namespace

std::string AlertHeadline(const pb::Alert& alert, const Look& look) {
  const Ink ink = InkOf(alert.severity());
  const std::string kind = KindText(alert.kind());
  const std::string severity = SeverityText(alert.severity());
  const std::size_t indent = kind.size() + severity.size() + 4;
  return absl::StrCat(
      look.Paint(ink, kind), "  ", look.Paint(ink, severity), "  ",
      look.Paint(Ink::kBold, Wrap(SafeText(alert.summary()), indent, look.columns)));
}

std::string AlertText(const pb::Alert& alert, const Look& look) {
  std::string text = AlertHeadline(alert, look) + "\n";
  if (alert.has_current()) text += ClaimText("now", alert.current(), look);
  std::string_view label = alert.kind() == pb::Alert::KIND_BOUND_BROKEN ? "whole" : "against";
  for (const pb::Claim& claim : alert.previous()) {
    text += ClaimText(label, claim, look);
    label = "and";
  }
  if (!alert.reason().empty()) text += Labelled("why", SafeText(alert.reason()), look);
  if (alert.has_acknowledgement()) {
    text += Labelled("seen", AcknowledgementText(alert.acknowledgement()), look);
  }
  return text + Labelled("ids", look.Paint(Ink::kDim, Ids(alert)), look);
}

std::string AlertEventText(const pb::AlertEvent& event, const Look& look) {
  if (event.change() == pb::AlertEvent::CHANGE_OPENED ||
      event.change() == pb::AlertEvent::CHANGE_SNAPSHOT) {
    return AlertText(event.alert(), look);
  }
  const pb::Alert& alert = event.alert();
  std::string text = look.Paint(Ink::kCyan, ChangeText(event)) + "\n";
  text += Labelled("what", AlertHeadline(alert, {look.colour, 0}), look);
  if (event.change() == pb::AlertEvent::CHANGE_ACKNOWLEDGED) {
    return text + Labelled("seen", AcknowledgementText(alert.acknowledgement()), look);
  }
  if (!alert.reason().empty()) text += Labelled("why", SafeText(alert.reason()), look);
  return text;
}

}  // namespace claimwatch::cli
