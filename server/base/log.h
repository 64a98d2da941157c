// Logging: one line an event, as text for people or JSON for machines, on standard error.
//
// Use Log()->info("ingested {} articles", n). Values that come from outside (article text, ids,
// peers) pass through LogSafe() first, so that no article can forge a log line or move a terminal's
// cursor. Tested by tests/base/log_test.cc.
#pragma once

#include <spdlog/spdlog.h>

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace claimwatch {

enum class LogFormat { kText, kJson };

// Sets up the process's logger. Call once, before other threads start.
// `level`: trace, debug, info, warning, error; anything else is INVALID_ARGUMENT.
absl::Status SetUpLog(LogFormat format, std::string_view level);

// The process's logger; a plain text one at level info before SetUpLog. Thread-safe.
spdlog::logger* Log();

// `text` with control characters, quotes and backslashes escaped, cut at 200 bytes with "...".
std::string LogSafe(std::string_view text);

}  // namespace claimwatch
