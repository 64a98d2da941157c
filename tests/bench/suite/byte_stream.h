// ByteStream: one gRPC stream of opaque messages, cheap enough to hold thousands in the process
// that measures.
//
// Messages are neither built nor parsed here: what is sent was serialised before the clock ran, and
// what comes is handed on as bytes. Reactions run on gRPC's threads, one at a time for a stream.
#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/client_callback.h>

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"

namespace claimwatch {

// Thread-safe, but for the destructor, which waits until the stream has ended.
class ByteStream : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  using OnMessage = std::function<void(const grpc::ByteBuffer& message)>;

  // Opens `method` ("/package.Service/Method").
  ByteStream(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
             OnMessage on_message);
  ~ByteStream() override;

  // Queues a message; waits while more than a few are queued.
  void Send(grpc::ByteBuffer message);
  // No more messages follow.
  void HalfClose();
  // From now on nothing is read any more: a client that stands still.
  void StopReading();
  void Cancel() { context_.TryCancel(); }
  // Waits for the end of the stream.
  grpc::Status Wait();

 private:
  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override;
  void OnDone(const grpc::Status& status) override;
  void WriteNext() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  bool HasRoomOrEnded() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    return done_ || queue_.size() < kQueuedMax;
  }

  static constexpr std::size_t kQueuedMax = 8;

  grpc::GenericStub stub_;
  grpc::ClientContext context_;
  const OnMessage on_message_;
  grpc::ByteBuffer incoming_;  // Belongs to the read under way.
  grpc::ByteBuffer outgoing_;  // Belongs to the write under way.

  absl::Mutex mu_;
  std::deque<grpc::ByteBuffer> queue_ ABSL_GUARDED_BY(mu_);
  bool writing_ ABSL_GUARDED_BY(mu_) = false;
  bool half_close_ ABSL_GUARDED_BY(mu_) = false;
  bool closed_ ABSL_GUARDED_BY(mu_) = false;
  bool reading_ ABSL_GUARDED_BY(mu_) = true;
  bool held_ ABSL_GUARDED_BY(mu_) = true;  // By the hold that lets us write from outside.
  bool done_ ABSL_GUARDED_BY(mu_) = false;
  grpc::Status status_ ABSL_GUARDED_BY(mu_);
};

// How many length-delimited values with this field number a message holds at its top level, without
// parsing them.
std::int64_t CountField(const grpc::ByteBuffer& message, int field);

// The bytes of a message in one piece.
std::string Flatten(const grpc::ByteBuffer& message);

grpc::ByteBuffer ToBytes(const std::string& message);

}  // namespace claimwatch
