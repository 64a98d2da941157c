// Streams of alerts: thousands of subscribers written to by one pump thread.
//
// Publishing wakes the pump; after a quiet time, and where few are there to hear it, the publishing
// thread writes to them itself, which saves the time of waking. The pump goes round: every stream
// whose last write is taken gets what gathered for it since, in one message, made once for all who
// stand at the same place. A stream is a cursor (MessageSource) and one write under way, so a slow
// reader costs nothing but itself; one that has far to go reads the store on the pool. A write that
// nobody takes for kWriteStallMax ends its stream, because keepalive does not notice a peer that
// lives and does not read.
//
// How another front than gRPC attaches (gRPC's own is at the end of alert_streams.cc):
//   std::shared_ptr<AlertStream> stream;
//   if (Outcome bad = hub.Open(request, peer, stream)) return bad;  // Nothing is held.
//   stream->Start(*outlet);   // From here on the outlet is written to, from any thread.
//   stream->WriteDone(true);  // Each time the peer took what Write() gave; false: it is gone.
//   stream->Cancel();         // At most once, when the peer went by itself.
//   stream->Close();          // Exactly once, last: the outlet is not called after that.
// Messages are serialised SubscribeAlertsResponses; copies of a ByteBuffer share their bytes
// (wire_buffer.h gives them as a string). Tested by tests/rpc/alert_streams_test.cc and, over a
// socket, tests/rpc/alert_service_test.cc.
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "server/rpc/consumption.h"
#include "server/rpc/event_batches.h"
#include "server/rpc/rooms.h"
#include "server/rpc/subscription.h"

namespace claimwatch {

class AlertHub;

// Where one stream's messages go: a front's way of writing. Called under the stream's lock: begin
// the work and return, and call the stream from elsewhere only. One Write is under way at a time.
class AlertOutlet {
 public:
  virtual ~AlertOutlet() = default;
  virtual void Write(const grpc::ByteBuffer& message) = 0;
  // The last message, with `end` in it; after it the stream ends with `why`.
  virtual void WriteLast(const grpc::ByteBuffer& message, const Error& why) = 0;
  // Ends without another message, also while a write is not taken yet.
  virtual void End(const Error& why) = 0;
  // After End(): the peer did not take that either. Whatever is left goes.
  virtual void Cut() = 0;
};

// One subscriber's stream: a state machine around what it is told. Held by the hub, by its front
// and by work on the pool. Thread-safe.
class AlertStream final : public std::enable_shared_from_this<AlertStream> {
 public:
  AlertStream(AlertHub& hub, std::unique_ptr<MessageSource> source);

  // For the front; see above.
  void Start(AlertOutlet& outlet);
  void WriteDone(bool ok);
  void Cancel();
  void Close();

  // Writes what there is to say, if the last write is taken. For the hub, and for tests of it.
  void Pump(absl::Duration now);

 private:
  void PumpOnPool();
  void NoteStallLocked(absl::Duration now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void WriteLocked(std::optional<StreamMessage> message, absl::Duration now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void EndLocked(const Error& why) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  AlertHub& hub_;

  absl::Mutex mu_;
  // Used under mu_, or by the one piece of work on the pool while on_pool_ is set.
  const std::unique_ptr<MessageSource> source_;
  AlertOutlet* outlet_ ABSL_GUARDED_BY(mu_) = nullptr;  // From Start() to Close().
  bool writing_ ABSL_GUARDED_BY(mu_) = false;
  bool on_pool_ ABSL_GUARDED_BY(mu_) = false;
  bool over_ ABSL_GUARDED_BY(mu_) = false;  // The outlet was told the end.
  bool cut_ ABSL_GUARDED_BY(mu_) = false;
  absl::Duration write_began_ ABSL_GUARDED_BY(mu_);
  const absl::Time opened_;
  absl::Time committed_ ABSL_GUARDED_BY(mu_);  // The first event of the write under way.
};

// Owned by RpcServer; outlives the gRPC server. Thread-safe. Stop() after all fronts are shut down,
// when no stream is left.
class AlertHub {
 public:
  using SteadyClock = std::function<absl::Duration()>;  // Monotonic, from any start.

  AlertHub(Rooms& rooms, NamedSubscriptions& subscriptions, SteadyClock steady);
  ~AlertHub();

  // A stream for the request, to be started and closed by its front; or what is wrong with it.
  // `caller` is asked about first, and the stream ends with its credential; its peer names the
  // subscriber where the request does not.
  Outcome Open(const v1::SubscribeAlertsRequest& request, const Caller& caller,
               std::shared_ptr<AlertStream>& stream);
  // The same without credentials.
  Outcome Open(const v1::SubscribeAlertsRequest& request, const std::string& peer,
               std::shared_ptr<AlertStream>& stream) {
    return Open(request, Caller{{}, {}, peer}, stream);
  }

  // The same for a consumer of a named subscription; its messages are ConsumeAlertsResponses.
  Outcome OpenConsumer(const v1::ConsumeAlertsRequest& request, const Caller& caller,
                       std::shared_ptr<AlertStream>& stream);

  // The gRPC front: a stream for the request, or one that ends at once with what is wrong with it.
  grpc::ServerWriteReactor<grpc::ByteBuffer>* Subscribe(grpc::CallbackServerContext* context,
                                                        const grpc::ByteBuffer& request);
  grpc::ServerWriteReactor<grpc::ByteBuffer>* Consume(grpc::CallbackServerContext* context,
                                                      const grpc::ByteBuffer& request);
  void Wake();
  void Stop();

 private:
  friend class AlertStream;
  using StreamPtr = std::shared_ptr<AlertStream>;

  void PumpLoop();
  void Published();    // By the sequencer, for the feed.
  bool PumpAtOnce();   // False: it is the pump thread's to do.
  bool WaitForWork();  // False: stop.
  Outcome Add(std::unique_ptr<MessageSource> source, StreamPtr& stream);
  void Remove(AlertStream* stream);

  Rooms& rooms_;
  NamedSubscriptions& subscriptions_;
  const SteadyClock steady_;
  EventBatches batches_;
  int listener_ = 0;

  absl::Mutex mu_;  // A leaf: no stream is called while it is held.
  std::vector<StreamPtr> streams_ ABSL_GUARDED_BY(mu_);
  bool changed_ ABSL_GUARDED_BY(mu_) = false;  // streams_, since the pump last looked.
  bool awake_ ABSL_GUARDED_BY(mu_) = false;
  bool stopped_ ABSL_GUARDED_BY(mu_) = false;

  absl::Duration last_round_ ABSL_GUARDED_BY(mu_) = -absl::InfiniteDuration();

  std::vector<StreamPtr> round_;  // The pump's own copy of streams_.
  std::thread pump_;
};

}  // namespace claimwatch
