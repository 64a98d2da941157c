// IngestStream: one sender's stream of articles, answered receipt by receipt.
//
// Batches are read off the wire, handed to the ingestor, and answered in their order. What is in
// hand of one stream is bounded by not reading on, so back-pressure is the transport's flow
// control; when the ingestor has no room, the batch waits here and is tried again. Articles are cut
// off the wire one by one (wire_articles.h), so that one with bad bytes gets a receipt of its own.
// The sender may vanish at any moment: what the ingestor has taken is finished without it.
// Tested by tests/rpc/article_service_test.cc.
#pragma once

#include <grpcpp/alarm.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "claimwatch/v1/article.pb.h"
#include "server/rpc/guard.h"
#include "server/rpc/rooms.h"
#include "server/rpc/status.h"
#include "server/rpc/wire_articles.h"

namespace claimwatch {

// Held by IngestStreams and by work under way. Operations are started under mu_ (see
// alert_streams.h).
class IngestStream final : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>,
                           public std::enable_shared_from_this<IngestStream> {
 public:
  using Gone = std::function<void(IngestStream*)>;

  // `gone` is called when the stream is over and will not be called by gRPC any more.
  // `peer`: as gRPC writes it. `pass`: what its sender may do, and its place among the streams of
  // its kind. `trace_id`: of articles whose message says none; empty: they have none.
  IngestStream(Rooms& rooms, StreamPass pass, std::string peer, std::string trace_id, Gone gone);

  // Sends `started` and begins to read. Once, after construction.
  void Begin();
  // Reads no more; answers what it has, then ends with DRAINING.
  void Drain();
  // The same with CREDENTIALS_REVOKED, if that is so.
  void EndIfRevoked();

  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  // One message of articles on its way.
  struct Batch {
    CutBatch cut;  // As it came; kept until the ingestor has taken it.
    std::string trace_id;
    absl::Time read;
    std::vector<IngestResult> results;  // In order; those of bad articles are there from the start.
    bool answered = false;              // `results` are complete, and the writer's alone.
    std::size_t told = 0;               // Of `results`.
    std::size_t bytes = 0;
  };
  using BatchPtr = std::shared_ptr<Batch>;

  void Take(const grpc::ByteBuffer& message);
  Outcome ReadFirst(const CutBatch& cut);
  void Submit(const BatchPtr& batch);
  void Answered(const BatchPtr& batch);
  void WriteOnPool();
  // As many receipts as fit into one message; an error when the store did not keep an article.
  Outcome FillReceipts(const std::vector<BatchPtr>& batches, ReceiptOptions options,
                       std::int64_t index, v1::IngestArticlesResponse& response);

  void WaitLocked(BatchPtr batch) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void PauseLocked(absl::Duration pause) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void GoOnLocked() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void ReadLocked() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void ForgetToldLocked() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void StopLocked(Error error, v1::IngestEnd::Reason reason) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  void EndLocked() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  bool IsAnsweredLocked() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    return !batches_.empty() && batches_.front()->answered;
  }

  Rooms& rooms_;
  const StreamPass pass_;
  const std::string peer_;
  const std::string trace_id_;
  const Gone gone_;
  const absl::Time recycle_at_;

  // Only the reading side, which is one thread at a time.
  grpc::ByteBuffer read_;
  bool first_message_ = true;

  absl::Mutex mu_;
  ReceiptOptions receipts_ ABSL_GUARDED_BY(mu_);
  std::deque<BatchPtr> batches_ ABSL_GUARDED_BY(mu_);        // Not yet told, in order.
  BatchPtr waiting_ ABSL_GUARDED_BY(mu_);                    // The last of them, not taken yet.
  std::unique_ptr<grpc::Alarm> retry_ ABSL_GUARDED_BY(mu_);  // For waiting_.
  absl::Duration retry_delay_ ABSL_GUARDED_BY(mu_);
  std::unique_ptr<grpc::Alarm> pause_ ABSL_GUARDED_BY(mu_);  // For paused_.
  bool paused_ ABSL_GUARDED_BY(mu_) = false;                 // The sender's account is in debt.
  std::size_t articles_in_hand_ ABSL_GUARDED_BY(mu_) = 0;
  std::size_t bytes_in_hand_ ABSL_GUARDED_BY(mu_) = 0;
  std::int64_t receipts_sent_ ABSL_GUARDED_BY(mu_) = 0;
  grpc::ByteBuffer write_ ABSL_GUARDED_BY(mu_);
  bool reading_ ABSL_GUARDED_BY(mu_) = false;  // StartRead is under way.
  bool handing_ ABSL_GUARDED_BY(mu_) = false;  // What was read is on its way to the ingestor.
  bool writing_ ABSL_GUARDED_BY(mu_) = false;  // From the decision to write until OnWriteDone.
  bool no_more_ ABSL_GUARDED_BY(mu_) = false;  // The sender half-closed, or the stream is ending.
  bool over_ ABSL_GUARDED_BY(mu_) = false;     // Finish is called; nothing more may be started.
  std::optional<Error> error_ ABSL_GUARDED_BY(mu_);  // What the stream will end with; else OK.
  v1::IngestEnd::Reason end_reason_ ABSL_GUARDED_BY(mu_) = v1::IngestEnd::REASON_UNSPECIFIED;
};

}  // namespace claimwatch
