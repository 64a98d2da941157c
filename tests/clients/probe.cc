// The C++ client as a process, for tests/clients; client/python/tests/probe.py says what it takes
// and prints.
#include <google/protobuf/util/json_util.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "client/lib/alert_consumer.h"
#include "client/lib/alert_subscription.h"
#include "client/lib/client.h"
#include "client/lib/ingest_session.h"
#include "client/lib/status.h"

namespace claimwatch::client {
namespace {

std::string Quoted(absl::string_view text) { return absl::StrCat("\"", absl::CEscape(text), "\""); }

void Say(absl::string_view words) {
  std::printf("{%s}\n", std::string(words).c_str());
  std::fflush(stdout);
}

std::string Failed(const absl::Status& status) {
  const StatusDetails details = DetailsOf(status);
  const auto pair = [](std::string* out, const auto& entry) {
    absl::StrAppend(out, Quoted(entry.first), ":", Quoted(entry.second));
  };
  const auto violation = [](std::string* out, const FieldViolation& v) {
    absl::StrAppend(out, "[", Quoted(v.field), ",", Quoted(v.reason), "]");
  };
  return absl::StrCat(R"("code":)", Quoted(absl::StatusCodeToString(status.code())),
                      R"(,"reason":)", Quoted(details.reason), R"(,"metadata":{)",
                      absl::StrJoin(details.metadata, ",", pair), R"(},"violations":[)",
                      absl::StrJoin(details.violations, ",", violation), R"(],"resource":)",
                      Quoted(details.resource));
}

void SayUpdate(const FeedUpdate& update) {
  const auto position = [](std::string* out, const pb::AlertEvent& event) {
    absl::StrAppend(out, event.position());
  };
  const auto alert = [](std::string* out, const pb::AlertEvent& event) {
    absl::StrAppend(out, Quoted(event.alert().alert_id()));
  };
  const auto& events = update.message.events();
  const bool caught_up = update.kind == FeedUpdate::Kind::kCaughtUp;
  Say(absl::StrCat(R"("what":"update","positions":[)", absl::StrJoin(events, ",", position),
                   R"(],"alerts":[)", absl::StrJoin(events, ",", alert), R"(],"token":)",
                   Quoted(update.token), R"(,"caughtUp":)", caught_up ? "true" : "false"));
}

void SayWhat(const FeedUpdate& update) {
  switch (update.kind) {
    case FeedUpdate::Kind::kConnected:
      return Say(R"("what":"connected")");
    case FeedUpdate::Kind::kResumed:
      return Say(R"("what":"resumed")");
    case FeedUpdate::Kind::kLost:
      return Say(absl::StrCat(R"("what":"lost",)", Failed(update.why)));
    case FeedUpdate::Kind::kGap:
      return Say(absl::StrCat(R"("what":"gap",)", Failed(update.why)));
    case FeedUpdate::Kind::kEvents:
    case FeedUpdate::Kind::kCaughtUp:
    case FeedUpdate::Kind::kHeartbeat:
      return SayUpdate(update);
    case FeedUpdate::Kind::kBehind:
      return;
  }
}

absl::Status Follow(Connection& connection, absl::string_view start, absl::string_view on_gap,
                    std::int64_t until) {
  AlertSubscriptionOptions options;
  pb::SubscribeAlertsRequest& request = options.request;
  request.mutable_heartbeat_interval()->set_seconds(1);
  if (absl::ConsumePrefix(&start, "token:")) {
    request.set_resume_token(std::string(start));
  } else {
    request.set_start_point(start == "beginning"  ? request.START_POINT_BEGINNING
                            : start == "snapshot" ? request.START_POINT_SNAPSHOT
                                                  : request.START_POINT_NOW);
  }
  options.on_gap = on_gap == "oldest"     ? OnGap::kOldest
                   : on_gap == "snapshot" ? OnGap::kSnapshot
                                          : OnGap::kStop;
  AlertSubscription feed(connection, std::move(options));
  while (true) {
    const absl::StatusOr<FeedUpdate> update = feed.Next();
    if (!update.ok()) return update.status();
    SayWhat(*update);
    const auto& events = update->message.events();
    if (!events.empty() && events.rbegin()->position() >= until) return absl::OkStatus();
  }
}

void SayReceipt(const pb::Receipt& receipt) {
  std::string error;
  if (receipt.has_error()) {
    error = absl::StrCat(R"(,"error":{)", Failed(ToStatus(receipt.error())), "}");
  }
  Say(absl::StrCat(R"("what":"receipt","id":)", Quoted(receipt.article_id()), R"(,"sequence":)",
                   receipt.sequence(), R"(,"index":)", receipt.index(), R"(,"duplicate":)",
                   receipt.duplicate() ? "true" : "false", error));
}

absl::Status Ingest(Connection& connection, const std::string& path) {
  IngestSession session(connection, {}, SayReceipt, [](const IngestOutage& outage) {
    Say(absl::StrCat(R"("what":"lost",)", Failed(outage.why)));
  });
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    pb::Article article;
    if (!google::protobuf::util::JsonStringToMessage(line, &article).ok()) {
      return absl::InvalidArgumentError(line);
    }
    if (absl::Status sent = session.Send(std::move(article)); !sent.ok()) return sent;
  }
  return session.Finish();
}

absl::Status Consume(Connection& connection, const std::string& subscription, std::int64_t count) {
  pb::ConsumeAlertsRequest request;
  request.set_subscription_id(subscription);
  request.mutable_heartbeat_interval()->set_seconds(1);
  AlertConsumer consumer(connection, request);
  std::set<std::int64_t> settled;
  while (static_cast<std::int64_t>(settled.size()) < count) {
    const absl::StatusOr<ConsumerUpdate> update = consumer.Next();
    if (!update.ok()) return update.status();
    if (!update->lost.ok()) Say(absl::StrCat(R"("what":"lost",)", Failed(update->lost)));
    if (!update->delivery.has_value()) continue;
    const std::int64_t position = update->delivery->event().position();
    const int times = update->delivery->delivery_count();
    pb::SettleAlertsRequest settle;
    const char* did = "ack";
    if (position % 5 == 0 && times == 1) {
      did = "retry";
      settle.add_retry_positions(position);
    } else if (position % 7 == 0) {
      did = "park";
      settle.add_park_positions(position);
    } else {
      settle.add_ack_positions(position);
    }
    if (absl::Status failed = consumer.Settle(settle); !failed.ok()) return failed;
    if (settle.retry_positions().empty()) settled.insert(position);
    Say(absl::StrCat(R"("what":"delivery","position":)", position, R"(,"count":)", times,
                     R"(,"did":")", did, "\""));
  }
  return absl::OkStatus();
}

