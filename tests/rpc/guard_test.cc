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
    return Call(server_.channel(), method, name, EmptyMessage());
  }
  // Of no bytes, which is not the want of a message: without one no handler is reached.
  static grpc::ByteBuffer EmptyMessage() {
    const grpc::Slice nothing;
    return grpc::ByteBuffer(&nothing, 1);
  }
  grpc::Status Call(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                    const std::string& name, const grpc::ByteBuffer& request) {
    const auto context = ContextOf(name);
    grpc::GenericStub stub(channel);
    grpc::CompletionQueue queue;
    const auto call = stub.PrepareUnaryCall(context.get(), method, request, &queue);
    call->StartCall();
    grpc::ByteBuffer response;
    grpc::Status status;
    call->Finish(&response, &status, this);
    void* tag = nullptr;
    bool ok = false;
    EXPECT_TRUE(queue.Next(&tag, &ok));
    return status;
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
    EXPECT_EQ(Dump(Call(path, "")), "UNAUTHENTICATED CREDENTIALS_MISSING") << path;
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
      const bool refused = status.error_code() == grpc::StatusCode::PERMISSION_DENIED ||
                           status.error_code() == grpc::StatusCode::UNAUTHENTICATED;
      EXPECT_EQ(refused, !may) << path << " as " << name << ": " << Dump(status);
    }
  }
}

