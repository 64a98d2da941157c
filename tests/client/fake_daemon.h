// A daemon by script: it keeps to the contract's shape and fails where it is told to.
//
// Articles are "committed" into a list, each with one claim and, where the body holds "ALERT", one
// alert. The feed is that list of alerts; tokens are "t" and a position. Each stream takes the next
// entry of its script, and when there is none it goes well.
#pragma once

#include <grpcpp/grpcpp.h>

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "claimwatch/v1/admin.grpc.pb.h"
#include "claimwatch/v1/alert.grpc.pb.h"
#include "claimwatch/v1/article.grpc.pb.h"
#include "claimwatch/v1/claim.grpc.pb.h"

namespace claimwatch::client {

// An error as the daemon sends it, with ErrorInfo; with RetryInfo where `retry_after` is set.
grpc::Status RpcError(grpc::StatusCode code, const std::string& message, const std::string& reason,
                      std::optional<absl::Duration> retry_after = std::nullopt,
                      const std::map<std::string, std::string>& metadata = {});

struct IngestScript {
  int receipts = 0;                                        // Then the stream ends,
  grpc::Status status;                                     // with this,
  std::optional<absl::Duration> end_after = std::nullopt;  // announced by `end` with this delay.
  bool commits_more = false;  // What was read beyond the receipts is committed.
  bool wrong_order = false;   // Receipts come for other articles.
};

struct FeedScript {
  int events = 0;       // Then the stream ends,
  grpc::Status status;  // with this.
  bool split = false;   // The last of the events comes without a token.
  bool too_slow = false;
};

class FakeDaemon final : public claimwatch::v1::ArticleService::Service,
                         public claimwatch::v1::AlertService::Service,
                         public claimwatch::v1::ClaimService::Service,
                         public claimwatch::v1::AdminService::Service {
 public:
  // What the next streams and calls do; set before they come.
  std::deque<IngestScript> ingest_scripts;
  std::deque<FeedScript> feed_scripts;
  std::deque<grpc::Status> call_errors;  // of ListAlerts, BackUp and GetStatus

  // Adds to the feed.
  void Publish(const claimwatch::v1::Alert& alert);

  std::vector<std::string> committed() const;  // Article ids, in order.
  std::vector<int> batch_sizes() const;
  std::vector<claimwatch::v1::SubscribeAlertsRequest> subscriptions() const;
  int call_count() const;

  grpc::Status IngestArticles(
      grpc::ServerContext* context,
      grpc::ServerReaderWriter<claimwatch::v1::IngestArticlesResponse,
                               claimwatch::v1::IngestArticlesRequest>* stream) override;
  grpc::Status SubscribeAlerts(
      grpc::ServerContext* context, const claimwatch::v1::SubscribeAlertsRequest* request,
      grpc::ServerWriter<claimwatch::v1::SubscribeAlertsResponse>* writer) override;
  grpc::Status ListAlerts(grpc::ServerContext* context,
                          const claimwatch::v1::ListAlertsRequest* request,
                          claimwatch::v1::ListAlertsResponse* response) override;
  grpc::Status GetAlert(grpc::ServerContext* context,
                        const claimwatch::v1::GetAlertRequest* request,
                        claimwatch::v1::GetAlertResponse* response) override;
  grpc::Status ExtractClaims(grpc::ServerContext* context,
                             const claimwatch::v1::ExtractClaimsRequest* request,
                             claimwatch::v1::ExtractClaimsResponse* response) override;
  grpc::Status GetStatus(grpc::ServerContext* context,
                         const claimwatch::v1::GetStatusRequest* request,
                         claimwatch::v1::GetStatusResponse* response) override;
  grpc::Status BackUp(grpc::ServerContext* context, const claimwatch::v1::BackUpRequest* request,
                      claimwatch::v1::BackUpResponse* response) override;

 private:
  claimwatch::v1::Receipt Commit(const claimwatch::v1::Article& article,
                                 const claimwatch::v1::IngestOptions& options);
  grpc::Status NextCallError();
  std::optional<claimwatch::v1::AlertEvent> EventAfter(std::int64_t position) const;

  mutable absl::Mutex mu_;
  std::vector<std::string> committed_ ABSL_GUARDED_BY(mu_);
  std::vector<claimwatch::v1::AlertEvent> feed_ ABSL_GUARDED_BY(mu_);
  std::vector<int> batch_sizes_ ABSL_GUARDED_BY(mu_);
  std::vector<claimwatch::v1::SubscribeAlertsRequest> subscriptions_ ABSL_GUARDED_BY(mu_);
  int call_count_ ABSL_GUARDED_BY(mu_) = 0;
};

// A server in this process with channels to it.
class InProcess {
 public:
  explicit InProcess(FakeDaemon& daemon);
  ~InProcess();
  std::shared_ptr<grpc::Channel> Channel() { return server_->InProcessChannel({}); }

 private:
  std::unique_ptr<grpc::Server> server_;
};

// A claim of 12 killed with its sentence, and an alert on it.
claimwatch::v1::Claim SampleClaim(const std::string& id);
claimwatch::v1::Alert SampleAlert(const std::string& id);

}  // namespace claimwatch::client
