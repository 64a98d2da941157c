#include "server/web/alert_outlet.h"

#include <utility>

#include "server/rpc/wire_buffer.h"
#include "server/web/limits.h"

namespace claimwatch {
namespace {

Error TimeIsOver() {
  return {.code = absl::StatusCode::kDeadlineExceeded,
          .reason = "DEADLINE_EXCEEDED",
          .message = "the time that the caller gave is over"};
}

}  // namespace

void WebAlertOutlet::Start(absl::Duration timeout) {
  const auto self = shared_from_this();
  exchange_->request.fields = {};  // A subscriber may stay for hours.
  exchange_->request.body = {};
  exchange_->on_written = [self] { self->WhenWritten(); };
  exchange_->on_gone = [self] {
    self->stream_->Cancel();
    self->Leave();
  };
  if (timeout < kHttpTimeoutMax) {
    exchange_->PostAfter(timeout, [weak = weak_from_this()] {
      const auto held = weak.lock();
      if (held != nullptr && !held->left_) held->End(TimeIsOver());
    });
  }
  stream_->Start(*this);
}

void WebAlertOutlet::WhenEncoded(const grpc::ByteBuffer& message,
                                 std::function<void(Encoder::Piece)> then) {
  const auto encode = [self = shared_from_this(), message, then = std::move(then)] {
    Encoder::Piece piece =
        self->way_.encoder.Encode(self->way_.dialect, self->way_.method, message);
    self->exchange_->Post([then, piece = std::move(piece)] { then(piece); });
  };
  if (way_.dialect.is_json() && message.Length() > kHttpInlineBytesMax) {
    way_.pool.Run(encode);
  } else {
    encode();
  }
}

void WebAlertOutlet::Write(const grpc::ByteBuffer& message) {
  WhenEncoded(message, [self = shared_from_this(), message](Encoder::Piece piece) {
    self->WriteNow(std::move(piece), message);
  });
}

void WebAlertOutlet::WriteLast(const grpc::ByteBuffer& message, const Error& why) {
  WhenEncoded(message, [self = shared_from_this(), why](const Encoder::Piece& piece) {
    self->EndNow(*piece + self->way_.dialect.StreamEnd(Failed(why)));
  });
}

void WebAlertOutlet::End(const Error& why) {
  exchange_->Post([self = shared_from_this(), why] {
    self->EndNow(self->way_.dialect.StreamEnd(Failed(why)));
  });
}

void WebAlertOutlet::Cut() {
  exchange_->Post([self = shared_from_this()] { self->exchange_->Cut(); });
}

void WebAlertOutlet::WriteNow(Encoder::Piece piece, const grpc::ByteBuffer& message) {
  if (left_ || end_ != nullptr) return;
  bytes_ += piece->size();
  if (bytes_ > way_.bytes_max) {
    v1::SubscribeAlertsResponse last;  // Without a token there is no place to come back to yet.
    if (FromBuffer(message, last)) recycle_token_ = last.resume_token();
  }
  if (!std::exchange(begun_, true)) exchange_->Begin(way_.dialect.StreamHead());
  writing_ = true;
  exchange_->Write(std::move(piece));
}

void WebAlertOutlet::EndNow(std::string last_piece) {
  if (left_) return;
  if (writing_) {
    end_ = std::make_unique<std::string>(std::move(last_piece));
    return;
  }
  if (!std::exchange(begun_, true)) exchange_->Begin(way_.dialect.StreamHead());
  exchange_->End(std::move(last_piece));
  Leave();
}

void WebAlertOutlet::WhenWritten() {
  writing_ = false;
  if (const auto end = std::exchange(end_, nullptr)) return EndNow(std::move(*end));
  if (!recycle_token_.empty()) return Recycle(recycle_token_);
  stream_->WriteDone(true);
}

// Browsers keep what they have read of an answer for as long as it lasts.
void WebAlertOutlet::Recycle(const std::string& token) {
  const Error why{.code = absl::StatusCode::kUnavailable,
                  .reason = "STREAM_RECYCLED",
                  .message = "the stream has carried enough for one answer; resume at once",
                  .retry_after = absl::ZeroDuration()};
  v1::SubscribeAlertsResponse last;
  last.set_resume_token(token);
  last.mutable_end()->set_reason(v1::SubscriptionEnd::REASON_RECYCLED);
  last.mutable_end()->set_detail(why.message);
  EndNow(way_.dialect.StreamMessage(way_.method, last.SerializeAsString()) +
         way_.dialect.StreamEnd(Failed(why)));
}

void WebAlertOutlet::Leave() {
  if (std::exchange(left_, true)) return;
  stream_->Close();
}

}  // namespace claimwatch
