#include "server/ingest/ingestor.h"

#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <deque>
#include <span>
#include <thread>
#include <tuple>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "server/base/check.h"
#include "server/base/failpoint.h"
#include "server/ingest/limits.h"
#include "server/ingest/prepare.h"
#include "server/ingest/sequencer.h"

namespace claimwatch {
namespace {

// One thing to be done in its turn: a batch of articles, or a command.
struct Ticket {
  std::vector<Article> articles;
  std::vector<Prepared> prepared;  // Slot by slot, each by one reader.
  Ingestor::Done done;
  std::function<void(Sequencer&)> command;  // Set: `articles` is empty.
  absl::Time received;
  std::size_t bytes = 0;
  // Under Impl::mu:
  std::size_t taken = 0;  // Articles that readers have begun.
  std::size_t read = 0;   // Articles that readers have finished.
};

// A stretch of one ticket's articles, for one reader.
struct Stretch {
  Ticket* ticket = nullptr;
  std::size_t begin = 0;
  std::size_t end = 0;
};

// A reader that has read so few articles, alone, goes on with them itself: to wake the sequencer's
// thread would cost as much as linking them.
constexpr std::size_t kAloneArticlesMax = 4;

// Readers can be many, the sequencer is one and what all wait for. Two of them beside it on two
// cores would take a third of its time, read as much as may be under way and then leave a core
// idle: a reader's weight is a third of its own.
constexpr int kReaderNiceness = 5;

// What top and perf show; at most 15 letters.
void NameThread(const char* name) { pthread_setname_np(pthread_self(), name); }

// Nobody waits for the housekeeper: a checkpoint takes some ten milliseconds of a processor.
constexpr int kKeeperNiceness = 15;

// The calling thread's alone, as Linux does it. Where it is forbidden everything works as well.
void StandBack(int niceness) { std::ignore = nice(niceness); }

std::size_t ReaderThreads(const IngestOptions& options) {
  if (options.reader_threads > 0) return static_cast<std::size_t>(options.reader_threads);
  return std::max(1u, std::thread::hardware_concurrency());
}

std::size_t TextBytes(const std::vector<Article>& batch) {
  std::size_t bytes = 0;
  for (const Article& article : batch) bytes += article.title.size() + article.body.size();
  return bytes;
}

}  // namespace

struct Ingestor::Impl {
  Impl(const IngestOptions& o, const Catalogue& c, const Clock& k, ClaimStore& s)
      : options(o), readers(ReaderThreads(o)), catalogue(c), clock(k), store(s) {}

  void StartThreads();
  void Read();      // A reader thread's life.
  void Sequence();  // The sequencer thread's life.
  void Keep();      // The housekeeper's life: what the store has to do beside the writer.
  absl::Status Enqueue(std::unique_ptr<Ticket> ticket);
  Stretch TakeStretchLocked() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu);
  std::vector<std::unique_ptr<Ticket>> TakeGroupLocked() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu);
  bool IsAloneLocked() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu);
  // Of the one thread that set `sequencing`, which is cleared at the end.
  void Serve(std::vector<std::unique_ptr<Ticket>> group);
  void Process(std::vector<std::unique_ptr<Ticket>> group);
  void Release(const std::vector<std::unique_ptr<Ticket>>& group);
  void Stop();

  bool SomethingToReadLocked() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu) {
    return !unread.empty() || stopping;
  }
  bool SomethingToSequenceLocked() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu) {
    if (sequencing) return false;
    return (!waiting.empty() && waiting.front()->read == waiting.front()->articles.size()) ||
           (stopping && waiting.empty());
  }
  bool SomethingToKeepLocked() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu) {
    return keeping || stopping;
  }
  bool IdleLocked() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu) { return in_hand == 0; }

  const IngestOptions options;
  const std::size_t readers;
  const Catalogue& catalogue;
  const Clock& clock;
  ClaimStore& store;
  std::unique_ptr<Sequencer> sequencer;  // Theirs who set `sequencing`, once threads run.

  absl::Mutex mu;  // A leaf: nothing of ours is called while it is held.
  std::deque<std::unique_ptr<Ticket>> waiting ABSL_GUARDED_BY(mu);  // In ticket order.
  std::deque<Ticket*> unread ABSL_GUARDED_BY(mu);  // Those of `waiting` with articles to take.
  std::size_t in_hand ABSL_GUARDED_BY(mu) = 0;     // Tickets whose `done` has not returned.
  std::size_t articles_in_flight ABSL_GUARDED_BY(mu) = 0;
  std::size_t bytes_in_flight ABSL_GUARDED_BY(mu) = 0;
  bool sequencing ABSL_GUARDED_BY(mu) = false;  // Some thread is at it, in ticket order.
  bool lost ABSL_GUARDED_BY(mu) = false;        // The sequencer's, after its last group.
  bool keeping ABSL_GUARDED_BY(mu) = false;     // The housekeeper has something to do.
  bool draining ABSL_GUARDED_BY(mu) = false;
  bool stopping ABSL_GUARDED_BY(mu) = false;

  std::vector<std::thread> threads;
};

