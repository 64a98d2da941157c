#include "client/lib/status.h"

#include <google/rpc/error_details.pb.h>
#include <gtest/gtest.h>

#include "tests/client/fake_daemon.h"

namespace claimwatch::client {
namespace {

using grpc::StatusCode;

TEST(Status, DetailsTravelWithTheCode) {
  const absl::Status status =
      ToStatus(RpcError(StatusCode::OUT_OF_RANGE, "too old", "TOKEN_TOO_OLD", absl::Seconds(3),
                        {{"oldestToken", "t5"}}));
  EXPECT_TRUE(absl::IsOutOfRange(status));
  const StatusDetails details = DetailsOf(status);
  EXPECT_EQ(details.reason, "TOKEN_TOO_OLD");
  EXPECT_EQ(details.metadata.at("oldestToken"), "t5");
  EXPECT_EQ(details.retry_after, absl::Seconds(3));
}

TEST(Status, OtherDetailsAreNone) {
  const absl::Status status = ToStatus(grpc::Status(StatusCode::INTERNAL, "no", "not a proto"));
  EXPECT_EQ(DetailsOf(status).reason, "");
  EXPECT_EQ(DetailsOf(absl::OkStatus()).retry_after, std::nullopt);
}

TEST(Status, DescribeNamesTheFieldsAtFault) {
  google::rpc::BadRequest bad;
  auto& violation = *bad.add_field_violations();
  violation.set_field("publish_time");
  violation.set_description("3 days ahead");
  google::rpc::Status rpc;
  rpc.set_code(StatusCode::INVALID_ARGUMENT);
  rpc.set_message("bad article");
  rpc.add_details()->PackFrom(bad);
  EXPECT_EQ(Describe(ToStatus(rpc)), "bad article; publish_time: 3 days ahead");
  rpc.set_message("publish_time: 3 days ahead");
  EXPECT_EQ(Describe(ToStatus(rpc)), "publish_time: 3 days ahead");
  EXPECT_EQ(Describe(absl::InternalError("")), "INTERNAL");
  EXPECT_EQ(Describe(absl::UnavailableError("all addresses: ipv4:1.2.3.4:5: Connection refused")),
            "Connection refused");
}

// The table of proto/README.md, "Errors".
TEST(Status, WhatMayBeTriedAgain) {
  struct Case {
    StatusCode code;
    const char* reason;
    bool with_delay;
    bool again;
    bool no_connection;
  };
  constexpr Case kCases[] = {
      {StatusCode::UNAVAILABLE, "", false, true, true},
      {StatusCode::UNAVAILABLE, "DRAINING", true, true, false},
      {StatusCode::UNAVAILABLE, "STORE_READ_ONLY", true, true, false},
      {StatusCode::RESOURCE_EXHAUSTED, "TOO_MANY_STREAMS", true, true, false},
      {StatusCode::RESOURCE_EXHAUSTED, "DISK_FULL", false, false, false},
      {StatusCode::INVALID_ARGUMENT, "REQUEST_INVALID", false, false, false},
      {StatusCode::NOT_FOUND, "ALERT_NOT_FOUND", false, false, false},
      {StatusCode::ABORTED, "BACKUP_RUNNING", true, false, false},
      {StatusCode::OUT_OF_RANGE, "TOKEN_TOO_OLD", false, false, false},
      {StatusCode::INTERNAL, "INTERNAL", false, false, false},
  };
  for (const Case& c : kCases) {
    const auto delay = c.with_delay ? std::optional(absl::Seconds(1)) : std::nullopt;
    const absl::Status status = ToStatus(RpcError(c.code, "m", c.reason, delay));
    EXPECT_EQ(MayTryAgain(status), c.again) << c.reason;
    EXPECT_EQ(IsNoConnection(status), c.no_connection) << c.reason;
  }
}

}  // namespace
}  // namespace claimwatch::client
