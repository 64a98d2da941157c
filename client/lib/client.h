// Client: every unary call of the contract as a function, with deadlines and retries.
//
// A call is tried again where the daemon or the lack of one says that it may be (status.h), for as
// long as the retry policy allows; BackUp is not, since a second try finds the name taken if the
// first had succeeded. Errors are absl::Status with the daemon's details (DetailsOf). Tested by
// tests/client/client_test.cc.
#pragma once

#include "absl/status/statusor.h"
#include "absl/synchronization/notification.h"
#include "claimwatch/v1/admin.grpc.pb.h"
#include "claimwatch/v1/alert.grpc.pb.h"
#include "claimwatch/v1/article.grpc.pb.h"
#include "claimwatch/v1/claim.grpc.pb.h"
#include "claimwatch/v1/story.grpc.pb.h"
#include "client/lib/connection.h"

namespace claimwatch::client {

namespace pb = ::claimwatch::v1;

// Thread-safe.
class Client {
 public:
  // Borrowed; outlives us.
  explicit Client(Connection& connection) : connection_(connection) {}

  absl::StatusOr<pb::RetractArticleResponse> RetractArticle(const pb::RetractArticleRequest&);
  absl::StatusOr<pb::GetArticleResponse> GetArticle(const pb::GetArticleRequest&);

  absl::StatusOr<pb::ExtractClaimsResponse> ExtractClaims(const pb::ExtractClaimsRequest&);
  absl::StatusOr<pb::ListClaimsResponse> ListClaims(const pb::ListClaimsRequest&);
  absl::StatusOr<pb::CompareClaimsResponse> CompareClaims(const pb::CompareClaimsRequest&);

  absl::StatusOr<pb::ListStoriesResponse> ListStories(const pb::ListStoriesRequest&);
  absl::StatusOr<pb::GetStoryResponse> GetStory(const pb::GetStoryRequest&);
  absl::StatusOr<pb::ListFiguresResponse> ListFigures(const pb::ListFiguresRequest&);
  absl::StatusOr<pb::GetFigureResponse> GetFigure(const pb::GetFigureRequest&);
  absl::StatusOr<pb::MergeStoriesResponse> MergeStories(const pb::MergeStoriesRequest&);
  absl::StatusOr<pb::SplitStoryResponse> SplitStory(const pb::SplitStoryRequest&);

  absl::StatusOr<pb::ListAlertsResponse> ListAlerts(const pb::ListAlertsRequest&);
  absl::StatusOr<pb::GetAlertResponse> GetAlert(const pb::GetAlertRequest&);
  absl::StatusOr<pb::AcknowledgeAlertResponse> AcknowledgeAlert(const pb::AcknowledgeAlertRequest&);
  absl::StatusOr<pb::CreateSubscriptionResponse> CreateSubscription(
      const pb::CreateSubscriptionRequest&);
  absl::StatusOr<pb::GetSubscriptionResponse> GetSubscription(const pb::GetSubscriptionRequest&);
  absl::StatusOr<pb::ListSubscriptionsResponse> ListSubscriptions(
      const pb::ListSubscriptionsRequest&);
  absl::StatusOr<pb::DeleteSubscriptionResponse> DeleteSubscription(
      const pb::DeleteSubscriptionRequest&);
  absl::StatusOr<pb::SeekSubscriptionResponse> SeekSubscription(const pb::SeekSubscriptionRequest&);
  absl::StatusOr<pb::SettleAlertsResponse> SettleAlerts(const pb::SettleAlertsRequest&);
  absl::StatusOr<pb::ListParkedAlertsResponse> ListParkedAlerts(const pb::ListParkedAlertsRequest&);
  absl::StatusOr<pb::ReplayParkedAlertsResponse> ReplayParkedAlerts(
      const pb::ReplayParkedAlertsRequest&);

  absl::StatusOr<pb::GetStatusResponse> GetStatus(const pb::GetStatusRequest&);
  absl::StatusOr<pb::BackUpResponse> BackUp(const pb::BackUpRequest&);

  // Ends the waiting between tries: such calls, and later ones, end with CANCELLED. A try under way
  // comes to its own end. May be called from any thread, once.
  void Cancel() { cancelled_.Notify(); }

 private:
  template <typename Service, typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (Service::Stub::*method)(grpc::ClientContext*,
                                                                      const Request&, Response*),
                                const Request& request, absl::Duration timeout, bool again);

  Connection& connection_;
  absl::Notification cancelled_;
};

}  // namespace claimwatch::client
