// Subscription: what one subscriber is told, message by message. All of the contract of
// AlertService.SubscribeAlerts but the writing.
//
// A cursor into the feed and a few marks: started, snapshot told, caught up, last word. Next()
// gives the next message or nothing; the stream that writes asks again when the last one is taken.
// Time is a monotonic clock handed in. Not thread-safe: its stream lets one thread in at a time.
// Tested by tests/rpc/subscription_test.cc.
#pragma once

#include <grpcpp/support/byte_buffer.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "claimwatch/v1/alert.pb.h"
#include "server/rpc/event_batches.h"
#include "server/rpc/guard.h"
#include "server/rpc/message_source.h"
#include "server/rpc/rooms.h"
#include "server/rpc/selector.h"

namespace claimwatch {

// A request, checked.
struct SubscriptionPlan {
  std::int64_t start = 0;  // Events after this position.
  bool snapshot = false;
  absl::Duration heartbeat_interval;
  SelectorPtr selector;
  std::string client_id;  // Safe to log.
  StreamPass pass = {};   // What its subscriber may do, and its place.
};

// What a subscriber selects, with the filter that the daemon has for all.
Outcome ReadSelection(const v1::AlertSelector&, const std::string& filter, Rooms&, SelectorPtr&);
// Fields that all subscribers have.
Outcome ReadClientId(const std::string& text, std::string& client_id);
Outcome ReadHeartbeat(const google::protobuf::Duration&, const Rooms&, absl::Duration& interval);
// With metadata that says what is held, and the oldest token.
Error TokenOutOfRange(std::string reason, std::string message, const AlertFeed& feed);
// Reads the request against what the feed holds now. Errors are those of the contract.
Outcome PlanSubscription(const v1::SubscribeAlertsRequest&, Rooms&, SubscriptionPlan& plan);

class Subscription final : public MessageSource {
 public:
  using Message = StreamMessage;

  // `now`: of a monotonic clock. `age_max`: the stream is recycled when it is older.
  Subscription(SubscriptionPlan plan, const Rooms& rooms, EventBatches& batches, absl::Duration now,
               absl::Duration age_max);

  // The next message, or nothing until there is news or a heartbeat is due.
  std::optional<Message> Next(absl::Duration now) override;
  bool IsSlow() const override;
  bool HasNews(absl::Duration now) const override;
  const std::string& client_id() const override { return plan_.client_id; }

  std::int64_t position() const { return position_; }

 private:
  Message Start();
  Message NextOfSnapshot();
  std::optional<Message> NextEvents();
  Message CaughtUp();
  Message Heartbeat();
  Message End(v1::SubscriptionEnd::Reason reason, Error error);
  Message Failed(const absl::Status& status);

  absl::Status ListOpenAlerts();
  absl::Status NoteTouched();  // Alerts with events after the snapshot's position.
  void SetPlace(v1::SubscribeAlertsResponse& message) const;

  const SubscriptionPlan plan_;
  const Rooms& rooms_;
  EventBatches& batches_;
  const absl::Duration heartbeat_interval_;
  const absl::Duration recycle_at_;

  std::int64_t position_;  // All up to here is told.
  std::int64_t head_at_start_;
  bool started_ = false;
  bool caught_up_ = false;
  bool ended_ = false;
  bool snapshot_told_ = false;  // All of it, or there is none.
  absl::Status failed_;         // What kept the snapshot from being listed.
  absl::Duration last_message_;

  // The snapshot: ids still to be told, the oldest last. What has an event after the snapshot's
  // position is left to the live part, so that nothing comes twice and nothing is left out.
  std::vector<AlertId> snapshot_;
  absl::flat_hash_set<AlertId> touched_;
  std::int64_t touched_up_to_ = 0;
};

}  // namespace claimwatch
