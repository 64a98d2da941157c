#include "server/base/log.h"

#include <gtest/gtest.h>

#include <string>

namespace claimwatch {
namespace {

struct SafeCase {
  std::string_view text;
  std::string_view safe;
};

constexpr SafeCase kSafe[] = {
    {"", ""},
    {"plain words", "plain words"},
    {"two\nlines", "two\\x0alines"},
    {"\x1b[2J", "\\x1b[2J"},
    {"say \"no\" \\ ", "say \\x22no\\x22 \\x5c "},
    {"\x7f", "\\x7f"},
    {"\xc3\xa9t\xc3\xa9", "\xc3\xa9t\xc3\xa9"},
};

TEST(LogSafe, LeavesNothingThatForgesALine) {
  for (const SafeCase& c : kSafe) EXPECT_EQ(LogSafe(c.text), c.safe);
}

TEST(LogSafe, CutsLongValues) {
  EXPECT_EQ(LogSafe(std::string(200, 'a')), std::string(200, 'a'));
  EXPECT_EQ(LogSafe(std::string(201, 'a')), std::string(200, 'a') + "...");
}

std::string Logged(LogFormat format, std::string_view level) {
  testing::internal::CaptureStderr();
  EXPECT_TRUE(SetUpLog(format, level).ok());
  Log()->info("a \"quoted\"\nvalue {}", 7);
  Log()->debug("not at level info");
  return testing::internal::GetCapturedStderr();
}

TEST(Log, WritesOneJsonObjectALine) {
  const std::string line = Logged(LogFormat::kJson, "info");
  EXPECT_EQ(line.find("{\"time\":\""), 0u) << line;
  EXPECT_NE(line.find("\"message\":\"a \\\"quoted\\\"\\u000avalue 7\"}"), std::string::npos)
      << line;
  EXPECT_EQ(line.find('\n'), line.size() - 1) << line;
}

TEST(Log, WritesTextForPeople) {
  const std::string line = Logged(LogFormat::kText, "debug");
  EXPECT_NE(line.find("value 7"), std::string::npos) << line;
  EXPECT_NE(line.find("not at level info"), std::string::npos) << line;
}

TEST(Log, RefusesUnknownLevels) {
  EXPECT_EQ(SetUpLog(LogFormat::kText, "loud").code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(SetUpLog(LogFormat::kText, "off").code(), absl::StatusCode::kInvalidArgument);
  EXPECT_TRUE(SetUpLog(LogFormat::kText, "warning").ok());
}

}  // namespace
}  // namespace claimwatch
