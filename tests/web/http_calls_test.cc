// The wire rules of gRPC-Web and Connect, request by request, over a socket.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "server/web/base64.h"
#include "server/web/frames.h"
#include "server/web/gzip.h"
#include "tests/web/test_front.h"

namespace claimwatch {
namespace {

using testing::HasSubstr;
using namespace std::string_literals;  // NOLINT

constexpr char kStatus[] = "POST /claimwatch.v1.AdminService/GetStatus";
constexpr char kAlert[] = "POST /claimwatch.v1.AlertService/GetAlert";

std::string Type(const std::string& type) { return "Content-Type: " + type + "\r\n"; }

// gRPC-Web's frames in one line: "data 12, trailers grpc-status:0".
std::string Frames(std::string body, bool text) {
  if (text) body = DecodeBase64(body).value_or("no base64");
  std::string told;
  while (body.size() >= kFrameHeaderBytes) {
    const auto flags = static_cast<std::uint8_t>(body[0]);
    std::size_t size = 0;
    for (int i = 1; i < 5; ++i) size = size << 8 | static_cast<unsigned char>(body[i]);
    const std::string message = body.substr(5, size);
    absl::StrAppend(&told, told.empty() ? "" : ", ",
                    flags == 0x80
                        ? "trailers " + message.substr(0, message.find("\r\n"))
                        : absl::StrCat("flags ", int{flags}, message.empty() ? " empty" : ""));
    body.erase(0, 5 + size);
  }
  return body.empty() ? told : told + " and a rest";
}

struct WebCase {
  const char* type;
  const char* accept;  // Empty: none.
  const char* answered;
};

TEST(GrpcWeb, AllContentTypesAreAnswered) {
  TestFront test;
  constexpr WebCase kCases[] = {
      {"application/grpc-web", "", "application/grpc-web+proto"},
      {"application/grpc-web+proto", "", "application/grpc-web+proto"},
      {"application/grpc-web-text", "", "application/grpc-web-text+proto"},
      {"application/grpc-web-text+proto", "", "application/grpc-web-text+proto"},
      {"application/grpc-web-text", "application/grpc-web-text", "application/grpc-web-text+proto"},
      {"application/grpc-web-text", "*/*", "application/grpc-web-text+proto"},
      {"application/grpc-web-text", "application/grpc-web", "application/grpc-web+proto"},
      {"application/grpc-web", "application/grpc-web-text", "application/grpc-web-text+proto"},
      {"Application/gRPC-Web; charset=utf-8", "", "application/grpc-web+proto"},
  };
  for (const WebCase& row : kCases) {
    const bool text = std::string_view(row.type).find("text") != std::string_view::npos;
    const bool told_text = std::string_view(row.answered).find("text") != std::string_view::npos;
    const std::string frame = FrameHeader(0, 0);
    const std::string accept =
        *row.accept == '\0' ? "" : absl::StrCat("Accept: ", row.accept, "\r\n");
    const HttpReply reply =
        test.Client().Call(kStatus, Type(row.type) + accept, text ? EncodeBase64(frame) : frame);
    EXPECT_EQ(reply.status, 200) << row.type;
    EXPECT_EQ(reply.fields.at("content-type"), row.answered) << row.type << row.accept;
    EXPECT_EQ(Frames(reply.body, told_text), "flags 0, trailers grpc-status:0") << row.type;
  }
}

TEST(GrpcWeb, TextMayBeCutAnywhere) {
  TestFront test;
  v1::GetAlertRequest request;
  request.set_alert_id("al77");
  const std::string message = request.SerializeAsString();
  const std::string frame = FrameHeader(0, message.size()) + message;
  HttpClient client = test.Client();
  for (std::size_t cut = 0; cut <= frame.size(); ++cut) {
    const std::string body = EncodeBase64(frame.substr(0, cut)) + EncodeBase64(frame.substr(cut));
    const HttpReply reply = client.Call(kAlert, Type("application/grpc-web-text"), body);
    EXPECT_EQ(reply.fields.at("grpc-status"), "5") << cut;
  }
}

TEST(GrpcWeb, ErrorsAreInTheHeaderWithTheirDetails) {
  TestFront test;
  v1::GetAlertRequest request;
  request.set_alert_id("al77");
  const std::string message = request.SerializeAsString();
  const HttpReply reply = test.Client().Call(kAlert, Type("application/grpc-web"),
                                             FrameHeader(0, message.size()) + message);
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "");
  EXPECT_EQ(reply.fields.at("grpc-status"), "5");
  EXPECT_EQ(reply.fields.at("grpc-message"), "there is no alert \"al77\"");
  google::rpc::Status details;
  EXPECT_TRUE(details.ParseFromString(
      DecodeBase64(reply.fields.at("grpc-status-details-bin")).value_or("")));
  EXPECT_EQ(Dump(details), "NOT_FOUND ALERT_NOT_FOUND claimwatch.v1.Alert=al77");
}

struct IllCase {
  const char* what;
  std::string path;
  std::string body;
  const char* status;
};

TEST(GrpcWeb, WhatIsIllIsRefusedInItsOwnWords) {
  TestFront test;
  const std::string list = "POST /claimwatch.v1.AlertService/ListAlerts";
  const IllCase kCases[] = {
      {"empty body", list, "", "3"},
      {"half a header", list, "\0\0"s, "3"},
      {"short message", list, FrameHeader(0, 9) + "x", "3"},
      {"trailers", list, FrameHeader(0x80, 0), "3"},
      {"compressed", list, FrameHeader(1, 0), "3"},
      {"two messages", list, FrameHeader(0, 0) + FrameHeader(0, 0), "3"},
      {"oversize", list, FrameHeader(0, 1U << 31), "3"},
      {"bytes that are no message", list, FrameHeader(0, 2) + "\xff\xff", "12"},  // As gRPC says.
      {"no method", "POST /claimwatch.v1.AlertService/Nothing", FrameHeader(0, 0), "12"},
      {"no service", "POST /claimwatch.v1.Nothing/Nothing", FrameHeader(0, 0), "12"},
      {"client stream", "POST /claimwatch.v1.ArticleService/IngestArticles", FrameHeader(0, 0),
       "12"},
      {"stream", "POST /claimwatch.v1.AlertService/SubscribeAlerts", FrameHeader(0, 2) + "\xff\xff",
       "3"},
  };
  for (const IllCase& row : kCases) {
    const HttpReply reply = test.Client().Call(row.path, Type("application/grpc-web"), row.body);
    EXPECT_EQ(reply.status, 200) << row.what;
    ASSERT_TRUE(reply.fields.contains("grpc-status")) << row.what;
    EXPECT_EQ(reply.fields.at("grpc-status"), row.status) << row.what;
  }
}

TEST(GrpcWeb, OtherMethodsAndTypesAreNotSpoken) {
  TestFront test;
  EXPECT_EQ(test.Client()
                .Call("PUT /claimwatch.v1.AlertService/ListAlerts", Type("application/grpc-web"),
                      FrameHeader(0, 0))
                .status,
            405);
  EXPECT_EQ(test.Client().Get("/claimwatch.v1.ArticleService/RetractArticle").status, 405);
  for (const char* type : {"application/grpc", "text/plain", "application/grpc-web+json", ""}) {
    const HttpReply reply = test.Client().Call(kStatus, Type(type), FrameHeader(0, 0));
    EXPECT_EQ(reply.status, 415) << type;
    EXPECT_THAT(reply.fields.at("accept-post"), HasSubstr("application/json")) << type;
  }
  EXPECT_EQ(test.Client().Call(kStatus, Type("application/connect+json"), "").status, 415);
  EXPECT_EQ(
      test.Client()
          .Call("POST /claimwatch.v1.AlertService/SubscribeAlerts", Type("application/json"), "{}")
          .status,
      415);
}

struct ConnectCase {
  const char* what;
  std::string call;
  std::string fields;
  std::string body;
  int status;
  const char* told;
};

TEST(Connect, UnaryCallsArePlainHttp) {
  TestFront test;
  test.server.Ingest(FireReport("a1", 10));
  const std::string story = "POST /claimwatch.v1.StoryService/ListStories";
  const std::string json = Type("application/json");
  const std::string packed = Gzip(R"({"pageSize":1})");
  const ConnectCase kCases[] = {
      {"JSON", story, json, "{}", 200, "Fire breaks out in Varna harbour"},
      {"JSON with a version", story, json + "Connect-Protocol-Version: 1\r\n", "{}", 200, "s1"},
      {"gzip", story, json + "Content-Encoding: gzip\r\n", packed, 200, "s1"},
      {"unknown compression", story, json + "Content-Encoding: br\r\n", packed, 501,
       "known are gzip and identity"},
      {"no gzip", story, json + "Content-Encoding: gzip\r\n", "{}", 400, "is no whole gzip"},
      {"proto", story, Type("application/proto"), "", 200, "Fire breaks out in Varna harbour"},
      {"no JSON", story, json, "{", 400, "\"code\":\"invalid_argument\""},
      {"unknown field", story, json, R"({"pageSise":1})", 400, "pageSise"},
      {"bad field", story, json, R"({"pageSize":-1})", 400, "page_size"},
      {"proto's errors are JSON", kAlert, Type("application/proto"), "\x0a\x02hi", 400,
       "\"code\":\"invalid_argument\""},
      {"not found", kAlert, json, R"({"alertId":"al9"})", 404, "\"reason\":\"ALERT_NOT_FOUND\""},
      {"no method", "POST /claimwatch.v1.AlertService/Nothing", json, "{}", 404, "unimplemented"},
      {"bad timeout", story, json + "Connect-Timeout-Ms: soon\r\n", "{}", 400, "Timeout"},
      {"GET", "GET /claimwatch.v1.StoryService/ListStories?encoding=json&message=%7B%7D", "", "",
       200, "s1"},
      {"GET with base64",
       "GET /claimwatch.v1.StoryService/ListStories?connect=v1&encoding=proto&base64=1&message=",
       "", "", 200, "s1"},
      {"GET without a message", "GET /claimwatch.v1.StoryService/ListStories?encoding=json", "", "",
       400, "has no message"},
      {"GET without an encoding", "GET /claimwatch.v1.StoryService/ListStories?message=%7B%7D", "",
       "", 415, "encoding=json"},
      {"GET that would change something",
       "GET /claimwatch.v1.AlertService/AcknowledgeAlert?encoding=json&message=%7B%7D", "", "", 405,
       "POST"},
  };
  for (const ConnectCase& row : kCases) {
    const HttpReply reply = test.Client().Call(row.call, row.fields, row.body);
    EXPECT_EQ(reply.status, row.status) << row.what << ": " << reply.body;
    EXPECT_THAT(reply.body, HasSubstr(row.told)) << row.what;
  }
}

TEST(Connect, WhatIsAskedForByAPageIsDone) {
  TestFront test;
  test.server.Ingest(FireReport("a1", 10));
  test.server.Ingest(FireReport("a2", 900, 60, "other.example"));
  HttpClient client = test.Client();
  const HttpReply done =
      client.Call("POST /claimwatch.v1.AlertService/AcknowledgeAlert", Type("application/json"),
                  R"({"alertId":"al1","by":"desk","note":"seen <b>"})");
  EXPECT_EQ(done.status, 200) << done.body;
  EXPECT_THAT(done.body, HasSubstr("\"by\":\"desk\""));
}

TEST(Connect, StreamsEndWithAnEnvelopeOfTheirOwn) {
  TestFront test;
  const auto call = [&](const std::string& type, const std::string& json) {
    return test.Client().Call("POST /claimwatch.v1.AlertService/SubscribeAlerts", Type(type),
                              FrameHeader(0, json.size()) + json);
  };
  const HttpReply bad = call("application/connect+json", R"({"resumeToken":"nonsense"})");
  EXPECT_EQ(bad.status, 200);
  EXPECT_EQ(bad.fields.at("content-type"), "application/connect+json");
  EXPECT_EQ(bad.body[0], '\x02');
  EXPECT_THAT(bad.body, HasSubstr("\"error\":{\"code\":\"invalid_argument\""));
  EXPECT_THAT(bad.body, HasSubstr("TOKEN_INVALID"));
  EXPECT_THAT(call("application/connect+json", "{").body, HasSubstr("invalid_argument"));
  EXPECT_THAT(call("application/connect+proto", "{").body, HasSubstr("invalid_argument"));
}

TEST(Cors, OtherPagesNeedLeave) {
  WebOptions options;
  options.origins = {"https://board.example"};
  TestFront test(options);
  const std::string ask = "Access-Control-Request-Method: POST\r\n";
  const HttpReply preflight = test.Client().Call("OPTIONS /claimwatch.v1.AlertService/ListAlerts",
                                                 "Origin: https://board.example\r\n" + ask, "");
  EXPECT_EQ(preflight.status, 204);
  EXPECT_EQ(preflight.fields.at("access-control-allow-origin"), "https://board.example");
  EXPECT_THAT(preflight.fields.at("access-control-allow-headers"), HasSubstr("X-Grpc-Web"));
  const HttpReply call = test.Client().Call(
      kStatus, "Origin: https://board.example\r\n" + Type("application/json"), "{}");
  EXPECT_EQ(call.status, 200);
  EXPECT_EQ(call.fields.at("access-control-allow-origin"), "https://board.example");
  EXPECT_THAT(call.fields.at("access-control-expose-headers"), HasSubstr("Grpc-Status"));
  const HttpReply foreign = test.Client().Call(
      kStatus, "Origin: https://evil.example\r\n" + Type("application/json"), "{}");
  EXPECT_EQ(foreign.status, 403);
  EXPECT_FALSE(foreign.fields.contains("access-control-allow-origin"));
}

}  // namespace
}  // namespace claimwatch
