// What the end-to-end tests say to a daemon: plain blocking calls on the generated stubs, and a few
// invented reports of one event. Every call has a deadline.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "claimwatch/v1/admin.grpc.pb.h"
#include "claimwatch/v1/alert.grpc.pb.h"
#include "claimwatch/v1/article.grpc.pb.h"
#include "claimwatch/v1/claim.grpc.pb.h"
#include "claimwatch/v1/story.grpc.pb.h"

namespace claimwatch {

// "Flood in the Tarn valley": `killed` dead, published `minute` minutes after a fixed hour.
v1::Article FloodReport(const std::string& id, const std::string& source, int killed, int minute);

class WireClient {
 public:
  explicit WireClient(const std::string& address)
      : WireClient(grpc::CreateChannel(address, grpc::InsecureChannelCredentials())) {}
  explicit WireClient(std::shared_ptr<grpc::Channel> to);

  // Sends all in one stream, in batches of `batch`, and reads to the end.
  struct Ingested {
    std::vector<v1::Receipt> receipts;
    grpc::Status status;
  };
  Ingested Ingest(const std::vector<v1::Article>& articles, std::size_t batch = 16);

  // Every alert, one line each: "al1 KIND_RAISED STATE_OPEN c513: summary".
  std::vector<std::string> Alerts();
  // Every claim, one line each: "c1 f1 killed 12 a1".
  std::vector<std::string> Claims();

  std::unique_ptr<v1::ArticleService::Stub> articles;
  std::unique_ptr<v1::ClaimService::Stub> claims;
  std::unique_ptr<v1::StoryService::Stub> stories;
  std::unique_ptr<v1::AlertService::Stub> alerts;
  std::unique_ptr<v1::AdminService::Stub> admin;
  std::shared_ptr<grpc::Channel> channel;
};

// A context whose call ends in any case.
std::unique_ptr<grpc::ClientContext> Context();

// A subscriber that reads message by message.
class WireSubscriber {
 public:
  // `patient`: waits for a daemon that is not there yet.
  WireSubscriber(WireClient& client, const v1::SubscribeAlertsRequest& request,
                 bool patient = true);
  ~WireSubscriber();

  // nullopt: the stream has ended, see Finish().
  std::optional<v1::SubscribeAlertsResponse> Read();
  // Reads until there are as many events as that, or the stream ends. The last token is kept.
  std::vector<v1::AlertEvent> ReadEvents(std::size_t count);
  // Reads until caught_up, or the stream ends.
  std::vector<v1::AlertEvent> ReadUntilCaughtUp();
  grpc::Status Finish();

  const std::string& token() const { return token_; }

 private:
  std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<grpc::ClientReader<v1::SubscribeAlertsResponse>> stream_;
  std::string token_;
  bool finished_ = false;
};

v1::SubscribeAlertsRequest FromBeginning();
v1::SubscribeAlertsRequest FromToken(const std::string& token);

}  // namespace claimwatch
