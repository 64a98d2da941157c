// Subscriptions over HTTP: the promises of SubscribeAlerts in every dialect.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "server/web/base64.h"
#include "server/web/frames.h"
#include "server/web/json.h"
#include "tests/web/test_front.h"

namespace claimwatch {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr char kPath[] = "POST /claimwatch.v1.AlertService/SubscribeAlerts";

// One subscriber's messages, whatever they are wrapped in.
class Follower {
 public:
  enum class Way { kGrpcWeb, kGrpcWebText, kConnect, kEvents };

  Follower(const TestFront& test, Way way, const v1::SubscribeAlertsRequest& request,
           const std::string& fields = "")
      : client_(test.front->address()), way_(way) {
    const std::string message = request.SerializeAsString();
    const std::string frame = FrameHeader(0, message.size()) + message;
    switch (way) {
      case Way::kGrpcWeb:
        Post("application/grpc-web+proto", frame);
        break;
      case Way::kGrpcWebText:
        Post("application/grpc-web-text", EncodeBase64(frame));
        break;
      case Way::kConnect:
        Post("application/connect+proto", frame);
        break;
      case Way::kEvents:
        client_.Send(
            absl::StrCat("GET /v1/alerts/stream?start=beginning HTTP/1.1\r\n"
                         "Host: localhost\r\n",
                         fields, "\r\n"));
        break;
    }
    head_ = client_.ReadHead();
  }

  const HttpReply& head() const { return head_; }

  // The next message; nothing: the stream is over, and what ended it is in end().
  std::optional<v1::SubscribeAlertsResponse> Next() {
    if (ended_) return std::nullopt;
    if (way_ == Way::kEvents) return NextEvent();
    if (!Fill(kFrameHeaderBytes)) return std::nullopt;
    const auto flags = static_cast<std::uint8_t>(in_[0]);
    std::size_t size = 0;
    for (int i = 1; i < 5; ++i) size = size << 8 | static_cast<unsigned char>(in_[i]);
    if (!Fill(kFrameHeaderBytes + size)) return std::nullopt;
    const std::string body = in_.substr(kFrameHeaderBytes, size);
    in_.erase(0, kFrameHeaderBytes + size);
    if (flags != 0) {
      end_ = body;
      ended_ = true;
      return std::nullopt;
    }
    v1::SubscribeAlertsResponse message;
    EXPECT_TRUE(message.ParseFromString(body));
    return message;
  }

  // The positions of the next `count` events, and the token after them.
  std::string Events(int count) {
    std::string told;
    while (count > 0) {
      const auto message = Next();
      if (!message.has_value()) return told + " over: " + end_;
      for (const v1::AlertEvent& event : message->events()) {
        absl::StrAppend(&told, told.empty() ? "" : " ", event.position());
        --count;
      }
      if (!message->resume_token().empty()) token = message->resume_token();
    }
    return told;
  }

  const std::string& end() const { return end_; }
  bool IsOver() { return client_.ReadChunk().empty(); }
  std::string token;

 private:
  void Post(const std::string& type, const std::string& body) {
    client_.Send(absl::StrCat(kPath, " HTTP/1.1\r\nHost: localhost\r\nContent-Type: ", type,
                              "\r\nContent-Length: ", body.size(), "\r\n\r\n", body));
  }

  bool Fill(std::size_t size) {
    while (in_.size() < size) {
      const std::string chunk = client_.ReadChunk();
      if (chunk.empty()) return false;
      in_ += way_ == Way::kGrpcWebText ? DecodeBase64(chunk).value_or("") : chunk;
    }
    return true;
  }

  std::optional<v1::SubscribeAlertsResponse> NextEvent() {
    std::size_t end = 0;
    while ((end = in_.find("\n\n")) == std::string::npos) {
      if (!Fill(in_.size() + 1)) return std::nullopt;
    }
    const std::string event = in_.substr(0, end);
    in_.erase(0, end + 2);
    const std::string json = event.substr(event.find("data: ") + 6);
    if (event.starts_with("event: end")) {
      end_ = json;
      ended_ = true;
      return std::nullopt;
    }
    const auto bytes = JsonToProto("claimwatch.v1.SubscribeAlertsResponse", json);
    EXPECT_TRUE(bytes.ok()) << bytes.status() << json;
    v1::SubscribeAlertsResponse message;
    message.ParseFromString(bytes.value_or(""));
    if (!message.resume_token().empty()) {
      EXPECT_THAT(event, HasSubstr("id: " + message.resume_token() + "\n"));
    }
    return message;
  }

  HttpClient client_;
  const Way way_;
  HttpReply head_;
  std::string in_;
  std::string end_;
  bool ended_ = false;
};

class Subscribe : public testing::TestWithParam<Follower::Way> {
 protected:
  // Two reports of one fire that differ: an alert each after the first.
  void Report(int injured) {
    test_.server.Ingest(FireReport(absl::StrCat("fire-", injured), injured, injured,
                                   absl::StrCat("paper-", injured, ".example")));
  }
  // One more event.
  void Acknowledge() {
    v1::AcknowledgeAlertRequest request;
    request.set_alert_id("al1");
    request.set_by("desk");
    v1::AcknowledgeAlertResponse response;
    EXPECT_TRUE(test_.server.alerts->AcknowledgeAlert(Context().get(), request, &response).ok());
  }
  static v1::SubscribeAlertsRequest FromBeginning() {
    v1::SubscribeAlertsRequest request;
    request.set_start_point(v1::SubscribeAlertsRequest::START_POINT_BEGINNING);
    return request;
  }

