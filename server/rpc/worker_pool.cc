#include "server/rpc/worker_pool.h"

#include <utility>

namespace claimwatch {

WorkerPool::WorkerPool(int threads, std::size_t waiting_max) : waiting_max_(waiting_max) {
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { Work(); });
}

WorkerPool::~WorkerPool() { Stop(); }

bool WorkerPool::TryRun(std::function<void()> work) {
  absl::MutexLock lock(&mu_);
  if (stopped_ || waiting_.size() >= waiting_max_) return false;
  waiting_.push_back(std::move(work));
  return true;
}

void WorkerPool::Run(std::function<void()> work) {
  {
    absl::MutexLock lock(&mu_);
    if (!stopped_) {
      waiting_.push_back(std::move(work));
      return;
    }
  }
  work();
}

void WorkerPool::Stop() {
  {
    absl::MutexLock lock(&mu_);
    stopped_ = true;
  }
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void WorkerPool::Work() {
  for (;;) {
    std::function<void()> work;
    {
      absl::MutexLock lock(&mu_);
      mu_.Await(absl::Condition(
          +[](WorkerPool* pool) ABSL_EXCLUSIVE_LOCKS_REQUIRED(pool->mu_) {
            return pool->stopped_ || !pool->waiting_.empty();
          },
          this));
      if (waiting_.empty()) return;
      work = std::move(waiting_.front());
      waiting_.pop_front();
    }
    work();
  }
}

}  // namespace claimwatch
