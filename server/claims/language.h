// Language: whether an article is one we read (English, for now).
//
// A declared language decides; without one, the share of English function words among the first
// tokens does. Tested by tests/claims/reader_test.cc.
#pragma once

#include <string_view>

#include "server/text/document.h"

namespace claimwatch {

// `declared` is BCP 47 ("en", "en-GB", "fr"); empty: look at the text.
bool IsEnglish(std::string_view declared, const Document& title, const Document& body);

}  // namespace claimwatch
