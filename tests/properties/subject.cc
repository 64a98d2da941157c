#include "tests/properties/subject.h"

#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/base/check.h"
#include "server/rpc/convert.h"
#include "server/rpc/subscription.h"
#include "server/rpc/wire_buffer.h"
#include "server/store/memory_store.h"
#include "server/store/sqlite_store.h"
#include "tests/fakes/newsroom.h"
#include "tests/fakes/records.h"
#include "tests/fakes/temporary_directory.h"

namespace claimwatch {
namespace {

constexpr const char* kFilters[] = {"", "measure = one", "change = OPENED", "measure = nothing"};
constexpr int kMessagesMax = 10'000;  // Until quiet; never reached.

// Not used by what is tested, but a server's rooms have one.
Newsroom& AnyNewsroom() {
  static Newsroom* const newsroom = new Newsroom();
  return *newsroom;
}

struct Subscriber {
  History history;
  std::unique_ptr<Subscription> stream;
  std::string token;
  bool by_token = false;  // The stream was opened with one.
};

class Subject {
 public:
  Subject(bool durable, Sabotage sabotage) : durable_(durable), sabotage_(sabotage) {
    if (!durable_) store_ = std::make_unique<MemoryStore>();
    for (int i = 0; i < kSubscribers; ++i) {
      subscribers_[i].history.selection = static_cast<Selection>(i);
    }
    Boot();
    CW_CHECK(store_->Commit(FirstBatch()).ok());
  }

  void Do(const ScheduledAction& action) {
    Subscriber& who = subscribers_[action.who % kSubscribers];
    switch (action.kind) {
      case ScheduledAction::Kind::kIngest:
        Commit(action.number);
        return Publish();
      case ScheduledAction::Kind::kCommit:
        return Commit(action.number);
      case ScheduledAction::Kind::kPublish:
        return Publish();
      case ScheduledAction::Kind::kOpen:
        return Open(who, static_cast<Start>(action.number % 3));
      case ScheduledAction::Kind::kRead:
        return Read(who, action.number);
      case ScheduledAction::Kind::kBreak:
        return Break(who);
      case ScheduledAction::Kind::kResume:
        if (!who.token.empty()) Open(who, Start::kToken);
        return;
      case ScheduledAction::Kind::kRetain:
        return Retain(action.number);
      case ScheduledAction::Kind::kRestart:
        Halt();
        return Boot();
      case ScheduledAction::Kind::kTick:
        now_ += absl::Seconds(40);
        return;
    }
  }

  Outcomes Finish() {
    Publish();
    Outcomes outcomes;
    for (Subscriber& who : subscribers_) {
      Read(who, kMessagesMax);
      now_ += absl::Seconds(40);
      Read(who, kMessagesMax);
      who.history.ends_quiet = who.stream != nullptr;
      outcomes.histories.push_back(std::move(who.history));
      who.stream.reset();
    }
    outcomes.world = std::move(world_);
    return outcomes;
  }

 private:
  void Boot() {
    if (durable_) {
      auto opened = SqliteStore::Open(absl::StrCat(folder_.path(), "/claimwatch.db"));
      CW_CHECK(opened.ok());
      store_ = *std::move(opened);
    }
    feed_ = std::make_unique<AlertFeed>(*store_, *store_->ReadState(), WireEvent);
    rooms_.reset(new Rooms{AnyNewsroom().clock(), SharedCatalogue(), *store_, *feed_,
                           AnyNewsroom().ingestor(), pool_, options_, absl::UnixEpoch()});
    batches_ = std::make_unique<EventBatches>(*feed_);
    unpublished_.clear();
  }

  void Halt() {
    for (Subscriber& who : subscribers_) Break(who);
    batches_.reset();
    rooms_.reset();
    feed_.reset();
    if (durable_) store_.reset();
  }