void Ingestor::Impl::StartThreads() {
  for (std::size_t i = 0; i < readers; ++i) {
    threads.emplace_back([this] {
      NameThread("cw-reader");
      StandBack(kReaderNiceness);
      Read();
    });
  }
  threads.emplace_back([this] {
    NameThread("cw-sequencer");
    Sequence();
  });
  threads.emplace_back([this] {
    NameThread("cw-keeper");
    StandBack(kKeeperNiceness);
    Keep();
  });
}

absl::Status Ingestor::Impl::Enqueue(std::unique_ptr<Ticket> ticket) {
  absl::MutexLock lock(&mu);
  if (draining) return absl::UnavailableError("the daemon is draining: nothing new is taken");
  const std::size_t articles = ticket->articles.size();
  if (articles_in_flight > 0 && (articles_in_flight + articles > kArticlesInFlightMax ||
                                 bytes_in_flight + ticket->bytes > kBytesInFlightMax)) {
    return absl::ResourceExhaustedError(absl::StrCat(
        articles_in_flight, " articles with ", bytes_in_flight,
        " bytes are under way; the limits are ", kArticlesInFlightMax, " and ", kBytesInFlightMax));
  }
  articles_in_flight += articles;
  bytes_in_flight += ticket->bytes;
  ++in_hand;
  if (articles > 0) unread.push_back(ticket.get());
  waiting.push_back(std::move(ticket));
  return absl::OkStatus();
}

Stretch Ingestor::Impl::TakeStretchLocked() {
  Ticket* ticket = unread.front();
  const std::size_t left = ticket->articles.size() - ticket->taken;
  // A lone batch is shared out among the readers; with several waiting each takes a whole one.
  const std::size_t size = unread.size() >= readers
                               ? left
                               : std::min(left, (ticket->articles.size() + readers - 1) / readers);
  const Stretch stretch = {ticket, ticket->taken, ticket->taken + size};
  ticket->taken = stretch.end;
  if (ticket->taken == ticket->articles.size()) unread.pop_front();
  return stretch;
}

void Ingestor::Impl::Read() {
  while (true) {
    Stretch stretch;
    {
      absl::MutexLock lock(&mu);
      mu.Await(absl::Condition(this, &Impl::SomethingToReadLocked));
      if (unread.empty()) return;  // Stopping.
      stretch = TakeStretchLocked();
    }
    Ticket& ticket = *stretch.ticket;
    const std::size_t count = stretch.end - stretch.begin;
    Prepare(std::span(ticket.articles).subspan(stretch.begin, count), ticket.received,
            options.future_max, catalogue,
            std::span(ticket.prepared).subspan(stretch.begin, count));
    std::vector<std::unique_ptr<Ticket>> alone;
    {
      absl::MutexLock lock(&mu);
      ticket.read += count;
      if (!IsAloneLocked()) continue;
      alone = TakeGroupLocked();
      sequencing = true;
    }
    Serve(std::move(alone));
  }
}

bool Ingestor::Impl::IsAloneLocked() const {
  return !lost && waiting.size() == 1 && SomethingToSequenceLocked() &&
         waiting.front()->articles.size() <= kAloneArticlesMax && !waiting.front()->command;
}

