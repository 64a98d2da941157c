#include "server/rpc/alert_streams.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/base/log.h"
#include "server/base/trace.h"
#include "server/rpc/limits.h"
#include "server/rpc/status.h"
#include "server/rpc/wire_buffer.h"

namespace claimwatch {
namespace {

// How often streams are looked at when nothing happens: heartbeats, age, stalled writes.
constexpr absl::Duration kIdleRound = absl::Milliseconds(200);
// So many streams are written to by the thread that published; more are left to the pump.
constexpr std::size_t kPumpedAtOnceMax = 4;
constexpr absl::Duration kComeBack = absl::Seconds(1);

// Ends at once with a status.
class RefusedStream final : public grpc::ServerWriteReactor<grpc::ByteBuffer> {
 public:
  explicit RefusedStream(const Error& error) { Finish(ToGrpc(error)); }
  void OnDone() override { delete this; }
};

// The gRPC front. Operations are started under the stream's lock, as gRPC's own reactors do: their
// completions never run inside the call that starts them.
class GrpcOutlet final : public grpc::ServerWriteReactor<grpc::ByteBuffer>, public AlertOutlet {
 public:
  GrpcOutlet(grpc::CallbackServerContext* context, std::shared_ptr<AlertStream> stream)
      : context_(context), stream_(std::move(stream)) {}

  void Write(const grpc::ByteBuffer& message) override {
    write_ = message;
    StartWrite(&write_);
  }
  void WriteLast(const grpc::ByteBuffer& message, const Error& why) override {
    write_ = message;
    StartWriteAndFinish(&write_, grpc::WriteOptions(), ToGrpc(why));
  }
  void End(const Error& why) override { Finish(ToGrpc(why)); }
  void Cut() override { context_->TryCancel(); }

  void OnWriteDone(bool ok) override { stream_->WriteDone(ok); }
  void OnCancel() override { stream_->Cancel(); }
  void OnDone() override {
    stream_->Close();
    delete this;
  }

