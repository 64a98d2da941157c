#include "server/web/origins.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "server/base/log.h"

namespace claimwatch {
namespace {

constexpr char kAllowedHeaders[] =
    "Authorization, Connect-Protocol-Version, Connect-Timeout-Ms, Content-Encoding, Content-Type, "
    "Grpc-Timeout, Last-Event-ID, Traceparent, Tracestate, X-Grpc-Web, X-User-Agent";
constexpr char kExposedHeaders[] = "Grpc-Status, Grpc-Message, Grpc-Status-Details-Bin";

absl::string_view View(std::string_view text) { return {text.data(), text.size()}; }

// "https://board.example:8443" -> "board.example:8443"; empty: no origin of the web.
std::string_view HostOf(std::string_view origin) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (origin.starts_with(scheme)) return origin.substr(scheme.size());
  }
  return {};
}

// "[::1]:7412" -> "[::1]"
std::string_view WithoutPort(std::string_view host) {
  const std::size_t colon = host.rfind(':');
  const std::size_t bracket = host.rfind(']');
  if (colon == std::string_view::npos) return host;
  if (bracket != std::string_view::npos && bracket > colon) return host;
  return host.substr(0, colon);
}

// No name of any domain: pages cannot be made to be of such an origin by others.
bool IsNumeric(std::string_view name) {
  if (name.starts_with('[')) return true;
  return !name.empty() && name.find_first_not_of("0123456789.") == std::string_view::npos;
}

}  // namespace

absl::StatusOr<Origins> Origins::Make(std::vector<std::string> allowed, bool loopback) {
  for (const std::string& origin : allowed) {
    const std::string_view host = HostOf(origin);
    const bool plain = origin == absl::AsciiStrToLower(origin) &&
                       host.find_first_of("/?#@ *") == std::string_view::npos;
    if (host.empty() || !plain) {
      return absl::InvalidArgumentError(
          absl::StrCat("\"", LogSafe(origin),
                       "\" is no origin; write it as browsers do: https://board.example or "
                       "http://localhost:5173, in lower case and without a path"));
    }
  }
  return Origins(std::move(allowed), loopback);
}

bool Origins::IsAllowed(std::string_view origin) const {
  return std::find(allowed_.begin(), allowed_.end(), origin) != allowed_.end();
}

bool Origins::IsOurHost(std::string_view host) const {
  const std::string name = absl::AsciiStrToLower(View(WithoutPort(host)));
  if (name == "localhost" || name.ends_with(".localhost") || IsNumeric(name)) return true;
  return std::any_of(allowed_.begin(), allowed_.end(), [&](const std::string& origin) {
    return WithoutPort(HostOf(origin)) == name;
  });
}

std::optional<HttpResponse> Origins::Intercept(const HttpRequest& request) const {
  const std::string_view origin = request.Field("origin");
  const std::string_view host = request.Field("host");
  if (loopback_ && !IsOurHost(host)) {
    return PlainResponse(421,
                         "this daemon serves its own machine only; add the page's origin to "
                         "http_origins\n");
  }
  if (origin.empty()) return std::nullopt;
  const bool same = absl::EqualsIgnoreCase(View(HostOf(origin)), View(host)) && !host.empty();
  if (!same && !IsAllowed(origin)) {
    return PlainResponse(403, "pages of this origin may not call the daemon; see http_origins\n");
  }
  const bool preflight =
      request.method == "OPTIONS" && !request.Field("access-control-request-method").empty();
  if (!preflight) return std::nullopt;
  return HttpResponse{.status = 204,
                      .fields = {{"access-control-allow-methods", "GET, POST"},
                                 {"access-control-allow-headers", kAllowedHeaders},
                                 {"access-control-max-age", "7200"}}};
}

HttpFields Origins::ResponseFields(const HttpRequest& request) const {
  HttpFields fields;
  if (!allowed_.empty()) {
    fields.emplace_back("vary",
                        "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
  }
  const std::string_view origin = request.Field("origin");
  if (!origin.empty() && IsAllowed(origin)) {
    fields.emplace_back("access-control-allow-origin", std::string(origin));
    fields.emplace_back("access-control-expose-headers", kExposedHeaders);
  }
  return fields;
}

}  // namespace claimwatch
