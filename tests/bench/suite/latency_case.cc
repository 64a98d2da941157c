#include <thread>

#include "absl/container/flat_hash_map.h"
#include "claimwatch/v1/article.pb.h"
#include "tests/bench/suite/alert_listener.h"
#include "tests/bench/suite/article_batches.h"
#include "tests/bench/suite/bench_daemon.h"
#include "tests/bench/suite/cases.h"
#include "tests/bench/suite/process_meter.h"

namespace claimwatch {
namespace {

constexpr char kIngest[] = "/claimwatch.v1.ArticleService/IngestArticles";

// When each article went out, and how long its first alert took to come.
class Stopwatch {
 public:
  void Sent(const std::string& article) {
    absl::MutexLock lock(&mu_);
    sent_[article] = Now();
  }
  void Came(const std::string& article) {
    const double now = Now();
    absl::MutexLock lock(&mu_);
    const auto sent = sent_.find(article);
    if (sent == sent_.end()) return;
    seconds_.push_back(now - sent->second);
    sent_.erase(sent);
  }
  std::vector<double> Seconds() {
    absl::MutexLock lock(&mu_);
    return seconds_;
  }

 private:
  absl::Mutex mu_;
  absl::flat_hash_map<std::string, double> sent_ ABSL_GUARDED_BY(mu_);
  std::vector<double> seconds_ ABSL_GUARDED_BY(mu_);
};

// Article `number` alone in a message, and its id.
struct Single {
  std::string id;
  grpc::ByteBuffer message;
};
std::vector<Single> Singles(std::uint64_t first, std::uint64_t count) {
  std::vector<Single> singles;
  for (grpc::ByteBuffer& message : ArticleBatches(first, count, 1, /*with_options=*/false)) {
    v1::IngestArticlesRequest request;
    request.ParseFromString(Flatten(message));
    singles.push_back({request.articles(0).article_id(), std::move(message)});
  }
  return singles;
}

// Sends one article every `interval` and returns how long the alerts took that came of them.
std::vector<double> AlertSeconds(BenchDaemon& daemon, std::uint64_t first, std::uint64_t count,
                                 double interval) {
  Stopwatch stopwatch;
  AlertListener listener(daemon.Connect(),
                         [&](const std::string& article) { stopwatch.Came(article); });
  while (!listener.started()) absl::SleepFor(absl::Milliseconds(1));
  std::atomic<std::uint64_t> receipts{0};
  ByteStream stream(daemon.Connect(), kIngest, [&](const grpc::ByteBuffer& message) {
    receipts += static_cast<std::uint64_t>(CountField(message, 2));
  });
  double next = Now();
  for (Single& single : Singles(first, count)) {
    next = std::max(next, Now() - interval);
    absl::SleepFor(absl::Seconds(next - Now()));
    next += interval;
    stopwatch.Sent(single.id);
    stream.Send(std::move(single.message));
  }
  while (receipts < count) absl::SleepFor(absl::Milliseconds(1));
  absl::SleepFor(absl::Milliseconds(200));  // The last alerts are on their way.
  stream.HalfClose();
  stream.Wait();
  return stopwatch.Seconds();
}

}  // namespace

void MeasureLatency(const SuiteOptions& options, const RawLimits& raw, Report& report) {
  const double floor = raw.commit_seconds + raw.stream.round_trip_seconds;
  std::vector<double> idle, busy;
  for (int run = 0; run < options.runs; ++run) {
    BenchDaemon daemon;
    daemon.Ingest(0, 600);  // A hundred events, six reports each.
    const auto few = static_cast<std::uint64_t>(options.latency_articles);
    idle.push_back(Median(AlertSeconds(daemon, 600, few, kIdleInterval)));
    busy.push_back(Quantile(AlertSeconds(daemon, 1200, 10 * few, 0.001), 0.99));
  }
  report.Add({.name = "latency.floor",
              .what = "one durable commit and one stream round trip, raw",
              .value = floor * 1e3,
              .unit = "ms"});
  const double idle_floor = raw.idle_commit_seconds + raw.stream.idle_round_trip_seconds;
  report.Add({.name = "latency.idle_floor",
              .what = "the same two at the pace of the idle case",
              .value = idle_floor * 1e3,
              .unit = "ms"});
  report.Add({.name = "latency.idle_ratio",
              .what = "latency.idle to latency.idle_floor",
              .value = Median(idle) / idle_floor,
              .unit = ""});
  report.Add({.name = "latency.idle",
              .what = "article sent to alert received, median",
              .value = Median(idle) * 1e3,
              .unit = "ms",
              .wanted = 1.5 * floor * 1e3,
              .at_least = false});
  report.Add({.name = "latency.busy_p99",
              .what = "the same at 1,000 articles/s",
              .value = Median(busy) * 1e3,
              .unit = "ms",
              .wanted = 10 * floor * 1e3,
              .at_least = false});
}

}  // namespace claimwatch
