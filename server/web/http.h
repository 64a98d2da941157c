// A request as the front reads it and a response as it writes it: values, without sockets.
//
// Tested by tests/web/wire_test.cc.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace claimwatch {

using HttpFields = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
  std::string method;  // "POST"
  std::string path;    // As sent, without the query: "/claimwatch.v1.AlertService/ListAlerts"
  std::string query;   // As sent, without "?"
  HttpFields fields;   // Names in lower case, in the order of the request.
  std::string body;
  std::string peer;                       // "127.0.0.1:40000"
  std::vector<std::string> certificates;  // Names in the peer's certificate, which TLS verified.
  int minor_version = 1;
  bool keep_alive = true;

  // The first field of this name (lower case); empty: there is none.
  std::string_view Field(std::string_view name) const;
};

struct HttpResponse {
  int status = 200;
  HttpFields fields = {};
  std::string body = {};
  std::shared_ptr<const std::string> file = {};  // Instead of `body`, shared by all who ask for it.

  std::string_view content() const { return file != nullptr ? *file : body; }
};

std::string_view ReasonPhrase(int status);

// "a%20b+c" -> "a b c"; INVALID_ARGUMENT: a % without two digits of hex.
absl::StatusOr<std::string> PercentDecode(std::string_view text, bool plus_is_space);
// As grpc-message and trailers want it: all but printable ASCII, and % itself.
std::string PercentEncode(std::string_view text);

// The parts of a query string, decoded. INVALID_ARGUMENT names the part that is malformed.
absl::StatusOr<HttpFields> ReadQuery(std::string_view query);

// The content type or the like in lower case, without parameters: "application/json".
std::string MediaType(std::string_view field);

HttpResponse PlainResponse(int status, std::string text);

}  // namespace claimwatch
