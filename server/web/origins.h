// Origins: which web pages may call the daemon from a browser.
//
// Pages that the daemon itself serves may, others only where the operator names their origin. Every
// request with an Origin is checked, not only preflights. On a loopback address the Host is checked
// too: a page of a foreign name that resolves to 127.0.0.1 would be of the same origin otherwise.
// Immutable, thread-safe. Tested by tests/web/origins_test.cc.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "server/web/http.h"

namespace claimwatch {

class Origins {
 public:
  // `allowed`: as browsers spell them, "https://board.example". INVALID_ARGUMENT names one that is
  // spelt otherwise. `loopback`: all addresses that are listened on are this machine's own.
  static absl::StatusOr<Origins> Make(std::vector<std::string> allowed, bool loopback);

  // The answer to a preflight or to a request that must not be served; nothing: go on.
  std::optional<HttpResponse> Intercept(const HttpRequest& request) const;

  // What the answer must carry, so that the page may read it.
  HttpFields ResponseFields(const HttpRequest& request) const;

 private:
  Origins(std::vector<std::string> allowed, bool loopback)
      : allowed_(std::move(allowed)), loopback_(loopback) {}

  bool IsAllowed(std::string_view origin) const;
  bool IsOurHost(std::string_view host) const;

  std::vector<std::string> allowed_;
  bool loopback_;
};

}  // namespace claimwatch
