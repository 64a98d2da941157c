// The web case of the suite with fewer subscribers, as a test: what a browser's subscription costs
// and how much later it hears. With slack, since other programs run beside tests; the figures that
// count are the suite's.
#include <gtest/gtest.h>

#include "tests/bench/suite/cases.h"

namespace claimwatch {
namespace {

constexpr double kKibibytesMax = 40;
constexpr double kRatioMax = 3;  // Twice is what is wanted.
constexpr int kTries = 3;

double ValueOf(const Report& report, const std::string& name) {
  for (const BenchFigure& figure : report.figures()) {
    if (figure.name == name) return figure.value;
  }
  ADD_FAILURE() << "there is no figure " << name;
  return 0;
}

TEST(WebSubscribers, CostLittleAndHearNearlyAsSoonAsOthers) {
  double ratio = 0;
  for (int i = 0; i < kTries; ++i) {
    Report report;
    MeasureWebSubscribers({.subscribers = 200, .connections = 4}, report);
    EXPECT_LE(ValueOf(report, "web.subscriber.memory"), kKibibytesMax);
    ratio = ValueOf(report, "web.p99.ratio");
    EXPECT_GT(ratio, 0);
    if (ratio <= kRatioMax) return;
  }
  ADD_FAILURE() << "p99 over HTTP is " << ratio << " times that of gRPC, " << kTries << " times";
}

}  // namespace
}  // namespace claimwatch
