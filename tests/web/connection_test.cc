// HTTP/1.1 as clients may send it, well and ill.
#include "server/web/connection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "server/web/limits.h"
#include "tests/web/test_front.h"

namespace claimwatch {
namespace {

using testing::HasSubstr;

constexpr char kHealth[] = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

TEST(Connection, ServesOneRequestAfterAnother) {
  TestFront test;
  HttpClient client = test.Client();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(client.Call(kHealth).body, "ok\n");
}

TEST(Connection, RequestsMayComeTogetherAndInPieces) {
  TestFront test;
  HttpClient client = test.Client();
  client.Send(std::string(kHealth) + kHealth);
  EXPECT_EQ(client.Read().body, "ok\n");
  EXPECT_EQ(client.Read().body, "ok\n");
  for (const char byte : std::string_view(kHealth)) client.Send({&byte, 1});
  EXPECT_EQ(client.Read().body, "ok\n");
}

struct Ill {
  const char* what;
  std::string request;
  int status;
};

TEST(Connection, WhatIsIllIsToldAndClosed) {
  TestFront test;
  const Ill kCases[] = {
      {"no HTTP", "hello\r\n\r\n", 400},
      {"gRPC's preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400},
      {"two lengths", "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx", 400},
      {"length and chunks",
       "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"no length", "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n", 400},
      {"bad chunk", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400},
      {"long header",
       absl::StrCat("GET / HTTP/1.1\r\nX: ", std::string(kHttpHeaderBytesMax, 'x'), "\r\n\r\n"),
       431},
      {"many headers",
       [] {
         std::string request = "GET / HTTP/1.1\r\n";
         for (int i = 0; i < 4000; ++i) request += "a: b\r\n";
         return request + "\r\n";
       }(),
       431},
      {"long body",
       absl::StrCat("POST / HTTP/1.1\r\nContent-Length: ", kHttpBodyBytesMax + 1, "\r\n\r\n"), 413},
  };
  for (const Ill& row : kCases) {
    HttpClient client = test.Client();
    client.Send(row.request);
    EXPECT_EQ(client.Read().status, row.status) << row.what;
    EXPECT_TRUE(client.IsClosed()) << row.what;
  }
  EXPECT_EQ(test.Client().Call(kHealth).status, 200) << "others are served on";
}

TEST(Connection, BodiesMayComeInChunksAndAskFirst) {
  TestFront test;
  HttpClient client = test.Client();
  client.Send(
      "POST /claimwatch.v1.AlertService/ListAlerts HTTP/1.1\r\nHost: localhost\r\n"
      "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n"
      "Expect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.ReadHead().status, 100);
  client.Send("1\r\n{\r\n1\r\n}\r\n0\r\n\r\n");
  const HttpReply reply = client.Read();
  EXPECT_EQ(reply.status, 200) << reply.body;
}

TEST(Connection, ClosesWhenAskedAndForOldClients) {
  TestFront test;
  for (const char* request :
       {"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n"}) {
    HttpClient client = test.Client();
    EXPECT_EQ(client.Call(request).body, "ok\n");
    EXPECT_TRUE(client.IsClosed());
  }
}

TEST(Connection, HeadHasNoBody) {
  TestFront test;
  HttpClient client = test.Client();
  client.Send("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const HttpReply head = client.ReadHead();
  EXPECT_EQ(head.status, 200);
  EXPECT_NE(head.fields.at("content-length"), "0");
  EXPECT_EQ(client.Call(kHealth).body, "ok\n") << "and the next answer follows at once";
}

TEST(Connection, DrainingAnswersAndCloses) {
  TestFront test;
  HttpClient idle = test.Client();
  EXPECT_EQ(idle.Get("/readyz").status, 200);
  test.front->Drain();
  HttpClient late = test.Client();
  const HttpReply reply = late.Get("/readyz");
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.fields.at("connection"), "close");
  EXPECT_TRUE(late.IsClosed());
  EXPECT_TRUE(idle.IsClosed());
}

TEST(Connection, MetricsNameWhatTheyCount) {
  TestFront test;
  HttpClient client = test.Client();
  client.Call(kHealth);
  const HttpReply page = client.Get("/metrics");
  EXPECT_THAT(page.fields.at("content-type"), HasSubstr("text/plain; version=0.0.4"));
  for (const char* line :
       {"# TYPE claimwatch_http_requests_total counter\n",
        "claimwatch_http_requests_total{kind=\"probe\"} 2\n", "claimwatch_http_connections 1\n",
        "claimwatch_log_head_seq 0\n", "claimwatch_streams{kind=\"subscribe\"} 0\n"}) {
    EXPECT_THAT(page.body, HasSubstr(line));
  }
}

}  // namespace
}  // namespace claimwatch
