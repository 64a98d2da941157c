#include "client/lib/ingest_session.h"

#include <grpcpp/client_context.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "client/lib/status.h"

namespace claimwatch::client {

namespace pb = ::claimwatch::v1;

IngestSession::IngestSession(Connection& connection, IngestSessionOptions options,
                             OnReceipt on_receipt, OnOutage on_outage)
    : connection_(connection),
      options_(options),
      on_receipt_(std::move(on_receipt)),
      on_outage_(std::move(on_outage)),
      patience_(connection.options().retry, connection.world()),
      pump_([this] { Run(); }) {}

IngestSession::~IngestSession() {
  Cancel();
  pump_.join();
}

absl::Status IngestSession::Send(pb::Article article) {
  const std::size_t bytes = article.ByteSizeLong();
  if (bytes > options_.article_bytes_max) {
    return absl::InvalidArgumentError(absl::StrCat("article ", article.article_id(), ": ", bytes,
                                                   " bytes, a message holds ",
                                                   options_.article_bytes_max));
  }
  absl::MutexLock lock(&mu_);
  const auto has_room = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    return ended_ || unanswered_.size() < options_.inflight_articles_max;
  };
  // Whoever waits for room wants what is queued to be on its way.
  if (!has_room()) flushed_ = unanswered_.size();
  mu_.Await(absl::Condition(&has_room));
  if (ended_) return end_status_;
  unanswered_.push_back(std::move(article));
  return absl::OkStatus();
}

void IngestSession::Flush() {
  absl::MutexLock lock(&mu_);
  flushed_ = unanswered_.size();
}

absl::Status IngestSession::Finish() {
  absl::MutexLock lock(&mu_);
  finishing_ = true;
  mu_.Await(absl::Condition(&ended_));
  return end_status_;
}

void IngestSession::Cancel() {
  absl::MutexLock lock(&mu_);
  if (!cancelled_.HasBeenNotified()) cancelled_.Notify();
  if (context_ != nullptr) context_->TryCancel();
}

std::size_t IngestSession::unanswered() const {
  absl::MutexLock lock(&mu_);
  return unanswered_.size();
}

bool IngestSession::AllAnsweredLocked() const { return finishing_ && unanswered_.empty(); }

bool IngestSession::BatchReadyLocked() const {
  const std::size_t waiting = unanswered_.size() - sent_;
  if (waiting == 0) return false;
  return finishing_ || flushed_ > sent_ || waiting >= options_.batch_articles_max;
}

void IngestSession::Run() {
  while (true) {
    {
      absl::MutexLock lock(&mu_);
      const auto something_to_do = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
        return cancelled_.HasBeenNotified() || AllAnsweredLocked() || BatchReadyLocked();
      };
      mu_.Await(absl::Condition(&something_to_do));
      if (AllAnsweredLocked()) ended_ = true;
      if (ended_) return;
    }
    if (cancelled_.HasBeenNotified()) return EndWith(absl::CancelledError("interrupted"));
    const Ending ending = RunOneStream();
    {
      absl::MutexLock lock(&mu_);
      if (!protocol_error_.ok()) ended_ = true, end_status_ = protocol_error_;
      if (AllAnsweredLocked()) ended_ = true;  // However the stream ended: all is in.
      if (ended_) return;
      if (unanswered_.empty() && MayTryAgain(ending.status)) continue;  // Nobody misses the stream.
    }
    if (cancelled_.HasBeenNotified()) return EndWith(absl::CancelledError("interrupted"));
    if (!MayTryAgain(ending.status)) return EndWith(ending.status);
    if (!WaitAndTellOutage(ending)) return EndWith(ending.status);
  }
}

void IngestSession::EndWith(absl::Status status) {
  absl::MutexLock lock(&mu_);
  ended_ = true;
  end_status_ = std::move(status);
}

