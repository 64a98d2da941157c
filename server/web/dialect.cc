#include "server/web/dialect.h"

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "server/rpc/status.h"
#include "server/web/connect.h"
#include "server/web/grpc_web.h"

namespace claimwatch {
namespace {

absl::string_view View(std::string_view text) { return {text.data(), text.size()}; }

bool IsGrpcWeb(std::string_view type) {
  return type == "application/grpc-web" || type == "application/grpc-web+proto";
}
bool IsGrpcWebText(std::string_view type) {
  return type == "application/grpc-web-text" || type == "application/grpc-web-text+proto";
}

const Dialect* FindGrpcWeb(const HttpRequest& request, bool text) {
  static const GrpcWeb kBinary(false, false), kText(true, true), kBinaryToText(false, true),
      kTextToBinary(true, false);
  const std::string accept = MediaType(request.Field("accept"));
  const bool writes_text = IsGrpcWebText(accept) || (text && !IsGrpcWeb(accept));
  if (text) return writes_text ? &kText : &kTextToBinary;
  return writes_text ? &kBinaryToText : &kBinary;
}

const Dialect* FindForPost(const HttpRequest& request, const WebMethod& method) {
  static const ConnectUnary kProto(false, false), kJson(true, false);
  static const ConnectStream kStreamProto(false), kStreamJson(true);
  const std::string type = MediaType(request.Field("content-type"));
  if (IsGrpcWeb(type) || IsGrpcWebText(type)) return FindGrpcWeb(request, IsGrpcWebText(type));
  if (method.server_streaming || method.client_streaming) {
    if (type == "application/connect+proto") return &kStreamProto;
    if (type == "application/connect+json") return &kStreamJson;
    return nullptr;
  }
  if (type == "application/proto") return &kProto;
  if (type == "application/json") return &kJson;
  return nullptr;
}

const Dialect* FindForGet(const HttpRequest& request) {
  static const ConnectUnary kProto(false, true), kJson(true, true);
  const std::string query = absl::StrCat("&", request.query, "&");
  if (absl::StrContains(query, "&encoding=json&")) return &kJson;
  if (absl::StrContains(query, "&encoding=proto&")) return &kProto;
  return nullptr;
}

// "100m" of at most eight digits.
bool ReadGrpcTimeout(std::string_view text, absl::Duration& timeout) {
  std::int64_t count = 0;
  if (text.size() < 2 || text.size() > 9 || text[0] < '0' || text[0] > '9' ||
      !absl::SimpleAtoi(View(text.substr(0, text.size() - 1)), &count)) {
    return false;
  }
  switch (text.back()) {
    case 'H':
      timeout = absl::Hours(count);
      return true;
    case 'M':
      timeout = absl::Minutes(count);
      return true;
    case 'S':
      timeout = absl::Seconds(count);
      return true;
    case 'm':
      timeout = absl::Milliseconds(count);
      return true;
    case 'u':
      timeout = absl::Microseconds(count);
      return true;
    case 'n':
      timeout = absl::Nanoseconds(count);
      return true;
    default:
      return false;
  }
}

bool ReadConnectTimeout(std::string_view text, absl::Duration& timeout) {
  std::int64_t count = 0;
  if (text.size() > 10 || !absl::SimpleAtoi(View(text), &count) || count < 0) return false;
  timeout = absl::Milliseconds(count);
  return true;
}

}  // namespace

const Dialect* FindDialect(const HttpRequest& request, const WebMethod& method) {
  if (request.method == "POST") return FindForPost(request, method);
  if (request.method == "GET" && method.no_side_effects && !method.server_streaming) {
    return FindForGet(request);
  }
  return nullptr;
}

HttpResponse UnknownMethod(const HttpRequest& request) {
  const RpcResult unknown =
      Failed({.code = absl::StatusCode::kUnimplemented,
              .reason = "METHOD_UNKNOWN",
              .message = absl::StrCat("there is no method ", Printable(request.path))});
  const std::string type = MediaType(request.Field("content-type"));
  if (absl::StartsWith(type, "application/grpc-web")) {
    WebMethod any;
    any.server_streaming = true;
    if (const Dialect* dialect = FindForPost(request, any)) return dialect->Answer(any, unknown);
  }
  HttpResponse response = ConnectUnary(true, false).Answer({}, unknown);
  response.status = 404;
  return response;
}

absl::StatusOr<absl::Duration> ReadTimeout(const HttpRequest& request) {
  absl::Duration timeout = absl::InfiniteDuration();
  const std::string_view grpc = request.Field("grpc-timeout");
  if (!grpc.empty() && !ReadGrpcTimeout(grpc, timeout)) {
    return absl::InvalidArgumentError("has a malformed Grpc-Timeout");
  }
  const std::string_view connect = request.Field("connect-timeout-ms");
  if (!connect.empty() && !ReadConnectTimeout(connect, timeout)) {
    return absl::InvalidArgumentError("has a malformed Connect-Timeout-Ms");
  }
  return timeout;
}

}  // namespace claimwatch