  TestFront test_;
};

INSTANTIATE_TEST_SUITE_P(Dialects, Subscribe,
                         testing::Values(Follower::Way::kGrpcWeb, Follower::Way::kGrpcWebText,
                                         Follower::Way::kConnect, Follower::Way::kEvents));

TEST_P(Subscribe, TellsWhatWasAndWhatComes) {
  Report(10);
  Report(200);
  Follower follower(test_, GetParam(), FromBeginning());
  EXPECT_EQ(follower.head().status, 200);
  const auto first = follower.Next();
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->started().epoch(), test_.server.feed().epoch());
  EXPECT_EQ(follower.Events(1), "1");
  Acknowledge();
  EXPECT_THAT(follower.Events(1), StartsWith("2"));
}

TEST_P(Subscribe, EndsWithAWordWhenTheDaemonStops) {
  Follower follower(test_, GetParam(), FromBeginning());
  ASSERT_TRUE(follower.Next().has_value());
  test_.Stop();
  v1::SubscribeAlertsResponse last;
  while (const auto message = follower.Next()) last = *message;
  EXPECT_EQ(last.end().reason(), v1::SubscriptionEnd::REASON_DRAINING);
  EXPECT_TRUE(last.end().has_retry_after());
  EXPECT_FALSE(last.resume_token().empty());
  EXPECT_THAT(follower.end(),
              testing::AnyOf(HasSubstr("grpc-status:14"), HasSubstr("unavailable")));
  EXPECT_TRUE(follower.IsOver());
}

TEST_P(Subscribe, ASubscriberThatLeavesIsForgotten) {
  {
    Follower follower(test_, GetParam(), FromBeginning());
    ASSERT_TRUE(follower.Next().has_value());
  }
  // Stopping waits for streams: one that nobody closes would hold it up.
  const auto began = std::chrono::steady_clock::now();
  test_.Stop();
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(5));
}

TEST_F(Subscribe, ResumesByTokenAcrossDialects) {
  Report(10);
  Report(200);
  Follower before(test_, Follower::Way::kGrpcWeb, FromBeginning());
  EXPECT_EQ(before.Events(1), "1");
  Acknowledge();
  v1::SubscribeAlertsRequest request;
  request.set_resume_token(before.token);
  Follower after(test_, Follower::Way::kConnect, request);
  EXPECT_THAT(after.Events(1), StartsWith("2"));
  Follower events(test_, Follower::Way::kEvents, {},
                  absl::StrCat("Last-Event-ID: ", before.token, "\r\n"));
  EXPECT_THAT(events.Events(1), StartsWith("2"));
}

TEST(SubscribeLong, AStreamThatCarriedMuchIsToldToComeBack) {
  WebOptions options;
  options.stream_bytes_max = 1;
  TestFront test(options);
  v1::SubscribeAlertsRequest request;
  Follower follower(test, Follower::Way::kGrpcWeb, request);
  const auto first = follower.Next();
  ASSERT_TRUE(first.has_value());
  const auto last = follower.Next();
  ASSERT_TRUE(last.has_value());
  EXPECT_EQ(last->end().reason(), v1::SubscriptionEnd::REASON_RECYCLED);
  EXPECT_EQ(last->resume_token(), first->resume_token());
  EXPECT_FALSE(follower.Next().has_value());
  EXPECT_THAT(follower.end(), HasSubstr("grpc-status:14"));
  request.set_resume_token(last->resume_token());
  EXPECT_TRUE(Follower(test, Follower::Way::kGrpcWeb, request).Next().has_value());
}

struct Refused {
  const char* query;
  const char* fields;
  int status;
  const char* told;
};

// EventSource never comes back after an answer other than 200: so only what is hopeless has one.
TEST_F(Subscribe, EventsThatCannotBeToldAreRefused) {
  constexpr Refused kCases[] = {
      {"start=yesterday", "", 400, "none of now, beginning, snapshot"},
      {"begin=now", "", 400, "unknown part"},
      {"start=%", "", 400, "stray %"},
      {"resume_token=nonsense", "", 400, "TOKEN_INVALID"},
      {"", "Last-Event-ID: nonsense\r\n", 400, "TOKEN_INVALID"},
  };
  for (const Refused& row : kCases) {
    const HttpReply reply =
        test_.Client().Get(absl::StrCat("/v1/alerts/stream?", row.query), row.fields);
    EXPECT_EQ(reply.status, row.status) << row.query;
    EXPECT_THAT(reply.body, HasSubstr(row.told)) << row.query;
  }
}

TEST_F(Subscribe, ACallersTimeEndsIt) {
  const std::string frame = FrameHeader(0, 0);
  HttpClient client = test_.Client();
  const HttpReply reply =
      client.Call(kPath, "Content-Type: application/connect+json\r\nConnect-Timeout-Ms: 30\r\n",
                  FrameHeader(0, 2) + "{}");
  EXPECT_THAT(reply.body, HasSubstr("\"started\""));
  EXPECT_THAT(reply.body, HasSubstr("deadline_exceeded"));
}

TEST_F(Subscribe, OldClientsGetItWithoutChunks) {
  HttpClient client = test_.Client();
  client.Send("GET /v1/alerts/stream HTTP/1.0\r\nHost: localhost\r\n\r\n");
  EXPECT_FALSE(client.ReadHead().fields.contains("transfer-encoding"));
  EXPECT_FALSE(client.IsClosed()) << "the first event comes as it is";
}

}  // namespace
}  // namespace claimwatch
