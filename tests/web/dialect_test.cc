// What dialects write of metadata and timeouts, which no service of ours sends yet.
#include "server/web/dialect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/web/connect.h"
#include "server/web/grpc_web.h"

namespace claimwatch {
namespace {

using testing::HasSubstr;

RpcResult WithMetadata() {
  return {.status = grpc::Status(grpc::StatusCode::ABORTED, "50 % ü"),
          .leading = {{"lead", "1"}},
          .trailing = {{"trail", "a"}, {"trail", "b"}, {"raw-bin", std::string("\0\xff", 2)}}};
}

std::string FieldsOf(const HttpResponse& response) {
  std::string all;
  for (const auto& [name, value] : response.fields) all += name + ":" + value + "\n";
  return all;
}

TEST(Dialect, GrpcWebTrailersOnly) {
  const std::string fields = FieldsOf(GrpcWeb(false, false).Answer({}, WithMetadata()));
  for (const char* field : {"lead:1\n", "grpc-status:10\n", "grpc-message:50 %25 %C3%BC\n",
                            "trail:a\n", "trail:b\n", "raw-bin:AP8\n"}) {
    EXPECT_THAT(fields, HasSubstr(field));
  }
}

TEST(Dialect, GrpcWebTrailersFrame) {
  const std::string end = GrpcWeb(false, false).StreamEnd(WithMetadata());
  EXPECT_EQ(end[0], '\x80');
  EXPECT_EQ(
      end.substr(5),
      "grpc-status:10\r\ngrpc-message:50 %25 %C3%BC\r\ntrail:a\r\ntrail:b\r\nraw-bin:AP8\r\n");
}

TEST(Dialect, ConnectUnaryPutsTrailersIntoTheHeader) {
  const HttpResponse response = ConnectUnary(true, false).Answer({}, WithMetadata());
  EXPECT_EQ(response.status, 409);
  EXPECT_EQ(response.body, R"({"code":"aborted","message":"50 % ü"})");
  for (const char* field : {"lead:1\n", "trailer-trail:a\n", "trailer-raw-bin:AP8\n"}) {
    EXPECT_THAT(FieldsOf(response), HasSubstr(field));
  }
}

TEST(Dialect, ConnectStreamPutsTrailersIntoTheEnd) {
  EXPECT_EQ(ConnectStream(false).StreamEnd(WithMetadata()).substr(5),
            R"({"error":{"code":"aborted","message":"50 % ü"},)"
            R"("metadata":{"trail":["a","b"],"raw-bin":["AP8"]}})");
  EXPECT_EQ(ConnectStream(false).StreamEnd({}).substr(5), "{}");
}

// EventSource gives up for good after anything but 200.
TEST(Dialect, EventsTellWhatPassesWith200) {
  const auto status = [](grpc::StatusCode code) {
    return EventsDialect().Answer({}, {.status = grpc::Status(code, "x")}).status;
  };
  EXPECT_EQ(status(grpc::StatusCode::UNAVAILABLE), 200);
  EXPECT_EQ(status(grpc::StatusCode::RESOURCE_EXHAUSTED), 200);
  EXPECT_EQ(status(grpc::StatusCode::OUT_OF_RANGE), 400);
  EXPECT_EQ(status(grpc::StatusCode::UNAUTHENTICATED), 401);
}

struct TimeoutCase {
  const char* field;
  const char* value;
  const char* read;
};

TEST(Dialect, TimeoutsAreReadByBothRules) {
  constexpr TimeoutCase kCases[] = {
      {"grpc-timeout", "100m", "100ms"},
      {"grpc-timeout", "2H", "2h"},
      {"grpc-timeout", "3M", "3m"},
      {"grpc-timeout", "4S", "4s"},
      {"grpc-timeout", "5u", "5us"},
      {"grpc-timeout", "6n", "6ns"},
      {"grpc-timeout", "99999999S", "27777h46m39s"},
      {"grpc-timeout", "999999999S", "?"},
      {"grpc-timeout", "S", "?"},
      {"grpc-timeout", "-1S", "?"},
      {"grpc-timeout", "1", "?"},
      {"grpc-timeout", "1s", "?"},
      {"connect-timeout-ms", "1500", "1.5s"},
      {"connect-timeout-ms", "12345678901", "?"},
      {"connect-timeout-ms", "-5", "?"},
      {"connect-timeout-ms", "x", "?"},
      {"x-other", "1", "inf"},
  };
  for (const TimeoutCase& row : kCases) {
    HttpRequest request;
    request.fields = {{row.field, row.value}};
    const auto timeout = ReadTimeout(request);
    EXPECT_EQ(timeout.ok() ? absl::FormatDuration(*timeout) : "?", row.read) << row.value;
  }
}

}  // namespace
}  // namespace claimwatch
