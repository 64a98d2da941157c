#include "server/rpc/ingest_stream.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/base/trace.h"
#include "server/ingest/limits.h"
#include "server/rpc/acceptor.h"
#include "server/rpc/limits.h"
#include "server/rpc/wire_buffer.h"

namespace claimwatch {
namespace {

constexpr absl::Duration kRetryFirst = absl::Milliseconds(2);
constexpr absl::Duration kRetryLast = absl::Milliseconds(64);
constexpr absl::Duration kComeBack = absl::Seconds(1);

Error ProtocolError(std::string reason, std::string message) {
  return {.code = absl::StatusCode::kInvalidArgument,
          .reason = std::move(reason),
          .message = std::move(message)};
}

// What the sender may not speak for gets its receipt here and goes no further.
void RefuseOtherSources(const Grant& grant, ReadBatch& read) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < read.articles.size(); ++i) {
    const std::size_t place = read.places[i];
    if (grant.MaySpeakFor(read.articles[i].source)) {
      if (kept != i) read.articles[kept] = std::move(read.articles[i]);
      read.places[kept++] = place;
      continue;
    }
    IngestResult& result = read.results[place];
    result.article_id = read.articles[i].id;
    result.status = absl::PermissionDeniedError(read.articles[i].source);
  }
  read.articles.resize(kept);
  read.places.resize(kept);
}

v1::IngestEnd::Reason EndReason(const Error& error) {
  if (error.reason == "DRAINING") return v1::IngestEnd::REASON_DRAINING;
  if (error.reason == "STREAM_RECYCLED") return v1::IngestEnd::REASON_RECYCLED;
  return v1::IngestEnd::REASON_STORE_UNAVAILABLE;
}

}  // namespace

IngestStream::IngestStream(Rooms& rooms, StreamPass pass, std::string peer, std::string trace_id,
                           Gone gone)
    : rooms_(rooms),
      pass_(std::move(pass)),
      peer_(std::move(peer)),
      trace_id_(std::move(trace_id)),
      gone_(std::move(gone)),
      recycle_at_(rooms.clock.Now() + Spread(rooms.options.stream_age_max)),
      retry_delay_(kRetryFirst) {}

void IngestStream::Begin() {
  v1::IngestArticlesResponse response;
  v1::IngestStarted& started = *response.mutable_started();
  started.set_epoch(rooms_.feed.epoch());
  started.set_ack_level(v1::ACK_LEVEL_COMMITTED);
  *started.mutable_limits() = rooms_.Limits();
  absl::MutexLock lock(&mu_);
  if (over_) return;
  write_ = ToBuffer(response);
  writing_ = true;
  StartWrite(&write_);
  ReadLocked();
}

void IngestStream::Drain() {
  absl::MutexLock lock(&mu_);
  StopLocked(Draining(kComeBack), v1::IngestEnd::REASON_DRAINING);
}

void IngestStream::EndIfRevoked() {
  if (StillAdmitted(rooms_, pass_.grant)) return;
  absl::MutexLock lock(&mu_);
  StopLocked(CredentialsRevoked(), v1::IngestEnd::REASON_CREDENTIALS);
}

void IngestStream::OnReadDone(bool ok) {
  {
    absl::MutexLock lock(&mu_);
    reading_ = false;
    if (over_) return;
    if (!ok) {
      no_more_ = true;
      EndLocked();
      return;
    }
    handing_ = true;
  }
  grpc::ByteBuffer message;
  message.Swap(&read_);
  Take(message);
}

void IngestStream::Take(const grpc::ByteBuffer& message) {
  const auto batch = std::make_shared<Batch>();
  Outcome bad;
  if (!CutArticles(message, batch->cut)) {
    bad = ProtocolError("STREAM_PROTOCOL", "a message is no IngestArticlesRequest");
  } else {
    bad = ReadFirst(batch->cut);
  }
  const auto articles = static_cast<std::size_t>(batch->cut.articles_size());
  if (!bad.has_value() && articles > kBatchArticlesMax) {
    bad = ProtocolError(
        "BATCH_TOO_LARGE",
        absl::StrCat("a message holds ", articles, " articles; the limit is ", kBatchArticlesMax));
  }
  batch->bytes = message.Length();
  batch->read = rooms_.clock.Now();
  batch->trace_id = TraceIdOf(batch->cut.traceparent());
  if (batch->trace_id.empty()) batch->trace_id = trace_id_;
  if (rooms_.acceptor != nullptr) rooms_.acceptor->traffic().Received(peer_, batch->bytes);
  const absl::Duration pause = pass_.place == nullptr
                                   ? absl::ZeroDuration()
                                   : pass_.place->Receive(static_cast<std::int64_t>(batch->bytes));
  {
    absl::MutexLock lock(&mu_);
    if (pause > absl::ZeroDuration()) PauseLocked(pause);
    if (bad.has_value() || articles == 0) {
      handing_ = false;
      if (bad.has_value()) StopLocked(*std::move(bad), v1::IngestEnd::REASON_UNSPECIFIED);
      GoOnLocked();
      return;
    }
    batches_.push_back(batch);
    articles_in_hand_ += articles;
    bytes_in_hand_ += batch->bytes;
  }
  Submit(batch);
}

