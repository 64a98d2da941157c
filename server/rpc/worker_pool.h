// WorkerPool: a few threads for work that may wait (the store) or is dear (reading, serialising).
//
// gRPC has two threads here for all reactions of all streams; whatever could hold one up runs on a
// pool instead. Callers' work is refused beyond a bound (TryRun); the completion of work that is
// bounded elsewhere is always taken (Run). Owned by RpcServer; thread-safe; Stop() runs what is
// queued and joins. Tested by tests/rpc/worker_pool_test.cc.
#pragma once

#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace claimwatch {

class WorkerPool {
 public:
  WorkerPool(int threads, std::size_t waiting_max);
  ~WorkerPool();

  // False, and `work` is never run: `waiting_max` pieces wait already, or the pool has stopped.
  bool TryRun(std::function<void()> work);
  // Runs `work` in any case; on the caller's thread once the pool has stopped.
  void Run(std::function<void()> work);

  void Stop();

 private:
  void Work();

  const std::size_t waiting_max_;
  std::vector<std::thread> threads_;  // Fixed after construction; joined by Stop().

  absl::Mutex mu_;  // A leaf: not held while work runs.
  std::deque<std::function<void()>> waiting_ ABSL_GUARDED_BY(mu_);
  bool stopped_ ABSL_GUARDED_BY(mu_) = false;
};

}  // namespace claimwatch
