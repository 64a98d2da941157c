// Streams of alerts: thousands of subscribers written to by one pump thread.
//
// Publishing only wakes the pump. The pump goes round: every stream whose last write is taken gets
// what gathered for it since, in one message, made once for all who stand at the same place. A
// stream is a cursor (Subscription) and one write under way, so a slow reader costs nothing but
// itself; one that has far to go reads the store on the pool. A write that nobody takes for
// kWriteStallMax ends its stream, because keepalive does not notice a peer that lives and does not
// read. Tested by tests/rpc/alert_service_test.cc.
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "server/rpc/event_batches.h"
#include "server/rpc/rooms.h"
#include "server/rpc/subscription.h"

namespace claimwatch {

class AlertHub;

// One subscriber's stream: shaped like gRPC's own health watch. Held by the hub and by work on the
// pool; gRPC calls it until OnDone. Operations are started under mu_, as gRPC's own reactors do:
// their completions never run inside the call that starts them.
class AlertStream final : public grpc::ServerWriteReactor<grpc::ByteBuffer>,
                          public std::enable_shared_from_this<AlertStream> {
 public:
  AlertStream(grpc::CallbackServerContext* context, AlertHub& hub,
              std::unique_ptr<Subscription> subscription);

  // Writes what there is to say, if the last write is taken.
  void Pump(absl::Duration now);

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  void PumpOnPool();
  void WriteLocked(std::optional<Subscription::Message> message, absl::Duration now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  grpc::CallbackServerContext* const context_;  // Good until OnDone.
  AlertHub& hub_;

  absl::Mutex mu_;
  // Used under mu_, or by the one piece of work on the pool while on_pool_ is set.
  const std::unique_ptr<Subscription> subscription_;
  grpc::ByteBuffer write_ ABSL_GUARDED_BY(mu_);  // Lives until OnWriteDone or OnDone.
  bool writing_ ABSL_GUARDED_BY(mu_) = false;
  bool on_pool_ ABSL_GUARDED_BY(mu_) = false;
  bool over_ ABSL_GUARDED_BY(mu_) = false;  // Finish is called; nothing more may be started.
  bool stalled_ ABSL_GUARDED_BY(mu_) = false;
  absl::Duration write_began_ ABSL_GUARDED_BY(mu_);
};

// Owned by RpcServer; outlives the gRPC server. Thread-safe. Stop() after the gRPC server is shut
// down, when no stream is left.
class AlertHub {
 public:
  using SteadyClock = std::function<absl::Duration()>;  // Monotonic, from any start.

  AlertHub(Rooms& rooms, SteadyClock steady);
  ~AlertHub();

  // A stream for the request, or one that ends at once with what is wrong with it.
  grpc::ServerWriteReactor<grpc::ByteBuffer>* Subscribe(grpc::CallbackServerContext* context,
                                                        const grpc::ByteBuffer& request);
  void Wake();
  void Stop();

 private:
  friend class AlertStream;
  using StreamPtr = std::shared_ptr<AlertStream>;

  void PumpLoop();
  bool WaitForWork();  // False: stop.
  void Remove(AlertStream* stream);

  Rooms& rooms_;
  const SteadyClock steady_;
  EventBatches batches_;
  int listener_ = 0;

  absl::Mutex mu_;  // A leaf: no stream is called while it is held.
  std::vector<StreamPtr> streams_ ABSL_GUARDED_BY(mu_);
  bool changed_ ABSL_GUARDED_BY(mu_) = false;  // streams_, since the pump last looked.
  bool awake_ ABSL_GUARDED_BY(mu_) = false;
  bool stopped_ ABSL_GUARDED_BY(mu_) = false;

  std::vector<StreamPtr> round_;  // The pump's own copy of streams_.
  std::thread pump_;
};

}  // namespace claimwatch