std::vector<std::unique_ptr<Ticket>> Ingestor::Impl::TakeGroupLocked() {
  std::vector<std::unique_ptr<Ticket>> group;
  std::size_t articles = 0;
  while (!waiting.empty() && waiting.front()->read == waiting.front()->articles.size()) {
    const bool command = waiting.front()->command != nullptr;
    articles += waiting.front()->articles.size();
    if (!group.empty() && (command || articles > kGroupArticlesMax)) break;
    group.push_back(std::move(waiting.front()));
    waiting.pop_front();
    if (command) break;  // Commands see everything before them committed.
  }
  return group;
}

void Ingestor::Impl::Sequence() {
  while (true) {
    std::vector<std::unique_ptr<Ticket>> group;
    {
      absl::MutexLock lock(&mu);
      const bool mending = lost;
      const auto ready = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu) {
        return SomethingToSequenceLocked() || lost != mending;
      };
      mu.AwaitWithTimeout(absl::Condition(&ready),
                          mending ? options.mend_every : absl::InfiniteDuration());
      if (sequencing) continue;  // A reader found that the store is lost, or is at it.
      if (SomethingToSequenceLocked()) {
        group = TakeGroupLocked();
        if (group.empty()) return;  // Stopping.
      } else if (!lost || !mending) {
        continue;
      }
      sequencing = true;
    }
    Serve(std::move(group));
  }
}

void Ingestor::Impl::Keep() {
  while (true) {
    {
      absl::MutexLock lock(&mu);
      mu.Await(absl::Condition(this, &Impl::SomethingToKeepLocked));
      if (!keeping) return;  // Stopping.
      keeping = false;
    }
    store.MaintainAside();
  }
}

// Without a group: tries whether a lost store takes anything again.
void Ingestor::Impl::Serve(std::vector<std::unique_ptr<Ticket>> group) {
  bool aside = false;
  if (group.empty()) {
    sequencer->Mend();
  } else {
    const std::size_t tickets = group.size();
    Process(std::move(group));
    {
      absl::MutexLock lock(&mu);
      in_hand -= tickets;
    }
    aside = store.Maintain();
  }
  absl::MutexLock lock(&mu);
  if (aside) keeping = true;
  lost = sequencer->lost();
  sequencing = false;
}

void Ingestor::Impl::Process(std::vector<std::unique_ptr<Ticket>> group) {
  if (group.front()->command) {
    group.front()->command(*sequencer);  // Counts no articles: nothing to release.
    return;
  }
  std::vector<Prepared> articles;
  for (const std::unique_ptr<Ticket>& ticket : group) {
    std::move(ticket->prepared.begin(), ticket->prepared.end(), std::back_inserter(articles));
  }
  std::vector<IngestResult> results = sequencer->Ingest(std::move(articles));
  Release(group);  // Before anyone is told: who is told may submit the next batch at once.
  auto next = results.begin();
  for (const std::unique_ptr<Ticket>& ticket : group) {
    const auto end = next + static_cast<std::ptrdiff_t>(ticket->articles.size());
    ticket->done(
        std::vector<IngestResult>(std::make_move_iterator(next), std::make_move_iterator(end)));
    next = end;
  }
  FAIL_POINT("ingest.receipts.told");
}

void Ingestor::Impl::Release(const std::vector<std::unique_ptr<Ticket>>& group) {
  absl::MutexLock lock(&mu);
  for (const std::unique_ptr<Ticket>& ticket : group) {
    articles_in_flight -= ticket->articles.size();
    bytes_in_flight -= ticket->bytes;
  }
}

void Ingestor::Impl::Stop() {
  {
    absl::MutexLock lock(&mu);
    draining = true;
    mu.Await(absl::Condition(this, &Impl::IdleLocked));
    stopping = true;
  }
  for (std::thread& thread : threads) thread.join();
  threads.clear();
}

