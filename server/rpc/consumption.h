// Consumption: what one consumer of a named subscription is told, message by message. All of the
// contract of AlertService.ConsumeAlerts but the writing.
//
// Deliveries come from the subscription's DurableCursor, which several consumers may share.
// Not thread-safe: its stream lets one thread in at a time. Tested by
// tests/rpc/named_subscriptions_test.cc.
#pragma once

#include <memory>
#include <string>

#include "server/rpc/guard.h"
#include "server/rpc/message_source.h"
#include "server/rpc/named_subscriptions.h"
#include "server/rpc/rooms.h"

namespace claimwatch {

// A request, checked.
struct ConsumptionPlan {
  NamedSubscriptions::NamedPtr named;
  absl::Duration heartbeat_interval;
  std::string client_id;  // Safe to log.
  StreamPass pass = {};   // What its consumer may do, and its place.
};

Outcome PlanConsumption(const v1::ConsumeAlertsRequest&, const Rooms&, const NamedSubscriptions&,
                        ConsumptionPlan& plan);

class Consumption final : public MessageSource {
 public:
  // `now`: of a monotonic clock. All is borrowed.
  Consumption(ConsumptionPlan plan, const Rooms& rooms, NamedSubscriptions& subscriptions,
              absl::Duration now, absl::Duration age_max);
  ~Consumption() override;

  std::optional<StreamMessage> Next(absl::Duration now) override;
  bool IsSlow() const override;
  bool HasNews(absl::Duration now) const override;
  const std::string& client_id() const override { return plan_.client_id; }

 private:
  std::optional<StreamMessage> Deliver();
  StreamMessage End(v1::SubscriptionEnd::Reason reason, Error error);
  StreamMessage Failed(const absl::Status& status);

  const ConsumptionPlan plan_;
  const Rooms& rooms_;
  NamedSubscriptions& subscriptions_;
  const absl::Duration recycle_at_;
  absl::Duration last_message_;
  bool started_ = false;
  bool ended_ = false;
};

}  // namespace claimwatch
