#include "server/rpc/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <thread>

#include "tests/rpc/test_server.h"

namespace claimwatch {
namespace {

std::int64_t Total(const LatencyHistogram& histogram) {
  const LatencyHistogram::Reading reading = histogram.Read();
  return std::accumulate(reading.counts.begin(), reading.counts.end(), std::int64_t{0});
}

TEST(LatencyHistogram, PutsEachIntoTheFirstBucketThatHoldsIt) {
  const std::pair<absl::Duration, std::size_t> kCases[] = {
      {absl::Seconds(-1), 0},       {absl::ZeroDuration(), 0},  {absl::Microseconds(500), 0},
      {absl::Microseconds(501), 1}, {absl::Milliseconds(1), 1}, {absl::Milliseconds(300), 9},
      {absl::Seconds(10), 13},      {absl::Seconds(11), 14},    {absl::Hours(1), 14}};
  for (const auto& [took, bucket] : kCases) {
    LatencyHistogram histogram;
    histogram.Observe(took);
    EXPECT_EQ(histogram.Read().counts[bucket], 1) << took;
    EXPECT_EQ(Total(histogram), 1) << took;
  }
  LatencyHistogram several;
  several.Observe(absl::Milliseconds(500), 4);
  EXPECT_EQ(Total(several), 4);
  EXPECT_DOUBLE_EQ(several.Read().sum_seconds, 2);
}

TEST(RpcMetrics, CountsCallsByMethodAndCode) {
  TestServer server;
  server.Ingest(FireReport("a1", 3));
  v1::ListStoriesResponse stories;
  ASSERT_TRUE(server.stories->ListStories(Context().get(), {}, &stories).ok());
  v1::GetAlertRequest request;
  request.set_alert_id("al99");
  v1::GetAlertResponse alert;
  EXPECT_FALSE(server.alerts->GetAlert(Context().get(), request, &alert).ok());
  const auto& methods = server.server().metrics().methods();
  const auto& list = methods.find("/claimwatch.v1.StoryService/ListStories")->second;
  EXPECT_EQ(list.handled[grpc::StatusCode::OK], 1);
  EXPECT_EQ(Total(list.took), 1);
  const auto& get = methods.find("/claimwatch.v1.AlertService/GetAlert")->second;
  EXPECT_EQ(get.handled[grpc::StatusCode::OK], 0);
  EXPECT_EQ(get.handled[grpc::StatusCode::NOT_FOUND], 1);
  EXPECT_EQ(Total(server.server().metrics().ingest_ack), 1);
}

TEST(RpcMetrics, DeliveryIsFromTheCommitToTheSubscriber) {
  TestServer server;
  server.Ingest(FireReport("a1", 3));
  const auto context = Context();
  v1::SubscribeAlertsRequest request;
  request.set_start_point(v1::SubscribeAlertsRequest::START_POINT_BEGINNING);
  const auto stream = server.alerts->SubscribeAlerts(context.get(), request);
  v1::SubscribeAlertsResponse message;
  ASSERT_TRUE(stream->Read(&message));
  EXPECT_EQ(Total(server.server().metrics().alert_delivery), 0);
  server.Ingest(FireReport("a2", 250, 90, "other.example"));
  while (message.events().empty()) ASSERT_TRUE(stream->Read(&message));
  // It is counted when gRPC has told that it took the message, which may be after we have it.
  while (Total(server.server().metrics().alert_delivery) == 0) std::this_thread::yield();
  context->TryCancel();
  stream->Finish();
}

}  // namespace
}  // namespace claimwatch
