// One HTTP request, bounded: size, time, redirects, and no scheme but http and https.
//
// On libcurl. Blocking; a handle is made for each call, so that calls may come from any thread.
// Tested by tests/exchange/feed_relay_test.py.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace claimwatch::exchange {

struct HttpRequest {
  std::string url;
  std::map<std::string, std::string> headers;
  std::string body;  // Empty: GET. Otherwise POST, which follows no redirect.
  absl::Duration timeout = absl::Seconds(30);
  std::size_t bytes_max = 8 << 20;  // Of the answer, unpacked.
};

struct HttpAnswer {
  int code = 0;
  std::map<std::string, std::string> headers;  // Names in small letters; of the last answer.
  std::string body;
};

// UNAVAILABLE: no answer; RESOURCE_EXHAUSTED: an answer larger than bytes_max; INVALID_ARGUMENT:
// not an address that we fetch. An answer of any code is OK.
absl::StatusOr<HttpAnswer> Fetch(const HttpRequest& request);

// What "Retry-After" says: seconds or a date. Zero: nothing.
absl::Duration RetryAfter(const HttpAnswer& answer, absl::Time now);

}  // namespace claimwatch::exchange
