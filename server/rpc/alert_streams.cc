#include "server/rpc/alert_streams.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/base/log.h"
#include "server/rpc/limits.h"
#include "server/rpc/status.h"
#include "server/rpc/wire_buffer.h"

namespace claimwatch {
namespace {

// How often streams are looked at when nothing happens: heartbeats, age, stalled writes.
constexpr absl::Duration kIdleRound = absl::Milliseconds(200);

// Ends at once with a status.
class RefusedStream final : public grpc::ServerWriteReactor<grpc::ByteBuffer> {
 public:
  explicit RefusedStream(const Error& error) { Finish(ToGrpc(error)); }
  void OnDone() override { delete this; }
};

}  // namespace

AlertStream::AlertStream(grpc::CallbackServerContext* context, AlertHub& hub,
                         std::unique_ptr<Subscription> subscription)
    : context_(context), hub_(hub), subscription_(std::move(subscription)) {}

void AlertStream::Pump(absl::Duration now) {
  absl::MutexLock lock(&mu_);
  if (over_ || on_pool_) return;
  if (writing_) {
    if (now - write_began_ < kWriteStallMax || stalled_) return;
    stalled_ = true;
    Log()->warn("subscriber \"{}\" took nothing for {}; its stream is ended",
                subscription_->client_id(), absl::FormatDuration(kWriteStallMax));
    context_->TryCancel();
    return;
  }
  if (!subscription_->HasNews(now)) return;
  if (subscription_->IsSlow()) {
    on_pool_ = hub_.rooms_.pool.TryRun([self = shared_from_this()] { self->PumpOnPool(); });
    return;
  }
  WriteLocked(subscription_->Next(now), now);
}

void AlertStream::PumpOnPool() {
  const absl::Duration now = hub_.steady_();
  std::optional<Subscription::Message> message = subscription_->Next(now);
  {
    absl::MutexLock lock(&mu_);
    on_pool_ = false;
    if (over_) return;
    WriteLocked(std::move(message), now);
    if (writing_) return;
  }
  hub_.Wake();  // A stretch without anything to tell: go on.
}

void AlertStream::WriteLocked(std::optional<Subscription::Message> message, absl::Duration now) {
  if (!message.has_value()) return;
  write_ = std::move(message->bytes);
  if (message->end.has_value()) {
    over_ = true;
    StartWriteAndFinish(&write_, grpc::WriteOptions(), ToGrpc(*message->end));
    return;
  }
  writing_ = true;
  write_began_ = now;
  StartWrite(&write_);
}

void AlertStream::OnWriteDone(bool ok) {
  {
    absl::MutexLock lock(&mu_);
    writing_ = false;
    if (over_) return;
    if (!ok) {
      over_ = true;
      Finish(grpc::Status(grpc::StatusCode::CANCELLED, "the subscriber is gone"));
      return;
    }
    if (!subscription_->HasNews(hub_.steady_())) return;
  }
  hub_.Wake();  // Not written at once: what gathers until the next round shares a write.
}

void AlertStream::OnCancel() {
  absl::MutexLock lock(&mu_);
  if (over_) return;
  over_ = true;
  Finish(grpc::Status(grpc::StatusCode::CANCELLED, "the subscriber is gone"));
}

void AlertStream::OnDone() { hub_.Remove(this); }

AlertHub::AlertHub(Rooms& rooms, SteadyClock steady)
    : rooms_(rooms), steady_(std::move(steady)), batches_(rooms.feed) {
  listener_ = rooms_.feed.Listen([this] { Wake(); });
  pump_ = std::thread([this] { PumpLoop(); });
}

AlertHub::~AlertHub() { Stop(); }

grpc::ServerWriteReactor<grpc::ByteBuffer>* AlertHub::Subscribe(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer& request) {
  v1::SubscribeAlertsRequest message;
  if (!FromBuffer(request, message)) {
    return new RefusedStream(InvalidField("request", "is no SubscribeAlertsRequest", "MALFORMED"));
  }
  if (rooms_.draining) return new RefusedStream(Draining(absl::Seconds(1)));
  SubscriptionPlan plan;
  if (Outcome bad = PlanSubscription(message, rooms_, plan)) return new RefusedStream(*bad);
  if (plan.client_id.empty()) plan.client_id = LogSafe(context->peer());
  auto subscription = std::make_unique<Subscription>(std::move(plan), rooms_, batches_, steady_(),
                                                     Spread(rooms_.options.stream_age_max));
  const auto stream = std::make_shared<AlertStream>(context, *this, std::move(subscription));
  {
    absl::MutexLock lock(&mu_);
    if (static_cast<int>(streams_.size()) >= rooms_.options.subscribers_max) {
      Error full = Overloaded(
          absl::StrCat("there are ", streams_.size(), " subscribers, which is the limit"));
      full.reason = "TOO_MANY_STREAMS";
      return new RefusedStream(full);
    }
    streams_.push_back(stream);
    changed_ = true;
    awake_ = true;
  }
  ++rooms_.subscribers;
  rooms_.active.Begin();
  return stream.get();  // Held by streams_ until OnDone.
}

void AlertHub::Wake() {
  absl::MutexLock lock(&mu_);
  awake_ = true;
}

void AlertHub::Remove(AlertStream* stream) {
  StreamPtr last;  // Dies after the lock is let go.
  {
    absl::MutexLock lock(&mu_);
    const auto found = std::find_if(streams_.begin(), streams_.end(),
                                    [&](const StreamPtr& held) { return held.get() == stream; });
    if (found == streams_.end()) return;
    last = std::move(*found);
    *found = std::move(streams_.back());
    streams_.pop_back();
    changed_ = true;
  }
  --rooms_.subscribers;
  rooms_.active.End();
}

void AlertHub::Stop() {
  {
    absl::MutexLock lock(&mu_);
    stopped_ = true;
  }
  if (!pump_.joinable()) return;
  pump_.join();
  rooms_.feed.Unlisten(listener_);
  round_.clear();
}

// The first event after a quiet time is told at once; under load rounds keep their distance, so
// that what comes in between shares a write.
void AlertHub::PumpLoop() {
  absl::Duration last_round = -absl::InfiniteDuration();
  while (WaitForWork()) {
    const absl::Duration wait = last_round + kFlushTick - steady_();
    if (wait > absl::ZeroDuration()) {
      absl::MutexLock lock(&mu_);
      mu_.AwaitWithTimeout(absl::Condition(&stopped_), wait);
      awake_ = false;
    }
    last_round = steady_();
    for (const StreamPtr& stream : round_) stream->Pump(last_round);
  }
}

bool AlertHub::WaitForWork() {
  std::vector<StreamPtr> gone;  // Die after the lock is let go.
  absl::MutexLock lock(&mu_);
  const auto ready = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) { return awake_ || stopped_; };
  mu_.AwaitWithTimeout(absl::Condition(&ready),
                       streams_.empty() ? absl::InfiniteDuration() : kIdleRound);
  awake_ = false;
  if (changed_) {
    changed_ = false;
    gone.swap(round_);
    round_ = streams_;
  }
  return !stopped_;
}

}  // namespace claimwatch
