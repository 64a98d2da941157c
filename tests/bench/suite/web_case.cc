// Subscribers of both fronts in one run: what a browser's costs, and how much later it hears.
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/bench/suite/alert_listener.h"
#include "tests/bench/suite/article_batches.h"
#include "tests/bench/suite/bench_daemon.h"
#include "tests/bench/suite/cases.h"
#include "tests/bench/suite/process_meter.h"
#include "tests/bench/suite/web_audience.h"

namespace claimwatch {
namespace {

constexpr std::uint64_t kFloods = 1;  // A handful of events, as news comes.
constexpr int kBursts = 30;

// Sends one toll; how many events came of it.
std::int64_t SendToll(BenchDaemon& daemon, std::uint64_t round) {
  const std::int64_t before = daemon.Status().head_position();
  daemon.IngestBatch(TollBatch(kFloods, round), kFloods);
  return daemon.Status().head_position() - before;
}

std::vector<double> WaitNative(const std::vector<std::unique_ptr<AlertListener>>& listeners,
                               std::int64_t awaited) {
  std::vector<double> when(listeners.size(), 0);
  for (std::size_t left = when.size(); left > 0;) {
    const double now = Now();
    for (std::size_t i = 0; i < when.size(); ++i) {
      if (when[i] != 0 || listeners[i]->events() < awaited) continue;
      when[i] = now;
      --left;
    }
    absl::SleepFor(absl::Milliseconds(1));
  }
  return when;
}

double P99(std::vector<double> when, double begin) {
  for (double& second : when) second -= begin;
  return Quantile(std::move(when), 0.99);
}

double MeasureNative(BenchDaemon& daemon, const SuiteOptions& options, std::uint64_t& round) {
  std::vector<std::shared_ptr<grpc::Channel>> channels;
  for (int i = 0; i < options.connections; ++i) channels.push_back(daemon.Connect());
  std::vector<std::unique_ptr<AlertListener>> listeners;
  for (int i = 0; i < options.subscribers; ++i) {
    listeners.push_back(
        std::make_unique<AlertListener>(channels[static_cast<std::size_t>(i) % channels.size()]));
  }
  for (const auto& listener : listeners) {
    while (!listener->started()) absl::SleepFor(absl::Milliseconds(1));
  }
  std::vector<double> p99s;
  std::int64_t awaited = 0;
  for (int burst = 0; burst < kBursts; ++burst) {
    const double begin = Now();
    awaited += SendToll(daemon, ++round);
    p99s.push_back(P99(WaitNative(listeners, awaited), begin));
  }
  return Median(p99s);
}

double MeasureWeb(BenchDaemon& daemon, WebAudience& audience, std::uint64_t& round) {
  std::vector<double> p99s;
  for (int burst = 0; burst < kBursts; ++burst) {
    const double begin = Now();
    const std::int64_t events = SendToll(daemon, ++round);
    p99s.push_back(P99(audience.WaitForEvents(events), begin));
  }
  return Median(p99s);
}

}  // namespace

void MeasureWebSubscribers(const SuiteOptions& options, Report& report) {
  const int port = FreePort();
  BenchDaemon daemon({absl::StrCat("--http_listen=127.0.0.1:", port)});
  std::uint64_t round = 0;
  for (int i = 0; i < 3; ++i) SendToll(daemon, ++round);
  const double native = MeasureNative(daemon, options, round);
  const double before = static_cast<double>(daemon.resident_bytes());
  WebAudience audience(port, options.subscribers);
  const double held = static_cast<double>(daemon.resident_bytes()) - before;
  const double web = MeasureWeb(daemon, audience, round);
  report.Add({.name = "web.subscriber.memory",
              .what = "of the daemon, a browser's subscription held",
              .value = held / options.subscribers / 1024,
              .unit = "KiB",
              .wanted = 40,
              .at_least = false});
  report.Add({.name = "web.p99",
              .what = "article sent to the last of the browsers, but one in a hundred",
              .value = web * 1000,
              .unit = "ms"});
  report.Add({.name = "web.p99.ratio",
              .what = "to that of as many gRPC subscribers",
              .value = web / native,
              .wanted = 2,
              .at_least = false});
}

}  // namespace claimwatch
