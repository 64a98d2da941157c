#include <deque>
#include <memory>
#include <numeric>

#include "absl/time/clock.h"
#include "tests/bench/suite/alert_listener.h"
#include "tests/bench/suite/article_batches.h"
#include "tests/bench/suite/bench_daemon.h"
#include "tests/bench/suite/cases.h"
#include "tests/bench/suite/process_meter.h"

namespace claimwatch {
namespace {

constexpr std::uint64_t kFloods = 64;  // Some 600 events a burst.
constexpr double kMiB = 1024 * 1024;

// Subscribers over a few connections.
class Audience {
 public:
  Audience(const BenchDaemon& daemon, int subscribers, int connections) {
    std::vector<std::shared_ptr<grpc::Channel>> channels;
    for (int i = 0; i < connections; ++i) channels.push_back(daemon.Connect());
    for (int i = 0; i < subscribers; ++i) {
      listeners_.push_back(
          std::make_unique<AlertListener>(channels[static_cast<std::size_t>(i) % channels.size()]));
    }
    for (const auto& listener : listeners_) {
      while (!listener->started()) absl::SleepFor(absl::Milliseconds(1));
    }
  }

  AlertListener& first() { return *listeners_.front(); }

  // Waits until each but the first `without` has `events` more than at the last wait, and returns
  // when each had.
  std::vector<double> WaitForEvents(std::int64_t events, std::size_t without) {
    awaited_ += events;
    std::vector<double> when(listeners_.size() - without, 0);
    for (std::size_t left = when.size(); left > 0;) {
      const double now = Now();
      for (std::size_t i = 0; i < when.size(); ++i) {
        if (when[i] != 0 || listeners_[i + without]->events() < awaited_) continue;
        when[i] = now;
        --left;
      }
      absl::SleepFor(absl::Milliseconds(1));
    }
    return when;
  }

 private:
  std::deque<std::unique_ptr<AlertListener>> listeners_;
  std::int64_t awaited_ = 0;
};

struct Burst {
  std::int64_t events = 0;
  double cpu_seconds = 0;       // The daemon's, from the first article to the last delivery.
  std::vector<double> seconds;  // From the first article to each subscriber's last event.
};

// Sends the `round`-th toll of all floods and waits until the audience has all that came of them.
Burst Send(BenchDaemon& daemon, Audience* audience, std::uint64_t round, std::size_t without = 0) {
  const std::int64_t position = daemon.Status().head_position();
  Burst burst;
  const double cpu = daemon.cpu_seconds(), begin = Now();
  daemon.IngestBatch(TollBatch(kFloods, round), kFloods);
  burst.events = daemon.Status().head_position() - position;
  if (audience != nullptr) {
    burst.seconds = audience->WaitForEvents(burst.events, without);
    for (double& second : burst.seconds) second -= begin;
  }
  burst.cpu_seconds = daemon.cpu_seconds() - cpu;
  return burst;
}

// Several bursts, of which the first is not counted: it opens the figures, and buffers grow.
Burst SendMany(BenchDaemon& daemon, Audience* audience) {
  constexpr std::uint64_t kBursts = 8;
  Send(daemon, audience, 0);
  Burst all;
  for (std::uint64_t round = 1; round <= kBursts; ++round) {
    const Burst burst = Send(daemon, audience, round);
    all.events += burst.events;
    all.cpu_seconds += burst.cpu_seconds;
    if (audience != nullptr) all.seconds.push_back(Quantile(burst.seconds, 1));
  }
  return all;
}

double Sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

}  // namespace

void MeasureFanOut(const SuiteOptions& options, Report& report) {
  std::vector<double> cpu, rates;
  for (int run = 0; run < options.runs; ++run) {
    BenchDaemon daemon;
    Audience audience(daemon, options.subscribers, options.connections);
    const Burst heard = SendMany(daemon, &audience);
    BenchDaemon alone;
    const Burst unheard = SendMany(alone, nullptr);
    const double delivered = static_cast<double>(heard.events) * options.subscribers;
    cpu.push_back((heard.cpu_seconds - unheard.cpu_seconds) / delivered * 1e6);
    rates.push_back(delivered / Sum(heard.seconds));
  }
  report.AddMedian({.name = "fan_out.cpu",
                    .what = "the daemon's, a delivered event, without reading the articles",
                    .unit = "us",
                    .wanted = 1.5,
                    .at_least = false},
                   cpu);
  report.AddMedian({.name = "fan_out.rate",
                    .what = "events delivered, articles read in the same time",
                    .unit = "/s",
                    .wanted = 500'000},
                   rates);
}

void MeasureSubscribers(const SuiteOptions& options, Report& report) {
  BenchDaemon daemon;
  const double before = static_cast<double>(daemon.resident_bytes());
  {
    const Audience audience(daemon, options.subscribers_held, options.connections);
    const double held = static_cast<double>(daemon.resident_bytes()) - before;
    report.Add({.name = "subscriber.memory",
                .what = "of the daemon, a subscriber held",
                .value = held / options.subscribers_held / 1024,
                .unit = "KiB",
                .wanted = 25,
                .at_least = false});
  }
  std::vector<double> p99s[2];  // Calm, and with one that stands still.
  double growth[2] = {0, 0};
  std::uint64_t round = 0;
  for (int run = 0; run < 3; ++run) Send(daemon, nullptr, ++round);
  // Bursts grow dearer as their stories grow, so each way is measured before and after the other.
  for (const bool still : {false, true, true, false}) {
    Audience audience(daemon, 100, options.connections);
    Send(daemon, &audience, ++round);
    if (still) audience.first().StopReading();
    const std::int64_t begin = daemon.resident_bytes();
    for (int run = 0; run < 5 * options.runs; ++run) {
      const Burst burst = Send(daemon, &audience, ++round, still ? 1 : 0);
      p99s[still].push_back(Quantile(burst.seconds, 0.99));
    }
    growth[still] += static_cast<double>(daemon.resident_bytes() - begin);
  }
  report.Add({.name = "stalled.delay",
              .what = "others' p99 with one that stands still, to without",
              .value = Median(p99s[1]) / Median(p99s[0]),
              .wanted = 1.1,
              .at_least = false});
  report.Add({.name = "stalled.memory",
              .what = "more growth, with one that stands still",
              .value = (growth[1] - growth[0]) / 2 / kMiB,
              .unit = "MiB",
              .wanted = 10,
              .at_least = false});
}

}  // namespace claimwatch
