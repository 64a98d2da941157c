// claimwatch_suite: the daemon against this machine's own limits, in one table.
//
//   claimwatch_suite                       all cases, some minutes; figures.json in this folder
//   claimwatch_suite --cases=ingest,fan_out --json=out.json
//   claimwatch_suite --long                the same with a million articles; ten minutes more
#include <stdio.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "tests/bench/suite/cases.h"
#include "tests/fakes/temporary_directory.h"

namespace claimwatch {
namespace {

struct Arguments {
  std::vector<std::string> cases = {"ingest", "latency", "fan_out", "subscribers", "web", "growth"};
  std::string json = "figures.json";
  bool is_long = false;
  SuiteOptions options;
};

RawLimits MeasureRaw(Report& report) {
  RawLimits raw;
  const TemporaryDirectory directory;
  raw.commit_seconds = MeasureRawCommit(directory.path());
  raw.idle_commit_seconds = MeasureIdleCommit(directory.path());
  raw.stream = MeasureRawStream();
  report.Add({.name = "raw.stream",
              .what = "articles that a bare gRPC stream carries",
              .value = raw.stream.articles_per_second,
              .unit = "/s"});
  report.Add({.name = "raw.round_trip",
              .what = "one message there and back",
              .value = raw.stream.round_trip_seconds * 1e6,
              .unit = "us"});
  report.Add({.name = "raw.commit",
              .what = "one durable SQLite commit",
              .value = raw.commit_seconds * 1e6,
              .unit = "us"});
  return raw;
}

int Run(const Arguments& arguments) {
  const auto asked = [&](const char* name) {
    return std::count(arguments.cases.begin(), arguments.cases.end(), name) > 0;
  };
  Report report;
  const RawLimits raw = MeasureRaw(report);
  if (asked("ingest")) MeasureIngest(arguments.options, raw, report);
  if (asked("latency")) MeasureLatency(arguments.options, raw, report);
  if (asked("fan_out")) MeasureFanOut(arguments.options, report);
  if (asked("subscribers")) MeasureSubscribers(arguments.options, report);
  if (asked("web")) MeasureWebSubscribers(arguments.options, report);
  if (asked("growth")) MeasureGrowth(arguments.options, report);
  const absl::Status written = report.WriteJson(arguments.json);
  if (!written.ok()) {
    fprintf(stderr, "claimwatch_suite: %s\n", std::string(written.message()).c_str());
    return 1;
  }
  return 0;
}

int Main(int argc, char** argv) {
  CLI::App app("Measures claimwatchd against this machine's own limits.", "claimwatch_suite");
  Arguments arguments;
  app.add_option("--cases", arguments.cases, "Which cases, separated by commas")->delimiter(',');
  app.add_option("--json", arguments.json, "Where the figures go");
  app.add_option("--runs", arguments.options.runs, "Of each case; the median counts")
      ->check(CLI::Range(1, 100));
  app.add_flag("--long", arguments.is_long, "Growth to a million articles");
  CLI11_PARSE(app, argc, argv);
  if (arguments.is_long) arguments.options.growth_articles = 1'000'000;
  return Run(arguments);
}

}  // namespace
}  // namespace claimwatch

int main(int argc, char** argv) { return claimwatch::Main(argc, argv); }
