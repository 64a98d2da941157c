// AlertConsumer: what a named subscription delivers, over any number of connections.
//
// The daemon keeps the place, and an event comes until it is settled: acknowledged, given back or
// parked. So each comes at least once, and there is no token to keep. Tested by the stories of
// tests/clients/conformance.py and by tests/client/consume_test.py.
#pragma once

#include <deque>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "claimwatch/v1/alert.grpc.pb.h"
#include "client/lib/client.h"
#include "client/lib/connection.h"
#include "client/lib/reading_stream.h"
#include "client/lib/retry.h"

namespace claimwatch::client {

// What happened next: one of these.
struct ConsumerUpdate {
  std::optional<claimwatch::v1::Delivery> delivery;     // To be settled before its lease ends.
  std::optional<claimwatch::v1::Subscription> started;  // A stream began.
  absl::Status lost = absl::OkStatus();                 // Not OK: the stream broke off, and
  absl::Duration retry_in = absl::ZeroDuration();       // the next try is in so long.
};

// Next belongs to one thread; Settle and Cancel may come from any.
class AlertConsumer {
 public:
  // `connection` is borrowed and outlives us. client_id is filled in from it where empty.
  AlertConsumer(Connection& connection, claimwatch::v1::ConsumeAlertsRequest request);

  // Waits for what happens next. An error is the end: CANCELLED after Cancel(), NOT_FOUND,
  // OUT_OF_RANGE when retention was faster, UNAVAILABLE when the retry policy gives up.
  absl::StatusOr<ConsumerUpdate> Next();

  // Tries for as long as an outage may last. The subscription is filled in.
  absl::Status Settle(claimwatch::v1::SettleAlertsRequest request);

  // Ends Next() and Settle() with CANCELLED.
  void Cancel();

 private:
  using Stub = claimwatch::v1::AlertService::Stub;

  void HandleEnd(const absl::Status& status);

  Connection& connection_;
  Client client_;
  claimwatch::v1::ConsumeAlertsRequest request_;
  ReadingStream<claimwatch::v1::ConsumeAlertsResponse> stream_;
  Patience patience_;
  std::deque<ConsumerUpdate> pending_;  // Told by the next calls of Next().
  absl::Status end_;                    // Not OK: the end, once pending_ is told.
};

}  // namespace claimwatch::client