Outcome IngestStream::ReadFirst(const CutBatch& cut) {
  const bool first = std::exchange(first_message_, false);
  if (!cut.has_options()) return std::nullopt;
  if (!first) return ProtocolError("STREAM_PROTOCOL", "options are not in the first message");
  v1::IngestOptions options;
  if (!options.ParseFromString(cut.options())) {
    return InvalidField("options", "do not read as IngestOptions", "MALFORMED");
  }
  if (options.ack_level() > v1::ACK_LEVEL_COMMITTED || options.ack_level() < 0) {
    return InvalidField("options.ack_level", "is no level of this daemon", "UNKNOWN_VALUE");
  }
  if (options.client_id().size() > kClientIdBytesMax) {
    return InvalidField("options.client_id", "must be at most 128 bytes", "TOO_LARGE");
  }
  absl::MutexLock lock(&mu_);
  receipts_ = {options.return_claims(), options.return_alerts()};
  return std::nullopt;
}

// Called for a batch that was just read, and again for one that waits.
void IngestStream::Submit(const BatchPtr& batch) {
  ReadBatch read = ReadArticles(batch->cut);
  if (pass_.grant != nullptr) RefuseOtherSources(*pass_.grant, read);
  batch->results = std::move(read.results);
  absl::Status taken = absl::OkStatus();
  if (read.articles.empty()) {
    Answered(batch);
  } else {
    taken =
        rooms_.ingestor.Submit(std::move(read.articles),
                               [self = shared_from_this(), batch, places = std::move(read.places)](
                                   std::vector<IngestResult> results) {
                                 for (std::size_t i = 0; i < results.size(); ++i) {
                                   batch->results[places[i]] = std::move(results[i]);
                                 }
                                 self->Answered(batch);
                               });
  }
  absl::MutexLock lock(&mu_);
  if (absl::IsResourceExhausted(taken)) return WaitLocked(batch);
  waiting_ = nullptr;
  handing_ = false;
  retry_delay_ = kRetryFirst;
  if (!taken.ok()) {
    // Not taken: the sender learns that by the count of receipts.
    if (!batches_.empty() && batches_.back() == batch) batches_.pop_back();
    Error error = FromStatus(taken);
    const v1::IngestEnd::Reason reason = EndReason(error);
    StopLocked(std::move(error), reason);
  }
  GoOnLocked();
}

// Until an answer to an own batch (which cancels the alarm) or for a moment; each try waits longer.
void IngestStream::WaitLocked(BatchPtr batch) {
  waiting_ = std::move(batch);
  if (over_) return;
  retry_ = std::make_unique<grpc::Alarm>();
  retry_->Set(absl::ToChronoTime(rooms_.clock.Now() + retry_delay_),
              [self = shared_from_this()](bool) {
                BatchPtr waiting;
                {
                  absl::MutexLock lock(&self->mu_);
                  if (!self->over_) waiting = self->waiting_;
                }
                if (waiting != nullptr) self->Submit(waiting);
              });
  retry_delay_ = std::min(retry_delay_ * 2, kRetryLast);
}

// Reads on when the sender's account is out of debt: the transport's flow control tells the sender.
void IngestStream::PauseLocked(absl::Duration pause) {
  if (over_) return;
  paused_ = true;
  pause_ = std::make_unique<grpc::Alarm>();
  pause_->Set(std::chrono::system_clock::now() + absl::ToChronoMicroseconds(pause),
              [self = shared_from_this()](bool) {
                absl::MutexLock lock(&self->mu_);
                self->paused_ = false;
                self->ReadLocked();
              });
}

// On a thread of the ingestor, which must not be held up: the receipts are written elsewhere.
void IngestStream::Answered(const BatchPtr& batch) {
  absl::MutexLock lock(&mu_);
  batch->answered = true;
  if (retry_ != nullptr) retry_->Cancel();
  if (over_ || writing_ || !IsAnsweredLocked()) return;
  writing_ = true;
  rooms_.pool.Run([self = shared_from_this()] { self->WriteOnPool(); });
}

