// HTML from a feed, as the plain text that the daemon reads: paragraphs parted by a blank line.
//
// One pass, no tree: tags are dropped, the content of script, style and the like with them, and
// entities read once, so that "&amp;lt;b&amp;gt;" stays text. What comes out is text whatever went
// in; no markup is interpreted, nothing is fetched. Tested by tests/exchange/exchange_test.cc.
#pragma once

#include <string>
#include <string_view>

namespace claimwatch::exchange {

// Never fails; linear in the size of `html`. Bytes that are not UTF-8 pass through.
std::string TextOfHtml(std::string_view html);

}  // namespace claimwatch::exchange
