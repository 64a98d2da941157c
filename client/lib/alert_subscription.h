// AlertSubscription: the feed of alerts as one unbroken sequence, over any number of connections.
//
// It keeps the last token; when a stream ends, for whatever reason, it waits, opens another and
// goes on after that token. No event is told twice and none is left out: where the daemon no longer
// holds what came after the token, the subscription says so and stops, unless it was told to go on
// with the rest. Tested by tests/client/alert_subscription_test.cc.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "claimwatch/v1/alert.grpc.pb.h"
#include "client/lib/connection.h"
#include "client/lib/reading_stream.h"
#include "client/lib/retry.h"

namespace claimwatch::client {

// What to do when events after the token are gone for good.
enum class OnGap : std::uint8_t {
  kStop,      // Next() ends with OUT_OF_RANGE; DetailsOf(status).metadata has oldestToken
  kOldest,    // go on with the oldest event that is held
  kSnapshot,  // go on with a snapshot of the open alerts
};

struct AlertSubscriptionOptions {
  // Where to begin, and what to follow. client_id is filled in from the connection where empty.
  claimwatch::v1::SubscribeAlertsRequest request;
  OnGap on_gap = OnGap::kStop;
};

// What happened next.
struct FeedUpdate {
  enum class Kind : std::uint8_t {
    kConnected,  // `message.started` says where the stream begins; the first stream
    kResumed,    // likewise, after kLost: nothing is missing
    kEvents,     // `message.events`, never empty; `token` resumes after all of them
    kCaughtUp,   // all that was committed when the stream began has been told
    kHeartbeat,  // nothing new; `token` may have moved on
    kBehind,     // the daemon let us go because we read too slowly; kLost follows
    kLost,       // `why`; the next try is in `retry_in`
    kGap,        // `why`; events are lost for good, and the subscription goes on without them
  };
  Kind kind = Kind::kHeartbeat;
  claimwatch::v1::SubscribeAlertsResponse message;
  // Resumes after this update. Empty until the first token came, and while more events of the same
  // article follow in the next update.
  std::string token;
  absl::Status why;
  absl::Duration retry_in;
};

// Next belongs to one thread; Cancel may come from any.
class AlertSubscription {
 public:
  // `connection` is borrowed and outlives us.
  AlertSubscription(Connection& connection, AlertSubscriptionOptions options);

  // Waits for what happens next. An error is the end: CANCELLED after Cancel(), OUT_OF_RANGE at a
  // gap, UNAVAILABLE when the retry policy gives up, or what the daemon finds wrong with the
  // request.
  absl::StatusOr<FeedUpdate> Next();

  // Ends Next() with CANCELLED.
  void Cancel();

  // The last token received. Empty: none yet.
  const std::string& resume_token() const { return token_; }

 private:
  bool Open();  // False: cancelled.
  void Take(claimwatch::v1::SubscribeAlertsResponse message);
  void TakeStarted(const claimwatch::v1::SubscribeAlertsResponse& message);
  void DropKnownEvents(claimwatch::v1::SubscribeAlertsResponse& message);
  void HandleEnd(const absl::Status& status);
  void HandleGap(const absl::Status& status);
  void Push(FeedUpdate::Kind kind, claimwatch::v1::SubscribeAlertsResponse message = {});

  AlertSubscriptionOptions options_;
  ReadingStream<claimwatch::v1::SubscribeAlertsResponse> stream_;
  Patience patience_;
  std::deque<FeedUpdate> pending_;  // Told by the next calls of Next().
  absl::Status end_;                // Not OK: the end, once pending_ is told.
  std::string token_;
  std::string epoch_;
  std::int64_t told_position_ = 0;  // Of the last event told, in this epoch.
  bool was_lost_ = false;
};

}  // namespace claimwatch::client