void IngestStream::WriteOnPool() {
  std::vector<BatchPtr> answered;
  ReceiptOptions options;
  std::int64_t index = 0;
  {
    absl::MutexLock lock(&mu_);
    for (const BatchPtr& batch : batches_) {
      if (!batch->answered) break;
      answered.push_back(batch);
    }
    options = receipts_;
    index = receipts_sent_;
  }
  v1::IngestArticlesResponse response;
  Outcome failed = FillReceipts(answered, options, index, response);
  grpc::ByteBuffer bytes = ToBuffer(response);

  absl::MutexLock lock(&mu_);
  writing_ = false;
  if (over_) return;
  receipts_sent_ += response.receipts_size();
  ForgetToldLocked();
  if (failed.has_value()) {
    // What follows may be committed, but its sender learns that when it sends it again.
    batches_.clear();
    const v1::IngestEnd::Reason reason = EndReason(*failed);
    if (response.receipts_size() == 0) return StopLocked(*std::move(failed), reason);
    error_ = std::move(failed);
    end_reason_ = reason;
    no_more_ = true;
  }
  writing_ = true;
  write_.Swap(&bytes);
  StartWrite(&write_);
}

Outcome IngestStream::FillReceipts(const std::vector<BatchPtr>& batches, ReceiptOptions options,
                                   std::int64_t index, v1::IngestArticlesResponse& response) {
  std::size_t bytes = 0;
  for (const BatchPtr& batch : batches) {
    const TraceScope trace(batch->trace_id);
    for (; batch->told < batch->results.size(); ++batch->told) {
      if (bytes >= kWriteBytesMax) return std::nullopt;
      const IngestResult& result = batch->results[batch->told];
      if (absl::IsUnavailable(result.status)) return FromStatus(result.status);
      v1::Receipt& receipt = *response.add_receipts();
      ToProto(result, options, receipt);
      receipt.set_index(index++);
      receipt.set_trace_id(batch->trace_id);
      LogReceipt(receipt);
      bytes += receipt.ByteSizeLong();
    }
  }
  return std::nullopt;
}

void IngestStream::OnWriteDone(bool ok) {
  absl::MutexLock lock(&mu_);
  writing_ = false;
  if (over_) return;
  if (!ok) {
    over_ = true;
    Finish(grpc::Status(grpc::StatusCode::CANCELLED, "the sender is gone"));
    return;
  }
  GoOnLocked();
}

void IngestStream::OnCancel() {
  absl::MutexLock lock(&mu_);
  if (retry_ != nullptr) retry_->Cancel();
  if (pause_ != nullptr) pause_->Cancel();
  if (over_) return;
  over_ = true;
  Finish(grpc::Status(grpc::StatusCode::CANCELLED, "the sender is gone"));
}

void IngestStream::OnDone() {
  {
    absl::MutexLock lock(&mu_);
    retry_ = nullptr;  // Their callbacks hold us.
    pause_ = nullptr;
  }
  gone_(this);
}

void IngestStream::ForgetToldLocked() {
  while (IsAnsweredLocked() && batches_.front()->told == batches_.front()->results.size()) {
    articles_in_hand_ -= batches_.front()->results.size();
    bytes_in_hand_ -= batches_.front()->bytes;
    rooms_.metrics.ingest_ack.Observe(rooms_.clock.Now() - batches_.front()->read);
    batches_.pop_front();
  }
}

void IngestStream::GoOnLocked() {
  if (over_) return;
  if (!writing_ && IsAnsweredLocked()) {
    writing_ = true;
    rooms_.pool.Run([self = shared_from_this()] { self->WriteOnPool(); });
  }
  ReadLocked();
  EndLocked();
}

void IngestStream::ReadLocked() {
  if (over_ || no_more_ || reading_ || handing_ || paused_) return;
  if (articles_in_hand_ >= kStreamArticlesInFlightMax) return;
  if (bytes_in_hand_ >= kStreamBytesInFlightMax) return;
  if (rooms_.clock.Now() >= recycle_at_) {
    StopLocked({.code = absl::StatusCode::kUnavailable,
                .reason = "STREAM_RECYCLED",
                .message = "the stream reached its greatest age; come back at once",
                .retry_after = absl::ZeroDuration()},
               v1::IngestEnd::REASON_RECYCLED);
    return;
  }
  reading_ = true;
  StartRead(&read_);
}

void IngestStream::StopLocked(Error error, v1::IngestEnd::Reason reason) {
  no_more_ = true;
  if (!error_.has_value()) {
    error_ = std::move(error);
    end_reason_ = reason;
  }
  EndLocked();
}

// The stream ends when there is nothing more to read and everything read is answered.
void IngestStream::EndLocked() {
  if (over_ || !no_more_ || handing_ || writing_ || !batches_.empty()) return;
  over_ = true;
  if (!error_.has_value()) {
    Finish(grpc::Status::OK);
  } else if (end_reason_ == v1::IngestEnd::REASON_UNSPECIFIED) {
    Finish(ToGrpc(*error_));
  } else {
    v1::IngestArticlesResponse response;
    v1::IngestEnd& end = *response.mutable_end();
    end.set_reason(end_reason_);
    end.set_receipt_count(receipts_sent_);
    if (error_->retry_after.has_value()) *end.mutable_retry_after() = ToProto(*error_->retry_after);
    write_ = ToBuffer(response);
    StartWriteAndFinish(&write_, grpc::WriteOptions(), ToGrpc(*error_));
  }
}

}  // namespace claimwatch
