// ReadingStream: one server stream after the other, and the waits between them, until cancelled.
//
// What following the feed and consuming a named subscription have in common: a stream that any
// thread may cancel, the end told with its reason, the channel thrown away when it did not reach
// the daemon. Everything but Cancel() belongs to one thread. Tested through
// tests/client/alert_subscription_test.cc and by the stories of tests/clients/conformance.py.
#pragma once

#include <grpcpp/client_context.h>
#include <grpcpp/support/sync_stream.h>

#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "claimwatch/v1/alert.grpc.pb.h"
#include "client/lib/connection.h"
#include "client/lib/retry.h"
#include "client/lib/status.h"

namespace claimwatch::client {

template <typename Response>
class ReadingStream {
 public:
  using Stub = claimwatch::v1::AlertService::Stub;
  using Begin =
      std::function<std::unique_ptr<grpc::ClientReader<Response>>(Stub&, grpc::ClientContext*)>;

  // `connection` is borrowed and outlives us.
  explicit ReadingStream(Connection& connection) : connection_(connection) {}
  ~ReadingStream() {
    if (!is_open()) return;
    call_->context.TryCancel();
    call_->reader->Finish();
    Forget();
  }
  ReadingStream(const ReadingStream&) = delete;
  ReadingStream& operator=(const ReadingStream&) = delete;

  bool is_open() const { return call_ != nullptr; }

  // Waits as long as WaitBeforeNext() said, then begins a stream. False: cancelled.
  bool Open(const Begin& begin) {
    if (connection_.world().Wait(std::exchange(wait_, absl::ZeroDuration()), cancelled_)) {
      return false;
    }
    call_ = std::make_unique<Call>();
    call_->channel = connection_.Channel();
    call_->stub = claimwatch::v1::AlertService::NewStub(call_->channel);
    announced_retry_after_.reset();
    connection_.Sign(call_->context);
    {
      absl::MutexLock lock(&mu_);
      context_ = &call_->context;
      if (cancelled()) context_->TryCancel();
    }
    call_->reader = begin(*call_->stub, &call_->context);
    return true;
  }

  // False: the stream is at its end, and Close() says why.
  bool Read(Response* message) { return call_->reader->Read(message); }

  // Why the stream ended; never OK.
  absl::Status Close() {
    absl::Status status = ToStatus(call_->reader->Finish());
    if (IsNoConnection(status)) connection_.Drop(call_->channel);
    Forget();
    if (status.ok()) return absl::UnavailableError("the daemon ended the stream early");
    return status;
  }

  // The daemon's `end` said when to come back.
  void Announce(absl::Duration retry_after) { announced_retry_after_ = retry_after; }
  bool announced() const { return announced_retry_after_.has_value(); }

  // How long `patience` waits after this end, at least as long as the daemon said. Nothing: give
  // up.
  std::optional<absl::Duration> DelayAfter(const absl::Status& status, Patience& patience) const {
    const std::optional<absl::Duration> told =
        announced() ? announced_retry_after_ : DetailsOf(status).retry_after;
    return patience.AfterFailure(told.value_or(absl::ZeroDuration()));
  }
  void WaitBeforeNext(absl::Duration delay) { wait_ = delay; }

  // Ends every wait and the stream. Any thread.
  void Cancel() {
    absl::MutexLock lock(&mu_);
    if (!cancelled()) cancelled_.Notify();
    if (context_ != nullptr) context_->TryCancel();
  }
  bool cancelled() const { return cancelled_.HasBeenNotified(); }
  const absl::Notification& cancellation() const { return cancelled_; }

 private:
  struct Call {
    std::shared_ptr<grpc::Channel> channel;  // Shared with the connection.
    std::unique_ptr<Stub> stub;
    grpc::ClientContext context;
    std::unique_ptr<grpc::ClientReader<Response>> reader;
  };

  void Forget() {
    {
      absl::MutexLock lock(&mu_);
      context_ = nullptr;
    }
    call_ = nullptr;
  }

  Connection& connection_;
  std::unique_ptr<Call> call_;  // Null between streams.
  absl::Duration wait_ = absl::ZeroDuration();
  std::optional<absl::Duration> announced_retry_after_;
  absl::Notification cancelled_;

  absl::Mutex mu_;
  grpc::ClientContext* context_ ABSL_GUARDED_BY(mu_) = nullptr;  // of call_
};

}  // namespace claimwatch::client
