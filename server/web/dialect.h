// Dialect: how a request is read and its answer written in one of the protocols that browsers
// speak, over the same bytes of the same messages.
//
//   gRPC-Web          application/grpc-web[+proto], application/grpc-web-text[+proto]
//   Connect, unary    application/proto, application/json; GET for what has no side effects
//   Connect, stream   application/connect+proto, application/connect+json
//   events            text/event-stream, for EventSource: one message an event, `id` its token
//
// Stateless and shared; what belongs to one call is handed in. The rules are those of gRPC's
// PROTOCOL-WEB.md, the Connect protocol and the HTML standard's server-sent events.
// Tested by tests/web/dialect_test.cc; over a socket by tests/web/http_calls_test.cc.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/web/http.h"
#include "server/web/methods.h"
#include "server/web/rpc_result.h"

namespace claimwatch {

class Dialect {
 public:
  virtual ~Dialect() = default;

  // The serialised message that the request carries. INVALID_ARGUMENT and UNIMPLEMENTED are the
  // caller's fault and become the answer.
  virtual absl::StatusOr<std::string> ReadMessage(const HttpRequest& request,
                                                  const WebMethod& method) const = 0;

  // The whole answer: to a unary call, or to a stream that ended before its first message.
  virtual HttpResponse Answer(const WebMethod& method, const RpcResult& result) const = 0;

  // A stream: its head, each of its messages, its end.
  virtual HttpResponse StreamHead() const = 0;
  virtual std::string StreamMessage(const WebMethod& method, const std::string& message) const = 0;
  virtual std::string StreamEnd(const RpcResult& result) const = 0;

  // Whether messages are told in JSON, which is dear to make.
  virtual bool is_json() const = 0;
};

// The dialect of a request for `method`, or null: no dialect of ours, or none for such a method.
const Dialect* FindDialect(const HttpRequest& request, const WebMethod& method);

// For a request whose method is not known: the answer in the words of its dialect.
HttpResponse UnknownMethod(const HttpRequest& request);

const Dialect& EventsDialect();

// How long the caller waits; infinite: it does not say. INVALID_ARGUMENT: a header that is wrong.
absl::StatusOr<absl::Duration> ReadTimeout(const HttpRequest& request);

// "invalid_argument"
std::string_view ConnectCode(grpc::StatusCode code);
int ConnectHttpStatus(grpc::StatusCode code);
// {"code":"not_found","message":"…","details":[…]}
std::string ConnectError(const grpc::Status& status);

}  // namespace claimwatch
