#include "tests/bench/suite/byte_stream.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

#include <utility>
#include <vector>

namespace claimwatch {

ByteStream::ByteStream(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                       OnMessage on_message)
    : stub_(channel), on_message_(std::move(on_message)) {
  stub_.PrepareBidiStreamingCall(&context_, method, {}, this);
  AddHold();
  StartRead(&incoming_);
  StartCall();
}

ByteStream::~ByteStream() {
  Cancel();
  Wait();
}

void ByteStream::Send(grpc::ByteBuffer message) {
  absl::MutexLock lock(&mu_);
  mu_.Await(absl::Condition(this, &ByteStream::HasRoomOrEnded));
  if (done_ || closed_) return;
  queue_.push_back(std::move(message));
  WriteNext();
}

void ByteStream::HalfClose() {
  absl::MutexLock lock(&mu_);
  half_close_ = true;
  WriteNext();
}

void ByteStream::StopReading() {
  absl::MutexLock lock(&mu_);
  reading_ = false;
}

grpc::Status ByteStream::Wait() {
  {
    absl::MutexLock lock(&mu_);
    if (std::exchange(held_, false)) RemoveHold();
  }
  absl::MutexLock lock(&mu_);
  mu_.Await(absl::Condition(&done_));
  return status_;
}

void ByteStream::WriteNext() {
  if (writing_ || closed_) return;
  if (!queue_.empty()) {
    writing_ = true;
    outgoing_ = std::move(queue_.front());
    queue_.pop_front();
    StartWrite(&outgoing_);
  } else if (half_close_) {
    closed_ = true;
    StartWritesDone();
  }
}

void ByteStream::OnReadDone(bool ok) {
  if (!ok) return;
  on_message_(incoming_);
  absl::MutexLock lock(&mu_);
  if (reading_) StartRead(&incoming_);
}

void ByteStream::OnWriteDone(bool ok) {
  absl::MutexLock lock(&mu_);
  writing_ = false;
  if (!ok) {
    closed_ = true;
    queue_.clear();
  }
  WriteNext();
}

void ByteStream::OnDone(const grpc::Status& status) {
  absl::MutexLock lock(&mu_);
  status_ = status;
  done_ = true;
}

std::int64_t CountField(const grpc::ByteBuffer& message, int field) {
  using google::protobuf::internal::WireFormatLite;
  const std::string bytes = Flatten(message);
  google::protobuf::io::CodedInputStream in(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                            static_cast<int>(bytes.size()));
  std::int64_t count = 0;
  while (const std::uint32_t tag = in.ReadTag()) {
    if (WireFormatLite::GetTagFieldNumber(tag) == field) ++count;
    if (!WireFormatLite::SkipField(&in, tag)) break;
  }
  return count;
}

std::string Flatten(const grpc::ByteBuffer& message) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!message.Dump(&slices).ok()) return bytes;
  bytes.reserve(message.Length());
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

grpc::ByteBuffer ToBytes(const std::string& message) {
  const grpc::Slice slice(message);
  return grpc::ByteBuffer(&slice, 1);
}

}  // namespace claimwatch