Ingestor::Ingestor(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Ingestor::~Ingestor() {
  impl_->Stop();
  impl_->sequencer->SaveIndex();
}

absl::StatusOr<std::unique_ptr<Ingestor>> Ingestor::Start(const IngestOptions& options,
                                                          StoryOptions story_options,
                                                          const Catalogue& catalogue,
                                                          const Clock& clock, ClaimStore& store,
                                                          AlertFeed& feed) {
  absl::StatusOr<std::unique_ptr<Sequencer>> sequencer =
      Sequencer::Start({story_options, options.events_kept, options.events_kept_for,
                        options.claims_held, options.index_file},
                       catalogue, clock, store, feed);
  if (!sequencer.ok()) return sequencer.status();
  auto impl = std::make_unique<Impl>(options, catalogue, clock, store);
  impl->sequencer = *std::move(sequencer);
  impl->StartThreads();
  return std::unique_ptr<Ingestor>(new Ingestor(std::move(impl)));
}

absl::Status Ingestor::Submit(std::vector<Article> batch, Done done) {
  if (batch.size() > kBatchArticlesMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("a batch of ", batch.size(), " articles; the limit is ", kBatchArticlesMax));
  }
  auto ticket = std::make_unique<Ticket>();
  ticket->received = impl_->clock.Now();
  ticket->bytes = TextBytes(batch);
  ticket->prepared.resize(batch.size());
  ticket->articles = std::move(batch);
  ticket->done = std::move(done);
  return impl_->Enqueue(std::move(ticket));
}

void Ingestor::Retract(std::string article_id, std::string reason,
                       const std::function<void(absl::StatusOr<std::vector<Alert>>)>& done) {
  auto ticket = std::make_unique<Ticket>();
  ticket->command = [article_id = std::move(article_id), reason = std::move(reason),
                     done](Sequencer& sequencer) { done(sequencer.Retract(article_id, reason)); };
  const absl::Status taken = impl_->Enqueue(std::move(ticket));
  if (!taken.ok()) done(taken);
}

void Ingestor::Acknowledge(AlertId alert, std::string by, std::string note,
                           const std::function<void(absl::StatusOr<Alert>)>& done) {
  auto ticket = std::make_unique<Ticket>();
  ticket->command = [alert, by = std::move(by), note = std::move(note),
                     done](Sequencer& sequencer) { done(sequencer.Acknowledge(alert, by, note)); };
  const absl::Status taken = impl_->Enqueue(std::move(ticket));
  if (!taken.ok()) done(taken);
}

void Ingestor::Keep(SubscriptionChanges changes, const std::function<void(absl::Status)>& done) {
  auto ticket = std::make_unique<Ticket>();
  // Shared, because a std::function must be able to copy what it holds.
  const auto held = std::make_shared<SubscriptionChanges>(std::move(changes));
  ticket->command = [held, done](Sequencer& sequencer) { done(sequencer.Keep(std::move(*held))); };
  const absl::Status taken = impl_->Enqueue(std::move(ticket));
  if (!taken.ok()) done(taken);
}

void Ingestor::Merge(StoryId story, StoryId other,
                     const std::function<void(absl::StatusOr<Sequencer::Changed>)>& done) {
  auto ticket = std::make_unique<Ticket>();
  ticket->command = [story, other, done](Sequencer& sequencer) {
    done(sequencer.Merge(story, other));
  };
  const absl::Status taken = impl_->Enqueue(std::move(ticket));
  if (!taken.ok()) done(taken);
}

void Ingestor::Split(StoryId story, std::vector<std::string> article_ids,
                     const std::function<void(absl::StatusOr<Sequencer::Changed>)>& done) {
  auto ticket = std::make_unique<Ticket>();
  ticket->command = [story, article_ids = std::move(article_ids), done](Sequencer& sequencer) {
    done(sequencer.Split(story, article_ids));
  };
  const absl::Status taken = impl_->Enqueue(std::move(ticket));
  if (!taken.ok()) done(taken);
}

void Ingestor::Drain() {
  absl::MutexLock lock(&impl_->mu);
  impl_->draining = true;
  impl_->mu.Await(absl::Condition(impl_.get(), &Impl::IdleLocked));
}

}  // namespace claimwatch
