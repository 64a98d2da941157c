// A daemon that is stopped in its tracks for a while (SIGSTOP: a machine that sleeps, a debugger, a
// hypervisor that moves it) and goes on: nothing is lost, doubled or told twice.
#include <gtest/gtest.h>
#include <signal.h>

#include "absl/strings/str_cat.h"
#include "tests/end_to_end/daemon_process.h"
#include "tests/end_to_end/wire_client.h"
#include "tests/fakes/temporary_directory.h"

namespace claimwatch {
namespace {

TEST(Pauses, WhatWasUnderWayIsFinishedAfterwards) {
  TemporaryDirectory folder;
  DaemonProcess daemon(folder.path() + "/data", {"--http_listen="});
  WireClient client(daemon.address());
  WireSubscriber subscriber(client, FromBeginning());
  std::vector<std::string> told;
  for (int pause = 0; pause < 3; ++pause) {
    daemon.Send(SIGSTOP);
    v1::IngestArticleRequest request;
    const std::string id = absl::StrCat("a", pause);
    *request.mutable_article() = FloodReport(id, "river-post.example", 12 + 9 * pause, 60 * pause);
    v1::IngestArticleResponse response;
    grpc::ClientContext impatient;
    impatient.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(500));
    EXPECT_EQ(client.articles->IngestArticle(&impatient, request, &response).error_code(),
              grpc::StatusCode::DEADLINE_EXCEEDED);
    daemon.Send(SIGCONT);
    // Whether the first try came through nobody knows; the second says so, and does not double it.
    const grpc::Status second = client.articles->IngestArticle(Context().get(), request, &response);
    ASSERT_TRUE(second.ok()) << second.error_message();
    EXPECT_EQ(response.receipt().sequence(), pause + 1);
    if (pause == 0) continue;
    for (const v1::AlertEvent& event : subscriber.ReadEvents(pause == 1 ? 1 : 2)) {
      told.push_back(absl::StrCat(event.position(), " ", event.alert().alert_id()));
    }
  }
  EXPECT_EQ(told, (std::vector<std::string>{"1 al1", "2 al1", "3 al2"}));
  daemon.Send(SIGTERM);
  EXPECT_EQ(daemon.Wait(), 0);
}

}  // namespace
}  // namespace claimwatch
