#include "server/rpc/unary_call.h"

#include <chrono>
#include <utility>
#include <vector>

#include "absl/synchronization/notification.h"

namespace claimwatch {
namespace {

std::int64_t SteadyNanoseconds() {
  return std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1);
}

}  // namespace

// gRPC's side of a call. Holds itself until OnDone; after that nothing of the call is left.
class UnaryReactor final : public grpc::ServerUnaryReactor {
 public:
  UnaryReactor(OpenCalls& open, RpcMetrics::Method* method)
      : open_(open), method_(method), began_(SteadyNanoseconds()) {}

  void Hold(std::shared_ptr<UnaryReactor> self) { self_ = std::move(self); }
  void Begin() {
    open_.active_.Begin();
    begun_ = true;
    open_.Add(self_);
  }
  void Release() { released_.Notify(); }

  // `cut`: by somebody who does not hold the call.
  void Answer(const grpc::Status& status, bool cut) {
    {
      absl::MutexLock lock(&mu_);
      if (std::exchange(answered_, true)) return;
      cut_ = cut;
    }
    const int code = status.error_code();
    if (method_ != nullptr && code >= 0 && code < RpcMetrics::kCodes) {
      method_->handled[static_cast<std::size_t>(code)].fetch_add(1, std::memory_order_relaxed);
      method_->took.Observe(absl::Nanoseconds(SteadyNanoseconds() - began_));
    }
    Finish(status);
  }

  void OnDone() override {
    const std::shared_ptr<UnaryReactor> self = std::move(self_);
    if (begun_) {
      open_.Remove(this);
      open_.active_.End();
    }
    if (IsCut()) released_.WaitForNotification();  // gRPC frees request and response after this.
  }

 private:
  bool IsCut() {
    absl::MutexLock lock(&mu_);
    return cut_;
  }
  // OnDone only counts, and may do so wherever gRPC is; but where it waits it gets a thread.
  bool InternalInlineable() override { return !IsCut(); }

  OpenCalls& open_;
  RpcMetrics::Method* const method_;  // Null: not counted.
  const std::int64_t began_;
  bool begun_ = false;                  // Fixed before anybody else has the call.
  std::shared_ptr<UnaryReactor> self_;  // Until OnDone.
  absl::Notification released_;         // No UnaryCall is left.

  absl::Mutex mu_;  // A leaf.
  bool answered_ ABSL_GUARDED_BY(mu_) = false;
  bool cut_ ABSL_GUARDED_BY(mu_) = false;
};

void OpenCalls::End(const grpc::Status& status) {
  std::vector<std::shared_ptr<UnaryReactor>> open;
  {
    absl::MutexLock lock(&mu_);
    for (const auto& [reactor, call] : calls_) {
      if (auto held = call.lock()) open.push_back(std::move(held));
    }
  }
  for (const auto& call : open) call->Answer(status, true);
}

void OpenCalls::Add(const std::shared_ptr<UnaryReactor>& call) {
  absl::MutexLock lock(&mu_);
  calls_[call.get()] = call;
}

void OpenCalls::Remove(UnaryReactor* call) {
  absl::MutexLock lock(&mu_);
  calls_.erase(call);
}

struct UnaryCall::Hold {
  ~Hold() { reactor->Release(); }
  std::shared_ptr<UnaryReactor> reactor;
};

UnaryCall::UnaryCall(OpenCalls& open, RpcMetrics& metrics, std::string_view path) {
  auto hold = std::make_shared<Hold>();
  hold->reactor = std::make_shared<UnaryReactor>(open, metrics.Find(path));
  hold->reactor->Hold(hold->reactor);
  hold_ = std::move(hold);
}

void UnaryCall::Begin() const { hold_->reactor->Begin(); }

void UnaryCall::Finish(const grpc::Status& status) const { hold_->reactor->Answer(status, false); }

grpc::ServerUnaryReactor* UnaryCall::reactor() const { return hold_->reactor.get(); }

}  // namespace claimwatch
