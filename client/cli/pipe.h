// A command of the user's, given something to read.
//
// Tested by tests/exchange/feed_relay_test.py and tests/client/consume_test.py.
#pragma once

#include <string>
#include <string_view>

namespace claimwatch::cli {

// Runs `command` with `text` as its standard input, and waits for it. Its exit code; -1 where it
// did not start or was ended by a signal. One that ends before it has read everything is no
// failure.
int RunWithInput(const std::string& command, std::string_view text);

}  // namespace claimwatch::cli
