// Alerts as a person reads them: what happened, in one line; then both sentences with the figure
// marked, who says so and when, and why it is an alert.
//
// An event that opens an alert begins with its kind in capitals at the left margin; all else that
// happens to it begins with a small letter; what belongs to the line above is indented. So
// `grep '^[A-Z]'` finds the new ones. Tested by tests/client/alert_text_test.cc.
#pragma once

#include <string>

#include "claimwatch/v1/alert.pb.h"
#include "client/cli/look.h"

namespace claimwatch::cli {

// "RAISED  critical  Death toll raised: …", without a line end.
std::string AlertHeadline(const claimwatch::v1::Alert& alert, const Look& look);

// The whole alert, as it stands now; lines with their ends.
std::string AlertText(const claimwatch::v1::Alert& alert, const Look& look);

// What an event says; the whole alert when it is new.
std::string AlertEventText(const claimwatch::v1::AlertEvent& event, const Look& look);

}  // namespace claimwatch::cli
