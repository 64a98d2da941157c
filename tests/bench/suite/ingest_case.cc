#include "tests/bench/suite/bench_daemon.h"
#include "tests/bench/suite/cases.h"
#include "tests/bench/suite/process_meter.h"

namespace claimwatch {
namespace {

constexpr double kMiB = 1024 * 1024;

}  // namespace

void MeasureIngest(const SuiteOptions& options, const RawLimits& raw, Report& report) {
  std::vector<double> rates, cpu;
  const auto count = static_cast<double>(options.ingest_articles);
  for (int run = 0; run < options.runs; ++run) {
    BenchDaemon daemon;
    rates.push_back(count / daemon.Ingest(0, options.ingest_articles));
    cpu.push_back(daemon.cpu_seconds() / count * 1e6);
  }
  report.AddMedian({.name = "ingest.rate",
                    .what = "articles of 3.3 KB, durable, all of the way",
                    .unit = "/s",
                    .wanted = 6000},
                   rates);
  report.Add({.name = "ingest.share_of_stream",
              .what = "of what a bare gRPC stream carries",
              .value = Median(rates) / raw.stream.articles_per_second});
  report.AddMedian({.name = "ingest.cpu", .what = "the daemon's, an article", .unit = "us"}, cpu);
}

void MeasureGrowth(const SuiteOptions& options, Report& report) {
  BenchDaemon daemon;
  const std::uint64_t all = options.growth_articles, tenth = all / 10;
  const double before = static_cast<double>(daemon.resident_bytes());
  const double first = daemon.Ingest(0, tenth);
  const std::uint64_t half = all / 2;
  daemon.Ingest(tenth, half - tenth);
  const double midway = static_cast<double>(daemon.resident_bytes());
  daemon.Ingest(half, all - tenth - half);
  const double last = daemon.Ingest(all - tenth, tenth);
  const v1::GetStatusResponse status = daemon.Status();
  report.Add({.name = "growth.articles",
              .what = "in the store",
              .value = static_cast<double>(status.head_sequence()),
              .unit = ""});
  report.Add({.name = "growth.rate",
              .what = "the last tenth's rate to the first's",
              .value = first / last,
              .unit = "",
              .wanted = 0.8});
  const double held = static_cast<double>(daemon.resident_bytes());
  report.Add({.name = "memory.resident",
              .what = "with all of them in the window",
              .value = held / kMiB,
              .unit = "MiB",
              .wanted = 1024,
              .at_least = false});
  report.Add({.name = "memory.article",
              .what = "resident, an article",
              .value = (held - before) / static_cast<double>(all),
              .unit = "bytes"});
  report.Add({.name = "memory.further",
              .what = "resident, an article of the second half: tables and caches are full",
              .value = (held - midway) / static_cast<double>(all - half),
              .unit = "bytes"});
  report.Add({.name = "restart.seconds",
              .what = "from start to serving",
              .value = daemon.Restart(),
              .unit = "s",
              .wanted = 5,
              .at_least = false});
}

}  // namespace claimwatch
