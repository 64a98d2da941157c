#include "server/base/trace.h"

#include <gtest/gtest.h>

#include <thread>

#include "server/base/log.h"

namespace claimwatch {
namespace {

constexpr char kId[] = "4bf92f3577b34da6a3ce929d0e0e4736";

struct Case {
  std::string_view traceparent;
  std::string_view id;
};

constexpr Case kCases[] = {
    {"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", kId},
    {"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00", kId},
    {"01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", kId},
    {"cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more", kId},
    {"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more", ""},  // 00 ends here.
    {"cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01more", ""},
    {"ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", ""},
    {"00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", ""},  // Lower case only.
    {"00-00000000000000000000000000000000-00f067aa0ba902b7-01", ""},
    {"00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01", ""},
    {"00-4bf92f3577b34da6a3ce929d0e0e473-600f067aa0ba902b7-01", ""},
    {"00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01", ""},
    {"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0", ""},
    {"", ""},
};

TEST(TraceIdOf, ReadsWhatIsValidAndNothingElse) {
  for (const Case& c : kCases) EXPECT_EQ(TraceIdOf(c.traceparent), c.id) << c.traceparent;
}

TEST(TraceScope, IsOfItsThreadAndEnds) {
  EXPECT_EQ(CurrentTraceId(), "");
  {
    const TraceScope outer("a");
    const TraceScope inner("b");
    EXPECT_EQ(CurrentTraceId(), "b");
    std::thread([] { EXPECT_EQ(CurrentTraceId(), ""); }).join();
  }
  EXPECT_EQ(CurrentTraceId(), "");
}

std::string Logged(LogFormat format) {
  testing::internal::CaptureStderr();
  EXPECT_TRUE(SetUpLog(format, "info").ok());
  Log()->info("outside");
  const TraceScope scope(kId);
  Log()->info("inside");
  return testing::internal::GetCapturedStderr();
}

TEST(TraceScope, IsInEveryLineOfTheLog) {
  const std::string text = Logged(LogFormat::kText);
  EXPECT_NE(text.find("outside\n"), text.npos) << text;
  EXPECT_NE(text.find("inside trace_id=4bf92f3577b34da6a3ce929d0e0e4736\n"), text.npos) << text;
  const std::string json = Logged(LogFormat::kJson);
  EXPECT_NE(json.find("\"message\":\"outside\"}"), json.npos) << json;
  EXPECT_NE(json.find("\"message\":\"inside\",\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\"}"),
            json.npos)
      << json;
}

}  // namespace
}  // namespace claimwatch
