// Every rpc of the contract is asked of the authorizer, by calling each of them.
#include "server/rpc/guard.h"

#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "server/auth/rules.h"
#include "server/auth/token.h"
#include "tests/rpc/test_server.h"

namespace claimwatch {
namespace {

constexpr char kToken[] = "cw_guard-test-";

std::string LineOf(const std::string& name, const std::string& rest) {
  return absl::StrCat(name, " token=sha256:", absl::BytesToHexString(TokenDigest(kToken + name)),
                      " ", rest, "\n");
}

Credentials Known(const std::string& text) { return *Credentials::Parse(text); }

class GuardTest : public testing::Test {
 protected:
  // What calling `method` with an empty request comes to; `name`'s token is sent, if there is one.
  grpc::Status Call(const std::string& method, const std::string& name) {
    const auto context = ContextOf(name);
    grpc::GenericStub stub(server_.channel());
    grpc::CompletionQueue queue;
    const auto call = stub.PrepareUnaryCall(context.get(), method, grpc::ByteBuffer(), &queue);
    call->StartCall();
    grpc::ByteBuffer response;
    grpc::Status status;
    call->Finish(&response, &status, this);
    void* tag = nullptr;
    bool ok = false;
    EXPECT_TRUE(queue.Next(&tag, &ok));
    return status;
  }
  // Not a method that the contract has and this daemon does not serve (gRPC's own bare error).
  static bool IsThere(const grpc::Status& status) {
    return status.error_code() != grpc::StatusCode::UNIMPLEMENTED &&
           !(status.error_code() == grpc::StatusCode::INTERNAL && status.error_details().empty());
  }
  static std::unique_ptr<grpc::ClientContext> ContextOf(const std::string& name) {
    auto context = Context();
    if (!name.empty()) context->AddMetadata("authorization", "Bearer " + (kToken + name));
    return context;
  }
  static std::vector<const google::protobuf::MethodDescriptor*> Methods() {
    std::vector<const google::protobuf::MethodDescriptor*> methods;
    for (const auto* file : {v1::GetStatusRequest::descriptor()->file(),
                             v1::Alert::descriptor()->file(), v1::Article::descriptor()->file(),
                             v1::Claim::descriptor()->file(), v1::Story::descriptor()->file()}) {
      for (int s = 0; s < file->service_count(); ++s) {
        for (int m = 0; m < file->service(s)->method_count(); ++m) {
          methods.push_back(file->service(s)->method(m));
        }
      }
    }
    return methods;
  }
  static std::string PathOf(const google::protobuf::MethodDescriptor* method) {
    return absl::StrCat("/", method->service()->full_name(), "/", method->name());
  }

  FakeClock clock_;
  const std::string all_ = LineOf("ingest", "roles=ingest") + LineOf("read", "roles=read") +
                           LineOf("subscribe", "roles=subscribe") + LineOf("admin", "roles=admin") +
                           LineOf("post", "roles=ingest sources=port-news.example");
  Authorizer authorizer_{Known(all_), clock_};
  TestServer server_{{}, nullptr, &authorizer_};
};

TEST_F(GuardTest, NoMethodAnswersAStranger) {
  for (const auto* method : Methods()) {
    const std::string path = PathOf(method);
    const grpc::Status unknown = Call(path, "");
    if (!IsThere(unknown)) continue;
    EXPECT_EQ(Dump(unknown), "UNAUTHENTICATED CREDENTIALS_MISSING") << path;
    EXPECT_EQ(Dump(Call(path, "thief")), "UNAUTHENTICATED CREDENTIALS_INVALID") << path;
  }
}

TEST_F(GuardTest, EveryRoleOpensWhatTheTableSays) {
  for (const auto* method : Methods()) {
    const std::string path = PathOf(method);
    for (const char* name : {"ingest", "read", "subscribe", "admin"}) {
      const Roles role = ParseRoles(name);
      const bool may = (role & (FindRule(path)->any_of | kRoleAdmin)) != 0;
      if (may && (method->server_streaming() || method->client_streaming())) continue;
      const grpc::Status status = Call(path, name);
      if (!IsThere(status)) continue;
      const bool refused = status.error_code() == grpc::StatusCode::PERMISSION_DENIED ||
                           status.error_code() == grpc::StatusCode::UNAUTHENTICATED;
      EXPECT_EQ(refused, !may) << path << " as " << name << ": " << Dump(status);
    }
  }
}

TEST_F(GuardTest, HealthIsForEverybody) {
  const grpc::StatusCode code = Call("/grpc.health.v1.Health/Check", "").error_code();
  EXPECT_NE(code, grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_NE(code, grpc::StatusCode::PERMISSION_DENIED);
}

TEST_F(GuardTest, ASenderSpeaksForItsOwnSourcesOnly) {
  const auto context = ContextOf("post");
  const auto stream = server_.articles->IngestArticles(context.get());
  v1::IngestArticlesRequest request;
  *request.add_articles() = FireReport("a1", 3);
  *request.add_articles() = FireReport("a2", 4, 0, "other.example");
  *request.add_articles() = FireReport("a3", 5);
  ASSERT_TRUE(stream->Write(request));
  stream->WritesDone();
  std::vector<std::string> receipts;
  for (v1::IngestArticlesResponse response; stream->Read(&response);) {
    for (const v1::Receipt& receipt : response.receipts()) {
      receipts.push_back(absl::StrCat(receipt.article_id(), " ", receipt.sequence(), " ",
                                      receipt.has_error() ? Dump(receipt.error()) : "OK"));
    }
  }
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(receipts, (std::vector<std::string>{
                          "a1 1 OK", "a2 0 PERMISSION_DENIED SOURCE_NOT_ALLOWED", "a3 2 OK"}));
  v1::IngestArticleRequest one;
  *one.mutable_article() = FireReport("a4", 6, 0, "other.example");
  v1::IngestArticleResponse answer;
  EXPECT_EQ(Dump(server_.articles->IngestArticle(ContextOf("post").get(), one, &answer)),
            "PERMISSION_DENIED SOURCE_NOT_ALLOWED");
}

TEST_F(GuardTest, StreamsEndWithTheirCredential) {
  const auto subscribing = ContextOf("subscribe"), sending = ContextOf("ingest");
  const auto subscriber =
      server_.alerts->SubscribeAlerts(subscribing.get(), v1::SubscribeAlertsRequest());
  const auto sender = server_.articles->IngestArticles(sending.get());
  v1::IngestArticlesResponse started;
  v1::SubscribeAlertsResponse message;
  ASSERT_TRUE(sender->Read(&started));
  ASSERT_TRUE(subscriber->Read(&message));
  authorizer_.Replace(Known(LineOf("read", "roles=read")));
  v1::SubscriptionEnd::Reason end = v1::SubscriptionEnd::REASON_UNSPECIFIED;
  while (subscriber->Read(&message)) {
    if (message.has_end()) end = message.end().reason();
  }
  EXPECT_EQ(end, v1::SubscriptionEnd::REASON_CREDENTIALS);
  EXPECT_EQ(Dump(subscriber->Finish()), "UNAUTHENTICATED CREDENTIALS_REVOKED");
  v1::IngestEnd::Reason sender_end = v1::IngestEnd::REASON_UNSPECIFIED;
  while (sender->Read(&started)) {
    if (started.has_end()) sender_end = started.end().reason();
  }
  EXPECT_EQ(sender_end, v1::IngestEnd::REASON_CREDENTIALS);
  EXPECT_EQ(Dump(sender->Finish()), "UNAUTHENTICATED CREDENTIALS_REVOKED");
}

}  // namespace
}  // namespace claimwatch
