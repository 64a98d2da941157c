#include "client/lib/client.h"

#include <grpcpp/client_context.h>

#include <optional>

#include "client/lib/status.h"

namespace claimwatch::client {
namespace {

// A backup copies the whole store before it answers.
constexpr absl::Duration kBackUpTimeout = absl::Hours(1);

}  // namespace

template <typename Service, typename Request, typename Response>
absl::StatusOr<Response> Client::Call(grpc::Status (Service::Stub::*method)(grpc::ClientContext*,
                                                                            const Request&,
                                                                            Response*),
                                      const Request& request, absl::Duration timeout, bool again) {
  Patience patience(connection_.options().retry, connection_.world());
  while (true) {
    if (cancelled_.HasBeenNotified()) return absl::CancelledError("interrupted");
    const std::shared_ptr<grpc::Channel> channel = connection_.Channel();
    const auto stub = Service::NewStub(channel);
    grpc::ClientContext context;
    connection_.Sign(context);
    context.set_deadline(absl::ToChronoTime(SystemClock().Now() + timeout));
    Response response;
    const absl::Status status = ToStatus(((*stub).*method)(&context, request, &response));
    if (status.ok()) return response;
    if (IsNoConnection(status)) {
      connection_.Drop(channel);
    } else {
      patience.Contact();
    }
    if (!again || !MayTryAgain(status)) return status;
    const std::optional<absl::Duration> delay =
        patience.AfterFailure(DetailsOf(status).retry_after.value_or(absl::ZeroDuration()));
    if (!delay.has_value()) return status;
    connection_.world().Wait(*delay, cancelled_);
  }
}

// One line a call, so that the list can be read against the contract.
#define CLAIMWATCH_CALL(service, name, timeout, again)                                \
  absl::StatusOr<pb::name##Response> Client::name(const pb::name##Request& request) { \
    return Call<pb::service>(&pb::service::Stub::name, request, timeout, again);      \
  }

CLAIMWATCH_CALL(ArticleService, RetractArticle, connection_.options().call_timeout, true)
CLAIMWATCH_CALL(ArticleService, GetArticle, connection_.options().call_timeout, true)
CLAIMWATCH_CALL(ClaimService, ExtractClaims, connection_.options().call_timeout, true)
CLAIMWATCH_CALL(ClaimService, ListClaims, connection_.options().call_timeout, true)
CLAIMWATCH_CALL(ClaimService, CompareClaims, connection_.options().call_timeout, true)
CLAIMWATCH_CALL(StoryService, ListStories, connection_.options().call_timeout, true)
CLAIMWATCH_CALL(StoryService, GetStory, connection_.options().call_timeout, true)
CLAIMWATCH_CALL(StoryService, ListFigures, connection_.options().call_timeout, true)
CLAIMWATCH_CALL(StoryService, GetFigure, connection_.options().call_timeout, true)
CLAIMWATCH_CALL(StoryService, MergeStories, connection_.options().call_timeout, false)
CLAIMWATCH_CALL(StoryService, SplitStory, connection_.options().call_timeout, false)
CLAIMWATCH_CALL(AlertService, ListAlerts, connection_.options().call_timeout, true)
CLAIMWATCH_CALL(AlertService, GetAlert, connection_.options().call_timeout, true)
CLAIMWATCH_CALL(AlertService, AcknowledgeAlert, connection_.options().call_timeout, true)
CLAIMWATCH_CALL(AlertService, CreateSubscription, connection_.options().call_timeout, true)
CLAIMWATCH_CALL(AlertService, GetSubscription, connection_.options().call_timeout, true)
CLAIMWATCH_CALL(AlertService, ListSubscriptions, connection_.options().call_timeout, true)
CLAIMWATCH_CALL(AlertService, DeleteSubscription, connection_.options().call_timeout, true)
CLAIMWATCH_CALL(AlertService, SeekSubscription, connection_.options().call_timeout, true)
CLAIMWATCH_CALL(AlertService, SettleAlerts, connection_.options().call_timeout, true)
CLAIMWATCH_CALL(AlertService, ListParkedAlerts, connection_.options().call_timeout, true)
CLAIMWATCH_CALL(AlertService, ReplayParkedAlerts, connection_.options().call_timeout, true)
CLAIMWATCH_CALL(AdminService, GetStatus, connection_.options().call_timeout, true)
CLAIMWATCH_CALL(AdminService, BackUp, kBackUpTimeout, false)

#undef CLAIMWATCH_CALL

}  // namespace claimwatch::client