  // One to three articles of one commit, with up to three events each.
  void Commit(int number) {
    std::mt19937 chance(static_cast<std::uint32_t>(number));
    Batch batch;
    ++groups_;
    for (std::uint32_t articles = 1 + chance() % 3; articles > 0; --articles) {
      ++article_;
      for (std::uint32_t events = chance() % 4; events > 0; --events) {
        batch.events.push_back(NextEvent(chance(), chance()));
      }
    }
    const auto last = static_cast<std::int64_t>(world_.size());
    batch.ids = {FigureId{2}, AlertId{last_alert_}, last};
    CW_CHECK(store_->Commit(batch).ok());
    for (AlertEvent& event : batch.events) unpublished_.push_back(std::move(event));
  }

  // Opens an alert, or changes or closes one that is open.
  AlertEvent NextEvent(std::uint32_t what, std::uint32_t which) {
    AlertEvent event;
    if (open_.empty() || what % 2 == 0) {
      event.change = AlertChange::kOpened;
      event.alert = MakeAlert(AlertId{++last_alert_}, StoryId{1}, FigureId{1},
                              MakeClaim(1, 0, StoryId{1}, FigureId{1}, 12),
                              MakeClaim(1, 0, StoryId{1}, FigureId{1}, 11));
      event.alert.measure = which % 2 == 0 ? "one" : "two";
    } else {
      auto chosen = open_.begin();
      std::advance(chosen, which % open_.size());
      event.alert = chosen->second;
      const bool closes = what % 4 == 1;
      event.change = closes ? AlertChange::kSuperseded : AlertChange::kUpdated;
      if (closes) event.alert.state = AlertState::kSuperseded;
    }
    event.alert.update_time = At(groups_ / 2);  // Two commits may have one time.
    event.position = static_cast<std::int64_t>(world_.size()) + 1;
    event.sequence = Sequence{article_};
    const bool closed = event.alert.state != AlertState::kOpen;
    const auto id = static_cast<std::int64_t>(event.alert.id);
    world_.push_back({article_, id, event.change == AlertChange::kOpened, closed,
                      event.alert.measure == "one" ? 1 : 0});
    if (closed) {
      open_.erase(id);
    } else {
      open_[id] = event.alert;
    }
    return event;
  }

  void Publish() {
    feed_->Publish(unpublished_);
    unpublished_.clear();
  }

  void Retain(int articles) {
    Publish();
    auto keep = static_cast<std::int64_t>(world_.size()) + 1;  // First position kept.
    for (std::int64_t last = article_ + 1; keep > 1; --keep) {
      if (world_[keep - 2].article == last) continue;
      if (--articles < 0) break;
      last = world_[keep - 2].article;
    }
    if (keep <= feed_->oldest()) return;
    Batch batch;
    batch.ids = {FigureId{2}, AlertId{last_alert_}, static_cast<std::int64_t>(world_.size())};
    batch.forget_events_before = keep;
    CW_CHECK(store_->Commit(batch).ok());
    feed_->Forget(keep);
  }

  void Open(Subscriber& who, Start start) {
    if (who.stream != nullptr) Break(who);
    v1::SubscribeAlertsRequest request;
    request.set_filter(kFilters[static_cast<int>(who.history.selection)]);
    ObservedStep step;
    step.start = start;
    step.oldest = feed_->oldest();
    step.head = feed_->head();
    if (start == Start::kToken) {
      request.set_resume_token(who.token);
      step.token = DecodeToken(who.token)->position;
    } else {
      request.set_start_point(
          static_cast<v1::SubscribeAlertsRequest::StartPoint>(static_cast<int>(start) + 1));
    }
    SubscriptionPlan plan;
    const Outcome bad = PlanSubscription(request, *rooms_, plan);
    step.kind = bad.has_value() ? ObservedStep::Kind::kRefused : ObservedStep::Kind::kOpened;
    if (bad.has_value()) step.reason = bad->reason;
    who.history.steps.push_back(step);
    who.by_token = start == Start::kToken;
    if (bad.has_value()) return;
    who.stream = std::make_unique<Subscription>(std::move(plan), *rooms_, *batches_, now_,
                                                absl::InfiniteDuration());
  }

