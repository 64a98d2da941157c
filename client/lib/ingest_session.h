// IngestSession: a stream of articles that survives its connections.
//
// Articles go out in batches, without waiting for receipts, up to a bound; receipts come back in
// the order of sending. When a stream ends (the daemon restarts, the network breaks), the session
// opens another after a growing delay and sends on from the first article without a receipt. That
// is safe, since the daemon knows an article by its id and content: one that was committed before
// its receipt got lost comes back as a duplicate. Tested by tests/client/ingest_session_test.cc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/time.h"
#include "claimwatch/v1/article.grpc.pb.h"
#include "client/lib/connection.h"
#include "client/lib/retry.h"

namespace claimwatch::client {

struct IngestSessionOptions {
  bool return_claims = false;  // Receipts carry the claims,
  bool return_alerts = false;  // and the alerts opened.

  std::size_t batch_articles_max = 16;
  std::size_t batch_bytes_max = 1 << 20;  // An article that is larger goes alone.
  std::size_t inflight_articles_max = 256;
  std::size_t article_bytes_max = 4'000'000;  // What one message can hold at all.
};

// An outage, told when it begins and at every try that fails.
struct IngestOutage {
  absl::Status why;
  absl::Duration retry_in;
  std::size_t to_resend = 0;  // articles without a receipt
};

// Send, Flush and Finish belong to one thread; Cancel may come from any. The callbacks run on the
// session's own threads, one at a time, and must not call the session.
class IngestSession {
 public:
  // `receipt.index` counts over the whole session, whatever streams it took.
  using OnReceipt = std::function<void(claimwatch::v1::Receipt receipt)>;
  using OnOutage = std::function<void(const IngestOutage& outage)>;

  // `connection` is borrowed and outlives us. No call is made before there is something to send.
  IngestSession(Connection& connection, IngestSessionOptions options, OnReceipt on_receipt,
                OnOutage on_outage = nullptr);
  ~IngestSession();  // Cancels what is not finished.
  IngestSession(const IngestSession&) = delete;
  IngestSession& operator=(const IngestSession&) = delete;

  // Queues an article; waits while too many are without a receipt. INVALID_ARGUMENT: no message can
  // hold it, the session goes on without it. Otherwise the error that ended the session.
  absl::Status Send(claimwatch::v1::Article article);

  // What is queued goes out now, also when it does not fill a batch: for senders that pause.
  void Flush();

  // Waits until every article has its receipt. OK, or the error that ended the session; then
  // `unanswered()` articles have no receipt.
  absl::Status Finish();

  // Ends the session with CANCELLED.
  void Cancel();

  // Articles without a receipt: they may or may not be committed.
  std::size_t unanswered() const;

 private:
  using Stream = grpc::ClientReaderWriterInterface<claimwatch::v1::IngestArticlesRequest,
                                                   claimwatch::v1::IngestArticlesResponse>;

  // How one stream ended.
  struct Ending {
    absl::Status status;
    std::optional<absl::Duration> retry_after;
  };

  void Run();
  Ending RunOneStream();
  void WriteBatches(Stream& stream);
  void ReadReceipts(Stream& stream);
  bool Accept(claimwatch::v1::IngestArticlesResponse& response);
  bool TakeReceipt(claimwatch::v1::Receipt& receipt);
  bool NextBatch(claimwatch::v1::IngestArticlesRequest& request);
  bool WaitAndTellOutage(const Ending& ending);
  void EndWith(absl::Status status);

  bool BatchReadyLocked() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  bool AllAnsweredLocked() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  Connection& connection_;
  const IngestSessionOptions options_;
  const OnReceipt on_receipt_;
  const OnOutage on_outage_;
  absl::Notification cancelled_;

  mutable absl::Mutex mu_;
  Patience patience_ ABSL_GUARDED_BY(mu_);
  // Articles without a receipt, in order; the first `sent_` went out on the stream of now.
  std::deque<claimwatch::v1::Article> unanswered_ ABSL_GUARDED_BY(mu_);
  std::size_t sent_ ABSL_GUARDED_BY(mu_) = 0;
  std::size_t flushed_ ABSL_GUARDED_BY(mu_) = 0;  // Of unanswered_: to go out without waiting.
  std::int64_t answered_count_ ABSL_GUARDED_BY(mu_) = 0;
  bool finishing_ ABSL_GUARDED_BY(mu_) = false;
  bool stream_broken_ ABSL_GUARDED_BY(mu_) = false;
  bool ended_ ABSL_GUARDED_BY(mu_) = false;  // Run() is over, with end_status_.
  absl::Status end_status_ ABSL_GUARDED_BY(mu_);
  absl::Status protocol_error_ ABSL_GUARDED_BY(mu_);
  std::optional<absl::Duration> announced_retry_after_ ABSL_GUARDED_BY(mu_);
  grpc::ClientContext* context_ ABSL_GUARDED_BY(mu_) = nullptr;  // of the stream of now

  std::thread pump_;  // Runs Run(); last, so that all of the above is there when it starts.
};

}  // namespace claimwatch::client