TEST_F(GuardTest, WhatAFrontForwardsCountsWithItsKeyAlone) {
  authorizer_.Replace(Known("wire certificate=wire.example roles=read\n"));
  for (const std::string& key : {std::string(), NewToken(), ForwardingKey()}) {
    const auto context = Context();
    context->AddMetadata(kForwardedKey, key);
    context->AddMetadata(kForwardedPeer, "192.0.2.1:5");
    context->AddMetadata(kForwardedCertificate, "wire.example");
    v1::ListStoriesResponse response;
    EXPECT_EQ(server_.stories->ListStories(context.get(), {}, &response).error_code(),
              key == ForwardingKey() ? grpc::StatusCode::OK : grpc::StatusCode::UNAUTHENTICATED);
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

TEST_F(GuardTest, ANamedSubscriptionsStreamEndsWithItsCredential) {
  v1::CreateSubscriptionRequest create;
  create.set_subscription_id("desk");
  v1::CreateSubscriptionResponse created;
  ASSERT_TRUE(
      server_.alerts->CreateSubscription(ContextOf("subscribe").get(), create, &created).ok());
  v1::ConsumeAlertsRequest request;
  request.set_subscription_id("desk");
  const auto consuming = ContextOf("subscribe");
  const auto consumer = server_.alerts->ConsumeAlerts(consuming.get(), request);
  v1::ConsumeAlertsResponse message;
  ASSERT_TRUE(consumer->Read(&message));
  authorizer_.Replace(Known(LineOf("read", "roles=read")));
  v1::SubscriptionEnd::Reason end = v1::SubscriptionEnd::REASON_UNSPECIFIED;
  while (consumer->Read(&message)) {
    if (message.has_end()) end = message.end().reason();
  }
  EXPECT_EQ(end, v1::SubscriptionEnd::REASON_CREDENTIALS);
  EXPECT_EQ(Dump(consumer->Finish()), "UNAUTHENTICATED CREDENTIALS_REVOKED");
}

// One address under its bounds; the clock of the server stands still, so nothing is given back.
class BoundedTest : public GuardTest {
 protected:
  static RpcOptions Options() {
    RpcOptions options;
    options.client_bounds = {.streams = 1, .calls_per_second = 3, .bytes_per_second = 10'000'000};
    options.address_bounds = {.streams = 2, .calls_per_second = 9, .bytes_per_second = 1000};
    return options;
  }
  static std::int64_t Refused(TestServer& server, const std::string& limit) {
    const auto context = Context();
    context->AddMetadata("authorization", std::string("Bearer ") + kToken + "admin");
    v1::GetStatusResponse status;  // From within, as the page of metrics asks: not charged.
    const auto stub = v1::AdminService::NewStub(server.server().InProcessChannel());
    EXPECT_TRUE(stub->GetStatus(context.get(), {}, &status).ok());
    for (const v1::Refusals& refusals : status.refusals()) {
      if (refusals.limit() == limit) return refusals.count();
    }
    return -1;
  }
  TestServer bounded_{Options(), nullptr, &authorizer_};
};

TEST_F(BoundedTest, CallsOfOneClientAndOfOneAddress) {
  const auto list = [&](const std::string& name) {
    v1::ListStoriesResponse response;
    return Dump(bounded_.stories->ListStories(ContextOf(name).get(), {}, &response));
  };
  for (int i = 0; i < 3; ++i) EXPECT_EQ(list("read"), "OK") << i;
  EXPECT_EQ(list("read"), "RESOURCE_EXHAUSTED CLIENT_CALLS_EXCEEDED retry");
  EXPECT_EQ(list("admin"), "OK");
  for (int i = 0; i < 4; ++i) EXPECT_EQ(list("thief"), "UNAUTHENTICATED CREDENTIALS_INVALID");
  EXPECT_EQ(list("thief"), "RESOURCE_EXHAUSTED ADDRESS_CALLS_EXCEEDED retry");
  EXPECT_EQ(list("admin"), "RESOURCE_EXHAUSTED ADDRESS_CALLS_EXCEEDED retry");
  EXPECT_EQ(Refused(bounded_, "client_calls"), 1);
  EXPECT_EQ(Refused(bounded_, "address_calls"), 2);
  bounded_.clock().Advance(absl::Seconds(1));
  EXPECT_EQ(list("read"), "OK");
}

TEST_F(BoundedTest, StreamsOfOneClientAndOfOneAddress) {
  const auto subscribe = [&](const std::unique_ptr<grpc::ClientContext>& context) {
    auto stream = bounded_.alerts->SubscribeAlerts(context.get(), {});
    v1::SubscribeAlertsResponse message;
    return stream->Read(&message) ? nullptr : std::move(stream);
  };
  const auto first = ContextOf("subscribe"), second = ContextOf("subscribe");
  const auto third = ContextOf("admin"), fourth = ContextOf("ingest");
  EXPECT_EQ(subscribe(first), nullptr);
  EXPECT_EQ(Dump(subscribe(second)->Finish()), "RESOURCE_EXHAUSTED CLIENT_STREAMS_EXCEEDED retry");
  EXPECT_EQ(subscribe(third), nullptr);
  const auto sender = bounded_.articles->IngestArticles(fourth.get());
  EXPECT_EQ(Dump(sender->Finish()), "RESOURCE_EXHAUSTED ADDRESS_STREAMS_EXCEEDED retry");
  EXPECT_EQ(Refused(bounded_, "client_streams"), 1);
  EXPECT_EQ(Refused(bounded_, "address_streams"), 1);
}

// No unary method takes a large request for nothing: each is charged what it was sent.
TEST_F(BoundedTest, BytesOfEveryMethodAreCharged) {
  const std::string unknown = std::string("\xfa\xff\x03\xe8\x07", 5) + std::string(1000, 'x');
  const grpc::Slice slice(unknown.data(), unknown.size());
  const grpc::ByteBuffer large(&slice, 1);
  for (const auto* method : Methods()) {
    if (method->server_streaming() || method->client_streaming()) continue;
    bounded_.clock().Advance(absl::Hours(1));
    const std::string path = PathOf(method);
    EXPECT_NE(Call(bounded_.channel(), path, "admin", large).error_code(),
              grpc::StatusCode::RESOURCE_EXHAUSTED)
        << path;
    EXPECT_EQ(Dump(Call(bounded_.channel(), path, "admin", EmptyMessage())),
              "RESOURCE_EXHAUSTED ADDRESS_BYTES_EXCEEDED retry")
        << path;
  }
}

// The stream is held back for as long as its articles weigh, and every article is answered.
TEST_F(BoundedTest, AStreamOfArticlesWaits) {
  const auto context = ContextOf("ingest");
  const auto stream = bounded_.articles->IngestArticles(context.get());
  for (int i = 0; i < 6; ++i) {
    v1::IngestArticlesRequest request;
    *request.add_articles() = FireReport(absl::StrCat("a", i), 3 + i, i);
    ASSERT_TRUE(stream->Write(request));
  }
  stream->WritesDone();
  int receipts = 0;
  for (v1::IngestArticlesResponse response; stream->Read(&response);) {
    receipts += response.receipts_size();
  }
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(receipts, 6);
  EXPECT_GT(Refused(bounded_, "address_bytes"), 0);
}

// Who calls through the HTTP front is told by the front; who says so from elsewhere is not
// believed.
TEST_F(BoundedTest, ThePeerBehindAFrontIsCharged) {
  const auto inside = bounded_.server().InProcessChannel();
  const auto list = [&](const std::shared_ptr<grpc::Channel>& channel, const std::string& peer) {
    const auto context = ContextOf("read");
    if (channel == inside) context->AddMetadata(kForwardedKey, ForwardingKey());
    bounded_.clock().Advance(absl::Milliseconds(400));  // One more call of the client.
    context->AddMetadata(kForwardedPeer, peer);
    v1::ListStoriesResponse response;
    return Dump(v1::StoryService::NewStub(channel)->ListStories(context.get(), {}, &response));
  };
  v1::IngestArticleRequest heavy;
  *heavy.mutable_article() = FireReport("a1", 3);
  heavy.mutable_article()->set_body(std::string(100'000, 'x'));
  const auto context = ContextOf("ingest");
  context->AddMetadata(kForwardedKey, ForwardingKey());
  context->AddMetadata(kForwardedPeer, "203.0.113.7:40000");
  v1::IngestArticleResponse response;
  EXPECT_EQ(
      Dump(v1::ArticleService::NewStub(inside)->IngestArticle(context.get(), heavy, &response)),
      "OK");
  EXPECT_EQ(list(inside, "203.0.113.7:40001"), "RESOURCE_EXHAUSTED ADDRESS_BYTES_EXCEEDED retry");
  EXPECT_EQ(list(inside, "203.0.113.8:40001"), "OK");
  EXPECT_EQ(list(bounded_.channel(), "203.0.113.7:40001"), "OK");  // It is 127.0.0.1.
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
