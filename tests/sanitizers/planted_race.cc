// planted_race KIND: shows that ThreadSanitizer sees what it should, and nothing else, in our
// build.
//
// `race` has one (TSan must end it with code 66); the others do the same work rightly, by each of
// the means that the daemon has, and must be silent. Run by tests/sanitizers/check_tsan.
#include <cstdio>
#include <deque>
#include <string_view>
#include <thread>

#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"

namespace claimwatch {
namespace {

constexpr int kRounds = 20'000;

long counter = 0;  // NOLINT: the point of it.

template <typename Step>
void OnTwoThreads(Step step) {
  std::thread other([&] {
    for (int i = 0; i < kRounds; ++i) step();
  });
  for (int i = 0; i < kRounds; ++i) step();
  other.join();
}

void Locked() {
  absl::Mutex mu;
  OnTwoThreads([&] {
    absl::MutexLock lock(&mu);
    ++counter;
  });
}

void TriedLock() {
  absl::Mutex mu;
  OnTwoThreads([&] {
    if (!mu.TryLock()) return;
    ++counter;
    mu.Unlock();
  });
}

// As the sequencer takes its work: a condition on what another thread puts in, with and without a
// deadline.
void Awaited() {
  absl::Mutex mu;
  std::deque<int> queue;
  const auto filled = [&] { return !queue.empty(); };
  std::thread producer([&] {
    for (int i = 0; i < kRounds; ++i) {
      absl::MutexLock lock(&mu);
      queue.push_back(i);
    }
  });
  for (int i = 0; i < kRounds; ++i) {
    absl::MutexLock lock(&mu);
    if (i % 2 == 0) {
      mu.Await(absl::Condition(&filled));
    } else if (!mu.AwaitWithTimeout(absl::Condition(&filled), absl::Seconds(30))) {
      break;
    }
    counter += queue.front();
    queue.pop_front();
  }
  producer.join();
}

void Notified() {
  for (int i = 0; i < 200; ++i) {
    absl::Notification done;
    std::thread other([&] {
      ++counter;
      done.Notify();
    });
    if (i % 2 == 0) {
      done.WaitForNotification();
    } else {
      while (!done.HasBeenNotified()) std::this_thread::yield();
    }
    ++counter;
    other.join();
  }
}

int Run(std::string_view kind) {
  if (kind == "race") {
    OnTwoThreads([] { ++counter; });
  } else if (kind == "locked") {
    Locked();
  } else if (kind == "tried") {
    TriedLock();
  } else if (kind == "awaited") {
    Awaited();
  } else if (kind == "notified") {
    Notified();
  } else {
    std::fprintf(stderr, "planted_race race|locked|tried|awaited|notified\n");
    return 2;
  }
  return counter > 0 ? 0 : 1;
}

}  // namespace
}  // namespace claimwatch

int main(int argc, char** argv) { return claimwatch::Run(argc > 1 ? argv[1] : ""); }
