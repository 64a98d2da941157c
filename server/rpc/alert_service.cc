#include "server/rpc/alert_service.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/rpc/convert.h"
#include "server/rpc/limits.h"
#include "server/rpc/page_token.h"
#include "server/rpc/unary.h"

namespace claimwatch {
namespace {

Outcome ReadAlertId(const std::string& text, AlertId& id) {
  id = ParseAlertId(text).value_or(AlertId::kNone);
  if (id != AlertId::kNone) return std::nullopt;
  return InvalidField("alert_id", "is no alert id such as \"al2\"", "MALFORMED");
}

Outcome ReadStates(const v1::ListAlertsRequest& request, unsigned& states) {
  for (int i = 0; i < request.states_size(); ++i) {
    const std::optional<AlertState> state = FromProto(request.states(i));
    if (!state.has_value()) {
      return InvalidField(absl::StrCat("states[", i, "]"), "is no state", "UNKNOWN_VALUE");
    }
    states |= 1u << static_cast<unsigned>(*state);
  }
  return std::nullopt;
}

// The store selects by story and, where it is one, by state; the rest is selected here.
Outcome List(Rooms& rooms, const v1::ListAlertsRequest& request, v1::ListAlertsResponse& response) {
  Selector selector;
  FilterPtr filter;
  unsigned states = 0;
  Page page;
  if (Outcome bad = ReadSelector(request.selector(), "selector", selector)) return bad;
  if (Outcome bad = ReadFilter(request.filter(), "filter", rooms.filters.alerts, filter)) {
    return bad;
  }
  AddFilter(std::move(filter), rooms.filters.history, selector);
  if (Outcome bad = ReadStates(request, states)) return bad;
  if (Outcome bad = ReadPage(request, page)) return bad;

  AlertQuery query;
  query.story = selector.story;
  if (request.states_size() == 1) query.state = FromProto(request.states(0));
  if (selector.measures.size() == 1) query.measure = selector.measures.front();
  if (selector.min_severity != Severity::kLow) query.min_severity = selector.min_severity;
  query.before = static_cast<AlertId>(page.place);
  query.limit = page.size + 1;
  for (int looked = 0; looked < kPageScanMax;) {
    const absl::StatusOr<std::vector<Alert>> alerts = rooms.store.ListAlerts(query);
    if (!alerts.ok()) return FromStatus(alerts.status());
    for (const Alert& alert : *alerts) {
      if (response.alerts_size() == page.size) {
        response.set_next_page_token(page.TokenAt(static_cast<std::int64_t>(query.before)));
        return std::nullopt;
      }
      query.before = alert.id;
      const bool wanted = states == 0 || (states & (1u << static_cast<unsigned>(alert.state))) != 0;
      if (wanted && selector.Matches(alert, ChangeInto(alert.state))) {
        ToProto(alert, *response.add_alerts());
      }
    }
    if (static_cast<int>(alerts->size()) < query.limit) return std::nullopt;
    looked += static_cast<int>(alerts->size());
  }
  response.set_next_page_token(page.TokenAt(static_cast<std::int64_t>(query.before)));
  return std::nullopt;
}

Outcome Show(const ClaimStore& store, const std::string& text, v1::Alert& out) {
  AlertId id;
  if (Outcome bad = ReadAlertId(text, id)) return bad;
  const absl::StatusOr<Alert> alert = store.ReadAlert(id);
  if (!alert.ok()) return FromStatus(alert.status(), "Alert", text);
  ToProto(*alert, out);
  return std::nullopt;
}

Outcome CheckAcknowledge(const v1::AcknowledgeAlertRequest& request, AlertId& id) {
  if (Outcome bad = ReadAlertId(request.alert_id(), id)) return bad;
  if (request.by().empty()) return InvalidField("by", "is empty", "REQUIRED");
  const std::tuple<const char*, std::size_t, std::size_t> sizes[] = {
      {"by", request.by().size(), kByBytesMax},
      {"note", request.note().size(), kNoteBytesMax},
      {"request_id", request.request_id().size(), kRequestIdBytesMax}};
  for (const auto& [field, size, limit] : sizes) {
    if (size <= limit) continue;
    return InvalidField(field, absl::StrCat("is ", size, " bytes; the limit is ", limit),
                        "TOO_LARGE");
  }
  return std::nullopt;
}

}  // namespace

grpc::ServerWriteReactor<grpc::ByteBuffer>* AlertService::SubscribeAlerts(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request) {
  return hub_.Subscribe(context, *request);
}

grpc::ServerUnaryReactor* AlertService::ListAlerts(grpc::CallbackServerContext* context,
                                                   const v1::ListAlertsRequest* request,
                                                   v1::ListAlertsResponse* response) {
  return Answer(context, rooms_, "/claimwatch.v1.AlertService/ListAlerts", *request,
                [this, request, response] { return List(rooms_, *request, *response); });
}

grpc::ServerUnaryReactor* AlertService::GetAlert(grpc::CallbackServerContext* context,
                                                 const v1::GetAlertRequest* request,
                                                 v1::GetAlertResponse* response) {
  return Answer(context, rooms_, "/claimwatch.v1.AlertService/GetAlert", *request,
                [this, request, response] {
                  return Show(rooms_.store, request->alert_id(), *response->mutable_alert());
                });
}

grpc::ServerUnaryReactor* AlertService::AcknowledgeAlert(grpc::CallbackServerContext* context,
                                                         const v1::AcknowledgeAlertRequest* request,
                                                         v1::AcknowledgeAlertResponse* response) {
  constexpr char kPath[] = "/claimwatch.v1.AlertService/AcknowledgeAlert";
  const UnaryCall call(rooms_.calls, rooms_.metrics, kPath);
  if (!BeginUnary(call, rooms_, *context, kPath, *request)) return call.reactor();
  AlertId id;
  if (Outcome bad = CheckAcknowledge(*request, id)) {
    call.Finish(ToGrpc(bad));
    return call.reactor();
  }
  const auto told = [call, request, response](const absl::StatusOr<Alert>& alert) {
    if (alert.ok()) {
      ToProto(*alert, *response->mutable_alert());
      call.Finish(grpc::Status::OK);
    } else {
      call.Finish(ToGrpc(FromStatus(alert.status(), "Alert", request->alert_id())));
    }
  };
  RunOnPool(call, rooms_, [this, request, id, told] {
    const absl::StatusOr<Alert> before = rooms_.store.ReadAlert(id);
    const bool repeats = before.ok() && before->acknowledgement.by == request->by() &&
                         before->acknowledgement.note == request->note();
    if (!before.ok() || repeats) return told(before);
    rooms_.ingestor.Acknowledge(
        id, request->by(), request->note(), [this, told](absl::StatusOr<Alert> alert) {
          rooms_.pool.Run([told, alert = std::move(alert)] { told(alert); });
        });
  });
  return call.reactor();
}

}  // namespace claimwatch