  void Break(Subscriber& who) {
    if (who.stream == nullptr) return;
    who.stream.reset();
    ObservedStep step;
    step.kind = ObservedStep::Kind::kBroken;
    who.history.steps.push_back(step);
  }

  void Read(Subscriber& who, int messages) {
    for (; messages > 0 && who.stream != nullptr; --messages) {
      const std::optional<StreamMessage> message = who.stream->Next(now_);
      if (!message.has_value()) return;
      v1::SubscribeAlertsResponse response;
      CW_CHECK(FromBuffer(message->bytes, response));
      if (!response.resume_token().empty()) who.token = response.resume_token();
      ObservedStep step = Heard(response);
      Harm(who, step);
      who.history.steps.push_back(std::move(step));
      if (message->end.has_value()) who.stream.reset();
    }
  }

  ObservedStep Heard(const v1::SubscribeAlertsResponse& response) const {
    ObservedStep step;
    step.oldest = feed_->oldest();
    step.head = feed_->head();
    if (response.has_started()) step.started_at = response.started().start_position();
    for (const v1::AlertEvent& event : response.events()) {
      if (event.change() == v1::AlertEvent::CHANGE_SNAPSHOT) {
        step.snapshot.push_back(std::stoll(event.alert().alert_id().substr(2)));
      } else {
        step.events.push_back(event.position());
      }
    }
    // The token is what counts; the position must be the same.
    if (!response.resume_token().empty()) {
      step.position = DecodeToken(response.resume_token())->position;
      CW_CHECK(step.position == response.position());
    }
    step.caught_up = response.has_caught_up();
    if (response.has_end()) {
      step.reason = v1::SubscriptionEnd::Reason_Name(response.end().reason());
    }
    return step;
  }

  void Harm(const Subscriber& who, ObservedStep& step) const {
    const bool events = !step.events.empty();
    const auto last = static_cast<std::int64_t>(world_.size());
    switch (sabotage_) {
      case Sabotage::kNone:
        return;
      case Sabotage::kLosesAfterResume:
        if (who.by_token && events) step.events.pop_back();
        return;
      case Sabotage::kTellsTwice:
        if (step.events.size() > 2) step.events.push_back(step.events.back());
        return;
      case Sabotage::kTornToken:
        if (step.events.size() > 1 && step.events.back() == step.position &&
            world_[step.position - 1].article == world_[step.position - 2].article) {
          step.events.pop_back();
          --step.position;
        }
        return;
      case Sabotage::kHeartbeatRunsAhead:
        if (!events && step.started_at < 0 && step.position >= 0 && step.position < last) {
          ++step.position;
        }
        return;
    }
  }

  const bool durable_;
  const Sabotage sabotage_;
  TemporaryDirectory folder_;
  std::unique_ptr<ClaimStore> store_;
  std::unique_ptr<AlertFeed> feed_;
  WorkerPool pool_{1, 1};
  RpcOptions options_;
  std::unique_ptr<Rooms> rooms_;
  std::unique_ptr<EventBatches> batches_;
  Subscriber subscribers_[kSubscribers];

  World world_;
  std::map<std::int64_t, Alert> open_;
  std::vector<AlertEvent> unpublished_;
  std::int64_t article_ = 0;
  std::int64_t last_alert_ = 0;
  int groups_ = 0;
  absl::Duration now_ = absl::Seconds(1000);
};

}  // namespace

Outcomes RunSchedule(const Schedule& schedule, bool durable, Sabotage sabotage) {
  Subject subject(durable, sabotage);
  for (const ScheduledAction& action : schedule) subject.Do(action);
  return subject.Finish();
}

}  // namespace claimwatch
