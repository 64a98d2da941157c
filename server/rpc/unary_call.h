// UnaryCall: one unary call, from its begin until its answer is on the wire.
//
// Whoever works on the answer holds a copy. A stop waits for the calls under way (Rooms::active);
// those that are not answered when its grace is nearly over are told DRAINING by OpenCalls, so that
// the client hears UNAVAILABLE with a delay and comes again, and not the CANCELLED with which gRPC
// ends what it shuts down. What works on such an answer may go on: request and response live until
// the last copy goes, and what it says then is dropped. Thread-safe. Tested by
// tests/rpc/server_test.cc.
#pragma once

#include <grpcpp/support/server_callback.h>
#include <grpcpp/support/status.h>

#include <memory>
#include <string_view>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "server/rpc/activity.h"
#include "server/rpc/metrics.h"

namespace claimwatch {

class UnaryReactor;

// The calls that are not answered yet.
class OpenCalls {
 public:
  explicit OpenCalls(Activity& active) : active_(active) {}

  // Each of them is answered with `status`.
  void End(const grpc::Status& status);

 private:
  friend class UnaryReactor;
  void Add(const std::shared_ptr<UnaryReactor>& call);
  void Remove(UnaryReactor* call);

  Activity& active_;  // Borrowed.
  absl::Mutex mu_;    // A leaf.
  absl::flat_hash_map<UnaryReactor*, std::weak_ptr<UnaryReactor>> calls_ ABSL_GUARDED_BY(mu_);
};

class UnaryCall {
 public:
  // Counted in `metrics` by whoever finishes it first.
  UnaryCall(OpenCalls& open, RpcMetrics& metrics, std::string_view path);

  // From now on a stop waits for it. Not for those that are refused at once.
  void Begin() const;
  // The first one counts.
  void Finish(const grpc::Status& status) const;
  grpc::ServerUnaryReactor* reactor() const;

 private:
  struct Hold;
  std::shared_ptr<const Hold> hold_;
};

}  // namespace claimwatch
