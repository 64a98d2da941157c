#include "server/web/rpc_handler.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "server/base/trace.h"
#include "server/rpc/status.h"
#include "server/web/alert_outlet.h"
#include "server/web/limits.h"
#include "server/web/stream_relay.h"

namespace claimwatch {
namespace {

constexpr std::string_view kSubscribe = "/claimwatch.v1.AlertService/SubscribeAlerts";

HttpResponse NoDialect(const HttpRequest& request, const WebMethod& method) {
  if (request.method != "POST" && !(request.method == "GET" && method.no_side_effects)) {
    HttpResponse refused = PlainResponse(405, "calls are made by POST\n");
    refused.fields.emplace_back("allow", method.no_side_effects ? "GET, POST" : "POST");
    return refused;
  }
  const bool streams = method.server_streaming || method.client_streaming;
  HttpResponse refused = PlainResponse(
      415, request.method == "GET" ? "say ?encoding=json&message={...}\n"
                                   : "this content type is not spoken here; see Accept-Post\n");
  refused.fields.emplace_back(
      "accept-post", absl::StrCat(streams ? "application/connect+json, application/connect+proto"
                                          : "application/json, application/proto",
                                  ", application/grpc-web+proto, application/grpc-web-text+proto"));
  return refused;
}

RpcResult Refused(const absl::Status& status) {
  const std::string message(status.message());
  if (absl::IsUnimplemented(status)) {
    return Failed({.code = status.code(), .reason = "ENCODING_UNKNOWN", .message = message});
  }
  return Malformed(message);
}

RpcResult NoUploads() {
  return Failed({.code = absl::StatusCode::kUnimplemented,
                 .reason = "STREAM_NOT_OVER_HTTP",
                 .message = "streams from the client need gRPC; over HTTP call IngestArticle"});
}

using Request = v1::SubscribeAlertsRequest;

bool ReadStart(std::string_view word, Request& request) {
  if (word == "now") request.set_start_point(Request::START_POINT_NOW);
  if (word == "beginning") request.set_start_point(Request::START_POINT_BEGINNING);
  if (word == "snapshot") request.set_start_point(Request::START_POINT_SNAPSHOT);
  return request.start_case() != Request::START_NOT_SET;
}

absl::StatusOr<Request> ReadEventsRequest(const HttpRequest& http) {
  const absl::StatusOr<HttpFields> parts = ReadQuery(http.query);
  if (!parts.ok()) return parts.status();
  Request request;
  for (const auto& [name, value] : *parts) {
    if (name == "filter") {
      request.set_filter(value);
    } else if (name == "client_id") {
      request.set_client_id(value);
    } else if (name == "resume_token") {
      request.set_resume_token(value);
    } else if (name == "start") {
      if (!ReadStart(value, request)) {
        return absl::InvalidArgumentError("has a start that is none of now, beginning, snapshot");
      }
    } else {
      return absl::InvalidArgumentError(
          absl::StrCat("has an unknown part \"", Printable(name),
                       "\"; known are filter, start, resume_token and client_id"));
    }
  }
  const std::string_view last = http.Field("last-event-id");
  if (!last.empty()) request.set_resume_token(std::string(last));
  return request;
}

Caller CallerOf(const HttpRequest& http) {
  const std::string_view header = http.Field("authorization");
  std::string token(TokenOfHeader(header));
  if (token.empty() && !header.empty()) token = "none";  // Something was sent, and it is no token.
  return {std::move(token), http.certificates, http.peer};
}

}  // namespace

void RpcHandler::Handle(const std::shared_ptr<Exchange>& exchange) {
  const HttpRequest& request = exchange->request;
  const WebMethod* method = methods_.Find(request.path);
  if (method == nullptr) return exchange->Answer(UnknownMethod(request));
  const Dialect* dialect = FindDialect(request, *method);
  if (dialect == nullptr) return exchange->Answer(NoDialect(request, *method));
  if (method->client_streaming) {
    return exchange->Answer(dialect->Answer(*method, NoUploads()));
  }
  if (request.body.size() <= kHttpInlineBytesMax) return ReadAndCall(exchange, *dialect, *method);
  pool_.Run([this, exchange, dialect, method] { ReadAndCall(exchange, *dialect, *method); });
}

// On the connection's thread or in the pool.
void RpcHandler::ReadAndCall(const std::shared_ptr<Exchange>& exchange, const Dialect& dialect,
                             const WebMethod& method) {
  absl::StatusOr<std::string> message = dialect.ReadMessage(exchange->request, method);
  const absl::StatusOr<absl::Duration> timeout = ReadTimeout(exchange->request);
  const absl::Status bad = !message.ok() ? message.status() : timeout.status();
  if (!bad.ok()) {
    exchange->Post([exchange, &dialect, &method, bad] {
      exchange->Answer(dialect.Answer(method, Refused(bad)));
    });
    return;
  }
  RpcRequest request{.path = method.path,
                     .message = *std::move(message),
                     .metadata = ForwardedMetadata(exchange->request),
                     .timeout = *timeout};
  std::string().swap(exchange->request.body);
  exchange->Post([this, exchange, &dialect, &method, request = std::move(request)] {
    Call(exchange, dialect, method, request);
  });
}

void RpcHandler::Call(const std::shared_ptr<Exchange>& exchange, const Dialect& dialect,
                      const WebMethod& method, const RpcRequest& request) {
  if (exchange->is_over()) return;
  if (!method.server_streaming) return CallUnary(exchange, dialect, method, request);
  if (method.path == kSubscribe) {
    Request message;
    if (!message.ParseFromString(request.message)) {
      return exchange->Answer(dialect.Answer(method, Malformed("is no SubscribeAlertsRequest")));
    }
    return Subscribe(exchange, dialect, method, message, request.timeout);
  }
  const auto relay = std::make_shared<StreamRelay>(exchange, dialect, method, pool_);
  relay->Start(calls_.stub(), request, calls_.Begin());
}

void RpcHandler::CallUnary(const std::shared_ptr<Exchange>& exchange, const Dialect& dialect,
                           const WebMethod& method, const RpcRequest& request) {
  const auto done = [this, exchange, &dialect, &method](RpcResult result) {
    const auto answer = [exchange, &dialect, &method, result = std::move(result)] {
      exchange->Post([exchange, response = dialect.Answer(method, result)]() mutable {
        exchange->Answer(std::move(response));
      });
    };
    if (dialect.is_json()) {
      pool_.Run(answer);
    } else {
      answer();
    }
  };
  exchange->on_gone = calls_.CallUnary(request, done);
}

void RpcHandler::Subscribe(const std::shared_ptr<Exchange>& exchange, const Dialect& dialect,
                           const WebMethod& method, const Request& message,
                           absl::Duration timeout) {
  std::shared_ptr<AlertStream> stream;
  const TraceScope trace(TraceIdOf(exchange->request.Field("traceparent")));
  if (const Outcome bad = hub_.Open(message, CallerOf(exchange->request), stream)) {
    return exchange->Answer(dialect.Answer(method, Failed(*bad)));
  }
  const WebAlertOutlet::Way way{dialect, method, encoder_, pool_, stream_bytes_max_};
  std::make_shared<WebAlertOutlet>(exchange, way, std::move(stream))->Start(timeout);
}

void RpcHandler::HandleEvents(const std::shared_ptr<Exchange>& exchange) {
  const Dialect& dialect = EventsDialect();
  const WebMethod& method = *methods_.Find(kSubscribe);
  const absl::StatusOr<Request> request = ReadEventsRequest(exchange->request);
  if (!request.ok()) {
    return exchange->Answer(dialect.Answer(method, Refused(request.status())));
  }
  Subscribe(exchange, dialect, method, *request, absl::InfiniteDuration());
}

}  // namespace claimwatch