IngestSession::Ending IngestSession::RunOneStream() {
  const std::shared_ptr<grpc::Channel> channel = connection_.Channel();
  const auto stub = pb::ArticleService::NewStub(channel);
  grpc::ClientContext context;
  connection_.Sign(context);
  {
    absl::MutexLock lock(&mu_);
    stream_broken_ = false;
    announced_retry_after_.reset();
    context_ = &context;
    if (cancelled_.HasBeenNotified()) context.TryCancel();
  }
  const auto stream = stub->IngestArticles(&context);
  std::thread reader([this, &stream] { ReadReceipts(*stream); });
  WriteBatches(*stream);
  reader.join();
  absl::Status status = ToStatus(stream->Finish());
  if (IsNoConnection(status)) connection_.Drop(channel);

  absl::MutexLock lock(&mu_);
  context_ = nullptr;
  // What was sent without an answer goes out again, and does not wait for a full batch.
  flushed_ = std::max(flushed_, sent_);
  sent_ = 0;
  if (status.ok()) status = absl::UnavailableError("the daemon ended the stream early");
  const std::optional<absl::Duration> told = DetailsOf(status).retry_after;
  return {std::move(status), announced_retry_after_ ? announced_retry_after_ : told};
}

void IngestSession::WriteBatches(Stream& stream) {
  bool first = true;
  pb::IngestArticlesRequest request;
  while (NextBatch(request)) {
    if (first) {
      pb::IngestOptions& options = *request.mutable_options();
      options.set_client_id(connection_.options().client_id);
      options.set_return_claims(options_.return_claims);
      options.set_return_alerts(options_.return_alerts);
      first = false;
    }
    if (!stream.Write(request)) return;
    request.Clear();
  }
  stream.WritesDone();
}

// Waits for the next batch of this stream. False: the stream broke, or all is sent and finished.
bool IngestSession::NextBatch(pb::IngestArticlesRequest& request) {
  absl::MutexLock lock(&mu_);
  const auto decided = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    return stream_broken_ || BatchReadyLocked() || (finishing_ && sent_ == unanswered_.size());
  };
  mu_.Await(absl::Condition(&decided));
  if (stream_broken_ || !BatchReadyLocked()) return false;
  std::size_t bytes = 0;
  std::size_t count = 0;
  while (sent_ < unanswered_.size() && count < options_.batch_articles_max) {
    const pb::Article& article = unanswered_[sent_];
    bytes += article.ByteSizeLong();
    if (count > 0 && bytes > options_.batch_bytes_max) break;
    *request.add_articles() = article;
    ++sent_;
    ++count;
  }
  return true;
}

void IngestSession::ReadReceipts(Stream& stream) {
  pb::IngestArticlesResponse response;
  while (stream.Read(&response)) {
    if (!Accept(response)) {
      absl::MutexLock lock(&mu_);
      context_->TryCancel();
      break;
    }
  }
  absl::MutexLock lock(&mu_);
  stream_broken_ = true;
}

// False: the daemon does not keep to the contract.
bool IngestSession::Accept(pb::IngestArticlesResponse& response) {
  {
    absl::MutexLock lock(&mu_);
    patience_.Contact();
    if (response.has_end()) announced_retry_after_ = ToDuration(response.end().retry_after());
  }
  for (pb::Receipt& receipt : *response.mutable_receipts()) {
    if (!TakeReceipt(receipt)) return false;
  }
  return true;
}

bool IngestSession::TakeReceipt(pb::Receipt& receipt) {
  {
    absl::MutexLock lock(&mu_);
    const bool asked = sent_ > 0 && (receipt.article_id().empty() ||
                                     receipt.article_id() == unanswered_.front().article_id());
    if (!asked) {
      protocol_error_ = absl::InternalError(
          absl::StrCat("the daemon sent a receipt out of order: ", receipt.article_id()));
      return false;
    }
    receipt.set_index(answered_count_++);
  }
  // Before the article is let go, so that Finish() returns after the last call.
  if (on_receipt_ != nullptr) on_receipt_(std::move(receipt));
  absl::MutexLock lock(&mu_);
  patience_.Progress();
  unanswered_.pop_front();
  --sent_;
  if (flushed_ > 0) --flushed_;
  return true;
}

// False: it has lasted too long, or the session was cancelled.
bool IngestSession::WaitAndTellOutage(const Ending& ending) {
  IngestOutage outage;
  {
    absl::MutexLock lock(&mu_);
    const absl::Duration least = ending.retry_after.value_or(absl::ZeroDuration());
    const std::optional<absl::Duration> delay = patience_.AfterFailure(least);
    if (!delay.has_value()) return false;
    outage = {ending.status, *delay, unanswered_.size()};
  }
  if (on_outage_ != nullptr) on_outage_(outage);
  connection_.world().Wait(outage.retry_in, cancelled_);
  return true;
}

}  // namespace claimwatch::client
