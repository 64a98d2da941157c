// NamedSubscriptions: the subscriptions that the daemon keeps, and the calls about them.
//
// Each has a DurableCursor behind a lock of its own. A change is made in memory and then committed
// by the one writer; one commit of a subscription is under way at a time, and what gathers
// meanwhile goes into the next, so that many settlements cost one. A call is answered after the
// commit that holds its change. Owned by RpcServer; thread-safe.
// Tested by tests/rpc/named_subscriptions_test.cc.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "server/feed/durable_cursor.h"
#include "server/rpc/rooms.h"

namespace claimwatch {

// One subscription: shared by the table, its consumers, and commits under way.
struct NamedSubscription {
  using Done = std::function<void(const Outcome&)>;

  NamedSubscription(SubscriptionRecord record, const AlertFeed& feed, SelectorPtr selector)
      : id(record.id),
        cursor(std::move(record), feed, [selector = std::move(selector)](const AlertEvent& event) {
          return selector->Matches(event);
        }) {}

  const std::string id;
  absl::Mutex mu;  // A leaf.
  DurableCursor cursor ABSL_GUARDED_BY(mu);
  int consumers ABSL_GUARDED_BY(mu) = 0;
  bool deleted ABSL_GUARDED_BY(mu) = false;
  bool saving ABSL_GUARDED_BY(mu) = false;
  std::vector<Done> waiting ABSL_GUARDED_BY(mu);  // For the next commit.
};

class NamedSubscriptions {
 public:
  using Done = NamedSubscription::Done;
  using NamedPtr = std::shared_ptr<NamedSubscription>;

  explicit NamedSubscriptions(Rooms& rooms) : rooms_(rooms) {}

  // From the store, before anything is served.
  absl::Status Load();

  // `done` is called once, on the pool or at once. Responses are filled before.
  void Create(const v1::CreateSubscriptionRequest& request,
              v1::CreateSubscriptionResponse& response, Done done);
  Outcome Get(const std::string& id, v1::Subscription& out) const;
  void List(v1::ListSubscriptionsResponse& response) const;
  void Delete(const std::string& id, Done done);
  void Settle(const v1::SettleAlertsRequest& request, v1::SettleAlertsResponse& response,
              Done done);
  void Replay(const v1::ReplayParkedAlertsRequest& request,
              v1::ReplayParkedAlertsResponse& response, Done done);
  void Seek(const v1::SeekSubscriptionRequest& request, v1::SeekSubscriptionResponse& response,
            Done done);

  // For consumers.
  Outcome Find(const std::string& id, NamedPtr& named) const;
  void Show(NamedSubscription& named, v1::Subscription& out) const;
  // Commits what has changed; `done` is told.
  void Save(const NamedPtr& named, Done done);

 private:
  void SaveNext(const NamedPtr& named);
  void Saved(const NamedPtr& named, const absl::Status& status, SubscriptionChanges changes,
             const std::vector<Done>& waiters);
  void Forget(const std::string& id);

  Rooms& rooms_;
  mutable absl::Mutex mu_;  // A leaf.
  std::map<std::string, NamedPtr> by_id_ ABSL_GUARDED_BY(mu_);
};

}  // namespace claimwatch
