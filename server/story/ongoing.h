// Ongoing: does an article say itself that its event has been going on for some time?
//
// "1,400 killed since the uprising began", "the three-week-old strike", "oil is still gushing",
// "the toll has risen to": such an article is no late word on an old event, however long ago the
// last one came in. Linking then does not hold the gap against it. Crimes and accidents are left
// out: "since the shooting" is said of one of many. Words, not values; one pass over the tokens.
// Tested by tests/story/ongoing_test.cc.
#pragma once

#include <vector>

#include "server/text/document.h"

namespace claimwatch {

// `furniture`: by sentence of the body, what is not the article's.
bool IsOngoing(const Document& title, const Document& body, const std::vector<bool>& furniture);

}  // namespace claimwatch
