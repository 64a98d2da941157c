// A server with everything behind it but a disk, on a free port of the loopback, and stubs to ask
// it.
#pragma once

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/synchronization/notification.h"
#include "claimwatch/v1/admin.grpc.pb.h"
#include "claimwatch/v1/alert.grpc.pb.h"
#include "claimwatch/v1/article.grpc.pb.h"
#include "claimwatch/v1/claim.grpc.pb.h"
#include "claimwatch/v1/story.grpc.pb.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "server/rpc/convert.h"
#include "server/rpc/server.h"
#include "server/store/memory_store.h"
#include "tests/fakes/failing_store.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/newsroom.h"

namespace claimwatch {

class TestServer {
 public:
  // `prepare` fills the store before anything looks at it.
  explicit TestServer(RpcOptions options = {},
                      const std::function<void(ClaimStore&)>& prepare = nullptr,
                      const Authorizer* authorizer = nullptr) {
    if (prepare) prepare(kept_);
    feed_ = std::make_unique<AlertFeed>(store_, *store_.ReadState(), WireEvent);
    auto ingestor = Ingestor::Start({.mend_every = absl::InfiniteDuration()}, StoryOptions(),
                                    SharedCatalogue(), clock_, store_, *feed_);
    CW_CHECK(ingestor.ok());
    ingestor_ = *std::move(ingestor);
    options.listen = {"127.0.0.1:0"};
    auto server = RpcServer::Start(
        std::move(options), {clock_, SharedCatalogue(), store_, *feed_, *ingestor_, authorizer});
    CW_CHECK(server.ok());
    server_ = *std::move(server);
    channel_ = grpc::CreateChannel(server_->addresses()[0], grpc::InsecureChannelCredentials());
    articles = v1::ArticleService::NewStub(channel_);
    claims = v1::ClaimService::NewStub(channel_);
    stories = v1::StoryService::NewStub(channel_);
    alerts = v1::AlertService::NewStub(channel_);
    admin = v1::AdminService::NewStub(channel_);
  }
  ~TestServer() { Stop(); }

  // In the order of App::Stop.
  void Stop() {
    server_->Drain();
    ingestor_->Drain();
    feed_->Close();
    server_->Stop(absl::Seconds(10));
  }

  // In one message, through IngestArticles; aborts when the stream does not end well.
  std::vector<v1::Receipt> Ingest(const std::vector<v1::Article>& sent);
  v1::Receipt Ingest(const v1::Article& article) { return Ingest(std::vector{article})[0]; }

  FakeClock& clock() { return clock_; }
  FailingStore& store() { return store_; }
  AlertFeed& feed() { return *feed_; }
  RpcServer& server() { return *server_; }
  std::shared_ptr<grpc::Channel> channel() { return channel_; }

  std::unique_ptr<v1::ArticleService::Stub> articles;
  std::unique_ptr<v1::ClaimService::Stub> claims;
  std::unique_ptr<v1::StoryService::Stub> stories;
  std::unique_ptr<v1::AlertService::Stub> alerts;
  std::unique_ptr<v1::AdminService::Stub> admin;

 private:
  FakeClock clock_;
  MemoryStore kept_;
  FailingStore store_{kept_};
  std::unique_ptr<AlertFeed> feed_;
  std::unique_ptr<Ingestor> ingestor_;
  std::unique_ptr<RpcServer> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

// A context whose call ends in any case.
inline std::unique_ptr<grpc::ClientContext> Context() {
  auto context = std::make_unique<grpc::ClientContext>();
  context->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
  return context;
}

inline std::vector<v1::Receipt> TestServer::Ingest(const std::vector<v1::Article>& sent) {
  const auto context = Context();
  const auto stream = articles->IngestArticles(context.get());
  v1::IngestArticlesRequest request;
  request.mutable_options()->set_return_claims(true);
  request.mutable_options()->set_return_alerts(true);
  for (const v1::Article& article : sent) *request.add_articles() = article;
  CW_CHECK(stream->Write(request));
  stream->WritesDone();
  std::vector<v1::Receipt> receipts;
  for (v1::IngestArticlesResponse response; stream->Read(&response);) {
    receipts.insert(receipts.end(), response.receipts().begin(), response.receipts().end());
  }
  CW_CHECK(stream->Finish().ok());
  CW_CHECK(receipts.size() == sent.size());
  return receipts;
}

// An error in one line: "INVALID_ARGUMENT REQUEST_INVALID page_size:OUT_OF_RANGE"; "OK".
inline std::string Dump(const google::rpc::Status& status) {
  static constexpr const char* kCodes[] = {"OK",
                                           "CANCELLED",
                                           "UNKNOWN",
                                           "INVALID_ARGUMENT",
                                           "DEADLINE_EXCEEDED",
                                           "NOT_FOUND",
                                           "ALREADY_EXISTS",
                                           "PERMISSION_DENIED",
                                           "RESOURCE_EXHAUSTED",
                                           "FAILED_PRECONDITION",
                                           "ABORTED",
                                           "OUT_OF_RANGE",
                                           "UNIMPLEMENTED",
                                           "INTERNAL",
                                           "UNAVAILABLE",
                                           "DATA_LOSS",
                                           "UNAUTHENTICATED"};
  std::string line = kCodes[status.code()];
  for (const auto& detail : status.details()) {
    google::rpc::ErrorInfo info;
    google::rpc::BadRequest bad;
    google::rpc::ResourceInfo resource;
    if (detail.UnpackTo(&info)) line += " " + info.reason();
    if (detail.UnpackTo(&bad)) {
      for (const auto& violation : bad.field_violations()) {
        line += " " + violation.field() + ":" + violation.reason();
      }
    }
    if (detail.UnpackTo(&resource)) {
      line += " " + resource.resource_type() + "=" + resource.resource_name();
    }
    if (detail.Is<google::rpc::RetryInfo>()) line += " retry";
  }
  return line;
}

inline std::string Dump(const grpc::Status& status) {
  google::rpc::Status details;
  if (!details.ParseFromString(status.error_details())) return "details that do not parse";
  details.set_code(status.error_code());
  return Dump(details);
}

// "Fire in Varna harbour": `injured` hurt, `minute` minutes after a fixed hour.
inline v1::Article FireReport(const std::string& id, int injured, int minute = 0,
                              const std::string& source = "port-news.example") {
  v1::Article article;
  article.set_article_id(id);
  article.set_source(source);
  article.set_title("Fire breaks out in Varna harbour");
  article.set_body(
      "VARNA, Bulgaria - A fire broke out in the harbour of Varna on Thursday. The fire "
      "injured " +
      std::to_string(injured) +
      " people, the Bulgarian Health Ministry "
      "said. Crews fought the flames in the harbour of Varna all night.");
  article.set_language("en");
  article.mutable_publish_time()->set_seconds(1'641'460'000 + 60 * minute);
  return article;
}

}  // namespace claimwatch