 private:
  grpc::CallbackServerContext* const context_;  // Good until OnDone.
  const std::shared_ptr<AlertStream> stream_;
  grpc::ByteBuffer write_;  // Lives until OnWriteDone or OnDone.
};

Error SubscriberGone() {
  return {.code = absl::StatusCode::kCancelled,
          .reason = "SUBSCRIBER_GONE",
          .message = "the subscriber is gone"};
}

Error ReaderTooSlow() {
  return {.code = absl::StatusCode::kUnavailable,
          .reason = "READER_TOO_SLOW",
          .message = absl::StrCat("nothing was taken for ", absl::FormatDuration(kWriteStallMax),
                                  "; resume with the last token received"),
          .retry_after = Spread(kComeBack)};
}

}  // namespace

AlertStream::AlertStream(AlertHub& hub, std::unique_ptr<MessageSource> source)
    : hub_(hub), source_(std::move(source)), opened_(hub.rooms_.clock.Now()) {}

void AlertStream::Start(AlertOutlet& outlet) {
  {
    absl::MutexLock lock(&mu_);
    outlet_ = &outlet;
  }
  hub_.Wake();
}

void AlertStream::Pump(absl::Duration now) {
  absl::MutexLock lock(&mu_);
  if (outlet_ == nullptr || on_pool_) return;
  if (writing_) return NoteStallLocked(now);
  if (over_ || !source_->HasNews(now)) return;
  if (source_->IsSlow()) {
    on_pool_ = hub_.rooms_.pool.TryRun([self = shared_from_this()] { self->PumpOnPool(); });
    return;
  }
  WriteLocked(source_->Next(now), now);
}

// The pending write cannot be taken back and nothing fits beside it: the reason goes into the
// status, behind what the peer still has to read. One that does not read that either is cut.
void AlertStream::NoteStallLocked(absl::Duration now) {
  if (cut_ || now - write_began_ < kWriteStallMax) return;
  if (!over_) {
    Log()->warn("subscriber \"{}\" took nothing for {}; its stream is ended", source_->client_id(),
                absl::FormatDuration(kWriteStallMax));
    write_began_ = now;
    return EndLocked(ReaderTooSlow());
  }
  cut_ = true;
  outlet_->Cut();
}

void AlertStream::PumpOnPool() {
  const absl::Duration now = hub_.steady_();
  std::optional<StreamMessage> message = source_->Next(now);
  {
    absl::MutexLock lock(&mu_);
    on_pool_ = false;
    if (over_ || outlet_ == nullptr) return;
    WriteLocked(std::move(message), now);
    if (writing_) return;
  }
  hub_.Wake();  // A stretch without anything to tell: go on.
}

void AlertStream::WriteLocked(std::optional<StreamMessage> message, absl::Duration now) {
  if (!message.has_value()) return;
  writing_ = true;
  write_began_ = now;
  committed_ = message->committed;
  if (message->end.has_value()) {
    over_ = true;
    outlet_->WriteLast(message->bytes, *message->end);
  } else {
    outlet_->Write(message->bytes);
  }
}

void AlertStream::EndLocked(const Error& why) {
  if (over_ || outlet_ == nullptr) return;
  over_ = true;
  outlet_->End(why);
}

void AlertStream::WriteDone(bool ok) {
  {
    absl::MutexLock lock(&mu_);
    writing_ = false;
    if (over_) return;
    if (!ok) return EndLocked(SubscriberGone());
    // What was committed before the stream began is caught up with, and not late.
    if (committed_ >= opened_) {
      hub_.rooms_.metrics.alert_delivery.Observe(hub_.rooms_.clock.Now() - committed_);
    }
    if (on_pool_ || !source_->HasNews(hub_.steady_())) return;
  }
  hub_.Wake();  // Not written at once: what gathers until the next round shares a write.
}

void AlertStream::Cancel() {
  absl::MutexLock lock(&mu_);
  EndLocked(SubscriberGone());
}

void AlertStream::Close() {
  {
    absl::MutexLock lock(&mu_);
    over_ = true;
    outlet_ = nullptr;
  }
  hub_.Remove(this);
}

AlertHub::AlertHub(Rooms& rooms, NamedSubscriptions& subscriptions, SteadyClock steady)
    : rooms_(rooms),
      subscriptions_(subscriptions),
      steady_(std::move(steady)),
      batches_(rooms.feed) {
  listener_ = rooms_.feed.Listen([this] { Published(); });
  pump_ = std::thread([this] { PumpLoop(); });
}

AlertHub::~AlertHub() { Stop(); }

Outcome AlertHub::Open(const v1::SubscribeAlertsRequest& request, const Caller& caller,
                       std::shared_ptr<AlertStream>& stream) {
  StreamPass pass;
  if (Outcome refused = AdmitStream(rooms_, caller, "/claimwatch.v1.AlertService/SubscribeAlerts",
                                    request.ByteSizeLong(), pass)) {
    return refused;
  }
  if (rooms_.draining) return Draining(kComeBack);
  SubscriptionPlan plan;
  if (Outcome bad = PlanSubscription(request, rooms_, plan)) return bad;
  if (plan.client_id.empty()) plan.client_id = LogSafe(caller.peer);
  plan.pass = std::move(pass);
  return Add(std::make_unique<Subscription>(std::move(plan), rooms_, batches_, steady_(),
                                            Spread(rooms_.options.stream_age_max)),
             stream);
}

Outcome AlertHub::OpenConsumer(const v1::ConsumeAlertsRequest& request, const Caller& caller,
                               std::shared_ptr<AlertStream>& stream) {
  StreamPass pass;
  if (Outcome refused = AdmitStream(rooms_, caller, "/claimwatch.v1.AlertService/ConsumeAlerts",
                                    request.ByteSizeLong(), pass)) {
    return refused;
  }
  if (rooms_.draining) return Draining(kComeBack);
  ConsumptionPlan plan;
  if (Outcome bad = PlanConsumption(request, rooms_, subscriptions_, plan)) return bad;
  if (plan.client_id.empty()) plan.client_id = LogSafe(caller.peer);
  plan.pass = std::move(pass);
  return Add(std::make_unique<Consumption>(std::move(plan), rooms_, subscriptions_, steady_(),
                                           Spread(rooms_.options.stream_age_max)),
             stream);
}

Outcome AlertHub::Add(std::unique_ptr<MessageSource> source, StreamPtr& stream) {
  auto made = std::make_shared<AlertStream>(*this, std::move(source));
  {
    absl::MutexLock lock(&mu_);
    if (static_cast<int>(streams_.size()) >= rooms_.options.subscribers_max) {
      Error full = Overloaded(
          absl::StrCat("there are ", streams_.size(), " subscribers, which is the limit"));
      full.reason = "TOO_MANY_STREAMS";
      return full;
    }
    streams_.push_back(made);
    changed_ = true;
  }
  ++rooms_.subscribers;
  rooms_.active.Begin();
  stream = std::move(made);
  return std::nullopt;
}

grpc::ServerWriteReactor<grpc::ByteBuffer>* AlertHub::Subscribe(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer& request) {
  v1::SubscribeAlertsRequest message;
  if (!FromBuffer(request, message)) {
    return new RefusedStream(InvalidField("request", "is no SubscribeAlertsRequest", "MALFORMED"));
  }
  StreamPtr stream;
  if (Outcome bad = Open(message, CallerOf(*context), stream)) return new RefusedStream(*bad);
  auto* const outlet = new GrpcOutlet(context, stream);
  stream->Start(*outlet);
  return outlet;
}

grpc::ServerWriteReactor<grpc::ByteBuffer>* AlertHub::Consume(grpc::CallbackServerContext* context,
                                                              const grpc::ByteBuffer& request) {
  v1::ConsumeAlertsRequest message;
  if (!FromBuffer(request, message)) {
    return new RefusedStream(InvalidField("request", "is no ConsumeAlertsRequest", "MALFORMED"));
  }
  StreamPtr stream;
  const TraceScope trace(TraceIdOf(*context));
  if (Outcome bad = OpenConsumer(message, CallerOf(*context), stream))
    return new RefusedStream(*bad);
  auto* const outlet = new GrpcOutlet(context, stream);
  stream->Start(*outlet);
  return outlet;
}

void AlertHub::Published() {
  if (!PumpAtOnce()) Wake();
}

bool AlertHub::PumpAtOnce() {
  std::vector<StreamPtr> few;
  const absl::Duration now = steady_();
  {
    absl::MutexLock lock(&mu_);
    if (stopped_ || streams_.size() > kPumpedAtOnceMax) return false;
    last_round_ = now;
    few = streams_;
  }
  for (const StreamPtr& stream : few) stream->Pump(now);
  return true;
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

// Where streams are many, the first event after a quiet time is told at once; under load rounds
// keep their distance, so that what comes in between shares a write.
void AlertHub::PumpLoop() {
  while (WaitForWork()) {
    absl::Duration now = steady_();
    {
      absl::MutexLock lock(&mu_);
      const absl::Duration wait = last_round_ + kFlushTick - now;
      if (wait > absl::ZeroDuration()) {
        mu_.AwaitWithTimeout(absl::Condition(&stopped_), wait);
        awake_ = false;
        now = steady_();
      }
      last_round_ = now;
    }
    for (const StreamPtr& stream : round_) stream->Pump(now);
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