absl::Status Get(Connection& connection, const std::string& id) {
  pb::GetAlertRequest request;
  request.set_alert_id(id);
  const absl::StatusOr<pb::GetAlertResponse> response = Client(connection).GetAlert(request);
  if (!response.ok()) return response.status();
  Say(absl::StrCat(R"("what":"alert","id":)", Quoted(response->alert().alert_id())));
  return absl::OkStatus();
}

ConnectionOptions OptionsFor(const char* server) {
  ConnectionOptions options;
  options.target = server;
  options.client_id = "probe";
  options.retry.first_contact_max = absl::Seconds(1);
  if (const char* ca = std::getenv("PROBE_CA"); ca != nullptr) {
    std::ostringstream pem;
    pem << std::ifstream(ca).rdbuf();
    options.tls = true;
    options.tls_ca = pem.str();
  }
  if (const char* token = std::getenv("PROBE_TOKEN"); token != nullptr) {
    const auto set = [&](auto& connection) {
      if constexpr (requires { connection.token; }) connection.token = token;
    };
    set(options);
  }
  return options;
}

int Main(int argc, char** argv) {
  if (argc < 4) return 2;
  Connection connection(OptionsFor(argv[1]));
  const std::string_view command = argv[2];
  std::int64_t until = 0;
  absl::Status status = absl::InvalidArgumentError("no such command");
  if (command == "follow" && argc == 6 && absl::SimpleAtoi(argv[5], &until)) {
    status = Follow(connection, argv[3], argv[4], until);
  } else if (command == "consume" && argc == 5 && absl::SimpleAtoi(argv[4], &until)) {
    status = Consume(connection, argv[3], until);
  } else if (command == "ingest") {
    status = Ingest(connection, argv[3]);
  } else if (command == "get") {
    status = Get(connection, argv[3]);
  }
  Say(absl::StrCat(R"("what":"end",)", Failed(status)));
  return 0;
}

}  // namespace
}  // namespace claimwatch::client

int main(int argc, char** argv) { return claimwatch::client::Main(argc, argv); }
