// Server-sent events: what a browser's EventSource reads. It reconnects by itself, with the last id
// in Last-Event-ID, but never after an answer other than 200; so what a caller should come back
// from is told with 200 and a time to wait.
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "claimwatch/v1/alert.pb.h"
#include "server/rpc/convert.h"
#include "server/web/dialect.h"
#include "server/web/json.h"

namespace claimwatch {
namespace {

class Events final : public Dialect {
 public:
  absl::StatusOr<std::string> ReadMessage(const HttpRequest&, const WebMethod&) const override {
    return absl::UnimplementedError("events are asked for by GET");
  }

  HttpResponse Answer(const WebMethod&, const RpcResult& result) const override {
    const grpc::StatusCode code = result.status.error_code();
    if (code == grpc::StatusCode::UNAVAILABLE || code == grpc::StatusCode::RESOURCE_EXHAUSTED) {
      HttpResponse response = StreamHead();
      response.body = StreamEnd(result);
      return response;
    }
    return {.status = ConnectHttpStatus(code),
            .fields = {{"content-type", "application/json"}, {"cache-control", "no-store"}},
            .body = ConnectError(result.status)};
  }

  HttpResponse StreamHead() const override {
    return {.fields = {{"content-type", "text/event-stream; charset=utf-8"},
                       {"cache-control", "no-store"},
                       {"x-accel-buffering", "no"}}};
  }

  std::string StreamMessage(const WebMethod& method, const std::string& message) const override {
    v1::SubscribeAlertsResponse read;
    if (!read.ParseFromString(message)) return {};
    std::string event;
    if (read.end().has_retry_after()) {
      const absl::Duration wait = FromProto(read.end().retry_after());
      absl::StrAppend(&event, "retry: ", absl::ToInt64Milliseconds(wait), "\n");
    }
    if (!read.resume_token().empty()) absl::StrAppend(&event, "id: ", read.resume_token(), "\n");
    const std::string json = ProtoToJson(method.output, message).value_or("{}");
    return absl::StrCat(event, "data: ", json, "\n\n");
  }

  std::string StreamEnd(const RpcResult& result) const override {
    return absl::StrCat("event: end\ndata: ", ConnectError(result.status), "\n\n");
  }

  bool is_json() const override { return true; }
};

}  // namespace

const Dialect& EventsDialect() {
  static const Events events;
  return events;
}

}  // namespace claimwatch
